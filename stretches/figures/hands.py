"""Hands: a palm, four fingers that curl together, and a thumb. Centimetres.

Curl 0 is flat, 0.25 at rest, 1 wrapped round what it holds. Palm and fingers have depths of their own,
so a hand can go round a thigh: palm on one side, finger tips on the other.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from stretches.figures.builds import Build
from stretches.figures.geometry import Camera, Vec, cross, unit
from stretches.figures.outline import Axes, Part, hull, tube
from stretches.figures.skeleton import Skeleton

PALM = 8.6
FINGER = (4.2, 3.8)
WIDE, THICK = 3.3, 1.45  # half of it, across the knuckles
FLAT_SEEN = 0.5  # cosine between the back of the fingers and the way to the viewer
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


class _Hand:
    """One hand: where its joints are, and the outlines drawn round them."""

    def __init__(self, sk: Skeleton, build: Build, camera: Camera, side: str, sign: int) -> None:
        self.camera = camera
        self.size = size = 1.02 if build.name == "woman" else 1.09
        self.curl = curl = sk.grip[side]
        self.wrist = sk.j["wrist_" + side]
        self.arm, self.cuff = sk.limb["farm_" + side][0], build.forearm[-1][1]
        self.along, self.back = sk.limb["hand_" + side]
        self.thumb_side = unit(cross(self.back, self.along)) * sign
        self.knuckles = self.wrist + self.along * PALM * size
        self.first = _turned(self.along, self.back, KNUCKLE_TURN * curl)
        first_back = _turned(self.back, -self.along, KNUCKLE_TURN * curl)
        self.second = _turned(self.first, first_back, FINGER_TURN * curl + 4)
        self.middle = self.knuckles + self.first * FINGER[0] * size
        self.tip = self.middle + self.second * FINGER[1] * size
        self.width, self.thick = WIDE * size, THICK * size
        # From its edge a hand shows neither its single fingers nor the gaps between them.
        self.is_flat = abs(float(first_back @ camera.towards)) > FLAT_SEEN

    def at(self, share: float, place: float) -> Vec:
        """A point of the fingers: `share` of the way from knuckles to tips, `place` from the thumb's side (1) to -1."""
        whole = sum(FINGER)
        bent = FINGER[0] / whole
        way = self.first * min(share, bent) + self.second * max(0.0, share - bent)
        return self.knuckles + (way * whole + self.thumb_side * WIDE * place * (1.0 - 0.2 * share)) * self.size

    def section(self, centre: Vec, ahead: Vec, wide: float, deep: float, end: float = 0.0) -> tuple[Vec, Axes]:
        """A flat oval across the hand: half width, half depth, and half length along it."""
        across = unit(cross(self.thumb_side, ahead))
        return centre, ((self.thumb_side, wide), (across, deep), (ahead, end or deep))

    def palm(self) -> Vec:
        """It begins inside the forearm, as wide as the wrist, and widens slowly: no step where they meet."""
        along, arm, cuff = self.along, self.arm, self.cuff
        middle = self.wrist + along * 4.4 * self.size + self.thumb_side * 0.35
        return _tapered(
            self.camera,
            [
                self.section(self.wrist - arm * 2.2, arm, cuff * 1.02, cuff),
                self.section(self.wrist + (along - arm) * 0.4, unit(arm + along), cuff, cuff * 0.94),
                self.section(middle, along, 3.1 * self.size, 1.85 * self.size),
                self.section(self.knuckles - along * 0.8, along, self.width, self.thick * 1.06),
            ],
        )

    def fingers(self) -> Vec:
        """Four tips where the flat of the hand is seen, a mitten from its edge; the same number of points."""
        return self._four_tips() if self.is_flat else self._mitten()

    def _mitten(self) -> Vec:
        along, first, second = self.along, self.first, self.second
        knuckles, middle, tip = self.knuckles, self.middle, self.tip
        rows = (
            (knuckles - along * 2.2, along, 0.99, 1.1),
            (knuckles + along * 0.2, unit(along + first), 1.0, 1.0),
            (knuckles + (middle - knuckles) * 0.4, first, 0.985, 0.95),
            (knuckles + (middle - knuckles) * 0.75, first, 0.965, 0.9),
            (middle, unit(first + second), 0.95, 0.86),
            (middle + (tip - middle) * 0.45, second, 0.88, 0.76),
        )
        stations = [self.section(c, ahead, self.width * w, self.thick * d) for c, ahead, w, d in rows]
        end = tip - second * 0.7 + self.thumb_side * 0.2
        stations.append(self.section(end, second, self.width * 0.74, self.thick * 0.62, 1.7))
        return tube(self.camera, stations, 0.5, 1.0)

    def _four_tips(self) -> Vec:
        valleys = [(min(one[0], other[0]) - DIP, (one[1] + other[1]) / 2) for one, other in pairwise(TIPS)]
        tips = [((reach, place + BLUNT), (reach, place - BLUNT)) for reach, place in TIPS]
        ends = [node for tip, valley in zip(tips, valleys, strict=False) for node in (*tip, valley)] + [*tips[-1]]
        way = [(-0.2, 1.0), (0.3, 1.02), (TIPS[0][0] - 0.14, 1.0), *ends, (TIPS[-1][0] - 0.14, -1.0), (0.3, -1.02)]
        way += [(-0.2, -1.0), (-0.36, -0.6), (-0.4, 0.0), (-0.36, 0.6)]
        nodes = np.array([self.camera.flat(self.at(share, place)) for share, place in way])
        ahead, aside = nodes[8] - nodes[0], nodes[0] - nodes[16]
        # A tube begins on the left of its way.
        is_left = float(ahead[0] * aside[1] - ahead[1] * aside[0]) > 0
        return nodes if is_left else np.roll(nodes[::-1], -3, axis=0)

    def thumb(self) -> Vec:
        along, size, reach = self.along, self.size, self.thumb_reach()
        return tube(
            self.camera,
            [
                (self.wrist + along * 1.4 * size + self.thumb_side * 0.9, 1.6 * size),
                (self.wrist + along * 4.9 * size + self.thumb_side * 2.9 + reach * 0.35, 1.45 * size),
                (self.wrist + along * 8.4 * size + self.thumb_side * 3.0 + reach, 1.0 * size),
            ],
        )

    def thumb_reach(self) -> Vec:
        """How far the thumb stands off the palm: aside when the hand is open, over the palm when it holds."""
        return self.thumb_side * (2.9 - 1.5 * self.curl) - self.back * (0.4 + 3.2 * self.curl)

    def gaps(self) -> list[Vec]:
        """The lines between the fingers; from the edge, three points."""
        found = []
        for one, other in pairwise(TIPS):
            place = (one[1] + other[1]) / 2
            way = [self.at(share, place) for share in (0.16, 0.5, min(one[0], other[0]) - DIP)]
            found.append(np.array([self.camera.flat(point) for point in (way if self.is_flat else [self.middle] * 3)]))
        return found


def hand(sk: Skeleton, build: Build, camera: Camera, side: str, sign: int, tone: str) -> list[Part]:
    """The parts of one hand: thumb, palm, fingers and the lines between them."""
    own, limb = _Hand(sk, build, camera, side, sign), "arm" + side
    base = own.wrist + own.along * 5
    ends = camera.depth((own.middle + own.tip) / 2)
    thumb = camera.depth(base + own.thumb_reach())
    line = tone.rstrip("23") + "l gap"
    return [
        Part("thumb_" + side, tone, own.thumb(), thumb + 0.85, limb, contour="end", casts=True),
        Part("palm_" + side, tone, own.palm(), camera.depth(base) + 0.9, limb, contour="sides", casts=True),
        Part("hand_" + side, tone, own.fingers(), ends + 0.95, limb, contour="end", casts=True),
        *(Part(f"gap{n}_{side}", line, gap, ends + 0.97, limb, "line") for n, gap in enumerate(own.gaps())),
    ]
