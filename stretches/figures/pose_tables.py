"""The pose tables of a file: [start], [end], [via] and [poses.*], read into `Pose` records.

A table may begin from a base (`bases.toml`) or from another pose of its file and say
only what is different. Whether a body can do what it says is the business of `limits`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from stretches.figures.sheets import Sheet, joint_name, numbers_in
from stretches.figures.stance import (
    RELAXED,
    Angles,
    Bend,
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

type Raw = Mapping[str, object]

_WAYS: tuple[tuple[str, Side], ...] = (("right", "r"), ("left", "l"))
_NOWHERE: Point = (0.0, 0.0, 0.0)
_LEG_PARTS = ("thigh", "shin", "foot")
_ARM_PARTS = ("upper", "lower", "hand")
_LEG_BEND: Bend = (90.0, 0.0)
_ARM_BEND: Bend = (-60.0, 30.0)
_USUAL_FOOT: Angles = (90.0, 0.0)


@cache
def bases() -> dict[str, Raw]:
    """Return the poses to begin from, by name, as they stand in their file."""
    return tomllib.loads((Path(__file__).parent / "bases.toml").read_text(encoding="utf-8"))


def read_poses(sheet: Sheet) -> dict[str, Pose]:
    """Return the poses of a file by name; what is wrong with them is noted in the sheet."""
    tables = _pose_tables(sheet)
    poses = {}
    for name, (place, _) in tables.items():
        whole = _Layers(sheet, tables).whole(name, ())
        poses[name] = _pose(Sheet(whole, sheet.file, sheet.problems, f"{place}."))
    return poses


def _pose_tables(sheet: Sheet) -> dict[str, tuple[str, Raw]]:
    """Return where each pose stands in the file, and what stands there."""
    found: dict[str, tuple[str, object]] = {}
    for name in ("start", "end", "via"):
        value = sheet.anything(name)
        if value is not None:
            found[name] = (name, value)
        elif name != "via":
            sheet.note(name, "missing")
    more = sheet.anything("poses")
    if isinstance(more, dict):
        found |= {name: (f"poses.{name}", value) for name, value in more.items()}
    elif more is not None:
        sheet.note("poses", "must be tables of poses")
    tables: dict[str, tuple[str, Raw]] = {}
    for name, (place, value) in found.items():
        if isinstance(value, dict):
            tables[name] = (place, value)
        else:
            sheet.note(place, "must be a table")
    return tables


# --- Layers: a base or another pose, and what is different ------------------------------------------


class _Layers:
    """Puts the tables of a file on what they begin from."""

    def __init__(self, sheet: Sheet, tables: Mapping[str, tuple[str, Raw]]) -> None:
        self.sheet = sheet
        self.tables = tables

    def whole(self, name: str, through: tuple[str, ...]) -> Raw:
        """Return a pose's table with all that it takes over; `through` are the poses that led here."""
        place, table = self.tables[name]
        under: Raw = {}
        base, same = table.get("base"), table.get("same_as")
        if base is not None and same is not None:
            self.sheet.note(f"{place}.base", "a pose has base or same_as, not both")
        elif base is not None:
            under = self._base(place, base)
        elif same is not None:
            under = self._same(place, same, (*through, name))
        return _laid_over(under, table)

    def _base(self, place: str, base: object) -> Raw:
        if isinstance(base, str) and base in bases():
            return _laid_over({}, bases()[base])
        self.sheet.note(f"{place}.base", f"unknown base “{base}”, expected one of {', '.join(sorted(bases()))}")
        return {}

    def _same(self, place: str, same: object, through: tuple[str, ...]) -> Raw:
        if not isinstance(same, str) or same not in self.tables:
            self.sheet.note(f"{place}.same_as", f"there is no pose “{same}”")
        elif same in through:
            self.sheet.note(f"{place}.same_as", "the poses begin from each other in a ring")
        else:
            return self.whole(same, through)
        return {}


