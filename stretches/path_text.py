"""The text of SVG paths as the drawings use it: how long they are.

Pure. Knows the few commands that `stretches.figures.paths` writes (M L H Q c s z) and no others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

type Point = tuple[float, float]

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
# How many points each command takes; small letters count from where the pen is.
_POINTS: Final = {"M": 1, "L": 1, "Q": 2, "c": 3, "s": 2}
_PIECES: Final = 8


def commands(path: str) -> Iterator[tuple[str, list[Point]]]:
    """Yield each command with its points as they are written; across ("H") becomes a line ("L").

    Raises KeyError for a command that the drawings don't use.
    """
    tokens = _TOKEN.findall(path)
    command, at, level = "", 0, 0.0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        if command == "z":
            yield command, []
            continue
        if command == "H":
            yield "L", [(float(tokens[at]), level)]
            at += 1
            continue
        count = 2 * _POINTS[command]
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        level = points[-1][1] + (level if command.islower() else 0)
        yield command, points


def length(path: str) -> float:
    """Return how long a path is, to about a hundredth."""
    total, pen, first, handle = 0.0, (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)
    for command, points in commands(path):
        if command == "z":
            total += math.dist(pen, first)
            continue
        exact = _absolute(command, points, pen)
        if command == "M":
            first = exact[0]
        else:
            if command == "s":
                exact = [(2 * pen[0] - handle[0], 2 * pen[1] - handle[1]), *exact]
            line = [_on_curve([pen, *exact], piece / _PIECES) for piece in range(_PIECES + 1)]
            total += sum(math.dist(*pair) for pair in pairwise(line))
        handle, pen = exact[-2] if len(exact) > 1 else exact[-1], exact[-1]
    return total


def _absolute(command: str, points: list[Point], pen: Point) -> list[Point]:
    return [(pen[0] + x, pen[1] + y) for x, y in points] if command.islower() else points


def _on_curve(points: list[Point], share: float) -> Point:
    """Return the point at a share of a Bezier curve of any degree."""
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(points)]
    return points[0]
