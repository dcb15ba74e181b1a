"""Figures: the poses of a stretch and how one movement goes through them.

`Figure.at` and `Figure.frames` give the poses on the way. How a figure is read from its
file is the business of `poses`; what it looks like does not belong here either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stretches.figures.blending import blend, unwound
from stretches.figures.skeleton import USUAL, Lengths
from stretches.figures.stance import Point, Pose


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow: along the way of a joint, through points in the world, or round a joint."""

    joint: str = ""
    """Follows this joint from `begin` to `finish` (shares of the movement), moved aside by `offset`."""
    offset: Point = (0.0, 0.0, 0.0)
    begin: float = 0.0
    finish: float = 1.0
    points: tuple[Point, ...] = ()
    around: str = ""
    """Goes round this joint, moved aside by `offset`, at `radius` cm."""
    radius: float = 0.0
    always: bool = False
    """Stands beside the end too, where the end alone would not tell the movement."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the picture: its kind, its numbers in cm (x, y, z, height ...), and what it runs along."""

    kind: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    along: tuple[str, ...] = ()
    """The joints that a towel or a strap goes through, in their order."""

    def number(self, name: str, default: float) -> float:
        return self.numbers.get(name, default)


@dataclass(frozen=True)
class Figure:
    """A stretch, or one form of it, as somebody shows it."""

    key: str
    stretch: str
    form: str
    who: str
    view: tuple[float, float]
    crop: float | None
    """The height above the floor, in cm, below which the picture is cut."""
    zoom: float | None
    seconds: float
    """How long one movement lasts."""
    loop: bool
    """Whether the movement goes on from its last pose to its first, instead of back the way it came."""
    muscles: tuple[str, ...]
    alt: str
    arrows: tuple[Arrow, ...]
    order: Mapping[str, float]
    """How far a part is moved towards the camera when parts are sorted by depth, in cm."""
    props: tuple[Prop, ...]
    poses: Mapping[str, Pose]
    path: tuple[str, ...]
    """The names of the poses of one movement, in their order."""

    @property
    def start(self) -> Pose:
        return self.poses["start"]

    @property
    def end(self) -> Pose:
        return self.poses["end"]

    @property
    def stations(self) -> list[Pose]:
        """The poses of one movement; a loop ends where it began."""
        stations = [self.poses[name] for name in self.path]
        if self.loop:
            stations.append(unwound(stations[0], stations[-1]))
        return stations

    def at(self, t: float, lengths: Lengths = USUAL) -> Pose:
        """Return the pose at the share `t` (0 to 1) of one movement; each stage takes as long."""
        stations = self.stations
        way = min(max(t, 0.0), 1.0) * (len(stations) - 1)
        stage = min(int(way), len(stations) - 2)
        return blend(stations[stage], stations[stage + 1], way - stage, lengths)

    def frames(self, count: int, lengths: Lengths = USUAL) -> list[Pose]:
        """Return `count` poses evenly through one movement, its first and its last included."""
        if count < 2:
            raise ValueError("a movement has two frames or more")
        return [self.at(i / (count - 1), lengths) for i in range(count)]
