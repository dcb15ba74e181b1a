"""The words in which the catalogue is asked for.

Every read of the catalogue starts at one of these methods, so that a view never
spells out what "on offer" means. Writing rows does not belong here: that is
`stretches.loader`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch

if TYPE_CHECKING:
    # Named in the quoted base classes below, where the linter does not look.
    from stretches.models import Caution, GuideEntry, Retiring, Stretch  # noqa: F401


class RetiringQuerySet[M: "Retiring"](models.QuerySet[M]):
    """Rows that are taken off the shelf instead of being deleted."""

    def offered(self) -> Self:
        """Return what the catalogue offers today."""
        return self.filter(retired_at=None)

    def retired(self) -> Self:
        """Return what was once offered and is kept because history points at it."""
        return self.exclude(retired_at=None)


# The stubs find the inherited as_manager too narrow, or not, depending on what they read first.
class StretchQuerySet(RetiringQuerySet["Stretch"]):  # type: ignore[override, unused-ignore]
    """Stretches: the catalogue's, and later a person's own."""

    def offered(self) -> Self:
        """Return the catalogue's stretches on offer; a person's own are not among them."""
        return super().offered().filter(owner=None)

    def for_cards(self) -> Self:
        """Return what a list of cards shows, in catalogue order, in one query."""
        return (
            self.offered()
            .select_related("variant_group")
            .defer("article_steps", "dose_note", "pose", "sources")
            .order_by("order", "slug")
        )

    def for_page(self) -> Self:
        """Return stretches with all that a stretch page shows: a fixed number of queries.

        Retired ones are included: an old link still explains what the stretch was.
        """
        from stretches.models import Benefit, Caution, Correction, Stretch

        relatives = Stretch.objects.offered().order_by("order", "slug")
        return (
            self.filter(owner=None)
            .select_related("variant_group")
            .prefetch_related(Prefetch("benefits", Benefit.objects.offered()))
            .prefetch_related(Prefetch("corrections", Correction.objects.offered()))
            .prefetch_related(Prefetch("cautions", Caution.objects.for_page()))
            .prefetch_related(Prefetch("harder", relatives), Prefetch("easier", relatives))
        )


class CautionQuerySet(models.QuerySet["Caution"]):
    """Who should take care with which stretch."""

    def for_page(self) -> Self:
        """Return cautions with their condition and substitute, in the order of the conditions."""
        return self.select_related("condition", "substitute").order_by("condition__order")

    def for_conditions(self, tags: list[str]) -> Self:
        """Return the cautions that concern a person with these condition tags."""
        return self.for_page().filter(condition__tag__in=tags)


class GuideEntryQuerySet(RetiringQuerySet["GuideEntry"]):  # type: ignore[override, unused-ignore]
    """The guide's short entries: statements, doses, questions, rules, labels."""

    def of_kind(self, *kinds: str) -> Self:
        """Return the offered entries of these kinds, in their own order."""
        return self.offered().filter(kind__in=kinds)
