"""Questions about sessions, named after their use. Every chain starts at a person: user.sessions."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Q, Sum

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

    def finished(self) -> int:
        """How many sessions were followed to their end."""
        return self.kept().filter(status="done").count()

    def counting(self) -> Self:
        """Sessions that count for their practice day (streaks.md R3)."""
        return self.begun().filter(counts=True)

    def on_day(self, day: date) -> Self:
        """Sessions of one practice day, in the order they happened."""
        return self.begun().filter(practice_day=day).order_by("started_at", "pk")

    def for_list(self) -> Self:
        """Newest first, without the frozen plan, which only the player needs."""
        return self.begun().defer("plan").order_by("-practice_day", "-started_at", "-pk")

    def up_to(self, day: date) -> Self:
        """Sessions of that practice day and before."""
        return self.filter(practice_day__lte=day)

    def older_than(self, session: "Session") -> Self:
        """What follows `session` in a list that has the newest first."""
        same_day = Q(practice_day=session.practice_day)
        return self.filter(
            Q(practice_day__lt=session.practice_day)
            | same_day & Q(started_at__lt=session.started_at)
            | same_day & Q(started_at=session.started_at, pk__lt=session.pk)
        )

    def for_day(self, day: date) -> Self:
        """Sessions of one practice day with their steps, in the order they happened; two queries."""
        return self.on_day(day).defer("plan").prefetch_related("steps")

    def lately_deleted(self, since: datetime) -> Self:
        """Sessions that can still be brought back with one press, the last deleted first."""
        return self.filter(deleted_at__gte=since).defer("plan").order_by("-deleted_at", "-pk")

    def last_routine(self) -> UUID | None:
        """The routine practised last, of those that can still be started."""
        return (
            self.begun()
            .exclude(routine=None)
            .filter(routine__deleted_at=None, routine__retired_at=None)
            .order_by("-practice_day", "-started_at", "-pk")
            .values_list("routine", flat=True)
            .first()
        )

    def totals(self) -> "models.QuerySet[Session, tuple[date, str, int, int, int]]":
        """A row for each practice day and zone: (day, zone, seconds, sessions, of these counting).

        The whole of what figures and calendar need, in one query and without model objects.
        """
        return (
            self.begun()
            .order_by("practice_day")
            .values_list("practice_day", "time_zone")
            .annotate(seconds_sum=Sum("seconds"), sessions=Count("pk"), counting=Count("pk", filter=Q(counts=True)))
        )
