"""The catalogue's page: search, filters, results, whole or as the fragment that htmx asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.http import Request
from stretches import wording
from stretches.bodymap import BodyMap, Mark, body_map
from stretches.care import Care, care_by_slug, tags_of
from stretches.facets import FACETS, Chosen, parse
from stretches.freshness import answer
from stretches.gallery import Look
from stretches.kept import Kept
from stretches.search import LONGEST_QUERY
from stretches.shelf import Card, Found, Label, Shelf, current

TEMPLATE = "stretches/list.html"

FACET_LABELS: Mapping[str, str | Promise] = {
    "place": _("Place"),
    "area": _("Part of the body"),
    "position": _("Position"),
    "type": _("Kind"),
    "phase": _("When in a session"),
    "equipment": _("With"),
    "level": _("Level"),
}


@dataclass(frozen=True)
class Pieces:
    """The finished parts of the page that follow from the filter alone."""

    filters: SafeString
    results: SafeString


@dataclass(frozen=True)
class CardLine:
    """A card in words, with what the person's conditions ask."""

    card: Card
    areas: str
    position: str
    level: str
    dose: str
    care: Care | None


@dataclass(frozen=True)
class Block:
    """Cards under one heading; without a heading they are one list, best first."""

    heading: str
    lines: Sequence[CardLine]


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its word, how many it shows, and where choosing or dropping it leads."""

    word: Label
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True)
class Group:
    """One facet with its choices."""

    name: str
    label: str | Promise
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Filter:
    """What was asked: words and choices. Its address is the same however it was typed."""

    query: str
    chosen: Chosen

    @classmethod
    def of(cls, request: Request, shelf: Shelf) -> Filter:
        """Read the filter from the address; what nobody knows is passed over."""
        query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
        return cls(query, parse(request.GET.getlist, shelf.known))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filter as parameters, in one order for all."""
        pairs = [("q", self.query)] if self.query else []
        return pairs + [(name, value) for name in FACETS for value in sorted(self.chosen.get(name, ()))]

    @property
    def url(self) -> str:
        """The page's address with this filter."""
        return reverse("stretches:list") + (f"?{urlencode(self.pairs)}" if self.pairs else "")

    def without(self, name: str) -> Filter:
        """Return the filter without one facet, or without the words for "q"."""
        left = {facet: values for facet, values in self.chosen.items() if facet != name}
        return Filter("" if name == "q" else self.query, left)

    def toggled(self, name: str, value: str, *, alone: bool = False) -> Filter:
        """Return the filter with one value added or, when it is there, taken away.

        With `alone` the value replaces the others of its facet instead of joining them.
        """
        before = self.chosen.get(name, frozenset())
        after = before - {value} if value in before else frozenset({value}) | (frozenset() if alone else before)
        return Filter(self.query, {**self.without(name).chosen, **({name: after} if after else {})})


# For people; what visitors see is kept as whole pages.
_kept: Kept[Pieces] = Kept(most=150)


@login_not_required
@require_safe
def listing(request: Request) -> HttpResponse:
    """Show the stretches that answer the words and the choices, best first."""
    shelf = current()
    asked = Filter.of(request, shelf)
    fragment = request.htmx and request.htmx.target == "section#results"
    tags = tags_of(request.user)
    look = Look.of(request.user)

    def context() -> dict[str, object]:
        key = (shelf.version, get_language() or "", asked.url, look.key, *tags)
        pieces = _kept.get(key, lambda: _pieces(shelf, asked, tags, look))
        return {"query": asked.query, "filters": pieces.filters, "results": pieces.results}

    template = f"{TEMPLATE}#answer" if fragment else TEMPLATE
    response = answer(request, template, context, shelf.version, template, asked.url, look.key)
    if fragment:
        response.headers["HX-Push-Url"] = asked.url
    return response


def _pieces(shelf: Shelf, asked: Filter, tags: Sequence[str], look: Look) -> Pieces:
    found = shelf.find(asked.query, asked.chosen)
    care = care_by_slug(tags, shelf.cards)
    groups = {name: _group(shelf, asked, found, name) for name in FACETS}
    results = {
        "look": look,
        "asked": asked,
        "count": len(found.cards),
        "blocks": _blocks(shelf, asked, [_line(shelf, card, care.get(card.slug)) for card in found.cards]),
        "places": groups["place"].choices,
        "active": [choice for name in FACETS if name != "place" for choice in groups[name].choices if choice.chosen],
        "without_query": asked.without("q"),
        "looser": list(_looser(shelf, asked, found)),
        "all_url": reverse("stretches:list"),
    }
    filters = {
        "groups": [groups[name] for name in FACETS if name != "place"],
        "count": len(found.cards),
        "map": _map(groups["area"], look),
    }
    return Pieces(
        filters=render_to_string(f"{TEMPLATE}#filters", filters),
        results=render_to_string(f"{TEMPLATE}#results", results),
    )


def _blocks(shelf: Shelf, asked: Filter, lines: Sequence[CardLine]) -> list[Block]:
    """Return the whole catalogue section by section, but the answer to a question as one list."""
    if asked.pairs:
        return [Block("", lines)] if lines else []
    sections = {
        label.label: [line for line in lines if line.card.section == value]
        for value, label in shelf.labels.get("section", {}).items()
    }
    return [Block(heading, found) for heading, found in sections.items() if found]


def _line(shelf: Shelf, card: Card, care: Care | None) -> CardLine:
    return CardLine(
        card=card,
        areas=", ".join(shelf.label("area", area) for area in card.areas),
        position=shelf.label("position", card.position),
        level=shelf.label("level", str(card.level)),
        dose=wording.dose(card.dose, card.sides),
        care=care,
    )


def _group(shelf: Shelf, asked: Filter, found: Found, name: str) -> Group:
    words = shelf.labels.get(name, {})
    choices = [
        Choice(
            words[option.value],
            option.count,
            option.chosen,
            asked.toggled(name, option.value, alone=name == "place").url,
        )
        for option in found.options[name]
    ]
    return Group(name, FACET_LABELS[name], choices)


def _map(areas: Group, look: Look) -> BodyMap | None:
    """Return the map of the body, whose areas are the links of the facet; its chips are the list beside it."""
    marks = {
        str(choice.word.value): Mark(
            str(choice.word.label),
            ngettext("%(n)d stretch", "%(n)d stretches", choice.count) % {"n": choice.count},
            choice.url if choice.count or choice.chosen else "",
            chosen=choice.chosen,
        )
        for choice in areas.choices
    }
    return body_map(marks, look.figure, with_list=False, target="#results")


def _looser(shelf: Shelf, asked: Filter, found: Found) -> Iterable[tuple[str, int, str]]:
    """Yield what could be dropped after an empty answer: its name, what it would show, the link."""
    if asked.query and not found.cards and found.without_words:
        yield f"“{asked.query}”", found.without_words, asked.without("q").url
    for name, count in found.loosen:
        words = ", ".join(shelf.label(name, value) for value in shelf.known[name] if value in asked.chosen[name])
        yield words, count, asked.without(name).url
