"""Shadows: who throws one on whom, and the body's on its mat."""

import re
from dataclasses import replace

import numpy as np
import pytest

from stretches.figures.arrows import lines_of
from stretches.figures.body import figure
from stretches.figures.builds import BUILDS
from stretches.figures.geometry import Camera
from stretches.figures.outline import Part
from stretches.figures.picture import pictures
from stretches.figures.poses import load
from stretches.figures.shades import Boxes, apart, footprint, shadows, spared
from stretches.figures.skeleton import solve
from stretches.figures.stance import Bones
from tests.stretches.figures.build import FIGURES, SITTING, STANDING

STRAIGHT = [solve(STANDING)]
KNEELING = [solve(replace(STANDING, leg_r=Bones((70, 0), (-95, 0), (-70, 0))))]


def part(name, limb, *, casts=True, shape="smooth"):
    return Part(name, "skin", np.zeros((4, 2)), 0.0, limb, shape, casts=casts)


def told(parts, skeletons=STRAIGHT):
    found = shadows([parts], skeletons, Boxes.of([parts]))
    return [(each.place, each.thrown, each.onto) for each in found]


def test_a_limb_shades_what_lies_behind_it_and_not_itself():
    parts = [part("top", "trunk", casts=False), part("uarm_r", "armr"), part("farm_r", "armr")]
    assert told(parts) == [(1, ("uarm_r", "farm_r"), ("top",))]


def test_what_comes_between_two_parts_of_a_limb_is_shaded_by_the_later_one_alone():
    parts = [part("top", "trunk", casts=False), part("uarm_r", "armr"), part("neck", "neck"), part("farm_r", "armr")]
    assert told(parts) == [
        (1, ("uarm_r", "farm_r"), ("top",)),
        (2, ("neck",), ("top", "uarm_r")),
        (3, ("farm_r",), ("neck",)),
    ]


def test_lines_throw_none_and_catch_none():
    parts = [part("eye", "head", shape="line"), part("palm_r", "armr"), part("gap", "armr", shape="line")]
    assert told(parts) == []


def test_a_thigh_shades_no_shirt_that_its_trousers_cover():
    top, hips, thigh = part("top", "trunk", casts=False), part("hips", "trunk"), part("thigh_r", "thighr")
    assert told([top, hips, thigh]) == []
    assert told([hips, top, thigh]) == [(2, ("thigh_r",), ("top",))]


def test_thigh_and_shin_shade_each_other_only_where_they_fold():
    thigh, calf = part("thigh_r", "thighr"), part("calf_r", "shinr")
    assert told([thigh, calf]) == []
    assert told([thigh, calf], KNEELING) == [(1, ("calf_r",), ("thigh_r",))]


def test_what_never_comes_near_is_left_out():
    here, there = part("uarm_r", "armr"), part("top", "trunk", casts=False)
    there.points = there.points + 40
    boxes = Boxes.of([[here, there]])
    assert shadows([[there, here]], STRAIGHT, boxes) == []
    # On the way it passes by.
    passing = part("uarm_r", "armr")
    passing.points = passing.points + 39
    assert shadows([[there, here]], STRAIGHT, Boxes.of([[here, there], [passing, there]]))[0].onto == ("top",)


def test_a_knee_that_folds_on_the_way_counts_as_folded():
    assert set(spared(STRAIGHT)) == {"thighr", "shinr", "thighl", "shinl"}
    assert set(spared(STRAIGHT + KNEELING)) == {"thighl", "shinl"}


def test_trousers_go_on_from_hips_to_thighs_without_an_edge():
    assert not apart(part("thigh_r", "thighr"), part("hips", "trunk"))
    assert apart(part("thigh_r", "thighr"), part("top", "trunk"))


def test_the_footprint_lies_under_what_is_low():
    above = Camera(0, 90)
    standing, sitting = (np.ptp(footprint(solve(pose), above).points, axis=0) for pose in (STANDING, SITTING))
    # Feet alone: as long as a foot and a margin; nobody's head throws it.
    assert 20 < standing[0] < 60
    assert len(footprint(solve(SITTING), above).points) == 24
    assert sitting[0] >= standing[0]


@pytest.mark.parametrize(("key", "has"), [("cat-cow", True), ("walking", False), ("lying-groin", False)])
def test_only_a_mat_seen_from_the_side_carries_a_footprint(key, has):
    drawing = pictures(load(FIGURES / f"{key}.toml"), "man").end
    assert ('class="under"' in drawing) is has


def test_looked_down_on_the_mat_catches_one_shadow_below_the_whole_body():
    def caught(key):
        drawing = pictures(load(FIGURES / f"{key}.toml"), "man").end
        mat = re.search(r'<clipPath id="(f-\d+)"><use href="#f-m"/></clipPath>', drawing)
        return mat and drawing.index(f'<g class="k" clip-path="url(#{mat[1]})">') < drawing.index('<g class="top">')

    assert caught("lying-groin")
    assert caught("cat-cow") is None


def test_paths_are_written_in_whole_steps_of_the_grid():
    found = pictures(load(FIGURES / "cat-cow.toml"), "woman")
    for drawing in (found.end, found.moving, found.thumb):
        paths = re.findall(r' (?:d|values)="(M[^"]+)"', drawing)
        assert len(paths) > 20
        assert not any("." in path for path in paths)


def test_a_thumbnail_has_no_contours():
    found = pictures(load(FIGURES / "walking.toml"), "woman")
    assert 'class="e ' in found.end
    assert 'class="e ' not in found.thumb


def test_the_face_of_somebody_small_has_finer_lines():
    near, far = (pictures(load(FIGURES / f"{key}.toml"), "man").end for key in ("shoulder-rolls", "walking"))
    assert 'class="line fine"' in far
    assert 'class="line fine"' not in near


def test_a_hanging_sleeve_throws_no_shadow_on_its_own_shirt():
    hanging, raised = (
        next(part for part in figure(solve(pose), BUILDS["woman"], Camera(90, 5), {}) if part.name == "sleeve_r")
        for pose in (STANDING, replace(STANDING, arm_r=Bones((178, 4), (178, 2), (178, 0))))
    )
    assert not hanging.casts
    assert hanging.contour == "sides"
    assert raised.casts
    assert raised.contour == "none"


def test_circling_arrows_mirror_each_other():
    drawn = load(FIGURES / "shoulder-rolls.toml")
    camera = Camera(*drawn.view)
    right, left = (
        np.array([camera.flat(point) for point in line]) for line in lines_of(drawn, BUILDS["woman"].lengths, camera)
    )
    assert right[:, 0] == pytest.approx(-left[:, 0], abs=0.5)
    assert right[:, 1] == pytest.approx(left[:, 1], abs=0.5)
