"""Outlines: a muscle's spindle, and hands with single fingers."""

import numpy as np
import pytest

from stretches.figures.builds import BUILDS
from stretches.figures.geometry import Camera, vec
from stretches.figures.hands import hand
from stretches.figures.outline import TIP, spindle
from stretches.figures.skeleton import solve
from tests.stretches.figures.build import STANDING

CAMERA = Camera(0)
LONG = [(vec(x, 0, 0), wide) for x, wide in ((0, 2.0), (10, 4.0), (20, 4.0), (30, 2.0))]
SHORT = [(vec(x, 0, 0), wide) for x, wide in ((0, 2.0), (3, 4.0), (6, 2.0))]


def turning(points):
    """Twice the signed area: less than nothing for clockwise."""
    after = np.roll(points, -1, axis=0)
    return float((points[:, 0] * after[:, 1] - points[:, 1] * after[:, 0]).sum())


def corners(points):
    """The turn at each point, in degrees."""
    ahead = np.roll(points, -1, axis=0) - points
    angles = np.degrees(np.arctan2(ahead[:, 1], ahead[:, 0]))
    return (angles - np.roll(angles, 1) + 180) % 360 - 180


@pytest.mark.parametrize("strip", [LONG, SHORT])
def test_a_spindle_has_the_same_number_of_points_and_goes_round_clockwise(strip):
    points = spindle(CAMERA, strip)
    assert len(points) == 14
    assert turning(points) < 0


def test_a_long_muscle_is_as_wide_as_it_says_and_drawn_out_to_its_tips():
    points = spindle(CAMERA, LONG)
    assert points[:, 0].min() == pytest.approx(-2.0 * TIP, abs=0.6)
    assert points[:, 0].max() == pytest.approx(30 + 2.0 * TIP, abs=0.6)
    assert 3.2 < points[:, 1].max() <= 4.0
    assert points[:, 1].max() == pytest.approx(-points[:, 1].min(), abs=0.2)


def test_a_muscle_seen_from_its_end_is_round():
    points = spindle(Camera(90), LONG)
    assert np.hypot(*points.T) == pytest.approx(np.full(14, 4.0))


@pytest.mark.parametrize("strip", [LONG, SHORT])
def test_no_muscle_has_a_dent(strip):
    assert max(corners(spindle(CAMERA, strip))) < 3


def fingers(camera):
    """The fingers of a hanging right hand."""
    sk = solve(STANDING, BUILDS["woman"].lengths)
    return next(part.points for part in hand(sk, BUILDS["woman"], camera, "r", 1, "skin") if part.name == "hand_r")


@pytest.mark.parametrize("turn", range(-180, 180, 20))
def test_a_hand_has_as_many_points_from_every_side_and_goes_round_the_same_way(turn):
    points = fingers(Camera(turn))
    assert len(points) == 20
    assert turning(points) < 0


@pytest.mark.parametrize(("turn", "dents"), [(0, 3), (180, 3), (90, 0)])
def test_each_finger_has_a_tip_of_its_own_where_the_flat_of_the_hand_is_seen(turn, dents):
    assert sum(corner > 90 for corner in corners(fingers(Camera(turn)))) == dents
