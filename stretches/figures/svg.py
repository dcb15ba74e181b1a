"""Parts to an SVG picture: framing, clips, contours where limbs cross, the lit muscle, arrows, movement.

One function draws stills and moving pictures alike: a still has one frame. The order of the parts and
the number of their points are those of the first frame, so every frame has the same nodes.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from stretches.figures import paint, scenery
from stretches.figures.arrows import lines_of
from stretches.figures.body import figure as draw_body
from stretches.figures.builds import Build
from stretches.figures.figure import Figure
from stretches.figures.geometry import Camera, Vec, following, unit
from stretches.figures.muscles import Muscle, muscle
from stretches.figures.outline import Contour, Part, spindle, tube
from stretches.figures.paths import curve, number, path_of
from stretches.figures.shades import AWAY, Boxes, apart, footprint, shadows
from stretches.figures.skeleton import Skeleton, solve
from stretches.figures.stance import Pose
from stretches.figures.volume import Shade, Stuff, shades

WIDTH, HEIGHT = 320, 240
# Steps of the grid to a pixel: whole steps take a quarter fewer bytes than decimals of pixels.
GRID, THUMB_GRID = 4, 2
MARGIN = 13.0
AIR = 7.0  # pixels more above a head, so that it stays clear of the backdrop's edge
ROOM_ABOVE = 26.0
LARGEST = 3.1  # pixels per cm, for close-ups
NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# Share of the cycle: holding the start, moving, holding the end; the rest goes back.
CYCLE = (0.12, 0.28, 0.24)
BLUR_CM = 1.7  # of the shadow on the mat
GLOW_CM, RIM_CM = 0.8, 2.0  # how soft the edge of a lit muscle is, and how wide the pale rim round it
FAR = 2.1  # pixels per cm, below which the lines of a face are fine
SPARED = 0.26  # share of a limb at its near joint that shows no line
DASHED = ("sides", "end")
TO_LIGHT, SOFT = (0.85, -0.55), 0.38  # where the light is, and how soft a shade's edge, in widths of the shade
EDGE = 4.0  # pixels that a curve may swing out between its points
STRAP = 1.2  # cm, half the width of a towel that is held


class Shading(NamedTuple):
    """How stuff is shaded: the name of the filter, how wide the shade is in cm, what it leaves of red, green and blue."""

    name: str
    wide: float
    dims: tuple[float, float, float]


SHADINGS: Final[dict[Stuff, Shading]] = {
    "cloth": Shading("v", 2.4, (0.76, 0.77, 0.8)),
    "skin": Shading("w", 1.3, (0.8, 0.72, 0.68)),
}


@dataclass(slots=True)
class Frame:
    """One moment: the skeleton, its parts, and the muscles' outlines, all in cm on the paper."""

    sk: Skeleton
    parts: list[Part]
    hot: list[Vec]
    footprint: Part | None = None
    """The shadow on the mat."""


@dataclass(slots=True)
class Clips:
    """The clip paths of one picture, each written once."""

    prefix: str
    text: str = ""
    known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, names: tuple[str, ...]) -> str:
        if names not in self.known:
            self.known[names] = f"{self.prefix}-{len(self.known)}"
            uses = "".join(f'<use href="#{name}"/>' for name in names)
            self.text += f'<clipPath id="{self.known[names]}">{uses}</clipPath>'
        return self.known[names]


def frame_of(figure: Figure, build: Build, camera: Camera, pose: Pose) -> Frame:
    sk = solve(pose, build.lengths)
    hot = [spindle(camera, muscle(sk, build, name).strip) for name in figure.muscles]
    parts = draw_body(sk, build, camera, figure.order) + _held(figure, sk, camera)
    on_mat = camera.towards[1] <= scenery.STEEP and any(prop.kind == "mat" for prop in figure.props)
    return Frame(sk, sorted(parts, key=lambda part: part.depth), hot, footprint(sk, camera) if on_mat else None)


