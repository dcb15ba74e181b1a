"""The catalogue on offer, kept in this process as immutable values and searched there.

Pages and other apps ask `current()`: one cheap query tells whether the copy is
still right, and only then is anything read again. Safe between threads, because
a shelf is never changed, only replaced. Nothing of any person may come near it,
and no primary keys are in it: they belong to one database, a shelf to a version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from stretches.facets import FACETS, Chosen, Item, Option, loosen, narrow, options
from stretches.models import CatalogueState, GuideEntry, Stretch
from stretches.search import Document, Index, Words

# Where there is something to hold on to, there is a wall or a chair; people are asked about those.
_EQUIPMENT_MEANS = {"support": ("wall", "chair")}
_NOTHING = "none"

# Of two stretches that answer a query alike, the gentler one comes first.
_GENTLE_FIRST = {1: 1.0, 2: 0.9, 3: 0.75}


@dataclass(frozen=True)
class Label:
    """The word for one value of a vocabulary, e.g. "supine" in "position"."""

    value: str
    label: str
    hint: str


@dataclass(frozen=True)
class Card:
    """One stretch as lists show it. `dose` and `forms` are as in `stretches.models.Stretch`."""

    slug: str
    name: str
    article_name: str
    summary: str
    section: str
    areas: tuple[str, ...]
    position: str
    alt_positions: tuple[str, ...]
    places: tuple[str, ...]
    type: str
    phases: tuple[str, ...]
    sides: str
    level: int
    equipment: tuple[str, ...]
    helpful: tuple[str, ...]
    dose: Mapping[str, Any]
    forms: tuple[Mapping[str, Any], ...]
    group: str
    group_name: str
    variant: str
    listed: bool
    edited: bool

    @property
    def url(self) -> str:
        """The address of the stretch's own page."""
        return reverse("stretches:detail", args=[self.slug])


@dataclass(frozen=True)
class Found:
    """The answer to one search: cards in order, and the choices that are left.

    `options` has every facet with its counts; `loosen` says, for an empty answer,
    which facet would show how many when dropped, and `without_words` how many
    the filters would show without the words.
    """

    cards: tuple[Card, ...]
    options: Mapping[str, Sequence[Option]]
    loosen: Sequence[tuple[str, int]]
    without_words: int


@dataclass(frozen=True)
class Shelf:
    """One version of the catalogue. `known` has the values of each facet that lead somewhere."""

    version: str
    cards: Mapping[str, Card]
    labels: Mapping[str, Mapping[str, Label]]
    known: Mapping[str, tuple[str, ...]]
    items: Mapping[str, Item]
    index: Index

    def label(self, vocabulary: str, value: str) -> str:
        """Return the word for a value; an unknown value is its own word."""
        found = self.labels.get(vocabulary, {}).get(str(value))
        return found.label if found else str(value)

    def find(self, query: str = "", chosen: Chosen | None = None) -> Found:
        """Return the cards that answer the words and the choices, best first.

        Args:
            query: what was typed; nothing, or nothing but small words, means everything.
            chosen: values by facet, as `stretches.facets.parse` gives them.

        """
        chosen = chosen or {}
        slugs = self.index.search(query) if query.strip() else list(self.items)
        answering = [self.items[slug] for slug in slugs]
        cards = tuple(self.cards[item.slug] for item in narrow(answering, chosen))
        return Found(
            cards=cards,
            options=options(answering, chosen, self.known),
            loosen=[] if cards else loosen(answering, chosen),
            without_words=len(narrow(self.items.values(), chosen)),
        )


class _Kept:
    """The shelf of this process, and the lock for replacing it."""

    shelf: Shelf | None = None
    lock = Lock()


def current() -> Shelf:
    """Return the catalogue on offer: one query when it is known, four when it is new."""
    version = CatalogueState.current_version()
    shelf = _Kept.shelf
    if shelf is not None and shelf.version == version:
        return shelf
    with _Kept.lock:
        # Another thread may have built it while this one waited.
        if _Kept.shelf is None or _Kept.shelf.version != version:
            _Kept.shelf = _build(version)
        return _Kept.shelf