def _laid_over(under: Raw, table: Raw) -> Raw:
    """Return `under` with the fields of `table` in their places.

    A limb that names neither a place nor its upper bone keeps those of the limb under it.
    """
    whole = dict(under)
    for name, value in _both_sides(table).items():
        old = whole.get(name)
        if isinstance(value, dict) and isinstance(old, dict) and not {"to", "thigh", "upper"} & value.keys():
            whole[name] = {**old, **value}
        else:
            whole[name] = value
    return whole


def _both_sides(table: Raw) -> dict[str, object]:
    """Write out legs, arms and shoulders for each side; what is said of one side goes first."""
    written: dict[str, object] = {}
    rest: dict[str, object] = {}
    for name, value in table.items():
        if name in {"base", "same_as"}:
            continue
        if name in {"legs", "arms"} and isinstance(value, dict):
            written |= {f"{name[:-1]}_{way}": _for_side(value, side) for way, side in _WAYS}
        elif name == "shoulders":
            written |= {f"shoulder_{way}": value for way, _ in _WAYS}
        else:
            rest[name] = value
    for name, value in rest.items():
        old = written.get(name)
        partly = isinstance(value, dict) and isinstance(old, dict) and not {"to", "thigh", "upper"} & value.keys()
        written[name] = {**old, **value} if partly and isinstance(old, dict) and isinstance(value, dict) else value
    return written


def _for_side(limb: Raw, side: Side) -> dict[str, object]:
    """Return a limb told for both sides as it is on one: joints get the side, z is mirrored."""
    own = dict(limb)
    word = own.get("to")
    if (
        isinstance(word, str)
        and not word.endswith(("-right", "-left"))
        and (joint_name(word, side) or "").endswith(f"_{side}")
    ):
        own["to"] = f"{word}-{'right' if side == 'r' else 'left'}"
    if side == "l":
        for name in ("to", "offset", "palm", "bend"):
            numbers = own.get(name)
            if isinstance(numbers, list) and len(numbers) == 3 and numbers_in(numbers) is not None:
                own[name] = [numbers[0], numbers[1], -numbers[2]]
    return own


# --- One pose -----------------------------------------------------------------------------------


def _pose(sheet: Sheet) -> Pose:
    x, y, lean, side, twist = _pelvis_numbers(sheet)
    spine = _spine(sheet, side, twist)
    neck = _turn(sheet, "neck", spine[2])
    (leg_r, leg_l), arms = (
        (_leg(sheet, f"leg_{way}") for way, _ in _WAYS),
        [_arm(sheet, f"arm_{way}") for way, _ in _WAYS],
    )
    pose = Pose(
        pelvis=Pelvis(x, y, sheet.number("sideways", 0.0), Turn(lean, side, twist)),
        spine=spine,
        neck=neck,
        head=_turn(sheet, "head", neck),
        leg_r=leg_r,
        leg_l=leg_l,
        arm_r=arms[0][0],
        arm_l=arms[1][0],
        hand_r=arms[0][1],
        hand_l=arms[1][1],
        shoulder_r=sheet.angles("shoulder_right", (0.0, 0.0)),
        shoulder_l=sheet.angles("shoulder_left", (0.0, 0.0)),
        breath=sheet.number("breath", 0.0),
    )
    if not 0.0 <= pose.breath <= 1.0:
        sheet.note("breath", "must be from 0 to 1")
    sheet.done()
    return pose


def _pelvis_numbers(sheet: Sheet) -> tuple[float, float | None, float, float, float]:
    """Return x, y, lean, side and twist; “floor” for y lets the body sink to the floor."""
    value = sheet.anything("pelvis")
    if value is None:
        sheet.note("pelvis", "missing")
    elif isinstance(value, list) and 1 <= len(value) <= 5:
        sinks = len(value) == 1 or value[1] == "floor"
        numbers = numbers_in([value[0], 0, *value[2:]] if sinks else value)
        if numbers is not None:
            x, y, lean, side, twist = numbers + (0.0,) * (5 - len(numbers))
            return x, None if sinks else y, lean, side, twist
    if value is not None:
        sheet.note("pelvis", "must be [x, y, lean, side, twist], with a number or “floor” for y")
    return 0.0, None, 0.0, 0.0, 0.0


