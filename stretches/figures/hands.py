"""Hands: a palm, a mitten of four fingers that can curl, and a thumb. Centimetres.

Curl 0 is flat, 0.25 at rest, 1 wrapped round what it holds. Palm and fingers have depths of their own,
so a hand can go round a thigh: palm on one side, finger tips on the other.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

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
# From index to little finger: how far it reaches, in lengths of the middle one, and where it lies across the hand.
TIPS = ((0.93, 0.74), (1.02, 0.25), (0.95, -0.25), (0.78, -0.74))
DIP = 0.065  # how far the tips stand apart, in the same lengths
BLUNT = 0.165  # how wide a tip is


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


def _scalloped(camera: Camera, at: Callable[[float, float], Vec]) -> Vec:
    """The outline of four closed fingers, each with a tip of its own: as many points as a tube of seven stations."""
    valleys = [(min(one[0], other[0]) - DIP, (one[1] + other[1]) / 2) for one, other in pairwise(TIPS)]
    tips = [((reach, place + BLUNT), (reach, place - BLUNT)) for reach, place in TIPS]
    ends = [node for tip, valley in zip(tips, valleys, strict=False) for node in (*tip, valley)] + [*tips[-1]]
    way = [(-0.2, 1.0), (0.3, 1.02), (TIPS[0][0] - 0.14, 1.0), *ends, (TIPS[-1][0] - 0.14, -1.0), (0.3, -1.02)]
    way += [(-0.2, -1.0), (-0.36, -0.6), (-0.4, 0.0), (-0.36, 0.6)]
    nodes = np.array([camera.flat(at(share, place)) for share, place in way])
    ahead, aside = nodes[8] - nodes[0], nodes[0] - nodes[16]
    # A tube begins on the left of its way.
    is_left = float(ahead[0] * aside[1] - ahead[1] * aside[0]) > 0
    return nodes if is_left else np.roll(nodes[::-1], -3, axis=0)


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
    # Seen from its edge a hand shows neither its single fingers nor the gaps between them.
    seen = abs(float(first_back @ camera.towards)) > GAPS_SEEN

    def at(share: float, place: float) -> Vec:
        """A point of the fingers: `share` of the way from knuckles to tips, `place` from the thumb's side (1) to -1."""
        bent = FINGER[0] / sum(FINGER)
        way = first * min(share, bent) + second * max(0.0, share - bent)
        narrows = 1.0 - 0.2 * share
        return knuckles + (way * sum(FINGER) + thumb_side * 3.3 * place * narrows) * size

    fingers = (
        _scalloped(camera, at)
        if seen
        else tube(
            camera,
            [
                flat(knuckles - along * 2.2, along, width * 0.99, thick * 1.1),
                flat(knuckles + along * 0.2, unit(along + first), width, thick),
                flat(knuckles + (middle - knuckles) * 0.4, first, width * 0.985, thick * 0.95),
                flat(knuckles + (middle - knuckles) * 0.75, first, width * 0.965, thick * 0.9),
                flat(middle, unit(first + second), width * 0.95, thick * 0.86),
                flat(middle + (tip - middle) * 0.45, second, width * 0.88, thick * 0.76),
                flat(tip - second * 0.7 + thumb_side * 0.2, second, width * 0.74, thick * 0.62, 1.7),
            ],
            0.5,
            1.0,
        )
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
    gaps = []
    for number, (one, other) in enumerate(pairwise(TIPS)):
        way = [at(0.16, place := (one[1] + other[1]) / 2), at(0.5, place), at(min(one[0], other[0]) - DIP, place)]
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
