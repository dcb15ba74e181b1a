"""Hands: a palm, a mitten of four fingers that can curl, and a thumb. Centimetres.

Curl 0 is flat, 0.25 at rest, 1 wrapped round what it holds. Palm and fingers have depths of their own,
so a hand can go round a thigh: palm on one side, finger tips on the other.
"""

import math

import numpy as np

from stretches.figures.builds import Build
from stretches.figures.geometry import Camera, Vec, unit
from stretches.figures.outline import Axes, Part, hull, tube
from stretches.figures.skeleton import Skeleton

PALM = 8.6
FINGER = (4.2, 3.8)
GAPS_SEEN = 0.5  # cosine between the back of the fingers and the way to the viewer
KNUCKLE_TURN, FINGER_TURN = 78.0, 82.0


def _turned(direction: Vec, away: Vec, degrees: float) -> Vec:
    """`direction` turned by `degrees` from `away` (the back of the hand) towards the palm."""
    a = math.radians(degrees)
    return direction * math.cos(a) - away * math.sin(a)


def hand(sk: Skeleton, build: Build, camera: Camera, side: str, sign: int, tone: str) -> list[Part]:
    wrist = sk.j["wrist_" + side]
    along, back = sk.limb["hand_" + side]
    thumb_side = unit(np.cross(back, along)) * sign
    curl = sk.grip[side]
    size = 1.0 if build.name == "woman" else 1.1
    knuckles = wrist + along * PALM * size
    first = _turned(along, back, KNUCKLE_TURN * curl)
    first_back = _turned(back, -along, KNUCKLE_TURN * curl)
    second = _turned(first, first_back, FINGER_TURN * curl + 4)
    middle = knuckles + first * FINGER[0] * size
    tip = middle + second * FINGER[1] * size
    width, thick = 3.5 * size, 1.55 * size

    def flat(centre: Vec, ahead: Vec, wide: float, deep: float) -> tuple[Vec, Axes]:
        return centre, ((thumb_side, wide), (unit(np.cross(thumb_side, ahead)), deep), (ahead, deep))

    palm, turn = hull(
        camera,
        [
            flat(wrist - along * 0.3, along, 2.2 * size, 2.0 * size),
            flat(wrist + along * 3.4 * size + thumb_side * 0.5, along, 3.4 * size, 1.9 * size),
            flat(knuckles - along * 0.8, along, width, thick),
        ],
        16,
        along,
    )
    fingers = tube(
        camera,
        [
            flat(knuckles - along * 1.6, along, width * 0.98, thick),
            flat(knuckles, unit(along + first), width, thick),
            flat(middle, unit(first + second), width * 0.9, thick * 0.9),
            flat(tip, second, width * 0.6, thick * 0.75),
        ],
        0.9,
        0.9,
    )
    reach = thumb_side * (2.6 - 1.2 * curl) - back * (0.4 + 3.2 * curl)
    thumb = tube(
        camera,
        [
            (wrist + along * 2.0 * size + thumb_side * 1.4, 1.6 * size),
            (wrist + along * 5.2 * size + thumb_side * 3.2 + reach * 0.45, 1.35 * size),
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
        way = [knuckles + aside * 1.05, middle + aside * 0.98, tip + aside * 0.7 + second * 0.4]
        line = np.array([camera.flat(point) for point in (way if seen else [middle] * 3)])
        gaps.append(Part(f"gap{number}_{side}", tone.rstrip("23") + "l gap", line, nail, limb, "line"))
    return [
        Part("thumb_" + side, tone, thumb, camera.depth(wrist + along * 5 + reach) + 0.85, limb, contour="end"),
        Part("palm_" + side, tone, palm, camera.depth(wrist + along * 5) + 0.9, limb, "hull", turn, "all"),
        Part("hand_" + side, tone, fingers, camera.depth((middle + tip) / 2) + 0.95, limb, contour="end"),
        *gaps,
    ]
