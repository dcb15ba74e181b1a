"""Choosing a stretch while building: the catalogue searched in place, and a word before what is not for everybody.

Reads only. Searching itself is the business of `stretches.shelf`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from routines import wording
from routines.dose import Dose, work_seconds
from stretches import facets
from stretches.care import Care, asking_first, care_by_slug, tags_of
from stretches.models import Caution, Stretch
from stretches.shelf import Card, Shelf

# Of the catalogue's filters those that matter while building; more would be a second catalogue page.
FILTERS = ("place", "area")


@dataclass(frozen=True)
class Choice:
    """One stretch to choose, with its usual dose in words and what the person's conditions say."""

    card: Card
    dose: str
    takes: str
    care: Care | None


@dataclass(frozen=True)
class Filter:
    """One filter with its values in words."""

    name: str
    options: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class Picker:
    """What was looked for and what was found."""

    query: str
    filters: Sequence[Filter]
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Caveat:
    """Why a stretch should not simply be added: what the person's conditions say, and what to take instead."""

    stretch: Stretch
    sentences: Sequence[str]
    instead: Card | None


def look(get: Callable[[str], str], *, shelf: Shelf, person: User | None) -> Picker:
    """Return the stretches that answer a query: two queries for a person with conditions, else none.

    `get` gives the value of one parameter or "", like a query string's.
    """
    query = get("q")[:100]

    def values(name: str) -> Iterable[str]:
        return [get(name)] if name in FILTERS else []

    chosen = facets.parse(values, shelf.known)
    found = shelf.find(query, chosen)
    cares = care_by_slug(tags_of(person) if person else (), shelf.cards)
    return Picker(
        query=query,
        filters=[
            Filter(
                name,
                [
                    (value, shelf.label(name, value), value in chosen.get(name, ()))
                    for value in shelf.known.get(name, ())
                ],
            )
            for name in FILTERS
        ],
        choices=[_choice(card, cares.get(card.slug)) for card in found.cards],
    )


def _choice(card: Card, care: Care | None) -> Choice:
    dose = Dose.from_json(card.dose)
    return Choice(
        card=card,
        dose=wording.dose(dose, card.sides),  # type: ignore[arg-type]  # held by a constraint
        takes=wording.duration(work_seconds(dose, card.sides)),  # type: ignore[arg-type]
        care=care,
    )


def caveat(stretch: Stretch, *, shelf: Shelf, person: User | None) -> Caveat | None:
    """Return why this person should think twice about a stretch, or None (rule P13)."""
    tags = list(tags_of(person)) if person else []
    if not tags:
        return None
    cautions = list(Caution.objects.for_conditions(tags).filter(stretch=stretch, action=Caution.Action.AVOID))
    asking = [found for found in asking_first().filter(tag__in=tags) if stretch.slug not in found.exempt]
    if not cautions and not asking:
        return None
    substitutes = [caution.substitute.slug for caution in cautions if caution.substitute]
    # What helps with one condition may be out for another.
    cares = care_by_slug(tags, substitutes)
    good = [slug for slug in substitutes if slug in shelf.cards and cares.get(slug) not in ("avoid", "ask")]
    return Caveat(
        stretch=stretch,
        sentences=[
            *(f"{condition.label}: {condition.rule}" for condition in asking),
            *(f"{caution.condition.label}: {caution.text}" for caution in cautions),
        ],
        instead=shelf.cards[good[0]] if good else None,
    )
