"""What stands around the person: floor, mat, chair, stool, wall, towel, cushion, roller, ball.

Boxes and rounds in the world's centimetres, projected by the camera, as SVG text in pixels. Everything
here stands still during the movement. No body.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from stretches.figures.geometry import Camera, Vec, vec
from stretches.figures.outline import hull
from stretches.figures.paths import convex, curve, join, number, polygon
from stretches.figures.poses import Prop

MAT_HALF = 30.0
OVERHANG = 10.0  # how far a mat goes on beyond the body at both ends
MAT = "f-m"  # the name of the mat within a picture
SEAT = (38.0, 41.5)
CHAIR_BACK = 88.0
WALL = 13.0  # how thick a wall is that is cut through
FROM_ABOVE = 0.15  # a camera that looks down more than this sees the mat's top and no line of the floor
THIN = 0.6
STEEP = 0.6  # a camera that looks down more than this sees no plant, only its leaves from above
EDGE_ON = 0.2  # how far a camera may look along the person for a wall to be drawn as cut through

type _Piece = tuple[float, str]  # how near, and its drawing


@dataclass(frozen=True, slots=True)
class Stage:
    """The paper: camera, scale in steps of the grid per cm, and where the world's origin falls on the grid."""

    camera: Camera
    scale: float
    left: float
    top: float
    width: float
    height: float

    def finer(self, k: float) -> "Stage":
        """The same paper on a grid `k` times as fine."""
        return Stage(self.camera, self.scale * k, self.left * k, self.top * k, self.width * k, self.height * k)

    def place(self, flat: Vec) -> Vec:
        """Centimetres on the paper to pixels: one point, or many as rows."""
        return np.array((self.left, self.top)) + flat * (self.scale, -self.scale)

    def at(self, x: float, y: float, z: float) -> Vec:
        return self.place(self.camera.flat(vec(x, y, z)))

    def polygon(self, corners: list[Vec], soft: float) -> str:
        """A polygon of pixels whose corners are rounded by `soft` cm."""
        return polygon(corners, soft * self.scale)


