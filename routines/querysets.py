"""Questions about routines, named after their use. A person's begin at the person: user.routines."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch

if TYPE_CHECKING:
    from accounts.models import User
    from routines.models import Routine, Step  # noqa: F401  (named in the base class)


class RoutineQuerySet(models.QuerySet["Routine"]):
    """What the pages ask of routines."""

    def kept(self) -> Self:
        """All but the deleted ones."""
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        """Those that can still be brought back."""
        return self.exclude(deleted_at=None)

    def everybodys(self) -> Self:
        """The routines of the catalogue, retired ones among them."""
        return self.filter(owner=None)

    def ready_made(self) -> Self:
        """The routines of the catalogue that are on offer."""
        return self.everybodys().filter(retired_at=None)

    def with_steps(self) -> Self:
        """Along with their steps and stretches: two queries more, however many routines."""
        from routines.models import Step

        return self.prefetch_related(Prefetch("steps", Step.objects.with_stretch()))

    def for_print(self) -> Self:
        """Like `with_steps`, along with the instructions of each stretch."""
        from routines.models import Step

        return self.prefetch_related(Prefetch("steps", Step.objects.with_stretch("steps", "feel")))

    def for_list(self) -> Self:
        """With all that a list of cards needs, last changed first; ready-made ones in their own order."""
        return self.with_steps().order_by("order", "-updated_at", "pk")


class StepQuerySet(models.QuerySet["Step"]):
    """Steps of routines, removed ones among them."""

    def kept(self) -> Self:
        """All but those removed."""
        return self.filter(removed_at=None)

    def with_stretch(self, *more: str) -> Self:
        """Along with what a plan, a list and the editor need of each stretch, and `more` fields of it."""
        from stretches.models import Stretch

        stretches = Stretch.objects.only(*STRETCH_FIELDS, *more)
        return self.kept().order_by("order", "pk").prefetch_related(Prefetch("stretch", stretches))

    def last_of(self, person: "User", stretch_id: int) -> "Step | None":
        """The person's most recently touched step of a stretch: its dose is offered again."""
        return self.filter(routine__owner=person, stretch=stretch_id).order_by("-updated_at", "-pk").first()


# What of a stretch a plan, a list and the editor need; the long texts stay behind.
STRETCH_FIELDS = (
    "slug",
    "name",
    "summary",
    "type",
    "section",
    "areas",
    "position",
    "alt_positions",
    "phases",
    "sides",
    "level",
    "equipment",
    "forms",
    "dose",
    "dose_range",
    "retired_at",
)
