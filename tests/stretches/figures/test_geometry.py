"""Directions, turns and the limb of two bones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profiles  # noqa: F401
from stretches.figures.geometry import (
    Camera,
    across,
    angle_between,
    bone,
    clock,
    frame,
    length,
    nearest_turn,
    two_bones,
    unit,
    vec,
)

angles = st.floats(-360, 360)
metres = st.floats(-200, 200)
points = st.builds(vec, metres, metres, metres)
sides = st.sampled_from([1, -1])


@pytest.mark.parametrize(
    ("angle", "out", "expected"),
    [
        (0, 0, (0, -1, 0)),
        (90, 0, (1, 0, 0)),
        (180, 0, (0, 1, 0)),
        (-90, 0, (-1, 0, 0)),
        (0, 90, (0, 0, 1)),
    ],
)
def test_a_bone_points_like_the_hand_of_a_clock(angle, out, expected):
    assert bone(angle, out, 1)[0] == pytest.approx(expected, abs=1e-12)


def test_out_is_away_from_the_middle_on_both_sides():
    assert bone(0, 30, 1)[0][2] == pytest.approx(0.5)
    assert bone(0, 30, -1)[0][2] == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("turn", "top"),
    [((0,), (0, 1, 0)), ((90,), (1, 0, 0)), ((-90,), (-1, 0, 0)), ((0, 90), (0, 0, 1))],
)
def test_a_trunk_leans_forward_and_bends_to_the_right(turn, top):
    assert frame(*turn)[:, 1] == pytest.approx(top, abs=1e-12)


def test_a_trunk_twists_to_the_left():
    assert frame(0, 0, 90)[:, 0] == pytest.approx((0, 0, -1), abs=1e-12)


@given(angles, angles, angles)
def test_frames_stay_square(lean, side, twist):
    turned = frame(lean, side, twist)
    assert np.allclose(turned.T @ turned, np.eye(3))
    assert np.linalg.det(turned) == pytest.approx(1)


@given(angles, angles, sides)
def test_the_front_of_a_bone_is_square_to_it(angle, out, side):
    points_to, front = bone(angle, out, side)
    assert length(points_to) == pytest.approx(1)
    assert float(points_to @ front) == pytest.approx(0, abs=1e-9)


@given(st.floats(-180, 180), st.floats(-89, 89), sides)
def test_the_clock_reads_what_a_bone_was_told(angle, out, side):
    points_to, _ = bone(angle, out, side)
    assert bone(*clock(points_to, side), side)[0] == pytest.approx(points_to, abs=1e-6)


def test_the_clock_of_an_arm_straight_out_has_an_angle():
    assert clock(vec(0, 0, 1), 1) == pytest.approx((0, 90))


@given(angles, angles)
def test_the_nearest_turn_is_within_half_a_turn(angle, to):
    turned = nearest_turn(angle, to)
    assert abs(turned - to) <= 180 + 1e-9
    assert math.isclose(math.cos(math.radians(turned)), math.cos(math.radians(angle)), abs_tol=1e-9)


@given(points, points, st.floats(20, 50), st.floats(20, 50), points)
def test_a_limb_keeps_its_bones_and_reaches_what_it_can(root, target, first, second, pole):
    reach = two_bones(root, target, first, second, pole)
    assert length(reach.middle - root) == pytest.approx(first, abs=1e-6)
    assert length(reach.end - reach.middle) == pytest.approx(second, abs=1e-6)
    distance = length(target - root)
    if abs(first - second) + 0.5 < distance < (first + second) * 0.9998:
        assert reach.end == pytest.approx(target, abs=1e-6)


def test_a_limb_bends_to_its_pole():
    reach = two_bones(vec(0, 0, 0), vec(0, -60, 0), 40, 40, vec(1, 0, 0))
    assert reach.middle[0] > 20
    assert reach.side == pytest.approx((1, 0, 0))


@pytest.mark.parametrize("target", [(0, -60, 0), (0, 0, 60), (60, 0, 0)])
def test_a_pole_along_the_limb_still_gives_a_side(target):
    reach = two_bones(vec(0, 0, 0), vec(*target), 40, 40, vec(*target))
    assert length(reach.side) == pytest.approx(1)
    assert float(reach.side @ vec(*target)) == pytest.approx(0, abs=1e-9)


def test_a_limb_that_cannot_reach_is_straight():
    reach = two_bones(vec(0, 0, 0), vec(500, 0, 0), 40, 40, vec(0, 1, 0))
    assert reach.end == pytest.approx((80, 0, 0), abs=0.1)


def test_nothing_points_straight_ahead():
    assert unit(vec(0, 0, 0)) == pytest.approx((1, 0, 0))
    assert unit(vec(0, 0)) == pytest.approx((1, 0))


def test_across_and_angle_between():
    assert across(vec(3, 4, 0), vec(1, 0, 0)) == pytest.approx((0, 4, 0))
    assert angle_between(vec(1, 0, 0), vec(0, 2, 0)) == pytest.approx(90)
    assert angle_between(vec(1, 0, 0), vec(-3, 0, 0)) == pytest.approx(180)


@pytest.mark.parametrize(
    ("azimuth", "point", "flat"),
    [(0, (1, 2, 3), (1, 2)), (90, (1, 2, 3), (-3, 2)), (-90, (1, 2, 3), (3, 2))],
)
def test_the_camera_sees_the_side_the_front_and_the_back(azimuth, point, flat):
    assert Camera(azimuth).flat(vec(*point)) == pytest.approx(flat)


def test_what_is_nearer_has_more_depth():
    assert Camera(90).depth(vec(5, 0, 0)) > Camera(90).depth(vec(-5, 0, 0))
    assert Camera(0, 90).depth(vec(0, 5, 0)) > Camera(0, 90).depth(vec(0, 0, 0))
