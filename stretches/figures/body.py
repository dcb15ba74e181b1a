"""From joints to flat parts: trunk, legs, feet and arms, each with its depth.

Everything here is centimetres. Heads are in head.py, hands in hands.py, what lights up in muscles.py.
Colours are tone names only; no SVG.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from stretches.figures.builds import Build, Ring
from stretches.figures.geometry import Camera, Vec, cross, unit
from stretches.figures.hands import hand
from stretches.figures.head import head
from stretches.figures.outline import Axes, Part, hull, tube
from stretches.figures.skeleton import Skeleton

F, U, R = 0, 1, 2
SIDES = (("r", 1), ("l", -1))
# Heights along the spine where the joints are: below the hips, hips, waist, chest, neck, above.
KNOTS = (-14.0, 0.0, 14.0, 30.0, 50.0, 62.0)
# Cosines between the arm and the way up the chest: below the one it hangs, above the other its sleeve has no edge.
HANGING, GROWING = -0.8, 0.2
# How much of the upper arm a sleeve uncovers where the arm is held straight up.
SLIPS = 0.2
# How much of a shoulder's rise the slope beside the neck takes part in.
RISES = 0.8
# Heights where the shirt hangs from, and where it ends at the neck.
CHEST, COLLAR = 33.0, 47.5
# Heights where the hips begin and end.
HIPS = (-2.0, 14.0)
# Seen from further to the side than this (sine), the far limbs stand in shade.
SIDEWAYS = 0.66


def spine_point(sk: Skeleton, height: float) -> tuple[Vec, Vec]:
    """The point on the spine at `height` cm above the hips, and its frame (columns forward, up, right).

    A cubic through the joints: waist and neck bend as one long curve.
    """
    j, f = sk.j, sk.f
    if height < 0:
        return j["pelvis"] + f["pelvis"][:, U] * height, f["pelvis"]
    control = [
        j["pelvis"] - f["pelvis"][:, U] * 14,
        j["pelvis"],
        j["waist"],
        j["chest"],
        j["c7"],
        j["c7"] + f["neck"][:, U] * 12,
    ]
    i = 1 if height < KNOTS[2] else 2 if height < KNOTS[3] else 3
    span = KNOTS[i + 1] - KNOTS[i]
    t = (height - KNOTS[i]) / span
    leave = (control[i + 1] - control[i - 1]) * span / (KNOTS[i + 1] - KNOTS[i - 1])
    arrive = (control[i + 2] - control[i]) * span / (KNOTS[i + 2] - KNOTS[i])
    point = (
        control[i] * (2 * t**3 - 3 * t * t + 1)
        + leave * (t**3 - 2 * t * t + t)
        + control[i + 1] * (3 * t * t - 2 * t**3)
        + arrive * (t**3 - t * t)
    )
    frames = (f["pelvis"], (f["lum"] + f["mid"]) / 2, (f["mid"] + f["up"]) / 2, f["up"])
    mix = frames[i - 1] * (1 - t) + frames[i] * t
    forward = unit(mix[:, F])
    right = unit(mix[:, R] - forward * float(mix[:, R] @ forward))
    return point, np.stack([forward, cross(right, forward), right], axis=1)


def frame_axes(frame: Vec, forward: float, up: float, right: float) -> Axes:
    return ((frame[:, F], forward), (frame[:, U], up), (frame[:, R], right))


def _section(build: Build, height: float) -> tuple[float, float, float]:
    """Half width, half depth and how far forward the middle is of the trunk at this height."""
    heights, *columns = zip(*build.torso, strict=True)
    width, depth, offset = (float(np.interp(height, heights, column)) for column in columns)
    return width, depth, offset


def _station(sk: Skeleton, height: float, section: tuple[float, float, float], grow: float = 0.0) -> tuple[Vec, Axes]:
    """A section of the trunk where it stands in space, `grow` cm larger all round."""
    width, depth, offset = section
    centre, frame = spine_point(sk, height)
    return centre + frame[:, F] * offset, frame_axes(frame, depth + grow, min(width, depth) + grow, width + grow)


def hips(sk: Skeleton, build: Build) -> list[tuple[Vec, Axes]]:
    """The stations of the trousers above the legs."""
    heights = [HIPS[0], *(section[0] for section in build.torso if HIPS[0] < section[0] < HIPS[1]), HIPS[1]]
    return [_station(sk, height, _section(build, height)) for height in heights]


def shirt(sk: Skeleton, build: Build) -> list[tuple[Vec, Axes]]:
    """The stations of the shirt: it hangs from chest to hips, and bridges the hollows between by `build.drape`."""

    def body(height: float) -> tuple[float, float, float]:
        """Half width, front and back of the body at this height."""
        width, depth, offset = _section(build, height)
        return width, offset + depth, offset - depth

    def hung(height: float) -> tuple[float, float, float]:
        """The same for the shirt: between hem and chest it bridges hollows by `build.drape`."""
        own = body(height)
        share = min(1.0, (height - build.hem) / (CHEST - build.hem))
        straight = [a + (b - a) * share for a, b in zip(body(build.hem), body(CHEST), strict=True)]
        width, front, back = own if height >= CHEST else straight
        return (
            own[0] + build.drape * max(0.0, width - own[0]),
            own[1] + build.drape * max(0.0, front - own[1]),
            own[2] + build.drape * min(0.0, back - own[2]),
        )

    found: list[tuple[Vec, Axes]] = []
    for height in [build.hem, *(s[0] for s in build.torso if build.hem + 1 < s[0] < COLLAR), COLLAR]:
        width, front, back = hung(height)
        front += swell(sk, height)
        found.append(_station(sk, height, (width, (front - back) / 2, (front + back) / 2), build.loose))
    return found


def swell(sk: Skeleton, height: float) -> float:
    """How far the belly comes forward at this height with the breath, in cm."""
    return sk.breath * (1 - ((height - 17) / 15) ** 2) * 6.8 if sk.breath and 2 < height < 32 else 0.0


def limb_stations(
    a: Vec, b: Vec, front: Vec, rings: Sequence[Ring], start: float = 0.0, stop: float = 1.0, grow: float = 0.0
) -> list[tuple[Vec, Axes | float]]:
    places = [ring[0] for ring in rings]
    found: list[tuple[Vec, Axes | float]] = []
    for t in [start, *(p for p in places if start < p < stop), stop]:
        radius = float(np.interp(t, places, [ring[1] for ring in rings]))
        offset = float(np.interp(t, places, [ring[2] for ring in rings]))
        found.append((a + (b - a) * t + front * offset, radius + grow))
    return found


def _trunk(sk: Skeleton, build: Build, camera: Camera, middle: float) -> list[Part]:
    """Hips, shirt, and the slopes to the arms; `middle` is the trunk's depth."""
    j, f = sk.j, sk.f
    parts = [
        Part("hips", "leg", tube(camera, hips(sk, build), 1, 0.15), camera.depth(j["pelvis"])),
        Part("top", "top", tube(camera, shirt(sk, build), 0.12, 0.3), middle + 0.5, casts=True),
    ]
    up = f["up"]
    low, low_frame = spine_point(sk, CHEST)
    _, depth, _ = _section(build, CHEST)
    for side, sign in SIDES:
        # Trapezius, shoulder and ribs: one slope from the neck to the arm. It rises with the shoulder.
        shoulder = j["shoulder_" + side]
        risen = max(0.0, float((shoulder - j["c7"]) @ up[:, U]) + build.lengths.shoulder_drop)
        slope = j["c7"] + up[:, U] * (RISES * risen - 4.4) + up[:, R] * sign * 4.2
        shapes: list[tuple[Vec, Axes | float]] = [
            (slope, frame_axes(up, build.neck - 0.6, 3.0, 3.4)),
            (shoulder, build.shoulder + 0.3),
            (shoulder * 0.75 + j["elbow_" + side] * 0.25, build.shoulder - 0.1),
            (low + low_frame[:, R] * sign * 7.6, frame_axes(low_frame, depth - 1.2, 6, 6.2)),
            (low, frame_axes(low_frame, depth - 1.2, 5, 6)),
        ]
        points, turn = hull(camera, shapes, 20, up[:, U])
        parts.append(Part("yoke_" + side, "top", points, middle + 0.45, shape="hull", turn=turn))
    return parts


