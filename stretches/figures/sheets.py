"""Tables of a pose file, with their numbers, angles and joints, every complaint kept.

What the numbers mean to a body is the business of `pose_tables`.
"""

from __future__ import annotations

from stretches.content.fields import Table
from stretches.figures.skeleton import JOINTS
from stretches.figures.stance import Angles, Point

_JOINT_WORDS = {
    "neck-root": "c7",
    "skull-base": "skull",
    "toes": "toe",
    "fingertips": "tip",
    "mid-thigh": "thighmid",
    "mid-shin": "shinmid",
    "mid-upper-arm": "uarmmid",
    "mid-forearm": "farmmid",
}
"""Joints that a file calls by other words than the skeleton; the rest have one name."""


def joint_name(word: str, side: str = "") -> str | None:
    """Return the skeleton's name of a joint of a file, such as “mid-thigh-left”.

    A word without a side is a joint of the trunk, or else the limb's joint on `side`.
    """
    for way, letter in (("-right", "r"), ("-left", "l")):
        if word.endswith(way):
            word, side = word.removesuffix(way), letter
    name = _JOINT_WORDS.get(word, word)
    sided = f"{name}_{side}"
    if sided in JOINTS:
        return sided
    return name if name in JOINTS and "_" not in name else None


class Sheet(Table):
    """A table of a pose file: besides texts it has numbers, angles and joints."""

    def number(self, name: str, default: float | None = None) -> float:
        """Return a number; a missing one is `default`, or a mistake without one."""
        values = self.numbers(name, 1, 1, None if default is None else (default,))
        return values[0]

    def numbers(self, name: str, least: int, most: int, default: tuple[float, ...] | None = None) -> tuple[float, ...]:
        """Return a list of numbers, filled up with noughts to `most`; one number may stand alone."""
        self._asked.add(name)
        if name not in self.data:
            if default is None:
                self.note(name, "missing")
            return default or (0.0,) * most
        values = numbers_in(self.data[name])
        if values is None or not least <= len(values) <= most:
            wanted = str(most) if least == most else f"{least} to {most}"
            self.note(name, f"must be {wanted} numbers" if most > 1 else "must be a number")
            return (0.0,) * most
        return values + (0.0,) * (most - len(values))

    def angles(self, name: str, default: Angles | None = None) -> Angles:
        """Return the angle of a bone, and how far out it leads."""
        angle, out = self.numbers(name, 1, 2, default)
        return angle, out

    def point(self, name: str, default: Point | None = None) -> Point:
        x, y, z = self.numbers(name, 3, 3, default)
        return x, y, z

    def joint(self, name: str) -> str:
        """Return the joint that a field names, "" where there is none."""
        word = self.text(name, "")
        joint = joint_name(word) if word else ""
        if joint is None:
            self.note(name, f"unknown joint “{word}”")
        return joint or ""

    def anything(self, name: str) -> object:
        """Return the field as it stands, or None."""
        self._asked.add(name)
        return self.data.get(name)

    def sheet(self, name: str) -> Sheet | None:
        inner = self.table(name)
        return None if inner is None else Sheet(inner.data, inner.file, inner.problems, inner.prefix)

    def sheets(self, name: str) -> list[Sheet]:
        return [Sheet(each.data, each.file, each.problems, each.prefix) for each in self.tables(name)]


def numbers_in(value: object) -> tuple[float, ...] | None:
    """Return one number, or a list of them, as a tuple; None for anything else."""
    numbers = []
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, int | float) or isinstance(each, bool):
            return None
        numbers.append(float(each))
    return tuple(numbers)
