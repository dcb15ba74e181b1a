"""Head and neck: skull, hair, face, and the few lines that make a calm look. Centimetres.

Every piece exists in every frame: what faces away shrinks to a point instead of vanishing, so that
frames morph. No limb and no colour here beyond tone names.
"""

import math
from collections.abc import Sequence

import numpy as np

from stretches.figures.builds import Build
from stretches.figures.geometry import Camera, Vec, unit
from stretches.figures.outline import Axes, Part, Shape, hull, tube
from stretches.figures.skeleton import Skeleton

F, U, R = 0, 1, 2
SKULL = (9.7, 10.0, 8.3)  # half length, height, width
LARGER = 1.08  # than life, so that a face is read in a small picture
FACE_NODES = 18
# One half of a beard, round from below the nose: lip, cheek, sideburn, jaw, chin. Forward, up, aside.
BEARD = (
    (8.9, -3.3, 0.0),
    (8.1, -3.5, 2.5),
    (6.5, -4.9, 4.5),
    (4.0, -4.7, 6.0),
    (1.6, -2.8, 7.2),
    (0.9, 0.4, 7.9),
    (-0.2, -4.2, 7.2),
    (0.6, -8.0, 5.9),
    (3.4, -10.9, 3.8),
    (6.0, -11.7, 0.0),
    (8.7, -9.4, 0.0),
    (8.9, -6.2, 0.0),
)
HALF_SEEN = -0.6  # a half of a beard that looks further aside (cosine) lies behind the other
LEANS_AWAY = -0.5  # a chest that leans further away (cosine) hides its collar
AWAY = -0.19  # a face that looks away by more than this (cosine) shows its outline alone


class _Head:
    """The head's own coordinates on the paper."""

    def __init__(self, sk: Skeleton, camera: Camera) -> None:
        self.sk, self.camera = sk, camera
        self.frame, self.centre = sk.f["head"], sk.j["head"]
        self.toward = float(self.frame[:, F] @ camera.towards)  # 1 facing the viewer, -1 facing away
        self.aside = float(self.frame[:, R] @ camera.towards)  # 1 where its right side is seen, -1 its left
        self.looks_away = self.toward <= AWAY
        self.depth = camera.depth(self.centre) + 1
        # Where the side is seen, the face shows a little further round.
        self.turned = self.toward + 0.5 * abs(self.aside)

    def at(self, forward: float, up: float, right: float = 0.0) -> Vec:
        return self.centre + (self.frame[:, F] * forward + self.frame[:, U] * up + self.frame[:, R] * right) * LARGER

    def axes(self, forward: float, up: float, right: float) -> Axes:
        return tuple((self.frame[:, i], half * LARGER) for i, half in ((F, forward), (U, up), (R, right)))

    def hull(
        self,
        name: str,
        tone: str,
        shapes: Sequence[tuple[Vec, Axes | float]],
        count: int,
        lift: float,
        shown: float = 1.0,
    ) -> Part:
        points, turn = hull(self.camera, shapes, count, self.frame[:, U])
        return self.part(name, tone, points, lift, "hull", turn, shown)

    def part(
        self, name: str, tone: str, points: Vec, lift: float, shape: Shape, turn: float = 0.0, shown: float = 1.0
    ) -> Part:
        middle = points.mean(axis=0)
        return Part(
            name,
            tone,
            middle + (points - middle) * shown,
            self.depth + lift,
            "head",
            shape,
            turn,
            casts=name in {"jaw", "hair"},
        )


