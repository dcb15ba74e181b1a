"""Filters that combine: any of the chosen values within a facet, all of the facets together.

Pure. What values a stretch has is decided in `stretches.shelf`; words for them
and the links of a page are made where the page is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# In the order of the page. "place" is no fact of anatomy but a judgement: see `Stretch.places`.
FACETS: Final = ("place", "area", "position", "type", "phase", "equipment", "level")

type Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Item:
    """One stretch as the filters see it."""

    slug: str
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Option:
    """One value of a facet: how many stretches it would show given the other facets."""

    value: str
    count: int
    chosen: bool


def parse(getlist: Callable[[str], Iterable[str]], known: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return what was chosen, by facet; values nobody knows are passed over.

    Args:
        getlist: gives all values of one name, like `request.GET.getlist`.
        known: the values of each facet, in their order.

    """
    chosen = {name: frozenset(getlist(name)) & frozenset(known.get(name, ())) for name in FACETS}
    return {name: values for name, values in chosen.items() if values}


def narrow(items: Iterable[Item], chosen: Chosen) -> list[Item]:
    """Return the items that have, for each chosen facet, any of its chosen values."""
    return [item for item in items if all(item.values[name] & values for name, values in chosen.items())]


def options(items: Sequence[Item], chosen: Chosen, known: Mapping[str, Sequence[str]]) -> dict[str, list[Option]]:
    """Return every option of every facet with its count, given the choices in the other facets."""
    found = {}
    left = narrow(items, chosen)
    for name in FACETS:
        picked = chosen.get(name, frozenset())
        # A facet's own choice does not count against its other options.
        pool = narrow(items, {other: chosen[other] for other in chosen if other != name}) if picked else left
        counts = Counter(value for item in pool for value in item.values[name])
        found[name] = [Option(value, counts[value], value in picked) for value in known.get(name, ())]
    return found


def loosen(items: Sequence[Item], chosen: Chosen) -> list[tuple[str, int]]:
    """Return which facets would, when dropped alone, show something again, most helpful first."""
    counts = {
        name: len(narrow(items, {other: values for other, values in chosen.items() if other != name}))
        for name in chosen
    }
    return sorted(((name, count) for name, count in counts.items() if count), key=lambda pair: (-pair[1], pair[0]))