def _box(
    stage: Stage, low: tuple[float, float, float], high: tuple[float, float, float], tone: str, soft: float
) -> str:
    """A box as the faces one sees: the top in the light, the sides in shade."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    faces = (
        ((1, 0, 0), [(x1, y0, z0), (x1, y0, z1), (x1, y1, z1), (x1, y1, z0)]),
        ((-1, 0, 0), [(x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)]),
        ((0, 0, 1), [(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)]),
        ((0, 0, -1), [(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)]),
        ((0, 1, 0), [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]),
    )
    text = ""
    for normal, corners in faces:
        if float(vec(*normal) @ stage.camera.towards) > 0.02:
            shade = tone if normal[1] else tone + "2"
            flat = [stage.at(*c) for c in corners]
            # A thin leg's corners are too small to be seen round, and rounding them takes most of its bytes.
            line = stage.polygon(flat, soft) if soft > THIN else "M" + "L".join(join(c) for c in flat) + "z"
            text += f'<path class="{shade}" d="{line}"/>'
    return text


def _round(stage: Stage, shapes: list[tuple[Vec, float]], tone: str) -> str:
    points, turn = hull(stage.camera, shapes, 16)
    return f'<path class="{tone}" d="{convex(np.array([stage.place(p) for p in points]), turn)}"/>'


def _chair(stage: Stage, prop: Prop) -> str:
    """A chair that looks the way the person does, back at them, or with `sideways` away from them, to their left."""
    x, z = prop.number("x", 0), prop.number("z", 0)
    sideways = prop.flags.get("sideways", False)
    way = -1 if prop.flags.get("turned", False) else 1
    has_back = prop.flags.get("back", True)

    def piece(ahead: tuple[float, float], high: tuple[float, float], aside: tuple[float, float], soft: float) -> _Piece:
        """A box told as somebody on the chair would: ahead of its middle, above the floor, aside."""
        near, far = sorted(way * each for each in ahead)
        if sideways:
            low, top = (x + aside[0], high[0], z - far), (x + aside[1], high[1], z - near)
        else:
            low, top = (x + near, high[0], z + aside[0]), (x + far, high[1], z + aside[1])
        depth = stage.camera.depth((vec(*low) + vec(*top)) / 2)
        return depth, _box(stage, low, top, "prop", soft)

    posts = CHAIR_BACK if has_back else SEAT[0]
    pieces = [piece((16.4, 19.6), (0, SEAT[0]), (b - 1.6, b + 1.6), 0.6) for b in (-17.0, 17.0)]
    pieces += [piece((-20.4, -17.2), (0, posts), (b - 1.6, b + 1.6), 1.2) for b in (-17.0, 17.0)]
    pieces.append(piece((-21, 22), SEAT, (-20, 20), 1.5))
    if has_back:
        pieces += [piece((-20, -17.6), high, (-16, 16), 1.0) for high in ((58, 65), (CHAIR_BACK - 8.5, CHAIR_BACK - 1))]
    return "".join(text for _, text in sorted(pieces, key=lambda each: each[0]))


def _stool(stage: Stage, prop: Prop) -> str:
    """A low stool: four legs and a top, `height` above the floor."""
    x, z, height = prop.number("x", 0), prop.number("z", 0), prop.number("height", 22)
    half, deep = prop.number("width", 30) / 2, prop.number("depth", 30) / 2
    legs = "".join(
        _box(stage, (x + a - 1.6, 0, z + b - 1.6), (x + a + 1.6, height - 3, z + b + 1.6), "prop", 0.6)
        for b in (3 - deep, deep - 3)
        for a in (3 - half, half - 3)
    )
    return legs + _box(stage, (x - half, height - 3.4, z - deep), (x + half, height, z + deep), "prop", 1.4)


def _edge_on(stage: Stage) -> bool:
    return abs(float(stage.camera.towards[0])) <= EDGE_ON


def _wall(stage: Stage, prop: Prop) -> str:
    """A wall before the person (or behind): a slab when seen from the side, else as far as `half` to each side."""
    x = prop.number("x", 0)
    way = 1 if x >= 0 else -1
    half, height = prop.number("half", 34), prop.number("height", 190)
    if not _edge_on(stage):
        skirt = sorted((x, x - way * 1.5))
        sheet = [stage.at(x, y, z) for y, z in ((0, -half), (height, -half), (height, half), (0, half))]
        return f'<path class="wall" d="{stage.polygon(sheet, 0.4)}"/>' + _box(
            stage, (skirt[0], 0, -half), (skirt[1], 9, half), "wall", 0.3
        )
    face, floor = stage.at(x, 0, 0)
    edge = face + way * WALL * stage.scale
    inner = face + way * 2.4 * stage.scale
    skirt, high = face - way * 1.5 * stage.scale, floor - 9 * stage.scale
    floor += 1.4 * stage.scale

    def block(a: float, top: float, b: float, tone: str) -> str:
        corners = [np.array(each) for each in ((a, top), (b, top), (b, floor), (a, floor))]
        return f'<path class="{tone}" d="{stage.polygon(corners, 0.4)}"/>'

    return block(face, -4, edge, "wall2") + block(inner, -4, edge, "wall") + block(skirt, high, face, "wall2")


def _backdrop(stage: Stage, prop: Prop) -> str:
    """A wall behind a person seen from the front."""
    x = prop.number("x", 0)
    return _box(stage, (x - 4, 0, -80), (x, prop.number("height", 190), 80), "wall", 0.8)


def _towel(stage: Stage, prop: Prop) -> str:
    x, y, z = prop.number("x", 0), prop.number("y", 0), prop.number("z", 0)
    half, high, deep = prop.number("width", 20) / 2, prop.number("height", 2.6), prop.number("depth", 16) / 2
    return _box(stage, (x - half, y, z - deep), (x + half, y + high, z + deep), "soft", 1.2)


def _cushion(stage: Stage, prop: Prop) -> str:
    x, y, z = prop.number("x", 0), prop.number("y", 0), prop.number("z", 0)
    half, high, deep = prop.number("width", 34) / 2, prop.number("height", 9), prop.number("depth", 34) / 2
    r = high / 2
    corners = [vec(x + a * (half - r), y + r, z + b * (deep - r)) for a in (-1, 1) for b in (-1, 1)]
    under = _round(stage, [(corner, r) for corner in corners], "soft2")
    if stage.camera.towards[1] < FROM_ABOVE:
        return _round(stage, [(corner, r) for corner in corners], "soft")
    return under + _round(stage, [(corner + vec(0, r * 0.5, 0), r * 0.9) for corner in corners], "soft")


def _roller(stage: Stage, prop: Prop) -> str:
    x, y, z = prop.number("x", 0), prop.number("y", 7.5), prop.number("z", 0)
    radius, half = prop.number("radius", 7.5), prop.number("length", 60) / 2
    along = vec(1, 0, 0) if prop.flags.get("lengthwise", False) else vec(0, 0, 1)
    flat = 0.6

    def disc(end: float) -> list[tuple[Vec, float]]:
        across = vec(0, 0, 1) if prop.flags.get("lengthwise", False) else vec(1, 0, 0)
        rim = (
            vec(0, 1, 0) * math.sin(t) + across * math.cos(t) for t in np.linspace(0, 2 * math.pi, 12, endpoint=False)
        )
        centre = vec(x, y, z) + along * end * half
        return [(centre + spoke * (radius - flat), flat) for spoke in rim]

    near = 1.0 if float(along @ stage.camera.towards) > 0 else -1.0
    inner = [(centre * 0.5 + vec(x, y, z) * 0.5 + along * near * half * 0.5, flat) for centre, _ in disc(near)]
    return (
        _round(stage, [*disc(-1), *disc(1)], "soft") + _round(stage, disc(near), "soft2") + _round(stage, inner, "soft")
    )


def _ball(stage: Stage, prop: Prop) -> str:
    """A ball with the light from above: a smaller round in the light on one in shade."""
    centre, radius = vec(prop.number("x", 0), prop.number("y", 0), prop.number("z", 0)), prop.number("radius", 4)
    lit = centre + (stage.camera.up + stage.camera.right * 0.4) * radius * 0.16
    return _round(stage, [(centre, radius)], "soft2") + _round(stage, [(lit, radius * 0.78)], "soft")


KINDS: dict[str, Callable[[Stage, Prop], str]] = {
    "chair": _chair,
    "stool": _stool,
    "wall": _wall,
    "backdrop": _backdrop,
    "towel": _towel,
    "cushion": _cushion,
    "roller": _roller,
    "ball": _ball,
}


# A quiet shape behind everybody, the same in all pictures so that they belong together. Pixels of a picture 320 wide.
PEBBLE = ((160, 12), (242, 24), (296, 92), (284, 170), (222, 222), (138, 226), (62, 208), (22, 146), (40, 70), (92, 26))
# The same standing on a floor line: across in pixels, height as a share of the way from the top to the line.
DOME = ((32, 1), (20, 0.64), (46, 0.27), (98, 0.07), (166, 0.02), (238, 0.09), (288, 0.37), (301, 0.7), (290, 1))


# A plant, from its foot: each leaf as where it leaves the stem, its tip, and how far its edges swing out.
LEAVES = (
    ((0, -3), (-29, -28), 8),
    ((0, -4), (30, -36), 9),
    ((-1, -4), (-33, -62), 10),
    ((1, -5), (31, -73), 10),
    ((0, -4), (-12, -92), 10),
    ((1, -4), (13, -98), 9),
)
POT = ((-15, -20), (15, -20), (11, 0), (-11, 0))


def _shade(x: float, y: float, wide: float, deep: float) -> str:
    """The soft shade on the floor under what stands there, in pixels: its middle and its half axes."""
    places = {"cx": x, "cy": y, "rx": wide, "ry": deep}
    return f'<ellipse class="shade" {" ".join(f'{name}="{number(value, 0)}"' for name, value in places.items())}/>'


@dataclass(frozen=True, slots=True)
class Plant:
    """A plant whose foot is at (x, y), in pixels; its leaves alone where the foot is off the picture."""

    x: float
    y: float
    size: float
    potted: bool

    def hidden(self, points: Vec) -> int:
        """How many of the points, in pixels, are where the plant is."""
        aside, above = np.abs(points[:, 0] - self.x), self.y - points[:, 1]
        return int(((aside < 36 * self.size) & (above > 0) & (above < 115 * self.size)).sum())

    def drawing(self, *, small: bool = False) -> str:
        """Leaves and pot; on a thumbnail fewer leaves, and the pot in their tone."""
        foot, up = np.array([self.x, self.y]), np.array([0.0, -16.0 if self.potted else 0.0])

        def leaf(root: tuple[float, float], tip: tuple[float, float], swing: float) -> str:
            a, b = np.round(self.size * np.array(root)), np.round(self.size * np.array(tip))
            out = np.array([a[1] - b[1], b[0] - a[0]]) / float(np.hypot(*(b - a))) * swing * self.size
            there, near, far = b - a, np.round((b - a) / 2 + out), np.round((a - b) / 2 - out)
            return f"M{join(np.round(foot + up * self.size) + a)}q{join((*near, *there, *far, *-there))}z"

        leaves = LEAVES[2:] if small else LEAVES
        text = f'<path class="leaf" d="{"".join(leaf(*each) for each in leaves)}"/>'
        if self.potted:
            if not small:  # it stands on the floor, wherever that is seen
                text = _shade(self.x, self.y, 20 * self.size, 4 * self.size) + text
            pot = polygon([foot + self.size * np.array(corner) for corner in POT], 3 * self.size)
            text += f'<path class="{"leaf" if small else "pot"}" d="{pot}"/>'
        return text


def _mat(props: Sequence[Prop]) -> Prop | None:
    return next((prop for prop in props if prop.kind == "mat"), None)


def _ends(mat: Prop, reach: tuple[float, float]) -> tuple[float, float]:
    """Where a mat begins and ends along x, in cm: as told, or a little beyond the body's `reach`."""
    return mat.number("from", reach[0] - OVERHANG), mat.number("to", reach[1] + OVERHANG)