def _foot(sk: Skeleton, camera: Camera, side: str, sign: int, tone: str, depth: float) -> list[Part]:
    j = sk.j
    toward, up = sk.limb["foot_" + side]
    inner = cross(toward, up) * sign
    ankle, heel, ball, toe = (j[name + side] for name in ("ankle_", "heel_", "ball_", "toe_"))
    arch = ball - toward * 5.5 + up * 1.6
    back: list[tuple[Vec, Axes | float]] = [
        (ankle - toward * 0.3 + up * 1.5, 3.0),
        (heel, 3.1),
        (heel + toward * 1.5 + up * 1.0, 3.1),
        (arch, 2.7),
        (arch - toward * 2.4 + up * 2.6, 2.2),
    ]
    fore: list[tuple[Vec, Axes | float]] = [
        (arch, 2.7),
        (ball + inner * 2.2 + up * 0.2, 2.1),
        (ball - inner * 2.2 + up * 0.4, 2.5),
        (toe - inner * 1.5, 1.5),
        (toe - inner * 1.3 - toward * 1.2 + up * 0.9, 1.6),
        (toe - toward * 2.6 + inner * 2.3, 1.3),
    ]
    parts = []
    for name, shapes, lift in (("foot_", back, 0.03), ("fore_", fore, 0.04)):
        points, turn = hull(camera, shapes, 16, toward)
        parts.append(Part(name + side, tone, points, depth + lift, "shin" + side, "hull", turn, "all", casts=True))
    return parts


