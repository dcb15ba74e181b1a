"""Reading pose files: `load(path)` gives a `Figure` or says all that is wrong with the file.

One file shows one stretch, or one form of it, and is named by the stretch's slug, or by
`slug--form`. The words in a file are those of somebody who knows bodies; here they turn
into the names that the rest of the package uses. Whether a body can do what a pose says
is the business of `limits`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from stretches.content.fields import SLUG, Problem, Problems
from stretches.figures.blending import blend
from stretches.figures.figure import Arrow, Figure, Prop
from stretches.figures.pose_tables import read_poses
from stretches.figures.sheets import Sheet, joint_name, numbers_in
from stretches.figures.stance import Point, Pose

__all__ = ["Arrow", "Figure", "PoseError", "Prop", "blend", "load", "load_all"]

WHO = ("woman", "man")

_PAIRED = [
    "calf",
    "shin",
    "quadriceps",
    "hamstring",
    "buttock",
    "hip-front",
    "hip-and-side",
    "groin",
    "side",
    "shoulder",
    "back-shoulder",
    "triceps",
    "neck-side",
    "trapezius",
    "chest",
    "blade",
]
MUSCLES = frozenset(
    ["abdomen", "belly", "back", "lower-back", "upper-back", "neck-back", "neck-front"]
    + [f"{word}-{way}" for word in _PAIRED for way in ("right", "left")]
)
"""What can light up; `muscles` draws each under the same name."""

PROPS = ("mat", "chair", "stool", "wall", "backdrop", "towel", "cushion", "roller", "ball")
PROP_NUMBERS = ("x", "y", "z", "from", "to", "half", "length", "width", "height", "depth", "radius")
PROP_FLAGS = ("back", "turned", "front", "lengthwise", "sideways")

_ORIGIN: Point = (0.0, 0.0, 0.0)


class PoseError(ValueError):
    """Pose files that cannot be used; `problems` has every mistake, with file and field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def load(path: Path) -> Figure:
    """Read one pose file.

    Raises PoseError, which names the file and each field that is wrong.
    """
    problems = Problems()
    figure = _read(path, problems)
    if figure is None or problems.found:
        raise PoseError(problems.found)
    return figure


def load_all(folder: Path) -> dict[str, Figure]:
    """Read every pose file of a folder, by key. Raises PoseError for the mistakes of all files."""
    problems = Problems()
    figures = {path.stem: _read(path, problems) for path in sorted(folder.glob("*.toml"), key=lambda each: each.stem)}
    if problems.found:
        raise PoseError(problems.found)
    return {key: figure for key, figure in figures.items() if figure is not None}


# --- A file -------------------------------------------------------------------------------------


def _read(path: Path, problems: Problems) -> Figure | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.note(path.name, "", f"cannot be read: {error}")
        return None
    sheet = Sheet(data, path.name, problems)
    poses = read_poses(sheet)
    figure = Figure(
        key=path.stem,
        stretch=sheet.slug("stretch"),
        form=sheet.text("form", ""),
        who=sheet.choice("who", WHO, "woman"),
        view=sheet.angles("view"),
        crop=sheet.number("crop") if "crop" in sheet else None,
        zoom=sheet.number("zoom") if "zoom" in sheet else None,
        seconds=sheet.number("seconds"),
        loop=sheet.flag("loop", default=False),
        muscles=tuple(sheet.texts("muscles", MUSCLES)),
        alt=sheet.text("alt", longest=300),
        arrows=tuple(_arrow(each) for each in sheet.sheets("arrows")),
        order=_order(sheet),
        props=tuple(_prop(each) for each in sheet.sheets("props")),
        poses=poses,
        path=_path(sheet, poses),
    )
    expected = f"{figure.stretch}--{figure.form}" if figure.form else figure.stretch
    if figure.form and not SLUG.fullmatch(figure.form):
        sheet.note("form", f"“{figure.form}” must be small letters, digits and hyphens")
    if expected != path.stem:
        sheet.note("stretch", f"the file must be named {expected}.toml")
    if "seconds" in sheet and figure.seconds <= 0:
        sheet.note("seconds", "must be more than 0")
    sheet.done()
    return figure


def _path(sheet: Sheet, poses: Mapping[str, Pose]) -> tuple[str, ...]:
    if "path" not in sheet:
        return ("start", "via", "end") if "via" in poses else ("start", "end")
    value = sheet.anything("path")
    names = tuple(str(name) for name in value) if isinstance(value, list) else ()
    if len(names) < 2 or names[0] != "start":
        sheet.note("path", "must be a list of poses that begins with “start”")
    for name in names:
        if name not in poses:
            sheet.note("path", f"there is no pose “{name}”")
    return names


def _order(sheet: Sheet) -> dict[str, float]:
    inner = sheet.sheet("order")
    return {} if inner is None else {_part_name(name): inner.number(name) for name in inner.data}


def _part_name(word: str) -> str:
    for way, side in (("-right", "_r"), ("-left", "_l")):
        if word.endswith(way):
            return word.removesuffix(way) + side
    return word


def _arrow(sheet: Sheet) -> Arrow:
    points: tuple[Point, ...] = ()
    value = sheet.anything("points")
    if value is not None:
        rows = [numbers_in(row) or () for row in value] if isinstance(value, list) else []
        if len(rows) < 2 or any(len(row) != 3 for row in rows):
            sheet.note("points", "must be two points or more, of 3 numbers each")
        else:
            points = tuple((row[0], row[1], row[2]) for row in rows)
    arrow = Arrow(
        joint=sheet.joint("joint"),
        offset=sheet.point("offset", _ORIGIN),
        begin=sheet.number("from", 0.0),
        finish=sheet.number("to", 1.0),
        points=points,
        around=sheet.joint("around"),
        radius=sheet.number("radius", 0.0),
        always=sheet.flag("always", default=False),
    )
    if sum(name in sheet for name in ("joint", "points", "around")) != 1:
        sheet.note("", "an arrow has one of joint, points and around")
    if arrow.around and arrow.radius <= 0:
        sheet.note("radius", "must be more than 0")
    sheet.done()
    return arrow


def _prop(sheet: Sheet) -> Prop:
    along = []
    for word in sheet.texts("along", default=[]):
        joint = joint_name(word)
        if joint is None:
            sheet.note("along", f"unknown joint “{word}”")
        else:
            along.append(joint)
    prop = Prop(
        kind=sheet.choice("kind", PROPS),
        numbers={name: sheet.number(name) for name in PROP_NUMBERS if name in sheet},
        flags={name: sheet.flag(name, default=True) for name in PROP_FLAGS if name in sheet},
        along=tuple(along),
    )
    if "kind" not in sheet:
        sheet.note("kind", "missing")
    sheet.done()
    return prop