def plant_spots(
    stage: Stage, props: tuple[Prop, ...], reach: tuple[float, float], *, cropped: bool
) -> tuple[Plant, ...]:
    """Where a plant may stand, left and right: not where a wall is, nor where one looks straight down."""
    walls = [prop for prop in props if prop.kind in {"wall", "backdrop"}]
    if (walls and not _edge_on(stage)) or stage.camera.towards[1] > STEEP:
        return ()
    k = stage.width / 320
    aside = [50 * k, 270 * k]
    for wall in walls:
        aside.remove(min(aside, key=lambda x: abs(x - float(stage.at(wall.number("x", 0), 0, 0)[0]))))
    if cropped:
        return tuple(Plant(x, stage.height + 14 * k, 1.15 * k, potted=False) for x in aside)
    line = floor_line(stage, props)
    mat = _mat(props)
    if mat is None:
        return tuple(Plant(x, line or stage.height, 0.9 * k, potted=True) for x in aside)
    low, high = _ends(mat, reach)
    if line is not None:  # a mat seen from its side hides what stands on the line behind it
        beyond = float(stage.at(0, 0, -mat.number("half", MAT_HALF))[1])
        left, right = sorted(float(stage.at(x, 0, 0)[0]) for x in (low, high))
        return tuple(
            Plant(x, beyond if left < x + 9 * k and x - 9 * k < right else line, 0.9 * k, potted=True) for x in aside
        )
    behind = mat.number("half", MAT_HALF) + 6
    ends = [stage.at(x, 0, z) for x in (low - 10, high + 10) for z in (behind, -behind)]
    back = sorted(ends, key=lambda each: float(each[1]))[:2]
    return tuple(Plant(min(max(float(x), 44 * k), 276 * k), float(y), 0.8 * k, potted=True) for x, y in back)


