"""Shadows: what a limb throws on what lies behind it, and the body on its mat.

Says which part shades which; how a shadow is written is the business of svg.py. The light comes from above,
to the right of the viewer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from stretches.figures.geometry import Camera, Vec, angle_between, vec
from stretches.figures.outline import Axes, Part, hull
from stretches.figures.skeleton import Skeleton

AWAY = (-0.9, 1.3)  # cm on the paper, left and down, that a shadow lies off its limb
REACH = 2.5  # cm, as far as a shadow or a line reaches beyond its part
FOLDED = 80.0  # degrees between thigh and shin, under which one throws a shadow on the other
LOW, HALF = 36.0, 9.0  # cm: how high a joint may be to shade the mat, and how wide its shadow is right above it


@dataclass(frozen=True, slots=True)
class Shadow:
    """One shadow: drawn before the part at `place`, thrown by these parts on those."""

    place: int
    thrown: tuple[str, ...]
    onto: tuple[str, ...]


def footprint(sk: Skeleton, camera: Camera) -> Part:
    """The shadow on the mat: round whatever of the body is near it, the wider the nearer."""
    rounds: list[tuple[tuple[float, float], float]] = []
    for x, y, z in (joint.tolist() for joint in sk.j.values()):
        near = max(0.0, 1 - y / LOW)
        if near:
            rounds.append(((x, z), 2.0 + HALF * near))

    def disc(wide: float) -> Axes:
        return ((vec(1, 0, 0), wide), (vec(0, 0, 1), wide))

    points, turn = hull(camera, [(vec(x, 0, z), disc(wide)) for (x, z), wide in rounds], 24, vec(1, 0, 0))
    return Part("under", "under", points, 0.0, "under", "hull", turn)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where each part is in all frames: what never comes near another neither shades nor crosses it."""

    low: Mapping[str, Vec]
    high: Mapping[str, Vec]

    @classmethod
    def of(cls, frames: Sequence[Sequence[Part]]) -> Self:
        """Measure the parts of every frame."""
        low: dict[str, Vec] = {}
        high: dict[str, Vec] = {}
        for part in (part for parts in frames for part in parts):
            least, most = part.points.min(axis=0), part.points.max(axis=0)
            low[part.name] = np.minimum(low.get(part.name, least), least)
            high[part.name] = np.maximum(high.get(part.name, most), most)
        return cls(low, high)

    def meet(self, one: str, other: str) -> bool:
        """Whether two parts come as near as a shadow reaches."""
        apart = np.maximum(self.low[one] - self.high[other], self.low[other] - self.high[one])
        return bool(apart.max() < REACH)


def apart(part: Part, other: Part) -> bool:
    """Whether an edge shows where `part` lies on the other: not on its own limb, nor where trousers go on."""
    return other.limb != part.limb and other.shape != "line" and not _goes_on(part, other)


def _goes_on(part: Part, other: Part) -> bool:
    """Whether trousers go on from one to the other, without an edge."""
    return part.limb.startswith("thigh") and other.name == "hips"


def spared(skeletons: Iterable[Skeleton]) -> dict[str, frozenset[str]]:
    """The parts on which a limb throws no shadow: thigh and shin, unless they fold on each other."""
    every = list(skeletons)
    found: dict[str, frozenset[str]] = {}
    for side in ("r", "l"):
        if min(_knee(sk, side) for sk in every) > FOLDED:
            found[f"shin{side}"] = frozenset({f"thigh_{side}"})
            found[f"thigh{side}"] = frozenset({f"calf_{side}", f"shin_{side}"})
    return found


def _knee(sk: Skeleton, side: str) -> float:
    """The angle between thigh and shin, 180 degrees where the leg is straight."""
    knee = sk.j[f"knee_{side}"]
    return angle_between(sk.j[f"hip_{side}"] - knee, sk.j[f"ankle_{side}"] - knee)


def shadows(frames: Sequence[Sequence[Part]], skeletons: Iterable[Skeleton], boxes: Boxes) -> list[Shadow]:
    """All shadows among parts that are drawn in the order of the first frame.

    Parts of one limb that follow each other throw one shadow, and none on each other. Where something lies
    between them, what comes later throws its shadow on that too.
    """
    parts = frames[0]
    kept = spared(skeletons)
    last: dict[str, int] = {}
    found = []
    for n, part in enumerate(parts):
        if part.shape == "line":
            continue
        before = last.get(part.limb, -1)
        last[part.limb] = n
        spare = kept.get(part.limb, frozenset())
        # What trousers cover must not shine through where a thigh goes on in them.
        covered = max((place for place, o in enumerate(parts[:n]) if _goes_on(part, o)), default=-1)
        behind = [o.name for o in parts[max(before, covered) + 1 : n] if apart(part, o) and o.name not in spare]
        throwing = [o.name for o in parts[n:] if o.limb == part.limb and o.casts]
        onto = tuple(name for name in behind if any(boxes.meet(name, each) for each in throwing))
        if onto:
            thrown = tuple(name for name in throwing if any(boxes.meet(name, each) for each in onto))
            found.append(Shadow(n, thrown, onto))
    return found