def _held(figure: Figure, sk: Skeleton, camera: Camera) -> list[Part]:
    """A towel or strap from joint to joint: the one thing that moves with the person."""
    return [
        Part(
            f"strap{i}_{a}",
            "soft",
            tube(camera, [(sk.j[a], STRAP), ((sk.j[a] + sk.j[b]) / 2, STRAP), (sk.j[b], STRAP)]),
            (camera.depth(sk.j[a]) + camera.depth(sk.j[b])) / 2 + figure.order.get("strap", 0.0),
            f"strap{i}",
        )
        for prop in figure.props
        for i, (a, b) in enumerate(pairwise(prop.along))
    ]


def reach_of(frames: Sequence[Frame], axis: int) -> tuple[float, float]:
    values = [float(joint[axis]) for frame in frames for joint in frame.sk.j.values()]
    return min(values), max(values)


def staged(figure: Figure, camera: Camera, frames: Sequence[Frame]) -> scenery.Stage:
    """Fit all frames of the movement, and what stands around, into the picture with a margin."""
    clouds = [part.points for frame in frames for part in frame.parts]
    points = np.concatenate(clouds)
    if figure.crop is not None:
        points = points[points[:, 1] > figure.crop]
        low = np.array([points[:, 0].min(), figure.crop])
        high = points.max(axis=0)
        around = (low[0] + high[0]) / 2
        scale = min((WIDTH - 2 * MARGIN - 12) / (high[0] - low[0]), (HEIGHT - MARGIN - 8) / (high[1] - low[1]), LARGEST)
        # A wide picture has room above: rather more of the legs than an empty half.
        low[1] -= max(0.0, (HEIGHT - MARGIN - 8) / scale - (high[1] - low[1]) - ROOM_ABOVE / scale)
        return scenery.Stage(camera, scale, WIDTH / 2 - scale * around, HEIGHT + scale * low[1], WIDTH, HEIGHT)
    reach = reach_of(frames, 0)
    extra = scenery.corners(camera, figure.props, reach)
    everything = np.concatenate([points, np.array(extra)]) if extra else points
    low, high = everything.min(axis=0), everything.max(axis=0)
    low[1] = min(low[1], -4.0)
    scale = min(
        (WIDTH - 2 * MARGIN) / (high[0] - low[0]), (HEIGHT - 2 * MARGIN - AIR) / (high[1] - low[1]), figure.zoom or 1.75
    )
    spare = HEIGHT - scale * (high[1] - low[1])
    below = max(MARGIN, (spare - AIR) * 0.36)
    return scenery.Stage(
        camera, scale, WIDTH / 2 - scale * (low[0] + high[0]) / 2, HEIGHT - below + scale * low[1], WIDTH, HEIGHT
    )


