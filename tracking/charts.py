"""Values in, geometry out: the bars and lines of a chart, its axis and labels, all in units of its box.

Pure: no Django, no words beside the labels given, no colours. A chart is drawn by
templates/tracking/_chart.html; everything lies within the box, and labels never touch one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

# Near the width that a chart has on a phone, so that text in it is as large as text beside it.
WIDTH, HEIGHT = 340, 190
# To the left there is room for a value of four digits in the larger letters of the narrowest screens.
LEFT, RIGHT, TOP, BOTTOM = 46, 10, 12, 28
TICK_GAP = 6
FONT = 13
# How wide a letter of that size is at most, taken on average over a label.
_LETTER = 0.62 * FONT
_GAP = 8
_MOST_TICKS = 4
_STEPS = (1, 2, 5, 10)
_WIDEST_BAR = 26
_SHARE_OF_BAR = 0.72


class Tick(NamedTuple):
    """A line across at a value: its height, and the value as it is written."""

    y: float
    text: str


class Label(NamedTuple):
    """A word below the chart; `x` is its middle."""

    x: float
    text: str

    @property
    def width(self) -> float:
        """How wide it is at most."""
        return width_of(self.text)


class Bar(NamedTuple):
    """One column, from its upper left corner; `goal_y` is the height of what was asked for, or None."""

    x: float
    y: float
    width: float
    height: float
    value: float
    goal_y: float | None = None

    @property
    def goal_path(self) -> str:
        """The goal as a short line across the column, a little wider than it."""
        return "" if self.goal_y is None else f"M{self.x - 1.5:g} {self.goal_y:g}h{self.width + 3:g}"


class Dot(NamedTuple):
    """One value of a line."""

    x: float
    y: float
    value: float


@dataclass(frozen=True)
class Line:
    """One series: its dots, and the path through those that follow each other without a gap."""

    dots: tuple[Dot, ...]
    path: str


@dataclass(frozen=True)
class Chart:
    """What a template draws, in units of a box of `width` by `height`."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def width_of(text: str) -> float:
    """Return how wide a label is at most."""
    return len(text) * _LETTER


def ticks_for(most: float) -> tuple[int, ...]:
    """Return two to five round values from 0, the last of them at least `most` and at least 1."""
    least_step = max(most, 1) / _MOST_TICKS
    power = 10 ** max(0, floor(log10(least_step)))
    step = next(one * power for one in _STEPS if one * power >= least_step)
    return tuple(n * step for n in range(max(1, ceil(most / step)) + 1))


def bars(
    values: Sequence[float], labels: Sequence[str], *, goals: Sequence[int | None] = (), least_top: float = 0
) -> Chart:
    """Lay out a column for each value (0 and up), with what was asked for where `goals` has it.

    `labels` has a text for each, "" for none; `least_top` keeps a chart of one small value from
    looking like a tower.
    """
    top_values = [*values, *(goal for goal in goals if goal is not None), least_top]
    ticks = ticks_for(max(top_values, default=0))
    slot = _slot(len(values))
    wide = min(_WIDEST_BAR, slot * _SHARE_OF_BAR)
    columns = []
    for n, value in enumerate(values):
        y = _height_of(value, ticks[-1])
        goal = goals[n] if goals else None
        goal_y = None if goal is None else _height_of(goal, ticks[-1])
        left = round(_middle(n, slot) - wide / 2, 1)
        columns.append(Bar(left, y, round(wide, 1), round(HEIGHT - BOTTOM - y, 1), value, goal_y))
    return Chart(tuple(columns), (), _ticks(ticks), _labels(labels, slot))


def lines(series: Sequence[Sequence[float | None]], labels: Sequence[str], *, top: int) -> Chart:
    """Lay out lines of equal length on a scale from 0 to `top`; None is a gap, which no line crosses."""
    slot = _slot(len(labels))
    laid = []
    for values in series:
        dots: list[Dot] = []
        path: list[str] = []
        before = None
        for n, value in enumerate(values):
            if value is not None:
                dot = Dot(round(_middle(n, slot), 1), _height_of(min(value, top), top), value)
                path.append(f"{'M' if before is None else 'L'}{dot.x:g} {dot.y:g}")
                dots.append(dot)
            before = value
        laid.append(Line(tuple(dots), "".join(path)))
    step = max(1, top // 2)
    return Chart((), tuple(laid), _ticks(range(0, top + 1, step)), _labels(labels, slot))


def _slot(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / max(count, 1)


def _middle(n: int, slot: float) -> float:
    return LEFT + (n + 0.5) * slot


def _height_of(value: float, top: float) -> float:
    room = HEIGHT - TOP - BOTTOM
    return round(HEIGHT - BOTTOM - value / top * room, 1)


def _ticks(values: Sequence[int]) -> tuple[Tick, ...]:
    return tuple(Tick(_height_of(value, values[-1]), str(value)) for value in values)


def _labels(texts: Sequence[str], slot: float) -> tuple[Label, ...]:
    """Return the labels that fit, from the last to the first, because the last is about now."""
    kept: list[Label] = []
    for n in range(len(texts) - 1, -1, -1):
        if not texts[n]:
            continue
        half = width_of(texts[n]) / 2
        x = min(max(_middle(n, slot), half), WIDTH - half)
        if not kept or x + half + _GAP <= kept[-1].x - kept[-1].width / 2:
            kept.append(Label(round(x, 1), texts[n]))
    return tuple(reversed(kept))
