"""Every picture of every figure: whole, small, framed, and the same each time."""

import re
import xml.etree.ElementTree as ET
from functools import cache

import brotli  # type: ignore[import-untyped]
import numpy as np
import pytest

from stretches.figures import paint
from stretches.figures.arrows import lines_of
from stretches.figures.builds import BUILDS
from stretches.figures.muscles import MUSCLES, muscle
from stretches.figures.picture import movement, pictures
from stretches.figures.poses import MUSCLES as WORDS
from stretches.figures.poses import load
from stretches.figures.skeleton import solve
from tests.stretches.figures.build import FIGURES

KEYS = sorted(path.stem for path in FIGURES.glob("*.toml"))
STILL_BYTES, MOVING_BYTES, THUMB_BYTES = 6 * 1024, 20 * 1024, 4 * 1024
MARGIN = 5.0  # pixels of 320
SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn(key, who):
    return pictures(load(FIGURES / f"{key}.toml"), who, title="A title & more")


every = pytest.mark.parametrize("key", KEYS)
everyone = pytest.mark.parametrize("who", sorted(BUILDS))


def fits(text, limit):
    """Whether a text is that small as served; where a quick compression shows it, the slow one can only confirm it."""
    return any(len(brotli.compress(text.encode(), quality=quality)) <= limit for quality in (5, 11))


def test_every_stretch_has_a_picture():
    stretches = {path.stem for path in (FIGURES.parent / "stretches").glob("*.toml")}
    assert stretches - set(KEYS) == set()
    assert {key.split("--")[0] for key in KEYS} == stretches


@every
@everyone
def test_the_pictures_of_a_figure(key, who):
    """Drawn once for all that is asked of them: drawing is what takes the time."""
    found = drawn(key, who)
    check_size(found)
    check_nodes(found.moving)
    for text in (found.start, found.end, found.moving):
        check_document(text)
    check_what_stands_still(found.moving)


def check_size(found):
    assert fits(found.start, STILL_BYTES)
    assert fits(found.end, STILL_BYTES)
    assert fits(found.moving, MOVING_BYTES)
    assert fits(found.thumb, THUMB_BYTES)


def check_nodes(moving):
    """Every frame of a part has the same commands and as many numbers."""
    values = re.findall(r'attributeName="d"[^>]* values="([^"]+)"', moving)
    assert values, "something moves"
    for value in values:
        commands = {re.sub(r"[^a-zA-Z]", "", path) for path in value.split(";")}
        counts = {len(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)) for path in value.split(";")}
        assert len(commands) == len(counts) == 1


def check_document(text):
    """Sound XML, with words, and names that are its own and all there."""
    root = ET.fromstring(text)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    uses = {node.attrib["href"].removeprefix("#") for node in root.iter(f"{SVG}use")}
    clips = set(re.findall(r"url\(#([^)]+)\)", text))
    assert uses | clips <= set(ids)
    assert set(root.attrib["aria-labelledby"].split()) <= set(ids)
    assert root.findtext(f"{SVG}title") == "A title & more"
    assert len(root.findtext(f"{SVG}desc", "")) > 30
    assert "nan" not in text.lower().replace("dominant", "")


@every
@everyone
def test_everything_stays_inside_the_frame(key, who):
    figure = load(FIGURES / f"{key}.toml")
    laid = movement(figure, who)
    stage = laid.stage
    bottom = np.inf if figure.crop is not None else stage.height - MARGIN
    for frame in laid.frames:
        for part in frame.parts:
            points = np.array([stage.place(point) for point in part.points])
            if figure.crop is not None:
                points = points[points[:, 1] <= stage.height]
                if not len(points):
                    continue
            assert points.min() >= MARGIN, part.name
            assert points[:, 0].max() <= stage.width - MARGIN, part.name
            assert points[:, 1].max() <= bottom, part.name
    for line in lines_of(figure, BUILDS[who].lengths, laid.camera):
        points = np.array([stage.place(laid.camera.flat(point)) for point in line])
        assert points.min() >= MARGIN, "an arrow"
        assert points[:, 0].max() <= stage.width - MARGIN, "an arrow"
        assert points[:, 1].max() <= stage.height - MARGIN, "an arrow"


@every
def test_what_lights_up_lies_on_parts_that_are_drawn(key):
    figure = load(FIGURES / f"{key}.toml")
    assert figure.muscles or figure.loop
    laid = movement(figure, figure.who)
    names = {part.name for part in laid.frames[0].parts}
    for name in figure.muscles:
        found = muscle(solve(figure.end), laid.build, name)
        assert set(found.owners) <= names
        assert len(found.strip) >= 2


def check_what_stands_still(text):
    """What stands on the floor or carries the body keeps still: only the person moves."""
    still = re.findall(r'<path class="(?:mat2?|prop2?|wall2?|soft2?|floor|leaf|pot)"[^>]*/>', text)
    assert len(still) == len(re.findall(r'<path class="(?:mat2?|prop2?|wall2?|soft2?|floor|leaf|pot)"', text))


def test_the_same_input_gives_the_same_bytes():
    figure = load(FIGURES / f"{KEYS[0]}.toml")
    assert pictures(figure, "man") == pictures(figure, "man")


def test_the_words_for_muscles_and_the_drawings_agree():
    assert {word.removesuffix("-right").removesuffix("-left") for word in WORDS} == set(MUSCLES)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("number", range(1, len(paint.CLOTHES) + 1))
def test_the_lit_muscle_stands_out_from_the_clothes(number, dark):
    hot = paint.properties("woman", dark=dark)["--fig-hot"]
    worn = paint.clothes(number, dark=dark)
    for cloth in ("top", "top2", "leg", "leg2"):
        assert contrast(hot, worn[f"--fig-{cloth}"]) >= 3, cloth


@pytest.mark.parametrize("dark", [False, True])
def test_the_arrow_stands_out_from_the_page(dark):
    ground = "#14191b" if dark else "#faf6ef"
    assert contrast(paint.properties("man", dark=dark)["--fig-arrow"], ground) >= 3


@pytest.mark.parametrize("who", sorted(BUILDS))
def test_a_tone_in_the_address_is_answered(who):
    text = drawn(KEYS[0], who).end
    for tone in paint.TONES:
        assert text.count(f'<g id="{tone}">') == 1
    for rule in ("[id^=s5]:target", "[id$=c4]:target"):
        assert rule in text
