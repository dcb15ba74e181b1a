"""Hands: a palm, a mitten of four fingers that can curl, and a thumb. Centimetres.

Curl 0 is flat, 0.25 at rest, 1 wrapped round what it holds. Palm and fingers have depths of their own,
so a hand can go round a thigh: palm on one side, finger tips on the other.
"""

import math
from collections.abc import Sequence

import numpy as np

from stretches.figures.builds import Build
from stretches.figures.geometry import Camera, Vec, cross, unit
from stretches.figures.outline import Axes, Part, hull, tube
from stretches.figures.skeleton import Skeleton

PALM = 8.6
FINGER = (4.2, 3.8)
GAPS_SEEN = 0.5  # cosine between the back of the fingers and the way to the viewer
STUBBY = 0.5  # share of its length that a palm must show to be drawn along it
KNUCKLE_TURN, FINGER_TURN = 78.0, 82.0


def _turned(direction: Vec, away: Vec, degrees: float) -> Vec:
    """`direction` turned by `degrees` from `away` (the back of the hand) towards the palm."""
    a = math.radians(degrees)
    return direction * math.cos(a) - away * math.sin(a)


def _tapered(camera: Camera, stations: Sequence[tuple[Vec, Axes]]) -> Vec:
    """A tube, or where it points at the viewer the hull round it, with as many points."""
    whole = stations[-1][0] - stations[0][0]
    if float(np.hypot(*camera.flat(whole))) > STUBBY * float(np.linalg.norm(whole)):
        return tube(camera, stations, 0.4, 0.5)
    return hull(camera, stations, 2 * len(stations) + 6, whole)[0]


def hand(sk: Skeleton, build: Build, camera: Camera, side: str, sign: int, tone: str) -> list[Part]:
    wrist = sk.j["wrist_" + side]
    along, back = sk.limb["hand_" + side]
    thumb_side = unit(cross(back, along)) * sign
    curl = sk.grip[side]
    size = 1.02 if build.name == "woman" else 1.09
    knuckles = wrist + along * PALM * size
    first = _turned(along, back, KNUCKLE_TURN * curl)
    first_back = _turned(back, -along, KNUCKLE_TURN * curl)
    second = _turned(first, first_back, FINGER_TURN * curl + 4)
    middle = knuckles + first * FINGER[0] * size
    tip = middle + second * FINGER[1] * size
    width, thick = 3.3 * size, 1.45 * size

    def flat(centre: Vec, ahead: Vec, wide: float, deep: float, end: float = 0.0) -> tuple[Vec, Axes]:
        return centre, ((thumb_side, wide), (unit(cross(thumb_side, ahead)), deep), (ahead, end or deep))

    arm, cuff = sk.limb["farm_" + side][0], build.forearm[-1][1]
    # The palm begins inside the forearm, as wide as the wrist, and widens slowly: no step where they meet.
    palm = _tapered(
        camera,
        [
            flat(wrist - arm * 2.2, arm, cuff * 1.02, cuff),
            flat(wrist + (along - arm) * 0.4, unit(arm + along), cuff, cuff * 0.94),
            flat(wrist + along * 4.4 * size + thumb_side * 0.35, along, 3.1 * size, 1.85 * size),
            flat(knuckles - along * 0.8, along, width, thick * 1.06),
        ],
    )
    fingers = tube(
        camera,
        [
            flat(knuckles - along * 2.2, along, width * 0.99, thick * 1.1),
            flat(knuckles + along * 0.2, unit(along + first), width, thick),
            flat(middle, unit(first + second), width * 0.95, thick * 0.86),
            flat(tip - second * 0.7 + thumb_side * 0.2, second, width * 0.74, thick * 0.62, 1.7),
        ],
        0.5,
        1.0,
    )
    reach = thumb_side * (2.9 - 1.5 * curl) - back * (0.4 + 3.2 * curl)
    thumb = tube(
        camera,
        [
            (wrist + along * 1.4 * size + thumb_side * 0.9, 1.6 * size),
            (wrist + along * 4.9 * size + thumb_side * 2.9 + reach * 0.35, 1.45 * size),
            (wrist + along * 8.4 * size + thumb_side * 3.0 + reach, 1.0 * size),
        ],
    )
    limb = "arm" + side
    nail = camera.depth((middle + tip) / 2) + 0.97
    # Seen from its edge a hand shows no gaps between its fingers.
    seen = abs(float(first_back @ camera.towards)) > GAPS_SEEN
    gaps = []
    for number, place in enumerate((-0.5, 0.0, 0.5)):
        aside = thumb_side * width * place
        way = [knuckles + first * 1.6 + aside * 0.97, middle + aside * 0.94, tip + aside * 0.72]
        line = np.array([camera.flat(point) for point in (way if seen else [middle] * 3)])
        gaps.append(Part(f"gap{number}_{side}", tone.rstrip("23") + "l gap", line, nail, limb, "line"))
    return [
        Part(
            "thumb_" + side,
            tone,
            thumb,
            camera.depth(wrist + along * 5 + reach) + 0.85,
            limb,
            contour="end",
            casts=True,
        ),
        Part("palm_" + side, tone, palm, camera.depth(wrist + along * 5) + 0.9, limb, contour="sides", casts=True),
        Part("hand_" + side, tone, fingers, camera.depth((middle + tip) / 2) + 0.95, limb, contour="end", casts=True),
        *gaps,
    ]