def backdrop(stage: Stage, props: tuple[Prop, ...], *, floor: bool) -> str:
    """The quiet shape behind everything; it stands on the line of the `floor`, or in a close-up on the edge."""
    if not _edge_on(stage) and any(prop.kind in {"wall", "backdrop"} for prop in props):
        return ""  # a wall that is looked at is backdrop enough
    k = stage.width / 320
    line = floor_line(stage, props) if floor else stage.height
    if line is None:
        return f'<path class="pebble" d="{curve(np.array(PEBBLE) * k)}"/>'
    dome = curve(np.array([(x * k, share * line) for x, share in DOME]), closed=False)
    return f'<path class="pebble" d="{dome}Z"/>'


def floor_line(stage: Stage, props: tuple[Prop, ...]) -> float | None:
    """How far down the floor's line is, in pixels, or None where the floor is seen from above."""
    mat = _mat(props)
    if mat is None:
        return float(stage.at(0, 0, 0)[1]) + 1.5 * stage.scale
    if stage.camera.towards[1] >= FROM_ABOVE:
        return None
    return float(stage.at(0, 0, mat.number("half", MAT_HALF))[1]) + 2.2 * stage.scale


def _line(stage: Stage, props: tuple[Prop, ...]) -> str:
    y, inset = floor_line(stage, props), 12 * stage.width / 320
    return (
        ""
        if y is None
        else f'<path class="floor" d="M{number(inset, 0)} {number(y, 0)}H{number(stage.width - inset, 0)}"/>'
    )


