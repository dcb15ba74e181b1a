"""The body's areas: all of them, inside the frame, the same each time."""

import re
import tomllib

import pytest

from stretches.figures.bodymap import AREAS, HEIGHT, WIDTH, body_map
from stretches.figures.builds import BUILDS
from tests.stretches.figures.build import FIGURES

# They have no place of their own on a body.
NOWHERE = {"full-body", "breathing"}


def test_every_area_of_the_catalogue_is_drawn():
    used = set()
    for path in (FIGURES.parent / "stretches").glob("*.toml"):
        used |= set(tomllib.loads(path.read_text(encoding="utf-8"))["areas"])
    assert set(AREAS["front"]) | set(AREAS["back"]) == used - NOWHERE


@pytest.mark.parametrize("who", sorted(BUILDS))
@pytest.mark.parametrize("side", ["front", "back"])
def test_areas_are_whole_and_inside_the_frame(side, who):
    found = body_map(side, who)
    assert [area.slug for area in found.areas] == list(AREAS[side])
    assert len({area.path for area in found.areas}) == len(found.areas)
    for area in found.areas:
        assert area.path.count("M") == area.path.count("z") == len(AREAS[side][area.slug])
        for start in re.findall(r"M(-?[\d.]+)[ ]?(-?[\d.]+)", area.path):
            assert 0 <= float(start[0]) <= WIDTH
            assert 0 <= float(start[1]) <= HEIGHT
        assert 0 < area.middle[0] < WIDTH
        assert 0 < area.middle[1] < HEIGHT
    assert found.pieces


def test_the_body_is_the_same_each_time():
    first = body_map("front")
    body_map.cache_clear()
    assert body_map("front") == first
