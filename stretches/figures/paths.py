"""Points to path text: short, smooth, and with the same commands for the same number of points.

Points are pixels of the picture here, y down, one decimal.
"""

import math
from collections.abc import Iterable

import numpy as np

from stretches.figures.geometry import Vec, unit
from stretches.figures.outline import Part


def number(value: float, digits: int = 1) -> str:
    """A number with at most so many decimals, without what path text can do without: 0.50 is .5, -0.0 is 0."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").removesuffix(".") if digits else text
    if text in {"-0", "0"}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def join(values: Iterable[float], digits: int = 1) -> str:
    text = ""
    for value in values:
        part = number(value, digits)
        text += (" " if text and not part.startswith("-") else "") + part
    return text


def curve(points: Vec, *, closed: bool = True, tension: float = 6.0, digits: int = 1) -> str:
    """A smooth line through all points (Catmull-Rom, as relative cubics)."""
    nodes = np.round(points, digits)
    count = len(nodes)
    last = count - 1
    tangents = [
        (nodes[(i + 1) % count] - nodes[i - 1]) / tension
        if closed
        else (nodes[min(i + 1, last)] - nodes[max(i - 1, 0)]) / tension
        for i in range(count)
    ]
    text = "M" + join(nodes[0], digits)
    here = nodes[0]
    for step, i in enumerate([*range(1, count), *([0] if closed else [])]):
        there = nodes[i]
        handle, end = there - tangents[i] - here, there - here
        text += "c" + join([*tangents[0], *handle, *end], digits) if step == 0 else "s" + join([*handle, *end], digits)
        here = there
    return text + ("z" if closed else "")


def convex(points: Vec, turn: float, digits: int = 1, arc: float = 4.0) -> str:
    """A closed outline whose node k has the outward normal `turn` + 2 pi k / n: flat edges stay flat.

    What is longer than `arc` pixels between two nodes is taken for an edge.
    """
    nodes = np.round(points, digits)
    count = len(nodes)
    text = "M" + join(nodes[0], digits)
    for i in range(count):
        here, there = nodes[i], nodes[(i + 1) % count]
        gap = float(np.hypot(*(there - here)))
        pull = gap * 0.34 if gap < arc else arc * 0.34 + (gap - arc) * 0.05
        angles = (turn + 2 * math.pi * i / count, turn + 2 * math.pi * (i + 1) / count)
        leave, arrive = (np.array([-math.sin(a), -math.cos(a)]) for a in angles)
        values = join([*(leave * pull), *(there - here - arrive * pull), *(there - here)], digits)
        text += ("c" if i == 0 else "" if values.startswith("-") else " ") + values
    return text + "z"


def path_of(part: Part, points: Vec, *, small: bool = False) -> str:
    """The path of a part; for a small picture with half the nodes of its hulls, in whole pixels."""
    if part.shape == "hull":
        return convex(points[::2], part.turn, 0, 16.0) if small else convex(points, part.turn)
    return curve(points, closed=part.shape == "smooth", digits=0 if small else 1)


def polygon(corners: list[Vec], radius: float) -> str:
    """A polygon with rounded corners."""
    text = ""
    for i, corner in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % len(corners)]
        back = min(radius, float(np.hypot(*(corner - before))) / 2.2)
        on = min(radius, float(np.hypot(*(after - corner))) / 2.2)
        start, end = corner + unit(before - corner) * back, corner + unit(after - corner) * on
        text += ("L" if i else "M") + join(start) + "Q" + join(corner)
        text += ("" if number(end[0]).startswith("-") else " ") + join(end)
    return text + "z"