def _dashes(kind: Contour, points: Vec, *, moves: bool) -> str:
    """Hide a tube's contour at its joints, by a dash pattern on the same outline.

    In steps of the grid for a still, in hundredths of the outline's length for what changes its length.
    """
    if kind not in DASHED:
        return ""
    steps = np.hypot(*(points - following(points)).T)
    whole = (float(steps.sum()) / 99 or 1.0) if moves else 1.0
    stations = (len(points) - 6) // 2
    side = float(steps[: stations - 1].sum())
    far = float(steps[stations - 1 : stations + 3].sum())
    back = float(steps[stations + 3 : 2 * stations + 2].sum())
    skip = side * SPARED
    pattern: tuple[float, ...]
    if kind == "sides":
        pattern = (0, skip, side - skip, far, back - skip, 999 * whole)
    else:
        pattern = (0, skip, side - skip + far + back - skip, 999 * whole)
    return f' stroke-dasharray="{" ".join(number(value / whole, 1 if moves else 0) for value in pattern)}"'


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of one person, laid out: what its stills and its moving picture share."""

    figure: Figure
    build: Build
    camera: Camera
    frames: list[Frame]
    stage: scenery.Stage


@dataclass(slots=True)
class Drawing:
    """The writing of one picture."""

    figure: Figure
    build: Build
    stage: scenery.Stage
    frames: Sequence[Frame]
    prefix: str
    small: bool = False
    defs: str = ""

    @property
    def is_far(self) -> bool:
        """Whether the person is so small that a face needs finer lines."""
        return not self.small and self.stage.scale < FAR * GRID

    @property
    def moves(self) -> bool:
        return len(self.frames) > 1

    def pixels(self, points: Vec) -> Vec:
        return self.stage.place(points)

    def morph(self, texts: list[str]) -> str:
        """The animation through these paths and back, or nothing where nothing moves."""
        if len(set(texts)) == 1:
            return ""
        count = len(texts)
        if self.figure.loop:
            times = [i / (count - 1) for i in range(count)]
            values = texts
        else:
            hold, move, stay = CYCLE
            back = 1 - hold - move - stay
            times = [0.0, *(hold + move * i / (count - 1) for i in range(count))]
            times += [hold + move + stay + back * i / (count - 1) for i in range(count)]
            values = [texts[0], *texts, *texts[::-1]]
        keys = ";".join(f"{min(1.0, t):.3f}".rstrip("0").rstrip(".") or "0" for t in times)
        return (
            f'<animate attributeName="d" dur="{number(self.figure.seconds)}s" repeatCount="indefinite"'
            f' keyTimes="{keys}" values="{";".join(values)}"/>'
        )

    def path(self, attributes: str, texts: list[str]) -> str:
        moving = self.morph(texts)
        head = f'<path {attributes} d="{texts[0]}"'
        return f"{head}>{moving}</path>" if moving else head + "/>"


def _part_texts(drawing: Drawing) -> dict[str, list[str]]:
    """The path of each part in each frame, by the part's name."""
    texts: dict[str, list[str]] = {}
    for frame in drawing.frames:
        for part in frame.parts:
            texts.setdefault(part.name, []).append(path_of(part, drawing.pixels(part.points), small=drawing.small))
    return texts


def _light(drawing: Drawing, index: int, found: Muscle, ids: dict[str, str], clips: Clips) -> str:
    """One lit muscle: a soft spindle, clipped to the parts that carry it."""
    owners = tuple(ids[name] for name in found.owners if name in ids)
    texts = [curve(drawing.pixels(frame.hot[index])) for frame in drawing.frames]
    fade = ""
    if drawing.moves and not drawing.figure.loop:
        hold, move, stay = CYCLE
        fade = (
            f'<animate attributeName="opacity" dur="{number(drawing.figure.seconds)}s" repeatCount="indefinite"'
            f' keyTimes="0;{hold};{round(hold + move, 3)};{round(hold + move + stay, 3)};1" values="0;0;1;1;0"/>'
        )
    tone = "hot-skin" if found.owners[0] == "neck" else "hot"
    rim = number(RIM_CM * drawing.stage.scale, 0)
    path = drawing.path(f'class="{tone}" stroke-width="{rim}" filter="url(#{drawing.prefix}-g)"', texts)
    return f'<g clip-path="url(#{clips.of(owners)})">{fade}{path}</g>'


