"""What a body could not do: every pose of a figure, and those between them, checked.

`faults` says in sentences where a hand misses what it holds, something sinks into the
floor or floats above it, or a joint bends further than joints do. It draws nothing and
mends nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from stretches.figures.figure import Figure
from stretches.figures.geometry import FRONT, RIGHT, UP, Vec, angle_between, length
from stretches.figures.skeleton import USUAL, Lengths, Skeleton, solve
from stretches.figures.stance import SIDES, SIGNS, Hold, Pose, Side, Spot

MISS = 1.5
"""How far a hand or foot may end from what it holds, in cm."""
SINK = 2.0
"""How far flesh may press into the floor, in cm."""
FLOAT = 3.0
"""How far a body that rests on nothing else may be above the floor, in cm."""
KNEE = 165.0
ELBOW = 155.0
SPINE = (
    ("pelvis", "lum", "the lowest back bends", 25.0),
    ("lum", "mid", "the lower back bends", 45.0),
    ("mid", "up", "the upper back bends", 55.0),
    ("up", "neck", "the neck bends", 50.0),
    ("neck", "head", "the head tips on the neck by", 40.0),
)
HIP_FORWARD = 145.0
HIP_BACK = 55.0
HIP_OUT = 85.0
HIP_ACROSS = 50.0
BETWEEN = (0.2, 0.4, 0.6, 0.8)
"""The shares of the movement at which the poses on the way are looked at."""

_FLESH = {
    "ankle": 3.3,
    "heel": 3.2,
    "ball": 2.2,
    "toe": 1.5,
    "knee": 5.6,
    "wrist": 2.2,
    "elbow": 3.6,
    "pelvis": 9.7,
    "chest": 8.5,
    "head": 9.0,
}
"""How far a joint is from the skin that touches the floor, in cm."""

_SUPPORTS = frozenset({"chair", "stool", "roller", "step", "block", "cushion"})
"""The props that can carry a body."""

_WORDS: dict[Side, str] = {"r": "right", "l": "left"}


def faults(figure: Figure, lengths: Lengths = USUAL) -> list[str]:
    """Return what is wrong with a figure, one sentence each, for somebody with these bones."""
    found: list[str] = []
    moments = [(f"[{name}]", figure.poses[name]) for name in figure.poses]
    moments += [(f"t={share:.1f}", figure.at(share, lengths)) for share in BETWEEN]
    for moment, pose in moments:
        found += [f"{figure.key} {moment}: {fault}" for fault in pose_faults(pose, figure, lengths)]
    return found


def pose_faults(pose: Pose, figure: Figure, lengths: Lengths = USUAL) -> list[str]:
    """Return what is wrong with one pose of a figure, for somebody with these bones."""
    sk = solve(pose, lengths)
    carried = any(prop.kind in _SUPPORTS for prop in figure.props)
    return [*_misses(pose, sk), *_floor(sk, carried=carried), *_trunk(sk), *_bends(sk), *_hips(sk)]


def _misses(pose: Pose, sk: Skeleton) -> Iterator[str]:
    for side in SIDES:
        for limb, joint in ((pose.arm(side), f"wrist_{side}"), (pose.leg(side), f"ankle_{side}")):
            # A hand on its way from one hold to another holds nothing that it could miss.
            if isinstance(limb, Hold) and isinstance(limb.place, Spot):
                miss = length(sk.holds[joint] - sk.j[joint])
                if miss > MISS:
                    yield f"the {_spoken(joint)} misses its hold by {miss:.1f} cm"


def _floor(sk: Skeleton, *, carried: bool) -> Iterator[str]:
    heights = {
        joint: float(point[1]) - _FLESH[joint.split("_")[0]]
        for joint, point in sk.j.items()
        if joint.split("_")[0] in _FLESH
    }
    lowest = min(heights, key=lambda joint: heights[joint])
    if heights[lowest] < -SINK:
        yield f"the {_spoken(lowest)} is {-heights[lowest]:.1f} cm below the floor"
    if heights[lowest] > FLOAT and not carried:
        yield f"the body floats {heights[lowest]:.1f} cm above the floor"


def _trunk(sk: Skeleton) -> Iterator[str]:
    for lower, upper, words, limit in SPINE:
        bend = angle_between(sk.f[lower][:, UP], sk.f[upper][:, UP])
        if bend > limit:
            yield f"{words} {bend:.0f} degrees, more than {limit:.0f}"


def _bends(sk: Skeleton) -> Iterator[str]:
    for name, joints, limit in (
        ("knee", ("hip", "knee", "ankle"), KNEE),
        ("elbow", ("shoulder", "elbow", "wrist"), ELBOW),
    ):
        for side in SIDES:
            bones = [b - a for a, b in pairwise(sk.j[f"{joint}_{side}"] for joint in joints)]
            bend = angle_between(bones[0], bones[1])
            if bend > limit:
                yield f"the {_WORDS[side]} {name} bends {bend:.0f} degrees, more than {limit:.0f}"


def _hips(sk: Skeleton) -> Iterator[str]:
    for side in SIDES:
        forward, out = _hip_angles(sk, side)
        for angle, way, limit in (
            (forward, "forward", HIP_FORWARD),
            (-forward, "back", HIP_BACK),
            (out, "out", HIP_OUT),
            (-out, "across", HIP_ACROSS),
        ):
            if angle > limit:
                yield f"the {_WORDS[side]} thigh is {angle:.0f} degrees {way}, more than {limit:.0f}"


def _hip_angles(sk: Skeleton, side: Side) -> tuple[float, float]:
    """Return how far a thigh is lifted forward, and led out, as the pelvis sees it."""
    thigh: Vec = sk.j[f"knee_{side}"] - sk.j[f"hip_{side}"]
    pelvis = sk.f["pelvis"]
    ahead, down = float(thigh @ pelvis[:, FRONT]), -float(thigh @ pelvis[:, UP])
    outward = SIGNS[side] * float(thigh @ pelvis[:, RIGHT])
    flat = math.hypot(ahead, down)
    forward = math.degrees(math.atan2(ahead, down)) if flat > length(thigh) * 0.3 else 0.0
    # A thigh drawn past the belly is far forward, not far back.
    return (forward + 360.0 if forward < -135.0 else forward), math.degrees(math.atan2(outward, flat))


def _spoken(joint: str) -> str:
    for side in SIDES:
        if joint.endswith(f"_{side}"):
            return f"{_WORDS[side]} {joint.removesuffix(f'_{side}')}"
    return joint
