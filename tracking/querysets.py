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

    def lately_changed(self, since: datetime) -> Self:
        """Sessions whose last change by hand can still be taken back, the last one first."""
        return self.begun().filter(changed_at__gte=since).defer("plan").order_by("-changed_at", "-pk")

    def last_routine(self) -> UUID | None:
        """The routine practised last, of those that can still be started."""
        return (
            self.begun()
            .filter(routine__isnull=False, routine__deleted_at=None, routine__retired_at=None)
            .order_by("-practice_day", "-started_at", "-pk")
            .values_list("routine", flat=True)
            .first()
        )

    def telling_feelings(self) -> Self:
        """Sessions, deleted ones among them, about which anything was said: a rating, an area, the next day."""
        ratings = ("pain_before", "pain_after", "stiffness_before", "stiffness_after")
        said = Q(felt_area__gt="") | Q(next_day__gt="")
        for name in ratings:
            said |= Q(**{f"{name}__isnull": False})
        return self.filter(said)

    def said_since(
        self, day: date
    ) -> "models.QuerySet[Session, tuple[UUID, date, int | None, int | None, str, str, str, bool]]":
        """What was said about finished sessions since a practice day, the newest first, deleted ones among them.

        Rows: (pk, day, pain before, pain after, next day, slug of a ready-made routine, name, is deleted).
        """
        return (
            self.filter(status__in=["done", "ended"], practice_day__gte=day)
            .order_by("-practice_day", "-started_at", "-pk")
            .annotate(is_deleted=Q(deleted_at__isnull=False))
            .values_list(
                "pk",
                "practice_day",
                "pain_before",
                "pain_after",
                "next_day",
                "routine_slug",
                "name",
                "is_deleted",
            )
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
