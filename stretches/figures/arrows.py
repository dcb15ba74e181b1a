"""Arrows: where the movement goes, as lines in the world's centimetres. The drawing is svg.py's."""

import math

import numpy as np

from stretches.figures.geometry import Camera, Vec, vec
from stretches.figures.poses import Arrow, Figure
from stretches.figures.skeleton import Lengths, solve

STEPS = 6
RING = (0.5, 5.4)  # radians of the circle that a ring's arrow covers


def _line(figure: Figure, arrow: Arrow, lengths: Lengths, camera: Camera, *, ended: bool) -> list[Vec]:
    offset = vec(*arrow.offset)
    if arrow.points:
        return [vec(*point) for point in arrow.points]
    if arrow.around:
        centre = solve(figure.end if ended else figure.start, lengths).j[arrow.around] + offset
        angles = np.linspace(*RING, 10)
        # The two sides turn like each other in a mirror.
        way = camera.right * (-1 if arrow.around.endswith("_l") else 1)
        return [centre + (way * math.cos(t) + camera.up * math.sin(t)) * arrow.radius for t in angles]
    ways = np.linspace(arrow.begin, arrow.finish, STEPS if not figure.loop else 12)
    return [solve(figure.at(float(t), lengths), lengths).j[arrow.joint] + offset for t in ways]


def lines_of(figure: Figure, lengths: Lengths, camera: Camera, *, ended: bool = False) -> list[list[Vec]]:
    """Each arrow of the figure as points from its tail to its tip; beside the end only those that stay."""
    return [_line(figure, arrow, lengths, camera, ended=ended) for arrow in figure.arrows if arrow.always or not ended]