def _build(version: str) -> Shelf:
    labels = _labels()
    edited = Stretch.corrections.through.objects.filter(stretch_id=OuterRef("pk"), correction__retired_at=None)
    stretches = list(Stretch.objects.for_cards().annotate(edited=Exists(edited)))
    items = {stretch.slug: _item(stretch) for stretch in stretches}
    known = {
        name: tuple(
            value for value in labels.get(name, {}) if any(value in item.values[name] for item in items.values())
        )
        for name in FACETS
    }
    return Shelf(
        version=version,
        cards=MappingProxyType({stretch.slug: _card(stretch) for stretch in stretches}),
        labels=MappingProxyType(labels),
        known=MappingProxyType(known),
        items=MappingProxyType(items),
        index=Index([_document(stretch, labels) for stretch in stretches], _words()),
    )


def _labels() -> dict[str, Mapping[str, Label]]:
    found: dict[str, dict[str, Label]] = {}
    for data in GuideEntry.objects.of_kind("label").order_by("order").values_list("data", flat=True):
        label = Label(data["value"], data["label"], data["hint"])
        found.setdefault(data["vocabulary"], {})[label.value] = label
    return {vocabulary: MappingProxyType(words) for vocabulary, words in found.items()}


def _words() -> Words:
    data = dict(GuideEntry.objects.of_kind("search").values_list("key", "data"))
    return Words(
        stop_words=frozenset(data.get("stop-words", {}).get("words", [])),
        phrases=data.get("phrases", {}),
        synonyms=data.get("synonyms", {}),
    )


def _card(stretch: Stretch) -> Card:
    group = stretch.variant_group
    return Card(
        slug=stretch.slug,
        name=stretch.name,
        article_name=stretch.article_name,
        summary=stretch.summary,
        section=stretch.section,
        areas=tuple(stretch.areas),
        position=stretch.position,
        alt_positions=tuple(stretch.alt_positions),
        places=tuple(stretch.places),
        type=stretch.type,
        phases=tuple(stretch.phases),
        sides=stretch.sides,
        level=stretch.level,
        equipment=tuple(stretch.equipment),
        helpful=tuple(stretch.helpful),
        dose=MappingProxyType(stretch.dose),
        forms=tuple(MappingProxyType(form) for form in stretch.forms),
        group=group.slug if group else "",
        group_name=group.name if group else "",
        variant=stretch.variant,
        listed=stretch.origin == Stretch.Origin.LISTED,
        edited=stretch.edited,  # type: ignore[attr-defined]  # annotated above
    )


def _item(stretch: Stretch) -> Item:
    equipment = {
        meant for thing in (*stretch.equipment, *stretch.helpful) for meant in _EQUIPMENT_MEANS.get(thing, (thing,))
    }
    if not stretch.equipment:
        equipment.add(_NOTHING)
    values = {
        "place": stretch.places,
        "area": stretch.areas,
        "position": [stretch.position, *stretch.alt_positions],
        "type": [stretch.type],
        "phase": stretch.phases,
        "equipment": equipment,
        "level": [str(stretch.level)],
    }
    return Item(stretch.slug, MappingProxyType({name: frozenset(found) for name, found in values.items()}))


def _document(stretch: Stretch, labels: Mapping[str, Mapping[str, Label]]) -> Document:
    def words(vocabulary: str, values: Sequence[str]) -> list[str]:
        known = labels.get(vocabulary, {})
        return [*values, *(known[value].label for value in values if value in known)]

    return Document(
        slug=stretch.slug,
        place=(stretch.variant_order, stretch.order),
        boost=_GENTLE_FIRST[stretch.level],
        fields={
            "name": [stretch.name],
            "group": [stretch.variant_group.name] if stretch.variant_group else [],
            "article_name": [stretch.article_name],
            "alias": stretch.aliases,
            "area": words("area", stretch.areas),
            "muscle": stretch.primary_muscles,
            "other_muscle": stretch.secondary_muscles,
            "kind": [
                *words("position", [stretch.position, *stretch.alt_positions]),
                *words("equipment", [*stretch.equipment, *stretch.helpful]),
                *words("type", [stretch.type]),
                *words("section", [stretch.section]),
                *words("place", stretch.places),
            ],
            "summary": [stretch.summary],
            "feel": [stretch.feel],
            "step": stretch.steps,
        },
    )
