"""Fill the rollup of practice days from the sessions that are there."""

from collections import defaultdict

from django.db import migrations
from django.db.models import Count, Q, Sum


def fill(apps, schema_editor):
    sessions = apps.get_model("tracking", "Session").objects.filter(deleted_at=None).exclude(status="ready")
    practice_day = apps.get_model("tracking", "PracticeDay")
    totals = sessions.order_by("owner", "practice_day").values_list("owner", "practice_day", "time_zone")
    days = {}
    zones = defaultdict(set)
    for owner, day, zone, seconds, count, counting in totals.annotate(
        Sum("seconds"), Count("pk"), counting=Count("pk", filter=Q(counts=True))
    ):
        row = days.setdefault((owner, day), practice_day(owner_id=owner, day=day))
        row.seconds += seconds
        row.sessions += count
        row.counting += counting
        if counting:
            zones[owner, day].add(zone)
    for key, row in days.items():
        row.zones = sorted(zones[key])
    practice_day.objects.bulk_create(days.values(), batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_history_choices"),
        ("tracking", "0003_history_choices"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
