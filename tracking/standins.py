"""What could take a step's place while a session runs: an easier form, a stand-in, an easier relative.

Reads only. A stand-in fits the time that the step has, so its sides are the step's; whatever one of the
person's conditions forbids is never offered. What must not go here: words for the page, writes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from accounts.models import User
from routines.plans import chosen_form, label
from stretches.care import care_by_slug, tags_of
from stretches.models import Caution, Stretch
from tracking.models import Reason, SessionStep

MOST = 2
# What hurt longer ago than this may well do good again.
REMEMBERED = timedelta(days=90)
_FORM = "--"


@dataclass(frozen=True)
class StandIn:
    """A stretch, in one of its forms, that can be done in a step's time; `key` names both."""

    stretch: Stretch
    form: str = ""

    @property
    def key(self) -> str:
        """The slug, with the form's key where one is meant."""
        return f"{self.stretch.slug}{_FORM}{self.form}" if self.form else self.stretch.slug

    @property
    def label(self) -> str:
        """How the step is called then."""
        return label(self.stretch, self.form)


def standins(
    owner: User, plan: Sequence[Mapping[str, Any]], stretches: Mapping[str, Stretch], cautions: Iterable[Caution]
) -> list[list[StandIn]]:
    """Return for each step of a plan what could take its place, the best first: at most three queries.

    `stretches` by slug with `easier` prefetched; `cautions` are the ones that concern the person.
    """
    found = [list(_candidates(step, stretches.get(step["stretch"]), cautions)) for step in plan]
    slugs = {one.stretch.slug for several in found for one in several}
    care = care_by_slug(tags_of(owner), slugs)
    return [[one for one in several if care.get(one.stretch.slug) in {None, "modify"}][:MOST] for several in found]


def _candidates(step: Mapping[str, Any], stretch: Stretch | None, cautions: Iterable[Caution]) -> Iterator[StandIn]:
    if stretch is None:
        return
    here = chosen_form(stretch, step.get("form", "")) or {}
    level = here.get("level", stretch.level)
    position = here.get("position", stretch.position)
    for form in stretch.forms:
        is_easier = form.get("level", stretch.level) < level
        is_elsewhere = form.get("position", stretch.position) != position
        if is_easier or (is_elsewhere and form.get("level", stretch.level) == level):
            yield StandIn(stretch, form["key"])
    instead = [caution.substitute for caution in cautions if caution.stretch.slug == stretch.slug]
    for other in dict.fromkeys([*instead, *stretch.easier.all()]):
        if other is not None and other.retired_at is None and other.sides == step["sides"]:
            yield StandIn(other)


def chosen(keys: Iterable[str]) -> dict[str, StandIn]:
    """Return the stand-ins that events name, by key; what the catalogue does not have is left out."""
    named = {key: key.partition(_FORM) for key in keys}
    offered = {s.slug: s for s in Stretch.objects.offered().filter(slug__in={slug for slug, _, _ in named.values()})}
    return {
        key: StandIn(offered[slug], form)
        for key, (slug, _, form) in named.items()
        if slug in offered and (not form or form in {one["key"] for one in offered[slug].forms})
    }


def left_out_lately(owner: User, slugs: Iterable[str], *, now: datetime) -> dict[str, Reason]:
    """Return why each of these stretches was last left out, if it hurt or could not be reached: one query."""
    wanted = set(slugs)
    steps = (
        SessionStep.objects.filter(
            Q(stretch_slug__in=wanted) | Q(instead_of__in=wanted),
            session__owner=owner,
            session__deleted_at=None,
            session__started_at__gt=now - REMEMBERED,
        )
        .exclude(done_s=0, reason="")
        .order_by("session__started_at")
        .values_list("instead_of", "stretch_slug", "reason")
    )
    last = {replaced or slug: reason for replaced, slug, reason in steps}
    return {slug: Reason(why) for slug, why in last.items() if slug in wanted and why in _LASTING}


_LASTING = frozenset({Reason.HURTS, Reason.CANT_REACH})