def _person(drawing: Drawing, *, lit: bool) -> str:
    """All parts back to front, with contours where one crosses another and the lit muscles on top of theirs."""
    first = drawing.frames[0]
    texts = _part_texts(drawing)
    ids = {part.name: drawing.prefix + NAMES[i] for i, part in enumerate(first.parts)}
    order = [part.name for part in first.parts]
    clips = Clips(drawing.prefix)
    rounded = {} if drawing.small else {shade.place: shade for shade in shades(first.parts)}
    row_ends = {name: shade.place for shade in rounded.values() for name in shade.shown}
    lights: dict[int, list[int]] = {}
    found = [muscle(first.sk, drawing.build, name) for name in drawing.figure.muscles] if lit else []
    for index, each in enumerate(found):
        last = max(order.index(owner) for owner in each.owners if owner in order)
        lights.setdefault(row_ends.get(order[last], last), []).append(index)
    text = ""
    boxes = Boxes.of([frame.parts for frame in drawing.frames])
    thrown = _shadows(drawing, ids, clips, boxes)
    for n, part in enumerate(first.parts):
        key = ids[part.name]
        text += thrown.get(n, "")
        measured = ' pathLength="99"' if drawing.moves and part.contour in DASHED else ""
        tone = part.tone + (" fine" if part.shape == "line" and drawing.is_far else "")
        text += f'<g class="{tone}">{drawing.path(f'id="{key}"{measured}', texts[part.name])}</g>'
        if not drawing.small:  # on a thumbnail shadows are enough to tell limbs apart
            under = tuple(ids[o.name] for o in first.parts[:n] if apart(part, o) and boxes.meet(part.name, o.name))
            text += _contour(drawing, part, key, under, clips)
        text += _volume(drawing, rounded[n], ids, clips) if n in rounded else ""
        for index in lights.get(n, []):
            text += _light(drawing, index, found[index], ids, clips)
    drawing.defs += clips.text
    return text


def _contour(drawing: Drawing, part: Part, key: str, under: tuple[str, ...], clips: Clips) -> str:
    """The line where a part crosses others."""
    if part.contour == "none" or not under:
        return ""
    dashes = _dashes(part.contour, drawing.pixels(part.points), moves=drawing.moves)
    return f'<use href="#{key}" class="e {part.tone.rstrip("23")}l" clip-path="url(#{clips.of(under)})"{dashes}/>'


def _volume(drawing: Drawing, shade: Shade, ids: Mapping[str, str], clips: Clips) -> str:
    """The shade along the side of a form that looks away from the light."""
    uses = "".join(f'<use href="#{ids[name]}"/>' for name in shade.whole)
    clip = "" if shade.shown == shade.whole else f' clip-path="url(#{clips.of(tuple(ids[n] for n in shade.shown))})"'
    return f'<g class="{shade.tone}" filter="url(#{drawing.prefix}-{SHADINGS[shade.stuff].name})"{clip}>{uses}</g>'


def _shadows(drawing: Drawing, ids: Mapping[str, str], clips: Clips, boxes: Boxes) -> dict[int, str]:
    """The shadows of the limbs, by the place in the parts' order before which they are drawn."""
    away = "".join(f' {axis}="{number(cm * drawing.stage.scale, 0)}"' for axis, cm in zip("xy", AWAY, strict=True))

    def thrown(names: Iterable[str], onto: tuple[str, ...]) -> str:
        uses = "".join(f'<use href="#{ids[name]}"{away}/>' for name in names)
        return f'<g class="k" clip-path="url(#{clips.of(onto)})">{uses}</g>'

    parts = [frame.parts for frame in drawing.frames]
    text = {
        shadow.place: thrown(shadow.thrown, tuple(ids[name] for name in shadow.onto))
        for shadow in shadows(parts, (frame.sk for frame in drawing.frames), boxes)
    }
    if drawing.stage.camera.towards[1] > scenery.STEEP:
        # Looked down on, the mat lies right behind every limb: what falls on it lies under the whole body.
        text[0] = thrown((part.name for part in parts[0] if part.casts), (scenery.MAT,)) + text.get(0, "")
    return text


# What is too small to be seen on a thumbnail.
FINE = ("thumb", "brow", "tip", "cheek", "ear", "mouth", "gap0", "gap1", "gap2")
# What is not worth its bytes in every frame of a movement.
STILL_ONLY = ("tip",)


