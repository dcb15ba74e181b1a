"""Points to path text: short, smooth, and with the same commands for the same number of points.

Points are pixels of the picture here, y down, one decimal.
"""

import math
from collections.abc import Iterable

import numpy as np

from stretches.figures.geometry import Vec, unit
from stretches.figures.outline import Part


def number(value: float) -> str:
    """A number with at most one decimal, without what path text can do without: 0.50 is .5, -0.0 is 0."""
    text = f"{value:.1f}".removesuffix(".0")
    if text in {"-0", "0"}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def join(values: Iterable[float]) -> str:
    text = ""
    for value in values:
        part = number(value)
        text += (" " if text and not part.startswith("-") else "") + part
    return text


def curve(points: Vec, *, closed: bool = True, tension: float = 6.0) -> str:
    """A smooth line through all points (Catmull-Rom, as relative cubics)."""
    nodes = np.round(points, 1)
    count = len(nodes)
    last = count - 1
    tangents = [
        (nodes[(i + 1) % count] - nodes[i - 1]) / tension
        if closed
        else (nodes[min(i + 1, last)] - nodes[max(i - 1, 0)]) / tension
        for i in range(count)
    ]
    text = "M" + join(nodes[0])
    here = nodes[0]
    for step, i in enumerate([*range(1, count), *([0] if closed else [])]):
        there = nodes[i]
        handle, end = there - tangents[i] - here, there - here
        text += "c" + join([*tangents[0], *handle, *end]) if step == 0 else "s" + join([*handle, *end])
        here = there
    return text + ("z" if closed else "")


def convex(points: Vec, turn: float) -> str:
    """A closed outline whose node k has the outward normal `turn` + 2 pi k / n: flat edges stay flat."""
    nodes = np.round(points, 1)
    count = len(nodes)
    text = "M" + join(nodes[0])
    for i in range(count):
        here, there = nodes[i], nodes[(i + 1) % count]
        gap = float(np.hypot(*(there - here)))
        pull = gap * 0.34 if gap < 4 else 1.36 + (gap - 4) * 0.05
        angles = (turn + 2 * math.pi * i / count, turn + 2 * math.pi * (i + 1) / count)
        leave, arrive = (np.array([-math.sin(a), -math.cos(a)]) for a in angles)
        values = join([*(leave * pull), *(there - here - arrive * pull), *(there - here)])
        text += ("c" if i == 0 else "" if values.startswith("-") else " ") + values
    return text + "z"


def path_of(part: Part, points: Vec) -> str:
    if part.shape == "hull":
        return convex(points, part.turn)
    return curve(points, closed=part.shape == "smooth")


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
