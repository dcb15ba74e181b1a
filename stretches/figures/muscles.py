"""What lights up: each muscle as a soft spindle on the body, and the parts it may colour.

A muscle is a row of stations (centre, half width, both in cm) just under the skin, on the side of the
limb where it lies. svg.py blurs the outline and clips it to the `owners`. No pose, no colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stretches.figures.body import F, R, U, spine_point, swell
from stretches.figures.builds import Build
from stretches.figures.geometry import Vec
from stretches.figures.skeleton import Skeleton

type Strip = list[tuple[Vec, float]]


@dataclass(frozen=True, slots=True)
class Muscle:
    """Stations along the middle, and the names of the parts that carry it."""

    strip: Strip
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Site:
    """The skeleton seen from one side of the body."""

    sk: Skeleton
    build: Build
    side: str

    @property
    def sign(self) -> int:
        return 1 if self.side == "r" else -1

    def joint(self, name: str) -> Vec:
        return self.sk.j[f"{name}_{self.side}"]

    def owners(self, *names: str) -> tuple[str, ...]:
        return tuple(name.replace("*", self.side) for name in names)

    def along(
        self, start: str, end: str, front: Vec, places: Sequence[float], offset: float, widths: Sequence[float]
    ) -> Strip:
        a, b = self.joint(start), self.joint(end)
        return [(a + (b - a) * t + front * offset, w) for t, w in zip(places, widths, strict=True)]

    def spine(
        self,
        heights: Sequence[float],
        forward: float | Sequence[float],
        widths: Sequence[float],
        aside: float | Sequence[float] = 0.0,
    ) -> Strip:
        """Stations along the spine; `forward` and `aside` of it are the same for all heights, or one for each."""
        forwards, asides = (
            [value] * len(heights) if isinstance(value, int | float) else value for value in (forward, aside)
        )
        found: Strip = []
        for height, ahead, width, right in zip(heights, forwards, widths, asides, strict=True):
            point, frame = spine_point(self.sk, height)
            found.append((point + frame[:, F] * ahead + frame[:, R] * right * self.sign, width))
        return found


BACK_OWNERS = ("top", "yoke_r", "yoke_l", "hips")


def _calf(s: _Site) -> Muscle:
    front = s.sk.limb["shank_" + s.side][1]
    return Muscle(
        s.along("knee", "ankle", front, (0.04, 0.2, 0.4, 0.68), -2.9, (2.2, 3.2, 2.9, 1.2)), s.owners("calf_*")
    )


def _shin(s: _Site) -> Muscle:
    front = s.sk.limb["shank_" + s.side][1]
    return Muscle(
        s.along("knee", "ankle", front, (0.14, 0.3, 0.5, 0.72), 2.8, (1.6, 2.4, 2.2, 1.2)), s.owners("calf_*")
    )


def _quadriceps(s: _Site) -> Muscle:
    front = s.sk.limb["thigh_" + s.side][1]
    return Muscle(s.along("hip", "knee", front, (0.2, 0.42, 0.66, 0.9), 3.8, (3.0, 4.4, 4.2, 2.4)), s.owners("thigh_*"))


def _hamstrings(s: _Site) -> Muscle:
    front = s.sk.limb["thigh_" + s.side][1]
    return Muscle(
        s.along("hip", "knee", front, (0.16, 0.4, 0.66, 0.94), -4.0, (2.8, 4.0, 3.6, 2.0)),
        s.owners("thigh_*", "calf_*"),
    )


def _glute(s: _Site) -> Muscle:
    pelvis, hip = s.sk.f["pelvis"], s.joint("hip")
    back, up = pelvis[:, F] * -1, pelvis[:, U]
    strip = [
        (hip + back * 4.4 - up * 5, 2.8),
        (hip + back * 6.0 - up * 1.5, 4.2),
        (hip + back * 6.0 + up * 2, 4.4),
        (hip + back * 5 + up * 6.5, 2.6),
    ]
    return Muscle(strip, s.owners("hips", "thigh_*"))


def _hip_flexor(s: _Site) -> Muscle:
    pelvis, hip, knee = s.sk.f["pelvis"], s.joint("hip"), s.joint("knee")
    front = s.sk.limb["thigh_" + s.side][1]
    strip = [
        (hip + pelvis[:, F] * 5.4 + pelvis[:, U] * 8, 2.2),
        (hip + (pelvis[:, F] * 0.6 + front * 0.4) * 5.6 + pelvis[:, U] * 2.5, 3.4),
        (hip + (knee - hip) * 0.16 + front * 5.2, 3.5),
        (hip + (knee - hip) * 0.46 + front * 4.8, 2.0),
    ]
    return Muscle(strip, s.owners("hips", "thigh_*", "top"))


def _groin(s: _Site) -> Muscle:
    inner = s.sk.f["pelvis"][:, R] * -s.sign
    direction = s.sk.limb["thigh_" + s.side][0]
    inner = inner - direction * float(inner @ direction)
    return Muscle(
        s.along("hip", "knee", inner, (0.06, 0.28, 0.5, 0.72), 4.8, (3.2, 3.8, 3.2, 2.0)), s.owners("hips", "thigh_*")
    )


def _low_back(s: _Site) -> Muscle:
    return Muscle(s.spine((1, 8, 15, 22), -6.0, (3.6, 4.6, 4.4, 2.8)), ("hips", "top"))


def _upper_back(s: _Site) -> Muscle:
    return Muscle(s.spine((24, 31, 38, 44), -5.4, (2.6, 4.6, 4.8, 2.8)), BACK_OWNERS)


def _blades(s: _Site) -> Muscle:
    return Muscle(s.spine((26, 31, 36, 41), -6.4, (1.8, 3.3, 3.4, 2.2), (7.6, 6.6, 5.0, 3.4)), BACK_OWNERS)


def _back(s: _Site) -> Muscle:
    return Muscle(s.spine((3, 12, 22, 32, 42), -6.2, (3.6, 4.6, 4.6, 4.8, 3.4)), BACK_OWNERS)


def _abdomen(s: _Site) -> Muscle:
    return Muscle(s.spine((3, 12, 22, 31), 6.8, (2.6, 3.8, 3.8, 2.6)), ("hips", "top"))


def _belly(s: _Site) -> Muscle:
    """It rises with the breath."""
    heights = (14, 18, 23, 28)
    forward = [6.0 + 0.7 * swell(s.sk, height) for height in heights]
    return Muscle(s.spine(heights, forward, (2.2, 3.8, 4.0, 2.6)), ("hips", "top"))


def _flank(s: _Site) -> Muscle:
    return Muscle(s.spine((7, 16, 25, 34), 0.5, (2.4, 3.4, 3.6, 2.0), 9.0), ("top", "hips", f"yoke_{s.side}"))


def _hip_and_side(s: _Site) -> Muscle:
    """From the front of the thigh over the hip up the side, as one lunge pulls at all of it."""
    hip, knee = s.joint("hip"), s.joint("knee")
    front = s.sk.limb["thigh_" + s.side][1]
    low = [(hip + (knee - hip) * 0.4 + front * 4.4, 2.0), (hip + (knee - hip) * 0.14 + front * 4.6, 3.2)]
    high = s.spine((7, 16, 26, 35), 1.5, (3.2, 3.3, 3.3, 1.8), (9.0, 8.6, 8.8, 9.0))
    return Muscle([*low, *high], ("hips", "top", *s.owners("thigh_*", "yoke_*")))


def _chest(s: _Site) -> Muscle:
    up = s.sk.f["up"]
    middle = spine_point(s.sk, 37)[0] + up[:, F] * 6.8
    aside = up[:, R] * s.sign
    strip = [
        (middle + aside * 4.2 - up[:, U] * 1.2, 2.7),
        (middle + aside * 7.4 - up[:, U] * 0.6, 4.0),
        (middle + aside * 10.4 + up[:, U] * 0.8 - up[:, F] * 1.8, 3.4),
        (middle + aside * 12.6 + up[:, U] * 2.0 - up[:, F] * 4.0, 2.2),
    ]
    return Muscle(strip, s.owners("top", "yoke_r", "yoke_l", "sleeve_*"))


def _neck_side(s: _Site) -> Muscle:
    up, neck, c7 = s.sk.f["up"], s.sk.f["neck"], s.sk.j["c7"]
    strip = [
        (s.joint("shoulder") * 0.6 + c7 * 0.4 + up[:, U] * 1.5, 1.8),
        (c7 + up[:, R] * s.sign * 5.4 - up[:, U] * 2.4, 2.9),
        (c7 + up[:, R] * s.sign * 3.8 + up[:, U] * 2.0, 2.4),
        (s.sk.j["skull"] + neck[:, R] * s.sign * 3.9 + neck[:, U] * 1.5, 1.7),
    ]
    return Muscle(strip, ("neck", "top", "yoke_r", "yoke_l"))


def _trapezius(s: _Site) -> Muscle:
    """Its upper part: from the root of the neck to the tip of the shoulder."""
    up, c7, tip = s.sk.f["up"], s.sk.j["c7"], s.joint("shoulder")
    root = c7 + up[:, R] * s.sign * 6.0 - up[:, U] * 1.5 - up[:, F] * 1.5
    lift = up[:, U] * 2.0
    strip = [
        (root + up[:, U] * 2.0, 1.8),
        (root * 0.7 + tip * 0.3 + lift * 0.5, 3.0),
        (root * 0.35 + tip * 0.65 + lift, 3.2),
        (tip + lift, 2.2),
    ]
    return Muscle(strip, ("neck", "top", "yoke_r", "yoke_l", *s.owners("sleeve_*")))


def _neck_back(s: _Site) -> Muscle:
    up, neck, c7 = s.sk.f["up"], s.sk.f["neck"], s.sk.j["c7"]
    strip = [
        (c7 - up[:, F] * 4.6 - up[:, U] * 7, 1.8),
        (c7 - up[:, F] * 4.2 - up[:, U] * 1.5, 2.8),
        (c7 - up[:, F] * 2.8 + up[:, U] * 3.4, 2.5),
        (s.sk.j["skull"] - neck[:, F] * 3.4 + neck[:, U] * 1.5, 1.8),
    ]
    return Muscle(strip, ("neck", "top", "yoke_r", "yoke_l"))


def _neck_front(s: _Site) -> Muscle:
    up, neck = s.sk.f["up"], s.sk.f["neck"]
    return Muscle([(s.sk.j["c7"] + up[:, F] * 4, 2.0), (s.sk.j["skull"] + neck[:, F] * 4.5, 2.0)], ("neck",))


def _shoulder(s: _Site) -> Muscle:
    front = s.sk.limb["uarm_" + s.side][1]
    return Muscle(
        s.along("shoulder", "elbow", front, (-0.06, 0.12, 0.3, 0.44), 0.0, (3.2, 4.4, 3.8, 2.0)),
        s.owners("sleeve_*", "yoke_*", "top"),
    )


def _back_shoulder(s: _Site) -> Muscle:
    front = s.sk.limb["uarm_" + s.side][1]
    return Muscle(
        s.along("shoulder", "elbow", front, (-0.06, 0.1, 0.24, 0.36), -2.2, (2.0, 3.2, 2.8, 1.4)),
        s.owners("sleeve_*", "uarm_*", "yoke_*", "top"),
    )


def _triceps(s: _Site) -> Muscle:
    front = s.sk.limb["uarm_" + s.side][1]
    return Muscle(
        s.along("shoulder", "elbow", front, (0.14, 0.4, 0.66, 0.9), -1.8, (2.2, 3.0, 2.8, 1.6)),
        s.owners("uarm_*", "sleeve_*"),
    )


MUSCLES: dict[str, Callable[[_Site], Muscle]] = {
    "calf": _calf,
    "shin": _shin,
    "quadriceps": _quadriceps,
    "hamstring": _hamstrings,
    "buttock": _glute,
    "hip-front": _hip_flexor,
    "hip-and-side": _hip_and_side,
    "groin": _groin,
    "lower-back": _low_back,
    "upper-back": _upper_back,
    "blade": _blades,
    "back": _back,
    "abdomen": _abdomen,
    "belly": _belly,
    "side": _flank,
    "chest": _chest,
    "neck-side": _neck_side,
    "trapezius": _trapezius,
    "neck-back": _neck_back,
    "neck-front": _neck_front,
    "shoulder": _shoulder,
    "back-shoulder": _back_shoulder,
    "triceps": _triceps,
}


def muscle(sk: Skeleton, build: Build, name: str) -> Muscle:
    """The muscle called `name`, like "calf-right" or "back" (what lies in the middle has no side).

    Raises KeyError for a name that is not in MUSCLES.
    """
    side = "l" if name.endswith("-left") else "r"
    return MUSCLES[name.removesuffix("-left").removesuffix("-right")](_Site(sk, build, side))
