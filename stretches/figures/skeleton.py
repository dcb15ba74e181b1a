"""A pose laid out: where every joint of a body is, and how its parts are turned.

`solve` takes a `Pose` and the lengths of somebody's bones and gives a `Skeleton`.
Nothing here knows how thick a limb is, what it wears or how it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from stretches.figures.geometry import (
    FRONT,
    RIGHT,
    UP,
    Matrix,
    Vec,
    across,
    bone,
    frame,
    length,
    two_bones,
    unit,
    vec,
)
from stretches.figures.stance import SIDES, SIGNS, Bending, Between, Bones, Hold, Limb, Place, Pose, Side, Turn


@dataclass(frozen=True, slots=True)
class Lengths:
    """The bones of somebody, in cm. Widths are from the middle to the joint."""

    hip_width: float = 9.0
    lumbar: float = 14.0
    middle: float = 16.0
    upper: float = 20.0
    neck: float = 3.8
    head: float = 9.9
    shoulder_width: float = 16.2
    shoulder_drop: float = 9.0
    """How far the shoulders hang below the root of the neck."""
    thigh: float = 43.0
    shin: float = 42.0
    upper_arm: float = 28.0
    forearm: float = 24.5
    hand: float = 16.5
    ankle: float = 7.6
    """How high the ankle is above the sole."""

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) <= 0:
                raise ValueError(f"{each.name} must be longer than nothing")


USUAL = Lengths()

PARTS_OF_A_LEG = ("knee", "ankle", "heel", "ball", "toe", "thighmid", "shinmid")
PARTS_OF_AN_ARM = ("shoulder", "elbow", "wrist", "palm", "tip", "uarmmid", "farmmid")
JOINTS = frozenset(
    {"pelvis", "waist", "chest", "c7", "skull", "head"}
    | {f"{part}_{side}" for part in ("hip", *PARTS_OF_A_LEG, *PARTS_OF_AN_ARM) for side in SIDES}
)
"""The names of all joints that a skeleton has."""

# How far a joint is from the skin that lies on the floor, in cm: the trunk's, then a leg's.
_TRUNK_FLESH = {"pelvis": 10.2, "waist": 8.0, "chest": 9.5, "c7": 6.0}
_LEG_FLESH = {"knee": 5.6, "ankle": 3.4, "heel": 3.2, "ball": 2.2, "toe": 1.6}
_LYING = 60.0
"""A pelvis that leans less than this stands, sits or kneels: its trunk does not reach the floor."""


@dataclass(slots=True)
class Skeleton:
    """Where everything is.

    `j` has the joints by name (`JOINTS`), `f` the frames of pelvis, lum, mid, up, neck and
    head. `limb` has for thigh, shank, uarm and farm where the bone points and where its
    front looks, for foot where it points and where its top looks, for hand where it points
    and where the palm looks. `holds` has, for each wrist and ankle that rests on something,
    the point it was to reach.
    """

    j: dict[str, Vec] = field(default_factory=dict)
    f: dict[str, Matrix] = field(default_factory=dict)
    limb: dict[str, tuple[Vec, Vec]] = field(default_factory=dict)
    grip: dict[str, float] = field(default_factory=dict)
    breath: float = 0.0
    holds: dict[str, Vec] = field(default_factory=dict)


class TangledError(ValueError):
    """Limbs that hold each other in a ring, so that none can be laid out first."""


def solve(pose: Pose, lengths: Lengths = USUAL) -> Skeleton:
    """Lay out a pose.

    Raises TangledError when limbs wait for each other.
    """
    sk = Skeleton(grip={side: pose.hand(side).curl for side in SIDES}, breath=pose.breath)
    _lay_trunk(sk, pose, lengths)
    if pose.pelvis.y is None:
        _sink(sk, pose, lengths)
    _lay_limbs(sk, pose, lengths)
    return sk


def direction(bend: Bending, side: int) -> Vec:
    """Return where a middle joint is to point."""
    if isinstance(bend, Between):
        return direction(bend.start, side) * (1 - bend.share) + direction(bend.end, side) * bend.share
    return vec(*bend) if len(bend) == 3 else bone(*bend, side)[0]


def point(place: Place, joints: dict[str, Vec]) -> Vec:
    """Return where a place is in the world, given the joints laid out so far."""
    if isinstance(place, Between):
        return point(place.start, joints) * (1 - place.share) + point(place.end, joints) * place.share
    spot = vec(*place.offset)
    return joints[place.joint] + spot if place.joint else spot


def anchors(place: Place) -> set[str]:
    """Return the joints that a place is measured from."""
    if isinstance(place, Between):
        return anchors(place.start) | anchors(place.end)
    return {place.joint} if place.joint else set()


# --- The trunk ----------------------------------------------------------------------------------


def _turned(turn: Turn) -> Matrix:
    return frame(turn.lean, turn.side, turn.twist)


def _lay_trunk(sk: Skeleton, pose: Pose, lengths: Lengths) -> None:
    j, f = sk.j, sk.f
    f["pelvis"] = _turned(pose.pelvis.turn)
    f["lum"], f["mid"], f["up"] = (_turned(turn) for turn in pose.spine)
    f["neck"], f["head"] = _turned(pose.neck), _turned(pose.head)
    j["pelvis"] = vec(pose.pelvis.x, pose.pelvis.y or 0.0, pose.pelvis.z)
    j["waist"] = j["pelvis"] + f["lum"][:, UP] * lengths.lumbar
    j["chest"] = j["waist"] + f["mid"][:, UP] * lengths.middle
    j["c7"] = j["chest"] + f["up"][:, UP] * lengths.upper
    j["skull"] = j["c7"] + f["neck"][:, UP] * lengths.neck + f["neck"][:, FRONT] * 0.9
    j["head"] = j["skull"] + f["head"][:, UP] * lengths.head + f["head"][:, FRONT] * 1.7
    for side in SIDES:
        j[f"hip_{side}"] = j["pelvis"] + f["pelvis"][:, RIGHT] * (SIGNS[side] * lengths.hip_width)


def _sink(sk: Skeleton, pose: Pose, lengths: Lengths) -> None:
    """Lower (or raise) the trunk until it, or a leg laid out by angles, touches the floor."""
    lows = []
    for side in SIDES:
        if isinstance(pose.leg(side), Bones):
            _lay_leg(sk, pose, lengths, side, bend_toes=False)
            lows += [sk.j[f"{part}_{side}"][1] - flesh for part, flesh in _LEG_FLESH.items() if part != "toe"]
            # Toes that point down into the floor give way and bend; a foot on its back does not.
            if sk.limb[f"foot_{side}"][1][1] <= _TOES_BEND:
                lows.append(sk.j[f"toe_{side}"][1] - _LEG_FLESH["toe"])
    if not lows or abs(pose.pelvis.turn.lean) >= _LYING:
        lows += [sk.j[name][1] - flesh for name, flesh in _TRUNK_FLESH.items()]
    down = vec(0.0, min(lows), 0.0)
    for name in sk.j:
        sk.j[name] = sk.j[name] - down


# --- The limbs ----------------------------------------------------------------------------------


def _lay_limbs(sk: Skeleton, pose: Pose, lengths: Lengths) -> None:
    """Lay out legs and arms; a limb that holds on to another one waits for it."""
    for side in SIDES:
        # What the sinking laid out was only to feel for the floor.
        for part in PARTS_OF_A_LEG:
            sk.j.pop(f"{part}_{side}", None)
    # Hands may lie on each other's shoulders, so both start from where the shoulders are at rest.
    resting = {f"shoulder_{side}": _resting_shoulder(sk, pose, lengths, side) for side in SIDES}
    sk.j.update(resting)
    settled: dict[str, Vec] = {}
    waiting: list[tuple[Limb, Side, bool]] = [
        *((pose.leg(side), side, True) for side in SIDES),
        *((pose.arm(side), side, False) for side in SIDES),
    ]
    while waiting:
        ready = next((each for each in waiting if _needs(each[0]) <= sk.j.keys()), None)
        if ready is None:
            missing = {joint for limb, _, _ in waiting for joint in _needs(limb) - sk.j.keys()}
            raise TangledError(f"limbs wait for each other: {', '.join(sorted(missing))}")
        waiting.remove(ready)
        _, side, is_leg = ready
        if is_leg:
            _lay_leg(sk, pose, lengths, side)
        else:
            settled[f"shoulder_{side}"] = _lay_arm(sk, pose, lengths, side)
    sk.j.update(settled)


def _needs(limb: Limb) -> set[str]:
    return anchors(limb.place) if isinstance(limb, Hold) else set()


def _lay_leg(sk: Skeleton, pose: Pose, lengths: Lengths, side: Side, *, bend_toes: bool = True) -> None:
    j, leg, sign = sk.j, pose.leg(side), SIGNS[side]
    hip = j[f"hip_{side}"]
    if isinstance(leg, Hold):
        target = sk.holds[f"ankle_{side}"] = point(leg.place, j)
        reach = two_bones(hip, target, lengths.thigh, lengths.shin, direction(leg.bend, sign))
        knee, ankle = reach.middle, reach.end
        thigh, shin = unit(knee - hip), unit(ankle - knee)
        thigh_front, shin_front = unit(across(reach.side, thigh)), unit(across(reach.side, shin))
        foot, _ = bone(*(leg.last or (90.0, 0.0)), sign)
    else:
        thigh, thigh_front = bone(*leg.upper, sign)
        shin, shin_front = bone(*leg.lower, sign)
        knee = hip + thigh * lengths.thigh
        ankle = knee + shin * lengths.shin
        foot, _ = bone(*leg.last, sign)
    j[f"knee_{side}"], j[f"ankle_{side}"] = knee, ankle
    j[f"thighmid_{side}"], j[f"shinmid_{side}"] = hip * 0.4 + knee * 0.6, (knee + ankle) / 2
    sk.limb[f"thigh_{side}"], sk.limb[f"shank_{side}"] = (thigh, thigh_front), (shin, shin_front)
    _lay_foot(sk, lengths, side, foot, bend_toes=bend_toes)


_TOES_BEND = 0.2
"""How far the top of a foot must look up for its toes to bend on the floor."""


def _lay_foot(sk: Skeleton, lengths: Lengths, side: Side, foot: Vec, *, bend_toes: bool) -> None:
    j, ankle = sk.j, sk.j[f"ankle_{side}"]
    shin, shin_front = sk.limb[f"shank_{side}"]
    top = across(-shin, foot)
    if length(top) < 0.35:  # a pointed foot: its top goes on where the front of the shin ends
        top = across(shin_front, foot)
    top = unit(top)
    sk.limb[f"foot_{side}"] = (foot, top)
    j[f"heel_{side}"] = ankle - foot * 5.0 - top * (lengths.ankle - 3.2)
    ball = j[f"ball_{side}"] = ankle + foot * 10.9 - top * (lengths.ankle - 2.3)
    toe = j[f"toe_{side}"] = ankle + foot * 16.4 - top * (lengths.ankle - 1.6)
    if bend_toes and toe[1] < 1.2 and ball[1] > 0.5 and top[1] > _TOES_BEND:
        toe = ball + unit(vec(foot[0], 0.0, foot[2])) * 6.0
        toe[1] = max(1.6, ball[1] - 0.7)
        j[f"toe_{side}"] = toe


def _resting_shoulder(sk: Skeleton, pose: Pose, lengths: Lengths, side: Side) -> Vec:
    upper = sk.f["up"]
    forward, rise = pose.shoulder(side)
    return (
        sk.j["c7"]
        + upper[:, UP] * (rise - lengths.shoulder_drop)
        + upper[:, RIGHT] * (SIGNS[side] * lengths.shoulder_width)
        + upper[:, FRONT] * (forward - 0.5)
    )


def _clavicle(upper: Matrix, aim: Vec, sign: int) -> Vec:
    """Return how far a shoulder moves with its arm.

    It rises and draws in as the arm goes overhead, and follows a reach ahead or across the
    body. Without this, every arm held up looks out of joint.
    """
    ahead, rise, out = float(aim @ upper[:, FRONT]), float(aim @ upper[:, UP]), sign * float(aim @ upper[:, RIGHT])
    draw_in = 3.2 * max(0.0, rise) + 2.5 * max(0.0, -out)
    return upper[:, UP] * (5.5 * max(0.0, rise)) - upper[:, RIGHT] * (sign * draw_in) + upper[:, FRONT] * (3.2 * ahead)


def _lay_arm(sk: Skeleton, pose: Pose, lengths: Lengths, side: Side) -> Vec:
    """Lay out an arm and return where its shoulder came to be."""
    j, arm, sign, upper = sk.j, pose.arm(side), SIGNS[side], sk.f["up"]
    resting = j[f"shoulder_{side}"]
    if isinstance(arm, Hold):
        target = sk.holds[f"wrist_{side}"] = point(arm.place, j)
        aim = unit(target - resting)
        if arm.lead_share:
            aim = unit(aim * (1.0 - arm.lead_share) + vec(*arm.lead) * arm.lead_share)
        shoulder = resting + _clavicle(upper, aim, sign)
        reach = two_bones(shoulder, target, lengths.upper_arm, lengths.forearm, direction(arm.bend, sign))
        elbow, wrist = reach.middle, reach.end
        upper_arm, forearm = unit(elbow - shoulder), unit(wrist - elbow)
        front = -reach.side
        hand = forearm if arm.last is None else bone(*arm.last, sign)[0]
    else:
        upper_arm, front = bone(*arm.upper, sign)
        forearm, _ = bone(*arm.lower, sign)
        hand, _ = bone(*arm.last, sign)
        shoulder = resting + _clavicle(upper, upper_arm, sign)
        elbow = shoulder + upper_arm * lengths.upper_arm
        wrist = elbow + forearm * lengths.forearm
    j[f"elbow_{side}"], j[f"wrist_{side}"] = elbow, wrist
    j[f"uarmmid_{side}"], j[f"farmmid_{side}"] = (shoulder + elbow) / 2, (elbow + wrist) / 2
    j[f"palm_{side}"], j[f"tip_{side}"] = wrist + hand * 7.0, wrist + hand * lengths.hand
    sk.limb[f"uarm_{side}"], sk.limb[f"farm_{side}"] = (upper_arm, front), (forearm, front)
    told = pose.hand(side).palm
    palm = upper[:, RIGHT] * float(sign) if told is None else vec(*told)
    sk.limb[f"hand_{side}"] = (hand, unit(across(palm, hand)))
    return shoulder
