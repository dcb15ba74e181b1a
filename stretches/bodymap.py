"""The map of the body on pages: which areas are drawn where, and what a page says and shows of each.

Reads what drawing left behind (`stretches.figures.bodymap` draws), so the server needs no drawing
engine. Words, counts and links come from the page that shows the map; markup is in
templates/stretches/_body_map.html. Knows no stretch and no person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from stretches.drawn import AREAS, body_file

DEFAULT: Final = "woman"
LEVELS: Final = range(5)


@dataclass(frozen=True)
class Mark:
    """What a page says of one area: its name, a few words such as "9 stretches", and where it leads, if anywhere.

    `level` colours it by a value, 0 (nothing) to 4 (most); the words must say the same.
    """

    label: str
    words: str
    url: str = ""
    chosen: bool = False
    level: int | None = None

    def __post_init__(self) -> None:
        """Refuse a level that has no colour."""
        if self.level is not None and self.level not in LEVELS:
            message = f"A level is {LEVELS[0]} to {LEVELS[-1]}, not {self.level}."
            raise ValueError(message)

    @property
    def css(self) -> str:
        """The classes of its shape."""
        level = "" if self.level is None else f" map-{self.level}"
        return f"map-area{level}{' map-chosen' if self.chosen else ''}"


@dataclass(frozen=True)
class Shape:
    """An area as it is drawn on one side; `again` where the other side has said it already."""

    mark: Mark
    path: str
    again: bool


@dataclass(frozen=True)
class Side:
    """The body from one side, "front" or "back": the address of its picture, and the areas over it."""

    name: str
    picture: str
    shapes: Sequence[Shape]


@dataclass(frozen=True)
class BodyMap:
    """A map ready for its template. `listed` are the areas for the list beside it.

    With `target`, the selector of an element, a click brings that element anew instead of the whole page.
    """

    width: int
    height: int
    sides: Sequence[Side]
    listed: Sequence[Mark]
    target: str = ""


@dataclass(frozen=True)
class Drawn:
    """What the last drawing left: path texts by build, side and area. Sizes in pixels."""

    width: int
    height: int
    bodies: Mapping[str, Mapping[str, Mapping[str, str]]]


def by_level(levels: Mapping[str, int], labels: Mapping[str, str], words: Mapping[int, str]) -> dict[str, Mark]:
    """Return marks that colour areas by a value.

    Args:
        levels: 0 to 4 by area; an area without one has 0.
        labels: the names of all areas, in the order of the list.
        words: what each level means, e.g. {0: "not yet", 4: "almost every day"}.

    """
    return {area: Mark(label, words[levels.get(area, 0)], level=levels.get(area, 0)) for area, label in labels.items()}


def body_map(marks: Mapping[str, Mark], who: str = "", *, with_list: bool = True, target: str = "") -> BodyMap | None:
    """Return the map with these marks by area; None where nobody has drawn it, so a list has to do.

    Args:
        marks: what to say of each area, in the order of the list. Areas without a mark are left out.
        who: the person's choice of figure, "" for the usual one.
        with_list: list the areas beside the map; a page that has a list of its own need not.
        target: what a click brings anew, see BodyMap.

    """
    drawn = read()
    body = drawn.bodies.get(who or DEFAULT) if drawn else None
    if drawn is None or body is None:
        return None
    seen: set[str] = set()
    sides = []
    for name, areas in body.items():
        picture = _url(body_file(who or DEFAULT, name))
        if not picture:
            return None
        known = [area for area in areas if area in marks]
        sides.append(Side(name, picture, [Shape(marks[area], areas[area], area in seen) for area in known]))
        seen.update(known)
    return BodyMap(drawn.width, drawn.height, sides, list(marks.values()) if with_list else [], target)


def read() -> Drawn | None:
    """Return the last drawing, read again only when the file has changed."""
    path = Path(settings.FIGURES_DIR) / AREAS
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Drawn | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        bodies = {
            who: {side: {each["area"]: each["path"] for each in areas} for side, areas in sides.items()}
            for who, sides in found["bodies"].items()
        }
        return Drawn(found["width"], found["height"], bodies)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _url(name: str) -> str:
    try:
        return staticfiles_storage.url(f"figures/{name}")
    except ValueError:  # it is not in the manifest
        return ""
