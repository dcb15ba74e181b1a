"""`manage.py load_catalogue`: put the reviewed content files into the database.

Stretches and ready-made routines in one transaction: all of it or nothing. What
the files mean is the business of `stretches.content` and the two loaders.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from routines import loader as routines_loader
from stretches import content
from stretches import loader as stretches_loader


class Command(BaseCommand):
    """Read, check and load the catalogue."""

    help = "Load stretches, guide and ready-made routines from the content files. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=content.CATALOGUE,
            help="folder with the content files (default: the one that comes with Backcare)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything, or say all that is wrong with the files and change nothing."""
        now = timezone.now()
        try:
            catalogue = content.read(options["folder"])
            with transaction.atomic():
                stretches = stretches_loader.load(catalogue, now=now)
                routines = routines_loader.load(catalogue, now=now)
        except content.ContentError as error:
            for problem in error.errors:
                self.stderr.write(str(problem))
            raise CommandError(f"Nothing was loaded: {len(error.errors)} to correct in the content files.") from None
        if options["verbosity"] == 0:
            return
        for line in (*stretches.lines()[:-1], *routines.lines()[:-1]):
            self.stdout.write(line)
        self.stdout.write(
            f"{len(catalogue.stretches)} stretches and {len(catalogue.routines)} routines in place"
            f" ({stretches.lines()[-1]}; routines: {routines.lines()[-1]})"
        )
