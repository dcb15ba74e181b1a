"""Points, turns and triangles in the world of the figures. Nothing here knows a body.

The world: x is where the person faces, y is up, z is the person's right; one unit is
one centimetre and the floor is y = 0. Angles are degrees, and absolute, like the hands
of a clock in the view from the side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

type Vec = NDArray[np.float64]
"""A point or a direction: three numbers in the world, two on the picture."""

type Matrix = NDArray[np.float64]
"""A frame: its columns are where the part's front, top and right side point."""

FRONT, UP, RIGHT = 0, 1, 2

STRAIGHT = 0.9999
"""How much of its length a limb may use, so that its joint still has a side to bend to."""

_TINY = 1e-9


def vec(*numbers: float) -> Vec:
    return np.array(numbers, dtype=np.float64)


def length(v: Vec) -> float:
    return math.sqrt(float(v @ v))


def unit(v: Vec) -> Vec:
    """Return `v` one long; straight ahead where `v` is nothing."""
    size = length(v)
    if size > _TINY:
        return v / size
    ahead = np.zeros(len(v))
    ahead[0] = 1.0
    return ahead


def cross(a: Vec, b: Vec) -> Vec:
    """Return the cross product of two vectors of three; numpy's own is made for many at once and slow for one."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array((ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx))


def following(rows: Vec) -> Vec:
    """Return for each row of a closed line the one that follows it."""
    return np.concatenate((rows[1:], rows[:1]))


def across(v: Vec, axis: Vec) -> Vec:
    """Return the part of `v` at right angles to the unit vector `axis`."""
    return v - axis * float(v @ axis)


def angle_between(a: Vec, b: Vec) -> float:
    """Return the angle between two directions, 0 to 180 degrees."""
    cosine = float(a @ b) / max(length(a) * length(b), _TINY)
    return math.degrees(math.acos(min(1.0, max(-1.0, cosine))))


def frame(lean: float, side: float = 0.0, twist: float = 0.0) -> Matrix:
    """Return the frame of a part of the trunk.

    `lean` 0 is upright, 90 face down, -90 on the back; `side` above 0 bends to the
    person's right; `twist` above 0 turns to the left.
    """
    a, b, c = math.radians(lean), math.radians(side), math.radians(twist)
    ca, sa, cb, sb, cc, sc = math.cos(a), math.sin(a), math.cos(b), math.sin(b), math.cos(c), math.sin(c)
    return np.array(
        [
            [ca * cc + sa * sb * sc, sa * cb, ca * sc - sa * sb * cc],
            [-sa * cc + ca * sb * sc, ca * cb, -sa * sc - ca * sb * cc],
            [-cb * sc, sb, cb * cc],
        ]
    )


def bone(angle: float, out: float, side: int) -> tuple[Vec, Vec]:
    """Return where a bone of a limb points, and where its front looks.

    `angle` 0 hangs down, 90 points ahead, 180 up, -90 back; `out` leads away from the
    middle of the body; `side` is 1 for the right and -1 for the left.
    """
    a, o = math.radians(angle), math.radians(out)
    return (
        vec(math.cos(o) * math.sin(a), -math.cos(o) * math.cos(a), side * math.sin(o)),
        vec(math.cos(a), math.sin(a), 0.0),
    )


def clock(direction: Vec, side: int) -> tuple[float, float]:
    """Return the angle and the `out` of a direction: the way back from `bone`."""
    x, y, z = (float(number) for number in unit(direction))
    out = math.degrees(math.asin(min(1.0, max(-1.0, side * z))))
    if math.hypot(x, y) < _TINY:
        return 0.0, out
    return math.degrees(math.atan2(x, -y)), out


def nearest_turn(angle: float, to: float) -> float:
    """Return `angle` with as many whole turns added as bring it closest to `to`."""
    return angle + 360.0 * round((to - angle) / 360.0)


@dataclass(frozen=True, slots=True)
class Reach:
    """A limb of two bones laid out: its middle joint, its end, and the side it bends to."""

    middle: Vec
    end: Vec
    side: Vec


def two_bones(root: Vec, target: Vec, first: float, second: float, pole: Vec) -> Reach:
    """Lay two bones from `root` to `target`, bending towards `pole`.

    A target too far away gets a straight limb that ends short of it, one too near a limb
    folded as far as its bones go.
    """
    line = target - root
    distance = min(max(length(line), abs(first - second) + 0.5), (first + second) * STRAIGHT)
    along = unit(line)
    side = across(pole, along)
    if length(side) < 1e-3:
        side = vec(-along[1], along[0], 0.0)
        if length(side) < 1e-3:
            side = vec(1.0, 0.0, 0.0)
    side = unit(side)
    foot = (first * first - second * second + distance * distance) / (2.0 * distance)
    height = math.sqrt(max(first * first - foot * foot, 0.0))
    return Reach(root + along * foot + side * height, root + along * distance, side)


@dataclass(frozen=True)
class Camera:
    """Looks at the world without perspective.

    Azimuth 0 sees the right side of the person, 90 the front, -90 the back; elevation is
    how far the camera looks down.
    """

    azimuth: float = 0.0
    elevation: float = 0.0
    towards: Vec = field(init=False, compare=False, repr=False)
    """From the scene to the camera."""
    right: Vec = field(init=False, compare=False, repr=False)
    up: Vec = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        ca, sa, ce, se = math.cos(a), math.sin(a), math.cos(e), math.sin(e)
        object.__setattr__(self, "towards", vec(sa * ce, se, ca * ce))
        object.__setattr__(self, "right", vec(ca, 0.0, -sa))
        object.__setattr__(self, "up", vec(-sa * se, ce, -ca * se))

    def flat(self, point: Vec) -> Vec:
        """Return where a point, or a direction, falls on the picture: right and up, in cm."""
        return vec(float(point @ self.right), float(point @ self.up))

    def depth(self, point: Vec) -> float:
        """Return how near a point is: more is nearer."""
        return float(point @ self.towards)
