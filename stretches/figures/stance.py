"""What a pose is made of: the records that a pose file is read into.

Everything here is frozen, hashable and plain. How a pose becomes joints is the
business of `skeleton`, how two are blended that of `poses`, how they are read from a
file that of `pose_files`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Side = Literal["r", "l"]
type Angles = tuple[float, float]
"""The angle of a bone, and how far out it leads."""
type Point = tuple[float, float, float]

SIDES: tuple[Side, Side] = ("r", "l")
SIGNS: dict[Side, int] = {"r": 1, "l": -1}

RELAXED = 0.25
"""How far the fingers of a hand at ease are curled."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a part of the trunk stands: see `geometry.frame`."""

    lean: float = 0.0
    side: float = 0.0
    twist: float = 0.0


@dataclass(frozen=True, slots=True)
class Pelvis:
    """Where the pelvis is and how it stands; without `y` the body sinks until it touches the floor."""

    x: float = 0.0
    y: float | None = None
    z: float = 0.0
    turn: Turn = Turn()


@dataclass(frozen=True, slots=True)
class Spot:
    """A point to hold: in the world, or away from a joint."""

    offset: Point = (0.0, 0.0, 0.0)
    joint: str = ""


@dataclass(frozen=True, slots=True)
class Between[T]:
    """Something on the way from one thing to another."""

    start: T | Between[T]
    end: T | Between[T]
    share: float


type Place = Spot | Between[Spot]
type Bend = Angles | Point
"""Where the middle joint of a limb points: angle and out, or a direction."""
type Bending = Bend | Between[Bend]


@dataclass(frozen=True, slots=True)
class Bones:
    """A limb by the angles of its three parts: upper arm, forearm, hand; or thigh, shin, foot."""

    upper: Angles
    lower: Angles
    last: Angles


@dataclass(frozen=True, slots=True)
class Hold:
    """A limb whose wrist or ankle is at a place; a hand without `last` follows its forearm."""

    place: Place
    bend: Bending
    last: Angles | None = None
    lead: Point = (0.0, 0.0, 0.0)
    """Where the shoulder follows to instead of the place, and how much; only blending sets it."""
    lead_share: float = 0.0


type Limb = Bones | Hold


@dataclass(frozen=True, slots=True)
class Hand:
    """How far the fingers are curled (0 flat, 1 a fist) and where the palm looks, if that is told."""

    curl: float = RELAXED
    palm: Point | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """A whole body, as a person would say it: angles, and what hands and feet rest on."""

    pelvis: Pelvis
    spine: tuple[Turn, Turn, Turn]
    neck: Turn
    head: Turn
    leg_r: Limb
    leg_l: Limb
    arm_r: Limb
    arm_l: Limb
    hand_r: Hand = Hand()
    hand_l: Hand = Hand()
    shoulder_r: Angles = (0.0, 0.0)
    """How far the shoulder is drawn forward, and up, in cm."""
    shoulder_l: Angles = (0.0, 0.0)
    breath: float = 0.0
    """How full the belly is of breath, 0 to 1."""

    def leg(self, side: Side) -> Limb:
        return self.leg_r if side == "r" else self.leg_l

    def arm(self, side: Side) -> Limb:
        return self.arm_r if side == "r" else self.arm_l

    def hand(self, side: Side) -> Hand:
        return self.hand_r if side == "r" else self.hand_l

    def shoulder(self, side: Side) -> Angles:
        return self.shoulder_r if side == "r" else self.shoulder_l