def _turn_of(value: object) -> Turn | None:
    numbers = numbers_in(value)
    return Turn(*numbers) if numbers is not None and 1 <= len(numbers) <= 3 else None


def _turn(sheet: Sheet, name: str, default: Turn) -> Turn:
    value = sheet.anything(name)
    turn = default if value is None else _turn_of(value)
    if turn is None:
        sheet.note(name, "must be a number or [lean, side, twist]")
    return turn or default


def _spine(sheet: Sheet, side: float, twist: float) -> tuple[Turn, Turn, Turn]:
    """Return the three parts of the spine; one told by its lean alone is turned like the pelvis."""
    value = sheet.anything("spine")
    if isinstance(value, list) and len(value) == 3:
        low, mid, up = (_turn_of(part) if isinstance(part, list) else _turn_of([part, side, twist]) for part in value)
        if low is not None and mid is not None and up is not None:
            return low, mid, up
    sheet.note("spine", "missing" if value is None else "must be three parts, each a number or [lean, side, twist]")
    return Turn(), Turn(), Turn()


def _limb_sheet(sheet: Sheet, name: str) -> Sheet | None:
    inner = sheet.sheet(name)
    if inner is None and name not in sheet:
        sheet.note(name, "missing")
    return inner


def _leg(sheet: Sheet, name: str) -> Limb:
    inner = _limb_sheet(sheet, name)
    if inner is None:
        return Bones((0.0, 0.0), (0.0, 0.0), _USUAL_FOOT)
    limb = _limb(inner, _LEG_PARTS, _LEG_BEND, _USUAL_FOOT)
    inner.done()
    return limb


def _arm(sheet: Sheet, name: str) -> tuple[Limb, Hand]:
    inner = _limb_sheet(sheet, name)
    if inner is None:
        return Bones((0.0, 0.0), (0.0, 0.0), (0.0, 0.0)), Hand()
    limb = _limb(inner, _ARM_PARTS, _ARM_BEND, None)
    hand = Hand(inner.number("curl", RELAXED), inner.point("palm") if "palm" in inner else None)
    if not 0.0 <= hand.curl <= 1.0:
        inner.note("curl", "must be from 0 to 1")
    inner.done()
    return limb, hand


def _limb(sheet: Sheet, parts: tuple[str, str, str], bend: Bend, last: Angles | None) -> Limb:
    """Return a limb told by a place (`to`) or by the angles of its three parts."""
    upper, lower, end = parts
    if "to" in sheet:
        given = sheet.angles(end) if end in sheet else last
        return Hold(_place(sheet), _bend(sheet, bend), given)
    bones = sheet.angles(upper), sheet.angles(lower)
    # A hand goes on as its forearm does; a foot stands on the floor.
    return Bones(*bones, sheet.angles(end, last or bones[1]))


def _place(sheet: Sheet) -> Place:
    if isinstance(sheet.anything("to"), str):
        return Spot(sheet.point("offset", _NOWHERE), sheet.joint("to"))
    if "offset" in sheet:
        sheet.note("offset", "belongs to a joint; a point has none")
        sheet.point("offset")
    return Spot(sheet.point("to"))


def _bend(sheet: Sheet, default: Bend) -> Bend:
    value = sheet.anything("bend")
    if value is None:
        return default
    match numbers_in(value):
        case (angle,):
            return angle, 0.0
        case (angle, out):
            return angle, out
        case (x, y, z):
            return x, y, z
    sheet.note("bend", "must be [angle, out] or a direction of 3 numbers")
    return default