def draw_small(movement: Movement, *, shown: int) -> str:
    """One frame as a thumbnail: fewer nodes on a coarser grid, no words."""
    figure, build, k = movement.figure, movement.build, THUMB_GRID
    stage = movement.stage.finer(k)
    whole = movement.frames[shown]
    parts = [part for part in whole.parts if part.name.split("_")[0] not in FINE]
    drawing = Drawing(figure, build, stage, [Frame(whole.sk, parts, whole.hot, whole.footprint)], "f", small=True)
    scene = _scene(movement, drawing, lit=True) + _arrows(movement, drawing, ended=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 {WIDTH * k} {HEIGHT * k}">'
        f"<style>{paint.style(build.name, scene, scale=k / GRID)}</style>"
        f"<defs>{_defs(drawing, scene)}</defs>{paint.toned(scene)}</svg>"
    )


def _scene(movement: Movement, drawing: Drawing, *, lit: bool) -> str:
    """Floor, what stands behind, the person, what stands in front."""
    figure, stage, every = movement.figure, drawing.stage, movement.frames
    reach, sides = reach_of(every, 0), reach_of(every, 2)
    scene = scenery.backdrop(stage, figure.props, floor=figure.crop is None)
    scene += _plant(movement, stage, small=drawing.small)
    scene += "" if figure.crop is not None else scenery.ground(stage, figure.props, reach, sides)
    scene += _shadow_on_mat(drawing) + scenery.things(stage, figure.props, front=False)
    scene += _person(drawing, lit=lit)
    return scene + scenery.things(stage, figure.props, front=True)


def _shadow_on_mat(drawing: Drawing) -> str:
    """The body's soft shadow, which ends where the mat does."""
    prints = [frame.footprint for frame in drawing.frames if frame.footprint]
    if not prints:
        return ""
    texts = [path_of(part, drawing.pixels(part.points), small=drawing.small) for part in prints]
    shadow = drawing.path(f'class="under" filter="url(#{drawing.prefix}-b)"', texts)
    clip = f'<clipPath id="{drawing.prefix}-u"><use href="#{scenery.MAT}"/></clipPath>'
    return f'{clip}<g clip-path="url(#{drawing.prefix}-u)">{shadow}</g>'


def _plant(movement: Movement, stage: scenery.Stage, *, small: bool) -> str:
    """A plant at the left or the right, where it stands less behind the person, their arrows and their chair."""
    figure = movement.figure
    spots = scenery.plant_spots(stage, figure.props, reach_of(movement.frames, 0), cropped=figure.crop is not None)
    if not spots:
        return ""
    clouds = [part.points for frame in movement.frames for part in frame.parts]
    lines = lines_of(figure, movement.build.lengths, movement.camera, ended=False)
    clouds += [np.array([movement.camera.flat(p) for p in line]) for line in lines]
    around = [prop for prop in figure.props if prop.kind != "mat"]
    clouds += [np.array(found)] if (found := scenery.corners(movement.camera, around, (0, 0))) else []
    points = stage.place(np.concatenate(clouds))
    return min(spots, key=lambda spot: spot.hidden(points)).drawing(small=small)


def _defs(drawing: Drawing, scene: str) -> str:
    """The filters that the scene asks for, and the clips."""
    blurs = {"b": BLUR_CM, "g": GLOW_CM}
    text = "".join(
        f'<filter id="{drawing.prefix}-{name}" x="-.4" y="-.4" width="1.8" height="1.8">'
        f'<feGaussianBlur stdDeviation="{number(wide * drawing.stage.scale, 0)}"/></filter>'
        for name, wide in blurs.items()
        if f"url(#{drawing.prefix}-{name})" in scene
    )
    for shading in SHADINGS.values():
        if f"url(#{drawing.prefix}-{shading.name})" in scene:
            text += _shading(shading, drawing)
    return text + drawing.defs