def _leg(sk: Skeleton, build: Build, camera: Camera, side: str, sign: int) -> list[Part]:
    j = sk.j
    hip, knee, ankle = j["hip_" + side], j["knee_" + side], j["ankle_" + side]
    pelvis = camera.depth(j["pelvis"])
    thigh = (camera.depth(hip) + camera.depth(knee)) / 2 - pelvis
    shin = (camera.depth(knee) + camera.depth(ankle)) / 2 - pelvis
    far = _far(sk, camera, sign)
    if far and float(unit(knee - hip) @ camera.towards) < 0.5:
        thigh = min(thigh, -1.5)
    thigh, shin = thigh + pelvis, shin + pelvis
    front_thigh, front_shin = sk.limb["thigh_" + side][1], sk.limb["shank_" + side][1]
    trouser = limb_stations(knee, ankle, front_shin, build.shin, 0, build.trouser, 0.25)
    return [
        Part(
            "thigh_" + side,
            "leg" + far,
            tube(camera, limb_stations(hip, knee, front_thigh, build.thigh, grow=0.25), 0.4),
            thigh,
            "thigh" + side,
            contour="sides",
            casts=True,
        ),
        Part(
            "shin_" + side,
            "skin" + far,
            tube(camera, limb_stations(knee + (ankle - knee) * 0.6, ankle, front_shin, ((0, 3.6, -0.3), (1, 3.0, 0)))),
            shin - 0.02,
            "shin" + side,
        ),
        *_foot(sk, camera, side, sign, "skin" + far, shin),
        Part(
            "calf_" + side,
            "leg" + far,
            tube(camera, trouser, 1, 0.2),
            shin + 0.05,
            "shin" + side,
            contour="end",
            casts=True,
        ),
    ]


def _far(sk: Skeleton, camera: Camera, sign: int) -> str:
    """The end of the tone's name for the limbs of one side: `2`, in shade, where that side of the hips is far.

    A limb does not come into the light by where it swings, nor by turning the chest.
    """
    return "2" if float(sk.f["pelvis"][:, R] @ camera.towards) * sign < -SIDEWAYS else ""


def _arm(sk: Skeleton, build: Build, camera: Camera, side: str, sign: int) -> list[Part]:
    j = sk.j
    shoulder, elbow, wrist = j["shoulder_" + side], j["elbow_" + side], j["wrist_" + side]
    upper = (camera.depth(shoulder) + camera.depth(elbow)) / 2
    lower = (camera.depth(elbow) + camera.depth(wrist)) / 2
    far = _far(sk, camera, sign)
    front = sk.limb["uarm_" + side][1]
    limb = "arm" + side
    raised = float(unit(elbow - shoulder) @ sk.f["up"][:, U])
    # On an arm held up the sleeve slips down.
    ends = build.sleeve - SLIPS * max(0.0, raised)
    sleeve = limb_stations(shoulder, elbow, front, build.upper_arm, 0, ends, 0.25 + build.loose * 0.6)
    bare = limb_stations(shoulder, elbow, front, build.upper_arm, 0.05)
    below = limb_stations(elbow, wrist, sk.limb["farm_" + side][1], build.forearm)
    skin = "skin" + far
    return [
        Part("uarm_" + side, skin, tube(camera, bare), upper + 0.6, limb, contour="sides", casts=True),
        Part("farm_" + side, skin, tube(camera, below), lower + 0.7, limb, contour="sides", casts=True),
        Part(
            "sleeve_" + side,
            "top" + far,
            tube(camera, sleeve, 1, 0.15),
            upper + 0.75,
            limb,
            # Hanging, it lies on the shirt it is part of; held up, it grows out of it.
            contour="none" if raised > GROWING else "sides",
            casts=raised >= HANGING,
        ),
        *hand(sk, build, camera, side, sign, skin),
    ]


def figure(sk: Skeleton, build: Build, camera: Camera, order: Mapping[str, float]) -> list[Part]:
    """All parts of one person, back to front. `order` moves parts (or `name_*`, `head_*`) in depth, in cm."""
    trunk = camera.depth(sk.j["pelvis"]) * 0.3 + camera.depth(sk.j["chest"]) * 0.7
    parts = _trunk(sk, build, camera, trunk)
    for side, sign in SIDES:
        parts += _leg(sk, build, camera, side, sign)
    for side, sign in SIDES:
        parts += _arm(sk, build, camera, side, sign)
    parts += head(sk, build, camera, trunk)
    for part in parts:
        nudge = order.get(part.name, order.get(part.name.split("_")[0] + "_*", 0.0))
        if part.limb == "head":
            nudge += order.get("head_*", 0.0)
        part.depth += nudge
    return sorted(parts, key=lambda part: part.depth)
