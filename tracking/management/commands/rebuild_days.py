"""`manage.py rebuild_days`: work the rollup of everybody's days out anew, or say where it is wrong.

What a row is made of is the business of `tracking.services.days`.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from accounts.models import User
from tracking.services import days


class Command(BaseCommand):
    """Rebuild, or check."""

    help = "Work the rollup of all practice days out anew from the sessions. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when a day is not as it should be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One person after the other, each in a transaction of their own."""
        people = (
            User.objects.filter(Q(sessions__isnull=False) | Q(practice_days__isnull=False)).distinct().order_by("pk")
        )
        wrong = 0
        count = 0
        for person in people.iterator():
            count += 1
            if options["check"]:
                wrong += len(days.differing(person))
            else:
                days.rebuild(person)
        if wrong:
            raise CommandError(f"{wrong} days are not what their sessions say. Run manage.py rebuild_days.")
        if options["verbosity"]:
            self.stdout.write(f"{count} people, every day as its sessions say.")