def _face(head: _Head) -> Vec:
    """The edge of the face: a loop on the skull; the stretch of it that lies behind runs along the outline instead."""
    frame, camera = head.frame, head.camera
    tilt = 0.42
    ahead = unit(frame[:, F] * math.cos(tilt) - frame[:, U] * math.sin(tilt))
    up = unit(frame[:, U] - ahead * float(frame[:, U] @ ahead))
    half = np.array([SKULL[0] + 0.25, SKULL[1] + 0.1, SKULL[2] - 0.15]) * LARGER
    centre = head.at(-0.6, 1.4)
    loop, normals = [], []
    for k in range(FACE_NODES):
        t = 2 * math.pi * k / FACE_NODES
        dip = 1 if math.cos(t) > 0 else -3
        wide = math.radians(60 - 7 * math.cos(t) ** 2 * dip + 3 * math.sin(t) ** 2)
        direction = ahead * math.cos(wide) + (up * math.cos(t) + frame[:, R] * math.sin(t)) * math.sin(wide)
        local = (frame.T @ direction) * half
        normals.append(frame @ (local / half**2))
        loop.append(camera.flat(centre + frame @ local))
    seen = [float(normal @ camera.towards) for normal in normals]
    hidden = [k for k in range(FACE_NODES) if seen[k] < 0 <= seen[k - 1]]
    if not hidden or min(seen) >= 0:
        return np.array(loop)
    first = hidden[0]
    count = next(n for n in range(1, FACE_NODES + 1) if seen[(first + n) % FACE_NODES] >= 0)

    def leaves(k: int) -> float:
        """The angle on the paper where the loop crosses the outline, between node `k` and the one before."""
        share = seen[k - 1] / (seen[k - 1] - seen[k])
        out = camera.flat(normals[k - 1] * (1 - share) + normals[k] * share)
        return math.atan2(out[1], out[0])

    start, end = leaves(first), leaves((first + count) % FACE_NODES)
    middle = camera.flat(ahead)
    front = (math.atan2(middle[1], middle[0]) - start) % math.tau
    sweep = (end - start) % math.tau
    if front > sweep:  # the other way round, past the nose
        sweep -= math.tau
    flat = [(camera.flat(frame[:, i]), half[i]) for i in range(3)]
    for n in range(count):
        angle = start + sweep * (n + 0.5) / count
        out = np.array([math.cos(angle), math.sin(angle)])
        reach = math.sqrt(sum((h * float(a @ out)) ** 2 for a, h in flat)) or 1e-6
        edge = sum((a * (h * h * float(a @ out) / reach) for a, h in flat), np.zeros(2))
        loop[(first + n) % FACE_NODES] = camera.flat(centre) + edge
    return np.array(loop)


def _hair(head: _Head, build: Build) -> list[Part]:
    back = head.toward < -0.3
    # Seen from the feet, hair in the nape would look like a beard.
    tuck = 5.0 * float(np.clip((-(head.frame[:, U] @ head.camera.towards) - 0.3) / 0.4, 0, 1))
    if build.hair == "bun":
        return [
            head.hull("bun", "hair", [(head.at(-7.2, 9.4), 4.7 * LARGER)], 12, 0.5 if back else -0.5),
            head.hull(
                "hair",
                "hair",
                [(head.at(-0.7, 1.7), head.axes(*SKULL)), (head.at(-4.4, tuck - 3.0), head.axes(5.3, 5.2, 6.4))],
                20,
                0,
            ),
        ]
    return [
        head.hull("bun", "hair", [(head.at(-4.5, 3), head.axes(5.5, 5.5, 7.4))], 12, -0.5),
        head.hull(
            "hair",
            "hair",
            [(head.at(-0.5, 1.7), head.axes(9.5, 9.6, 8.1)), (head.at(-3.6, tuck - 2.2), head.axes(5.2, 4.6, 6.6))],
            20,
            0,
        ),
    ]


