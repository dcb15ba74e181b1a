"""The pictures of a stretch: stills of its start and end, and the moving picture. Text in, text out.

The door of the package: the rest of the app asks here. No files are read or written.
"""

import math
from dataclasses import dataclass
from typing import Literal

from stretches.figures.builds import BUILDS
from stretches.figures.figure import Figure
from stretches.figures.svg import Movement, draw, draw_small, lay_out

FRAMES = 7
LOOP_FRAMES = 9


@dataclass(frozen=True, slots=True)
class Pictures:
    """Standalone SVGs, four by three, framed alike; the thumb is the end in few bytes."""

    start: str
    end: str
    moving: str
    thumb: str


def movement(figure: Figure, build: str) -> Movement:
    """Lay out one movement of one person: slow at its ends, or even all the way round a loop.

    Raises KeyError for a build that is not in BUILDS.
    """
    person = BUILDS[build]
    count = LOOP_FRAMES if figure.loop else FRAMES
    shares = [i / (count - 1) for i in range(count)]
    if not figure.loop:
        shares = [(1 - math.cos(math.pi * share)) / 2 for share in shares]
    return lay_out(figure, person, [figure.at(share, person.lengths) for share in shares])


def frame(laid: Movement, index: int, *, arrows: bool = False, title: str = "") -> str:
    """One frame of a movement as a still; the muscles are lit in all but the first."""
    lit = index > 0 or laid.figure.loop
    return draw(laid, shown=index, arrows=arrows, lit=lit, title=title or laid.figure.key)


def pictures(figure: Figure, build: str, *, title: str = "") -> Pictures:
    """All pictures of one figure: the start has the arrows, the end the lit muscles."""
    laid = movement(figure, build)
    # A loop has no end: its far point stands for it.
    last = len(laid.frames) // 2 if figure.loop else len(laid.frames) - 1
    return Pictures(
        frame(laid, 0, arrows=True, title=title),
        frame(laid, last, title=title),
        draw(laid, shown=None, arrows=False, lit=True, title=title or figure.key),
        draw_small(laid, shown=last),
    )


def still(
    figure: Figure, build: str, at: Literal["start", "end"] = "end", *, arrows: bool = False, title: str = ""
) -> str:
    """The start or the end alone."""
    laid = movement(figure, build)
    last = len(laid.frames) // 2 if figure.loop else len(laid.frames) - 1
    return frame(laid, 0 if at == "start" else last, arrows=arrows, title=title)


def moving(figure: Figure, build: str, *, title: str = "") -> str:
    """The movement alone: from start to end and back for ever, with the same nodes in every frame."""
    return draw(movement(figure, build), shown=None, arrows=False, lit=True, title=title or figure.key)
