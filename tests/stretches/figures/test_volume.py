"""Volume: what is one form to the eye is shaded as one, and never twice."""

import re

import numpy as np
import pytest

from stretches.figures.builds import BUILDS
from stretches.figures.outline import Part
from stretches.figures.picture import movement, pictures
from stretches.figures.poses import load
from stretches.figures.volume import form_of, shades
from tests.stretches.figures.build import FIGURES

CLOTH, SKIN = "url(#f-v)", "url(#f-w)"


def part(name, tone, limb="trunk", shape="smooth"):
    return Part(name, tone, np.zeros((4, 2)), 0.0, limb, shape)


HIPS, TOP = part("hips", "leg"), part("top", "top")
THIGH, CALF = part("thigh_r", "leg", "thighr"), part("calf_r", "leg", "shinr")
FAR = part("thigh_l", "leg2", "thighl")
UPPER, LOWER = part("uarm_r", "skin", "armr"), part("farm_r", "skin", "armr")


def told(parts):
    return [(each.place, each.shown, each.whole) for each in shades(parts)]


@pytest.mark.parametrize(
    ("given", "form"),
    [
        (HIPS, "legs"),
        (THIGH, "legs_r"),
        (FAR, "legs_l"),
        (TOP, "top"),
        (part("sleeve_l", "top2", "arml"), "top"),
        (part("palm_r", "skin", "armr"), "armr"),
        (part("bun", "hair", "head"), "bun"),
        (part("beard_r", "hair2", "head"), ""),
        (part("face", "skin", "head"), ""),
        (part("foot_r", "skin", "shinr"), ""),
        (part("collar", "top2"), ""),
        (part("gap0_r", "skinl gap", "armr", "line"), ""),
    ],
)
def test_the_form_of_a_part(given, form):
    assert form_of(given) == form


def test_an_arm_is_shaded_as_one():
    assert told([UPPER, LOWER]) == [(1, ("uarm_r", "farm_r"), ("uarm_r", "farm_r"))]


def test_what_lies_between_parts_a_shade_but_not_its_form():
    between = part("neck", "skin3", "neck")
    assert told([UPPER, between, LOWER]) == [
        (0, ("uarm_r",), ("uarm_r", "farm_r")),
        (2, ("farm_r",), ("uarm_r", "farm_r")),
    ]


def test_hips_go_on_in_both_legs_and_each_leg_begins_in_the_hips():
    assert told([FAR, HIPS, THIGH, CALF]) == [
        (0, ("thigh_l",), ("thigh_l", "hips")),
        (1, ("hips",), ("thigh_l", "hips", "thigh_r", "calf_r")),
        (3, ("thigh_r", "calf_r"), ("hips", "thigh_r", "calf_r")),
    ]


def test_a_far_sleeve_is_shaded_in_its_own_tone():
    found = shades([TOP, part("sleeve_l", "top2", "arml")])
    assert [(each.shown, each.tone) for each in found] == [(("top",), "top"), (("sleeve_l",), "top2")]


@pytest.mark.parametrize("who", BUILDS)
@pytest.mark.parametrize("key", ["walking", "seated-side-bend", "childs-pose-rest", "shoulder-blade-squeeze"])
def test_each_part_of_a_form_is_shaded_once(key, who):
    parts = movement(load(FIGURES / f"{key}.toml"), who).frames[0].parts
    shown = [name for each in shades(parts) for name in each.shown]
    assert sorted(shown) == sorted(each.name for each in parts if form_of(each))


def test_a_picture_has_one_filter_for_cloth_and_one_for_skin():
    found = pictures(load(FIGURES / "walking.toml"), "woman")
    for drawing in (found.start, found.end, found.moving):
        assert drawing.count('<filter id="f-v"') == drawing.count('<filter id="f-w"') == 1
        assert drawing.count(CLOTH) > 2
        assert drawing.count(SKIN) > 2


def test_a_shade_is_cut_only_where_its_form_goes_on():
    drawing = pictures(load(FIGURES / "walking.toml"), "woman").end
    groups = re.findall(r'<g class="(\w+)" filter="[^"]+"( clip-path="[^"]+")?>((?:<use href="#\w+"/>)+)</g>', drawing)
    hair = [(clip, uses.count("<use")) for tone, clip, uses in groups if tone == "hair"]
    assert hair == [("", 1), ("", 1)]  # the bun and the head
    assert any(clip for tone, clip, _ in groups if tone == "leg")


def test_a_thumbnail_has_no_shades():
    thumb = pictures(load(FIGURES / "walking.toml"), "woman").thumb
    assert CLOTH not in thumb
    assert SKIN not in thumb


def test_a_lit_muscle_lies_over_the_shade_of_its_form():
    drawing = pictures(load(FIGURES / "massage-ball.toml"), "woman").end
    light = drawing.index('class="hot"')
    shirt = [found.start() for found in re.finditer(r'<g class="top" filter', drawing)]
    assert any(place < light for place in shirt)
    assert drawing.index("<path", light - 40) > shirt[0]
