"""Poses between two poses: their inputs are blended, then laid out again.

So a planted foot stays planted and a hand that holds keeps its hold, which blending
joints would not do. Before two poses are blended they are matched: a limb told by
angles in one and by a hold in the other becomes a hold in both. Which poses a movement
goes through is the business of `poses`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from stretches.figures.geometry import Vec, across, clock, length, nearest_turn, unit
from stretches.figures.skeleton import USUAL, Lengths, Skeleton, solve
from stretches.figures.stance import (
    SIGNS,
    Angles,
    Bending,
    Between,
    Bones,
    Hand,
    Hold,
    Limb,
    Pelvis,
    Place,
    Point,
    Pose,
    Side,
    Spot,
    Turn,
)

_LEG_JOINTS = ("hip", "knee", "ankle")
_ARM_JOINTS = ("shoulder", "elbow", "wrist")
_BENDS_AHEAD: Point = (1.0, 0.0, 0.0)
_BENDS_BACK: Point = (-1.0, 0.0, 0.0)
_NEARLY_STRAIGHT = 1.5
"""A limb whose middle joint is less than this off the line, in cm, has no side that it bends to."""


def blend(start: Pose, end: Pose, share: float, lengths: Lengths = USUAL) -> Pose:
    """Return the pose `share` (0 to 1) of the way from `start` to `end`."""
    if share <= 0.0:
        return start
    if share >= 1.0:
        return end
    a, b = _matched(start, end, lengths)
    return Pose(
        pelvis=_mix_pelvis(a.pelvis, b.pelvis, share),
        spine=(
            _mix_turn(a.spine[0], b.spine[0], share),
            _mix_turn(a.spine[1], b.spine[1], share),
            _mix_turn(a.spine[2], b.spine[2], share),
        ),
        neck=_mix_turn(a.neck, b.neck, share),
        head=_mix_turn(a.head, b.head, share),
        leg_r=_mix_limb(a.leg_r, b.leg_r, share),
        leg_l=_mix_limb(a.leg_l, b.leg_l, share),
        arm_r=_mix_limb(a.arm_r, b.arm_r, share),
        arm_l=_mix_limb(a.arm_l, b.arm_l, share),
        hand_r=_mix_hand(a.hand_r, b.hand_r, share),
        hand_l=_mix_hand(a.hand_l, b.hand_l, share),
        shoulder_r=_mix_pair(a.shoulder_r, b.shoulder_r, share),
        shoulder_l=_mix_pair(a.shoulder_l, b.shoulder_l, share),
        breath=_mix(a.breath, b.breath, share),
    )


def unwound(pose: Pose, like: Pose) -> Pose:
    """Return the same pose with whole turns added to its limbs, so that none goes the long way from `like`."""
    return replace(
        pose,
        leg_r=_unwound_limb(pose.leg_r, like.leg_r),
        leg_l=_unwound_limb(pose.leg_l, like.leg_l),
        arm_r=_unwound_limb(pose.arm_r, like.arm_r),
        arm_l=_unwound_limb(pose.arm_l, like.arm_l),
    )


def _unwound_limb(limb: Limb, like: Limb) -> Limb:
    if not isinstance(limb, Bones) or not isinstance(like, Bones):
        return limb
    return Bones(
        _unwound_angles(limb.upper, like.upper),
        _unwound_angles(limb.lower, like.lower),
        _unwound_angles(limb.last, like.last),
    )


def _unwound_angles(angles: Angles, like: Angles) -> Angles:
    return nearest_turn(angles[0], like[0]), angles[1]


# --- Mixing two things of one kind ----------------------------------------------------------------


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _mix_pair(a: Angles, b: Angles, share: float) -> Angles:
    return _mix(a[0], b[0], share), _mix(a[1], b[1], share)


def _mix_point(a: Point, b: Point, share: float) -> Point:
    return _mix(a[0], b[0], share), _mix(a[1], b[1], share), _mix(a[2], b[2], share)


def _mix_turn(a: Turn, b: Turn, share: float) -> Turn:
    return Turn(_mix(a.lean, b.lean, share), _mix(a.side, b.side, share), _mix(a.twist, b.twist, share))


def _mix_pelvis(a: Pelvis, b: Pelvis, share: float) -> Pelvis:
    y = None if a.y is None or b.y is None else _mix(a.y, b.y, share)
    return Pelvis(_mix(a.x, b.x, share), y, _mix(a.z, b.z, share), _mix_turn(a.turn, b.turn, share))


def _mix_limb(a: Limb, b: Limb, share: float) -> Limb:
    if isinstance(a, Bones) and isinstance(b, Bones):
        return Bones(
            _mix_pair(a.upper, b.upper, share), _mix_pair(a.lower, b.lower, share), _mix_pair(a.last, b.last, share)
        )
    if isinstance(a, Hold) and isinstance(b, Hold):
        bend: Bending = a.bend if a.bend == b.bend else Between(a.bend, b.bend, share)
        last = None if a.last is None or b.last is None else _mix_pair(a.last, b.last, share)
        lead = _mix_point(a.lead, b.lead, share) if a.lead_share and b.lead_share else _longer(a.lead, b.lead)
        return Hold(_mix_place(a.place, b.place, share), bend, last, lead, _mix(a.lead_share, b.lead_share, share))
    raise TypeError("only limbs told in the same way can be mixed")


def _longer(a: Point, b: Point) -> Point:
    return a if any(a) else b


def _mix_place(a: Place, b: Place, share: float) -> Place:
    if isinstance(a, Spot) and isinstance(b, Spot) and a.joint == b.joint:
        return Spot(_mix_point(a.offset, b.offset, share), a.joint)
    return Between(a, b, share)


def _mix_hand(a: Hand, b: Hand, share: float) -> Hand:
    palm = None if a.palm is None or b.palm is None else _mix_point(a.palm, b.palm, share)
    return Hand(_mix(a.curl, b.curl, share), palm)


# --- Telling two poses in the same way -------------------------------------------------------------


@lru_cache(maxsize=512)
def _matched(a: Pose, b: Pose, lengths: Lengths) -> tuple[Pose, Pose]:
    """Return both poses told so that each part can be mixed with its other."""
    sa, sb = solve(a, lengths), solve(b, lengths)
    legs = (
        _match_limb("r", _LEG_JOINTS, a.leg_r, b.leg_r, sa, sb),
        _match_limb("l", _LEG_JOINTS, a.leg_l, b.leg_l, sa, sb),
    )
    arms = (
        _match_limb("r", _ARM_JOINTS, a.arm_r, b.arm_r, sa, sb),
        _match_limb("l", _ARM_JOINTS, a.arm_l, b.arm_l, sa, sb),
    )
    hands = (_match_hand("r", a.hand_r, b.hand_r, sa, sb), _match_hand("l", a.hand_l, b.hand_l, sa, sb))
    pelvis_a, pelvis_b = a.pelvis, b.pelvis
    planted = any(isinstance(limb, Hold) for leg in legs for limb in leg)
    # Only legs told by angles can feel for the floor all the way.
    if planted or (pelvis_a.y is None) != (pelvis_b.y is None):
        pelvis_a, pelvis_b = (replace(p, y=float(s.j["pelvis"][1])) for p, s in ((pelvis_a, sa), (pelvis_b, sb)))
    first, second = (
        replace(
            pose,
            pelvis=pelvis,
            leg_r=legs[0][i],
            leg_l=legs[1][i],
            arm_r=arms[0][i],
            arm_l=arms[1][i],
            hand_r=hands[0][i],
            hand_l=hands[1][i],
        )
        for i, (pose, pelvis) in enumerate(((a, pelvis_a), (b, pelvis_b)))
    )
    return first, second


def _match_limb(
    side: Side, joints: tuple[str, str, str], a: Limb, b: Limb, sa: Skeleton, sb: Skeleton
) -> tuple[Limb, Limb]:
    if isinstance(a, Bones) and isinstance(b, Bones):
        return a, b
    usual = _BENDS_BACK if joints is _ARM_JOINTS else _BENDS_AHEAD
    hold_a = a if isinstance(a, Hold) else _as_hold(a, side, joints, sa, b.bend if isinstance(b, Hold) else usual)
    hold_b = b if isinstance(b, Hold) else _as_hold(b, side, joints, sb, hold_a.bend)
    if (hold_a.last is None) != (hold_b.last is None):
        hold_a, hold_b = _with_last(hold_a, side, sa), _with_last(hold_b, side, sb)
    if hold_a.last is not None and hold_b.last is not None:
        hold_b = replace(hold_b, last=_unwound_angles(hold_b.last, hold_a.last))
    return hold_a, hold_b


def _as_hold(limb: Bones, side: Side, joints: tuple[str, str, str], sk: Skeleton, straight_bend: Bending) -> Hold:
    """Tell a limb by where it ends; a straight one, which bends nowhere, bends as `straight_bend`."""
    top, middle, end = (sk.j[f"{name}_{side}"] for name in joints)
    off = across(middle - top, unit(end - top))
    bend = _point(unit(off)) if length(off) > _NEARLY_STRAIGHT else straight_bend
    hold = Hold(Spot(_point(end)), bend, limb.last)
    if joints is _ARM_JOINTS:
        return replace(hold, lead=_point(sk.limb[f"uarm_{side}"][0]), lead_share=1.0)
    return hold


def _with_last(hold: Hold, side: Side, sk: Skeleton) -> Hold:
    return hold if hold.last is not None else replace(hold, last=clock(sk.limb[f"hand_{side}"][0], SIGNS[side]))


def _match_hand(side: Side, a: Hand, b: Hand, sa: Skeleton, sb: Skeleton) -> tuple[Hand, Hand]:
    if (a.palm is None) == (b.palm is None):
        return a, b
    first, second = (
        hand if hand.palm is not None else replace(hand, palm=_point(sk.limb[f"hand_{side}"][1]))
        for hand, sk in ((a, sa), (b, sb))
    )
    return first, second


def _point(v: Vec) -> Point:
    x, y, z = (float(number) for number in v)
    return x, y, z
