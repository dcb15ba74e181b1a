"""Who should take care with what: a person's conditions against the catalogue. Reads only.

Says nothing about anybody: it takes tags and slugs and returns words. Planning
around conditions is done where routines are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from stretches.models import Caution, Condition
from stretches.querysets import RetiringQuerySet

type Care = Literal["ask", "avoid", "modify"]

# Strictest first: what a card says when several conditions meet.
STRICTNESS: Sequence[Care] = ("avoid", "ask", "modify")


def tags_of(user: User | AnonymousUser) -> tuple[str, ...]:
    """Return a person's condition tags, sorted; a visitor has told none."""
    return tuple(sorted(user.conditions)) if isinstance(user, User) else ()


def strictest(cares: Iterable[Care]) -> Care | None:
    """Return the strictest of several, or None for nothing."""
    return min(cares, key=STRICTNESS.index, default=None)


def asking_first() -> RetiringQuerySet[Condition]:
    """Return the conditions with which everything but the exempt waits for a clinician's yes."""
    return Condition.objects.offered().filter(severity=Condition.Severity.CLEARANCE)


def care_by_slug(tags: Sequence[str], slugs: Iterable[str]) -> Mapping[str, Care]:
    """Return the strictest care for each stretch that these conditions concern: two queries."""
    if not tags:
        return {}
    found: dict[str, list[Care]] = {}
    for slug, action in Caution.objects.for_conditions(list(tags)).values_list("stretch__slug", "action"):
        found.setdefault(slug, []).append("avoid" if action == Caution.Action.AVOID else "modify")
    for exempt in asking_first().filter(tag__in=tags).values_list("exempt", flat=True):
        for slug in slugs:
            if slug not in exempt:
                found.setdefault(slug, []).append("ask")
    return {slug: care for slug, cares in found.items() if (care := strictest(cares))}
