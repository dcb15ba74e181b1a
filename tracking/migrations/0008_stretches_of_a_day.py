"""What was stretched on each day joins the rollup; the days that are there learn it from their sessions."""

from collections import defaultdict

from django.db import migrations, models


def fill(apps, schema_editor):
    steps = apps.get_model("tracking", "SessionStep").objects.filter(done_s__gt=0, session__deleted_at=None)
    practice_day = apps.get_model("tracking", "PracticeDay")
    found = defaultdict(list)
    rows = steps.order_by("stretch_slug").values_list("session__owner", "session__practice_day", "stretch_slug")
    for owner, day, slug in rows.exclude(session__status="ready").distinct():
        found[owner, day].append(slug)
    days = list(practice_day.objects.all())
    for row in days:
        row.stretches = found.get((row.owner_id, row.day), [])
    practice_day.objects.bulk_update([row for row in days if row.stretches], ["stretches"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("tracking", "0007_quick_among_ten_years")]

    operations = [
        migrations.AddField(
            model_name="practiceday",
            name="stretches",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
