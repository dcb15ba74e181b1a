"""A short routine for what was left out lately, made on request like any routine of one's own.

Chooses by the pure `tracking.insights`, writes through `routines.services`. What must not go here:
the rules of choosing, and any judgement of a person's health; what a condition speaks against is
asked of `stretches.care`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from routines import services
from routines.models import NAME_LENGTH, Routine
from stretches import care, shelf
from stretches.models import Stretch
from tracking import insights
from tracking.insights import Candidate

# The evidence on weekly amounts is about holds, so these are counted and suggested.
HELD = "static"
_GENTLE = 2
_MOST_NAMED = 3
# From standing to lying, so that nobody gets up and down twice (rule P04).
_POSITIONS = ("standing", "seated", "quadruped", "kneeling", "prone", "supine")


def areas_held(catalogue: shelf.Shelf) -> tuple[str, ...]:
    """Return the areas that a hold can reach, in their order: breathing and the body as a whole are no muscles."""
    reached = {area for card in catalogue.cards.values() if card.type == HELD for area in card.areas}
    return tuple(area for area in catalogue.known["area"] if area in reached)


def suggest(owner: User, areas: Sequence[str]) -> list[str]:
    """Return three to five stretches for these areas that the person's conditions have nothing against."""
    catalogue = shelf.current()
    cares = care.care_by_slug(care.tags_of(owner), catalogue.cards)
    fitting = [
        Candidate(card.slug, card.areas, card.level, _POSITIONS.index(card.position))
        for card in catalogue.cards.values()
        if card.type == HELD and card.level <= _GENTLE and card.slug not in cares
    ]
    return insights.choose(fitting, areas)


def _name(areas: Sequence[str], slugs: Sequence[str]) -> str:
    """Name the areas that the stretches reach; where they are too many for a name, say what they have in common."""
    catalogue = shelf.current()
    reached = {area for slug in slugs for area in catalogue.cards[slug].areas}
    labels = [catalogue.label("area", area) for area in areas if area in reached]
    names = [f"{label[:1].lower()}{label[1:]}" for label in labels]
    name = gettext("For %(areas)s") % {"areas": ", ".join(names)}
    return name if len(names) <= _MOST_NAMED and len(name) <= NAME_LENGTH else gettext("For what was left out")


@transaction.atomic
def make_routine(*, owner: User, areas: Sequence[str], now: datetime) -> Routine | None:
    """Make the routine; None where nothing suits. ValidationError (code "full") at the limit of routines."""
    slugs = suggest(owner, areas)
    if not slugs:
        return None
    routine = services.create_routine(
        owner=owner,
        name=services.free_name(owner, _name(areas, slugs)),
        purpose=gettext("Made from your history, for areas without a hold in the last 14 days."),
        now=now,
    )
    stretches = Stretch.objects.in_bulk(slugs, field_name="slug")
    for slug in slugs:
        services.add_step(routine=routine, version=routine.version, stretch=stretches[slug], now=now)
    return routine