def _features(head: _Head, build: Build) -> list[Part]:
    camera, frame = head.camera, head.frame
    back = head.turned < -0.3
    seen = float(np.clip((head.turned + 0.32) / 0.14, 0, 1))
    features = 0.0 if head.looks_away else seen
    parts = [
        head.hull(
            "jaw",
            "skin",
            [(head.at(2.2, -4.2), head.axes(6.2, 5.5, 6.5)), (head.at(4.9, -8.1), head.axes(3.5, 2.9, 3.7))],
            16,
            0.1,
            seen,
        ),
        head.part("face", "skin", _face(head), 0.12, "smooth", shown=seen),
    ]
    if build.hair == "short":
        for side, sign in (("r", 1), ("l", -1)):
            loop = np.array([camera.flat(head.at(forward, up, right * sign)) for forward, up, right in BEARD])
            shown = features if head.aside * sign > HALF_SEEN else 0.0
            parts.append(head.part("beard_" + side, "hair2", loop, 0.13, "smooth", shown=shown))
    parts.append(
        head.hull(
            "nose",
            "skin",
            [(head.at(8.9, -1.6), head.axes(1.45, 1.15, 1.2)), (head.at(7.9, 1.3), head.axes(1.1, 1.6, 0.9))],
            10,
            0.14,
            0.0 if back or head.looks_away else 1.0,
        )
    )
    for side, sign in (("r", 1), ("l", -1)):
        beside = head.aside * sign
        looks = float((frame[:, R] * sign * 0.62 + frame[:, F] * 0.78) @ camera.towards)
        out, layer = (8.0, -0.6) if back else (7.7, 0.15)  # from behind the hair lies over the ears
        ear = [(head.at(-1.2, -1.2, sign * out), head.axes(1.7, 2.6, 0.9))]
        parts.append(head.hull("ear_" + side, "skin3", ear, 10, layer, float(back or beside > -0.2)))
        blush = [(head.at(6.6, -3.0, sign * 4.4), head.axes(1.0, 0.9, 1.3))]
        parts.append(head.hull("cheek_" + side, "blush", blush, 8, 0.14, float(looks > 0.5)))
        turned = abs(beside) >= 0.75
        eye = (
            [head.at(8.0, 0.6, sign * 2.6), head.at(7.3, -0.1, sign * 3.2), head.at(6.3, 0.3, sign * 4.2)]
            if turned
            else [head.at(7.4, 0.6, sign * 1.9), head.at(7.6, -0.1, sign * 3.1), head.at(6.6, 0.4, sign * 4.4)]
        )
        brow = [p + frame[:, U] * (2.5 + lift) for p, lift in zip(eye, (0, 0.6, 0), strict=True)]
        for name, tone, line in (("eye_", "line", eye), ("brow_", "brow", brow)):
            points = np.array([camera.flat(p) for p in line])
            parts.append(head.part(name + side, tone, points, 0.16, "line", shown=float(looks > 0.2 and features > 0)))
    tip = np.array([camera.flat(p) for p in (head.at(9.0, -2.0, -1.2), head.at(9.8, -2.7), head.at(9.0, -2.0, 1.2))])
    parts.append(head.part("tip", "brow", tip, 0.16, "line", shown=float(head.toward > 0.6)))
    facing = float(np.sign(head.aside)) or 1.0
    smile = (
        [head.at(7.2, -5.1, -2.1), head.at(7.6, -6.0), head.at(7.2, -5.1, 2.1)]
        if head.toward > 0.35
        else [head.at(8.4, -5.2, 0.4 * facing), head.at(7.4, -5.9, 1.8 * facing), head.at(6.3, -5.0, 2.9 * facing)]
    )
    mouth = np.array([camera.flat(p) for p in smile])
    parts.append(head.part("mouth", "line", mouth, 0.16, "line", shown=float(head.toward > -0.2)))
    return parts


def _neck(sk: Skeleton, build: Build, head: _Head, trunk: float) -> list[Part]:
    """The neck, and the collar round its foot."""
    j, f, camera = sk.j, sk.f, head.camera
    up, neck = f["up"], f["neck"]
    # From the collar's edge the neck rises in a hollow slope, not as a post.
    opening = j["c7"] - up[:, U] * 3.6 + up[:, F] * 1.4
    root = j["c7"] - up[:, U] * 0.6 + up[:, F] * 1.2
    stations: list[tuple[Vec, Axes | float]] = [
        (opening, ((up[:, R], build.neck + 3.3), (up[:, F], build.neck + 1.4), (up[:, U], 2.6))),
        (root, ((up[:, R], build.neck + 1.1), (up[:, F], build.neck + 0.5), (up[:, U], 2.0))),
        ((j["c7"] + j["skull"]) / 2 + neck[:, U] * 0.8 + neck[:, F] * 0.9, build.neck),
        (j["skull"] + head.frame[:, U] * 2 + head.frame[:, F] * 0.6, build.neck + 0.2),
    ]
    depth = min(head.depth - 0.6, trunk + 0.9) if head.toward >= -0.3 else trunk + 0.2
    collar, turn = hull(
        camera,
        [(opening, ((up[:, R], build.neck + 4.0), (up[:, F], build.neck + 2.3), (up[:, U], 3.4)))],
        14,
        up[:, U],
    )
    if float(up[:, U] @ camera.towards) < LEANS_AWAY:
        collar = np.full_like(collar, collar.mean(axis=0))
    return [
        Part("collar", "top2", collar, depth - 0.01, "trunk", "hull", turn),
        Part("neck", "skin3", tube(camera, stations, 0.9, 0.6), depth, "neck"),
    ]


def head(sk: Skeleton, build: Build, camera: Camera, trunk: float) -> list[Part]:
    """Neck, hair and face; `trunk` is the trunk's depth, which the neck stays in front of."""
    own = _Head(sk, camera)
    return [*_neck(sk, build, own, trunk), *_hair(own, build), *_features(own, build)]
