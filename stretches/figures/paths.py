"""Points to path text: short, smooth, and with the same commands for the same number of points.

Points are steps of the picture's grid here, y down. They are written as whole steps: a grid four times as
fine as the pixels costs a quarter less than a decimal does.
"""

import math
from collections.abc import Iterable
from functools import cache

import numpy as np

from stretches.figures.geometry import Vec, following, unit
from stretches.figures.outline import Part


def number(value: float, digits: int = 1) -> str:
    """A number with at most so many decimals, without what path text can do without: 0.50 is .5, -0.0 is 0."""
    return _text(round(value * 10**digits), digits)


@cache
def _text(count: int, digits: int) -> str:
    """The text of `count` tenths (hundredths ...): most numbers of a picture come again and again."""
    text = f"{count / 10**digits:.{digits}f}"
    text = text.rstrip("0").removesuffix(".") if digits else text
    if text in {"-0", "0"}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def join(values: Iterable[float], digits: int = 0) -> str:
    """Numbers with a space only where the next one has no minus."""
    scale = 10**digits
    text = " ".join([_text(round(value * scale), digits) for value in values])
    return text.replace(" -", "-")


def curve(points: Vec, *, closed: bool = True, tension: float = 6.0, digits: int = 0) -> str:
    """A smooth line through all points (Catmull-Rom, as relative cubics)."""
    nodes = np.round(points, digits)
    if closed:
        here, there = nodes, following(nodes)
        tangents = (there - np.concatenate((nodes[-1:], nodes[:-1]))) / tension
        arriving = following(tangents)
    else:
        tangents = np.empty_like(nodes)
        tangents[1:-1] = nodes[2:] - nodes[:-2]
        # The ends bend on as the line next to them does.
        ahead, behind = (nodes[1] - nodes[0], nodes[-1] - nodes[-2]) if len(nodes) > 1 else (0, 0)
        tangents[0], tangents[-1] = 2 * ahead - tangents[1] / 2, 2 * behind - tangents[-2] / 2
        tangents /= tension
        here, there, arriving = nodes[:-1], nodes[1:], tangents[1:]
    rows = np.hstack([there - arriving - here, there - here]).ravel().tolist()
    first = join([*tangents[0].tolist(), *rows[:4]], digits)
    return f"M{join(nodes[0].tolist(), digits)}c{first}s{join(rows[4:], digits)}{'z' if closed else ''}"


def convex(points: Vec, turn: float, digits: int = 0) -> str:
    """A closed outline whose node k has the outward normal `turn` + 2 pi k / n: flat edges stay flat.

    A step much longer than the others is taken for an edge, the others for arcs.
    """
    nodes = np.round(points, digits)
    count = len(nodes)
    steps = following(nodes) - nodes
    gaps = np.hypot(steps[:, 0], steps[:, 1])
    arc = 2.2 * float(np.median(gaps))
    pulls = np.where(gaps < arc, gaps * 0.34, arc * 0.34 + (gaps - arc) * 0.05)[:, None]
    angles = turn + 2 * math.pi * np.arange(count + 1) / count
    tangents = np.stack([-np.sin(angles), -np.cos(angles)], axis=1)
    rows = np.hstack([tangents[:-1] * pulls, steps - tangents[1:] * pulls, steps])
    return f"M{join(nodes[0].tolist(), digits)}c{join(rows.ravel().tolist(), digits)}z"


def path_of(part: Part, points: Vec, *, small: bool = False, digits: int = 0) -> str:
    """The path of a part; for a small picture with half the nodes of its hulls."""
    if part.shape == "hull":
        return convex(points[::2] if small else points, part.turn, digits)
    return curve(points, closed=part.shape == "smooth", digits=digits)


def polygon(corners: list[Vec], radius: float, digits: int = 0) -> str:
    """A polygon with rounded corners."""
    text = ""
    for i, corner in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % len(corners)]
        back = min(radius, float(np.hypot(*(corner - before))) / 2.2)
        on = min(radius, float(np.hypot(*(after - corner))) / 2.2)
        start, end = corner + unit(before - corner) * back, corner + unit(after - corner) * on
        text += ("L" if i else "M") + join(start, digits) + "Q" + join(corner, digits)
        text += ("" if number(end[0], digits).startswith("-") else " ") + join(end, digits)
    return text + "z"