def _shading(shading: Shading, drawing: Drawing) -> str:
    """What turns a form into its shade: its own colours, darker, where a soft copy moved to the light leaves it free."""
    over, up, soft = (number(shading.wide * drawing.stage.scale * share, 0) for share in (*TO_LIGHT, SOFT))
    red, green, blue = (number(share, 2) for share in shading.dims)
    return (
        f'<filter id="{drawing.prefix}-{shading.name}" color-interpolation-filters="sRGB">'
        f'<feOffset in="SourceAlpha" dx="{over}" dy="{up}"/><feGaussianBlur stdDeviation="{soft}" result="b"/>'
        f'<feColorMatrix in="SourceGraphic" values="{red} 0 0 0 0 0 {green} 0 0 0 0 0 {blue} 0 0 0 0 0 1 0"/>'
        '<feComposite in2="b" operator="out"/></filter>'
    )


def _arrows(movement: Movement, drawing: Drawing, *, ended: bool) -> str:
    lines = lines_of(movement.figure, movement.build.lengths, movement.camera, ended=ended)
    return "".join(_arrow(drawing, line) for line in lines)


def _arrow(drawing: Drawing, points: list[Vec]) -> str:
    """A line with a head, through points in space."""
    line = drawing.pixels(np.array([drawing.stage.camera.flat(point) for point in points]))
    end = line[-1]
    ahead = unit(line[-1] - line[-2])
    aside = np.array([-ahead[1], ahead[0]])
    back, wide = ahead * 7 * drawing.stage.width / WIDTH, aside * 5.5 * drawing.stage.width / WIDTH
    barbs = curve(np.array([end - back + wide, end, end - back - wide]), closed=False, tension=99)
    return f'<path class="arrow" d="{curve(line, closed=False)}{barbs}"/>'


def lay_out(figure: Figure, build: Build, poses: Sequence[Pose]) -> Movement:
    """Pose the person in every frame and fit them all into the picture."""
    camera = Camera(*figure.view)
    frames = [frame_of(figure, build, camera, pose) for pose in poses]
    stage = staged(figure, camera, frames)
    seen = {part.name for frame in frames for part in frame.parts if _on_paper(stage, part)}
    for frame in frames:
        frame.parts = [part for part in frame.parts if part.name in seen]
    return Movement(figure, build, camera, frames, stage)


def _on_paper(stage: scenery.Stage, part: Part) -> bool:
    """Whether any of a part may be seen: feet below the picture's edge are not worth their bytes."""
    return float(stage.place(part.points)[:, 1].min()) < stage.height + EDGE


def draw(movement: Movement, *, shown: int | None, arrows: bool, lit: bool, title: str) -> str:
    """The whole SVG of one frame, or with `shown` None of the movement for ever."""
    figure, build, every = movement.figure, movement.build, movement.frames
    stage, prefix = movement.stage.finer(GRID), "f"
    if shown is None:
        # One order for the whole movement: that of the end, where limbs meet.
        rank = {part.name: i for i, part in enumerate(every[0 if figure.loop else -1].parts)}
        every = [
            Frame(
                f.sk,
                sorted(
                    (p for p in f.parts if p.name.split("_")[0] not in STILL_ONLY), key=lambda part: rank[part.name]
                ),
                f.hot,
                f.footprint,
            )
            for f in every
        ]
    drawing = Drawing(figure, build, stage, every if shown is None else [every[shown]], prefix)
    scene = _scene(movement, drawing, lit=lit)
    if shown is not None:
        scene += _arrows(movement, drawing, ended=not arrows)
    heading, words = html.escape(title, quote=False), html.escape(figure.alt, quote=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 {WIDTH * GRID} {HEIGHT * GRID}" role="img"'
        f' aria-labelledby="{prefix}-t {prefix}-d"><title id="{prefix}-t">{heading}</title>'
        f'<desc id="{prefix}-d">{words}</desc><style>{paint.style(build.name, scene)}</style>'
        f"<defs>{_defs(drawing, scene)}</defs>{paint.toned(scene)}</svg>"
    )
