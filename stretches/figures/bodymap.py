"""A body seen from the front and from behind, with the areas of the catalogue as shapes of their own.

Drawn from the same rig as the figures. Gives path texts by area, so that a page can make links of them
or colour them by a value, and the two files that pages read: the bodies, which every page shares, and the
areas as JSON (`stretches.drawn` has the files' names). Which stretches belong to an area, and any words, belong to the page.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import numpy as np

from stretches.figures.body import figure as draw_body
from stretches.figures.builds import BUILDS, Build
from stretches.figures.geometry import Camera
from stretches.figures.muscles import muscle
from stretches.figures.outline import Part, spindle
from stretches.figures.paths import curve, path_of
from stretches.figures.scenery import Stage
from stretches.figures.skeleton import Skeleton, solve
from stretches.figures.stance import Bones, Hand, Pelvis, Pose, Turn

type Side = Literal["front", "back"]

SIDES: Final[tuple[Side, ...]] = ("front", "back")
# A plain body, so that its areas stand out whatever the person wears. Colour: light theme, dark theme.
COLOURS: Final = {
    "skin": ("#eadccb", "#59625f"),
    "shade": ("#dccbb7", "#4c5553"),
    "cloth": ("#d9cfc0", "#414b4b"),
    "hair": ("#b3a697", "#2f3838"),
    "line": ("#8f8273", "#9aa39d"),
}
COLOUR_OF: Final = {"skin3": "shade", "top": "cloth", "leg": "cloth", "hair2": "hair"}
SMALLEST = 1.0  # pixels; a face seen from behind is a dot

WIDTH, HEIGHT, SCALE = 150, 330, 1.8
# How much wider an area is than the muscle that lights up in a figure.
GROW: Final = {
    "neck": 1.35,
    "chest": 1.5,
    "side-body": 0.85,
    "abdomen": 1.5,
    "lower-back": 1.5,
    "adductors": 0.75,
    "calves": 1.4,
}
USUAL_GROW = 1.2
PLAIN: Final = ("cheek", "brow", "thumb", "tip", "collar", "gap0", "gap1", "gap2")  # too small to matter here
ARM = Bones((2, 15), (10, 11), (12, 2))
LEG = Bones((0, 5), (0, 2), (90, 12))
STANDING = Pose(
    pelvis=Pelvis(),
    spine=(Turn(-3), Turn(1), Turn(4)),
    neck=Turn(6),
    head=Turn(0),
    leg_r=LEG,
    leg_l=LEG,
    arm_r=ARM,
    arm_l=ARM,
    hand_r=Hand(0.2),
    hand_l=Hand(0.2),
)

_PAIR: Final = ("right", "left")
# Area: the muscles it is made of, by side of the picture; later ones lie over earlier ones.
AREAS: Final[dict[Side, dict[str, tuple[str, ...]]]] = {
    "front": {
        "neck": ("neck-front",),
        "side-body": tuple(f"side-{s}" for s in _PAIR),
        "abdomen": ("abdomen",),
        "chest": tuple(f"chest-{s}" for s in _PAIR),
        "shoulders": tuple(f"shoulder-{s}" for s in _PAIR),
        "hips": tuple(f"hip-front-{s}" for s in _PAIR),
        "quadriceps": tuple(f"quadriceps-{s}" for s in _PAIR),
        "adductors": tuple(f"groin-{s}" for s in _PAIR),
    },
    "back": {
        "neck": ("neck-back",),
        "shoulders": tuple(f"shoulder-{s}" for s in _PAIR),
        "upper-back": ("upper-back", *(f"blade-{s}" for s in _PAIR)),
        "lower-back": ("lower-back",),
        "glutes": tuple(f"buttock-{s}" for s in _PAIR),
        "hamstrings": tuple(f"hamstring-{s}" for s in _PAIR),
        "calves": tuple(f"calf-{s}" for s in _PAIR),
    },
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the body: its class (a tone) and its path."""

    tone: str
    path: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its slug and its path; `middle` is where a mark would go, in pixels."""

    slug: str
    path: str
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True)
class BodyMap:
    """One side of the body, WIDTH by HEIGHT pixels: the parts back to front, then the areas over them."""

    side: Side
    width: int
    height: int
    pieces: tuple[Piece, ...]
    areas: tuple[Area, ...]


def _stage(camera: Camera, parts: list[Part]) -> Stage:
    points = np.concatenate([part.points for part in parts])
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low[0] + high[0]) / 2
    spare = (HEIGHT - SCALE * (high[1] - low[1])) / 2
    return Stage(camera, SCALE, WIDTH / 2 - SCALE * middle, HEIGHT - spare + SCALE * low[1], WIDTH, HEIGHT)


def _area(sk: Skeleton, build: Build, stage: Stage, slug: str, names: tuple[str, ...]) -> Area:
    texts, middles = "", []
    for name in names:
        strip = [(centre, width * GROW.get(slug, USUAL_GROW)) for centre, width in muscle(sk, build, name).strip]
        points = stage.place(spindle(stage.camera, strip))
        texts += curve(points, digits=1)
        middles.append(points.mean(axis=0))
    centre = np.mean(middles, axis=0)
    return Area(slug, texts, (round(float(centre[0]), 1), round(float(centre[1]), 1)))


@cache
def body_map(side: Side, who: str = "woman") -> BodyMap:
    """The body from one side; the same every time. Raises KeyError for an unknown build."""
    build = BUILDS[who]
    camera = Camera(90 if side == "front" else -90, 2)
    sk = solve(STANDING, build.lengths)
    parts = [part for part in draw_body(sk, build, camera, {}) if part.name.split("_")[0] not in PLAIN]
    stage = _stage(camera, parts)
    placed = [(part, stage.place(part.points)) for part in parts]
    pieces = tuple(
        Piece(part.tone, path_of(part, points, digits=1))
        for part, points in placed
        if np.ptp(points, axis=0).max() > SMALLEST
    )
    areas = tuple(_area(sk, build, stage, slug, names) for slug, names in AREAS[side].items())
    return BodyMap(side, WIDTH, HEIGHT, pieces, areas)


def body_svg(side: Side, who: str) -> str:
    """The body without its areas, as a picture that lies under them."""
    light, dark = (
        "".join(_rule(name, pair[theme]) for name, pair in COLOURS.items()) for theme in range(len(COLOURS["skin"]))
    )
    paths = "".join(
        f'<path class="{COLOUR_OF.get(piece.tone, piece.tone)}" d="{piece.path}"/>'
        for piece in body_map(side, who).pieces
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><style>{light}'
        f"@media(prefers-color-scheme:dark){{{dark}}}</style>{paths}</svg>\n"
    )


def _rule(name: str, colour: str) -> str:
    return f".{name}{{fill:none;stroke:{colour}}}" if name == "line" else f".{name}{{fill:{colour}}}"


def areas_json(made_from: str) -> str:
    """All areas as JSON for `stretches.bodymap`; `made_from` tells from what they were drawn."""
    bodies: dict[str, Any] = {
        who: {side: [{"area": area.slug, "path": area.path} for area in body_map(side, who).areas] for side in SIDES}
        for who in BUILDS
    }
    found = {"made_from": made_from, "width": WIDTH, "height": HEIGHT, "bodies": bodies}
    return json.dumps(found, indent=1) + "\n"
