"""Outlines on the paper: the shapes everything is drawn from, a hull, a tube and a spindle.

A hull is the convex outline of a few ellipsoids (feet, heads, palms); a tube runs along stations
with a width each (limbs, trunk); a spindle is a muscle. They always give the same number of points
for the same request, so two frames of one part can morph. Points are centimetres on the paper, y up. No body here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from stretches.figures.geometry import Camera, Vec, unit

# An ellipsoid's half axes: directions in space with their lengths.
type Axes = Sequence[tuple[Vec, float]]
type Shape = Literal["smooth", "hull", "line"]
# Which part of an outline may be stroked: none, a tube's sides, its sides and far end, all.
type Contour = Literal["none", "sides", "end", "all"]
TIP = 1.3  # how far a muscle's tips reach, in their own half widths
PLUMP = 3.3  # a muscle shorter than so many half widths is drawn as one round form
SIDE, FINER = 6, 8  # points on each side of a muscle, and how many steps finer it is smoothed between them


@dataclass(slots=True)
class Part:
    """One flat piece of the picture. `depth` grows towards the viewer, in cm; `limb` groups what grows together."""

    name: str
    tone: str
    points: Vec
    depth: float
    limb: str = "trunk"
    shape: Shape = "smooth"
    turn: float = 0.0
    contour: Contour = "none"
    casts: bool = False
    """Whether it throws a shadow on what lies behind it."""


def hull(
    camera: Camera, ellipsoids: Sequence[tuple[Vec, Axes | float]], count: int, along: Vec | None = None
) -> tuple[Vec, float]:
    """The convex outline of ellipsoids: `count` points by outward normal, and the first normal's angle.

    `along` (a direction in space) turns the first normal with the part, so that frames morph without sliding.
    """
    start = math.pi / 2
    if along is not None:
        lead = camera.flat(along)
        if float(np.hypot(*lead)) > 0.05:
            start = math.atan2(lead[1], lead[0])
    angles = start + 2 * math.pi * np.arange(count) / count
    normals = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    reaches, touches = [], []
    for centre, axes in ellipsoids:
        # Rows are the half axes on the paper; a ball has two of its radius.
        halves = (
            np.eye(2) * axes
            if isinstance(axes, int | float)
            else np.array([camera.flat(axis) * half for axis, half in axes])
        )
        middle = camera.flat(centre)
        along_axes = normals @ halves.T
        reach = np.maximum(np.sqrt((along_axes**2).sum(axis=1)), 1e-6)
        reaches.append(normals @ middle + reach)
        touches.append(middle + (along_axes @ halves) / reach[:, None])
    best = np.argmax(np.array(reaches), axis=0)
    return np.array(touches)[best, np.arange(count)], start


def _extent(camera: Camera, width: Axes | float, normal: Vec) -> float:
    if isinstance(width, int | float):
        return float(width)
    return math.sqrt(sum((float(camera.flat(axis) @ normal) * half) ** 2 for axis, half in width))


def tube(
    camera: Camera, stations: Sequence[tuple[Vec, Axes | float]], start_cap: float = 1.0, end_cap: float = 1.0
) -> Vec:
    """The outline along stations `(centre, radius or axes)`; a cap of 1 is round, near 0 flat.

    2 n + 6 points for n stations: one side, the far cap, the other side, the near cap.
    """
    centres = [camera.flat(centre) for centre, _ in stations]
    whole = centres[-1] - centres[0]
    length = float(np.hypot(*whole))
    if not isinstance(stations[0][1], int | float) and len(centres) > 5:
        across = np.array([-whole[1], whole[0]]) / (length or 1)
        widest = max(_extent(camera, width, across) for _, width in stations)
        if length < 1.15 * widest:  # seen from its end: an offset outline would fold over itself
            points, _ = hull(camera, stations, 2 * len(centres) + 6, stations[-1][0] - stations[0][0])
            return points
    base = unit(whole) if length > 1e-3 else np.array([0.0, -1.0])
    tangents = []
    for i in range(len(centres)):
        step = centres[min(i + 1, len(centres) - 1)] - centres[max(i - 1, 0)]
        tangents.append(unit(step) if float(np.hypot(*step)) > 0.6 else base)
    normals = [np.array([-t[1], t[0]]) for t in tangents]
    widths = [_extent(camera, width, n) for (_, width), n in zip(stations, normals, strict=True)]

    def cap(i: int, sign: float, roundness: float) -> list[Vec]:
        ahead, aside, wide = tangents[i] * sign, normals[i] * sign, widths[i]
        far = _extent(camera, stations[i][1], tangents[i]) * roundness
        q = math.sqrt(0.5)
        c = centres[i]
        return [c + aside * wide * q + ahead * far * q, c + ahead * far, c - aside * wide * q + ahead * far * q]

    left = [c + n * w for c, n, w in zip(centres, normals, widths, strict=True)]
    right = [c - n * w for c, n, w in zip(centres, normals, widths, strict=True)]
    return np.array([*left, *cap(-1, 1, end_cap), *right[::-1], *cap(0, -1, start_cap)])


def spindle(camera: Camera, stations: Sequence[tuple[Vec, float]]) -> Vec:
    """The outline of a muscle: smooth between its stations, and drawn out to a round tip at either end.

    2 `SIDE` + 2 points, clockwise from the left of its first station.
    """
    centres = np.array([camera.flat(centre) for centre, _ in stations])
    widths = np.array([width for _, width in stations])
    steps = np.hypot(*np.diff(centres, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(np.maximum(steps, 0.3))))
    if float(np.hypot(*(centres[-1] - centres[0]))) < PLUMP * float(widths.max()):
        return _plump(centres, widths, 2 * SIDE + 2)
    fine = np.linspace(0.0, along[-1], (SIDE - 1) * FINER + 1)
    smooth = np.stack([_eased(fine, along, values) for values in (*centres.T, widths)], axis=1)
    middles, wide = smooth[:, :2], smooth[:, 2]
    ways = np.gradient(middles, axis=0)
    ways /= np.maximum(np.hypot(*ways.T), 1e-6)[:, None]
    aside = (np.stack([-ways[:, 1], ways[:, 0]], axis=1) * wide[:, None])[::FINER]
    first, last = middles[0] - ways[0] * wide[0] * TIP, middles[-1] + ways[-1] * wide[-1] * TIP
    return np.array([*(middles[::FINER] + aside), last, *(middles[::FINER] - aside)[::-1], first])


def _plump(centres: Vec, widths: Vec, count: int) -> Vec:
    """The outline round discs that lie close together."""
    ahead = centres[-1] - centres[0]
    start = math.atan2(ahead[1], ahead[0]) + math.pi * (1 - 1 / count)
    angles = start - 2 * math.pi * np.arange(count) / count
    normals = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    best = np.argmax(normals @ centres.T + widths, axis=1)
    return centres[best] + normals * widths[best][:, None]


def _eased(fine: Vec, along: Vec, values: Vec) -> Vec:
    """Values between stations without corners: linear, then averaged over two thirds of a station's length."""
    straight = np.interp(fine, along, values)
    reach = max(1, len(fine) // (3 * max(1, len(along) - 1)))
    before, after = 2 * straight[0] - straight[reach:0:-1], 2 * straight[-1] - straight[-2 : -reach - 2 : -1]
    window = np.ones(2 * reach + 1) / (2 * reach + 1)
    return np.convolve(np.concatenate((before, straight, after)), window, mode="valid")
