"""The people in the pictures: how wide each part of the body is, what hair and what clothes.

All lengths in centimetres, heights along the spine from the hip joints up. Bone lengths live in
skeleton.py; colours in paint.py. No pose and no drawing here.
"""

from dataclasses import dataclass
from typing import Literal

from stretches.figures.skeleton import Lengths

# (height, half width, half depth, how far forward of the spine)
type Section = tuple[float, float, float, float]
# (place along the bone 0-1, radius, how far in front of the bone)
type Ring = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Build:
    """One person. `torso` runs from the seat to the base of the neck, limbs from joint to joint."""

    name: Literal["woman", "man"]
    lengths: Lengths
    torso: tuple[Section, ...]
    thigh: tuple[Ring, ...]
    shin: tuple[Ring, ...]
    upper_arm: tuple[Ring, ...]
    forearm: tuple[Ring, ...]
    shoulder: float
    neck: float
    hair: Literal["bun", "short"]
    sleeve: float = 0.5
    trouser: float = 0.86
    loose: float = 0.3
    hem: float = 3.0
    """Where the shirt ends, in cm above the hips."""
    drape: float = 0.5
    """How far the shirt bridges the waist: 0 clings, 1 hangs straight."""


WOMAN = Build(
    name="woman",
    lengths=Lengths(shoulder_width=15.4, shoulder_drop=10.2, hip_width=9.0),
    torso=(
        (-2, 16.6, 9.4, -1.2),
        (3, 16.9, 10.4, -1.5),
        (8, 15.2, 9.7, -0.9),
        (13, 12.3, 8.5, 0.2),
        (18, 11.4, 8.1, 0.6),
        (25, 12.4, 9.1, 1.1),
        (32, 13.6, 9.9, 1.1),
        (37, 13.9, 9.5, 0.4),
        (42, 12.2, 8.3, -0.4),
        (46, 8.6, 6.6, -0.4),
        (50, 5.6, 5.0, 0.2),
    ),
    thigh=((0, 7.0, 0), (0.09, 8.2, 0.1), (0.22, 8.9, 0.3), (0.5, 8.2, 0.6), (0.76, 6.6, 0.5), (1, 5.5, 0)),
    shin=((0, 5.5, 0), (0.14, 5.4, -0.4), (0.32, 5.7, -1.2), (0.55, 4.8, -0.9), (0.78, 3.6, -0.3), (1, 3.1, 0)),
    upper_arm=((0, 4.6, 0), (0.25, 4.7, 0.1), (0.6, 4.1, 0.2), (1, 3.4, 0)),
    forearm=((0, 3.4, 0), (0.22, 3.7, 0), (0.5, 3.2, 0), (0.8, 2.5, 0), (1, 2.2, 0)),
    shoulder=4.6,
    neck=4.2,
    hair="bun",
)

MAN = Build(
    name="man",
    lengths=Lengths(shoulder_width=17.0, shoulder_drop=10.2, hip_width=8.6),
    torso=(
        (-2, 15.8, 9.6, -1.0),
        (3, 16.1, 10.4, -1.1),
        (8, 15.0, 10.1, -0.2),
        (13, 13.9, 10.2, 0.9),
        (18, 13.9, 10.4, 1.2),
        (25, 14.5, 10.5, 1.1),
        (32, 15.6, 10.8, 0.9),
        (37, 15.9, 10.3, 0.2),
        (42, 14.2, 8.9, -0.6),
        (46, 9.8, 7.2, -0.5),
        (50, 6.6, 5.6, 0.2),
    ),
    thigh=((0, 7.0, 0), (0.09, 8.0, 0.1), (0.22, 8.7, 0.3), (0.5, 8.3, 0.5), (0.76, 7.2, 0.4), (1, 6.2, 0)),
    shin=((0, 6.2, 0), (0.14, 6.0, -0.4), (0.32, 6.2, -1.0), (0.55, 5.6, -0.7), (0.78, 4.9, -0.2), (1, 4.4, 0)),
    upper_arm=((0, 5.2, 0), (0.25, 5.3, 0.1), (0.6, 4.8, 0.2), (1, 3.9, 0)),
    forearm=((0, 3.9, 0), (0.22, 4.3, 0), (0.5, 3.8, 0), (0.8, 2.9, 0), (1, 2.5, 0)),
    shoulder=5.2,
    neck=4.8,
    hair="short",
    sleeve=0.58,
    trouser=0.9,
    loose=0.45,
    hem=2.0,
    drape=0.75,
)

BUILDS: dict[str, Build] = {build.name: build for build in (WOMAN, MAN)}
