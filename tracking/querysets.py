"""Questions about sessions, named after their use. Every chain starts at a person: user.sessions."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Sum

if TYPE_CHECKING:
    from tracking.models import Session


class SessionQuerySet(models.QuerySet["Session"]):
    """What the pages ask of a person's sessions."""

    def kept(self) -> Self:
        """All but the deleted ones."""
        return self.filter(deleted_at=None)

    def begun(self) -> Self:
        """Sessions in which something was done or begun; a page merely opened is none."""
        return self.kept().exclude(status="ready")

    def counting(self) -> Self:
        """Sessions that count for their practice day (streaks.md R3)."""
        return self.begun().filter(counts=True)

    def under_way(self) -> Self:
        """Begun and not finished, newest first."""
        return self.kept().filter(status="running").order_by("-started_at")

    def on_day(self, day: date) -> Self:
        """Sessions of one practice day, in the order they happened."""
        return self.begun().filter(practice_day=day).order_by("started_at", "pk")

    def for_list(self) -> Self:
        """Newest first, without the frozen plan, which only the player needs."""
        return self.begun().defer("plan").order_by("-practice_day", "-started_at", "-pk")

    def per_day(self) -> "models.QuerySet[Session, dict[str, object]]":
        """One row a practice day: {practice_day, seconds, sessions}, of counting sessions."""
        return (
            self.counting()
            .order_by("practice_day")
            .values("practice_day")
            .annotate(seconds_sum=Sum("seconds"), sessions=Count("pk"))
        )