def ground(stage: Stage, props: tuple[Prop, ...], reach: tuple[float, float], sides: tuple[float, float]) -> str:
    """Floor line and soft shadow, or the mat. `reach` and `sides` are the body's extent in x and z."""
    camera = stage.camera
    mat = _mat(props)
    if mat is None:
        middle = stage.at(sum(reach) / 2, 0, sum(sides) / 2)
        wide = abs(camera.right[0]) * (reach[1] - reach[0]) / 2 + abs(camera.right[2]) * (sides[1] - sides[0]) / 2
        half = max(wide * 0.8, 22) * stage.scale
        # The foot of a wall that is looked at is line enough.
        line = _line(stage, props)
        if any(prop.kind == "wall" for prop in props) and not _edge_on(stage):
            line = ""
        below = float(stage.at(0, 0, 0)[1]) + 1.2 * stage.scale
        return line + _shade(float(middle[0]), below, half, 4.2 * stage.scale)
    low, high = _ends(mat, reach)
    half = mat.number("half", MAT_HALF)
    top = [stage.at(x, 0, z) for x, z in ((low, -half), (high, -half), (high, half), (low, half))]
    under = [corner + np.array([0, 2.2 * stage.scale]) for corner in top]
    return (
        _line(stage, props)
        + f'<path class="mat2" d="{stage.polygon(under, 5)}"/>'
        + f'<path id="{MAT}" class="mat" d="{stage.polygon(top, 5)}"/>'
    )


def things(stage: Stage, props: tuple[Prop, ...], *, front: bool) -> str:
    """The props behind the person, or those in front."""
    return "".join(
        KINDS[prop.kind](stage, prop)
        for prop in props
        if prop.kind in KINDS and not prop.along and bool(prop.flags.get("front", False)) is front
    )


def corners(camera: Camera, props: Sequence[Prop], reach: tuple[float, float]) -> list[Vec]:
    """Points (cm on the paper) that the frame must also hold for the props' sake."""
    found: list[Vec] = []

    def add(x: tuple[float, float], y: tuple[float, float], z: tuple[float, float]) -> None:
        found.extend(camera.flat(vec(a, b, c)) for a in x for b in y for c in z)

    for prop in props:
        x, y, z = prop.number("x", 0), prop.number("y", 0), prop.number("z", 0)
        if prop.kind == "mat":
            half = prop.number("half", MAT_HALF)
            add(_ends(prop, reach), (0, -2), (-half, half))
        elif prop.kind == "chair":
            add((x - 22, x + 22), (0, CHAIR_BACK if prop.flags.get("back", True) else SEAT[1]), (z - 21, z + 21))
        elif prop.kind == "wall":
            add((x, x + WALL * (1 if x >= 0 else -1)), (0, 0), (0, 0))
        elif prop.kind in {"towel", "cushion", "stool"} and not prop.along:
            half, deep = prop.number("width", 30) / 2, prop.number("depth", 30) / 2
            add((x - half, x + half), (y, y + prop.number("height", 5)), (z - deep, z + deep))
        elif prop.kind == "roller":
            add((x - 8, x + 8), (0, 15), (z - 30, z + 30))
    return found
