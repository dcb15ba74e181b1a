"""`manage.py draw_figures`: make the pictures of all stretches, or say which are out of date.

Which files and how they are drawn is the business of `stretches.drawing`.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stretches import content, drawing
from stretches.figures.poses import PoseError


class Command(BaseCommand):
    """Draw what changed since the last time."""

    help = "Draw the figures into FIGURES_DIR: only what changed, the same bytes each time. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="draw nothing; fail when something is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, or check; a mistake in a content or pose file stops it with file and field."""
        try:
            stretches = content.read().stretches
            if options["check"]:
                self._check(drawing.outdated(settings.FIGURES_DIR, stretches))
                return
            report = drawing.draw(
                settings.FIGURES_DIR, stretches, begin=lambda: self._say("Drawing the figures", options)
            )
        except (content.ContentError, PoseError) as error:
            raise CommandError(f"The figures cannot be drawn:\n{error}") from None
        if report.drawn or report.removed:
            self._say(f"{report.drawn} drawn, {report.kept} kept, {report.removed} stray files removed", options)

    def _say(self, line: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(line)
            self.stdout.flush()

    def _check(self, outdated: list[str]) -> None:
        if outdated:
            raise CommandError(f"Out of date: {', '.join(outdated)}. Run manage.py draw_figures.")
