"""The plant beside the person: where it stands, where none does, and that it never crosses the frame's edge."""

import re
from functools import cache

import numpy as np
import pytest

from stretches.figures.picture import pictures
from stretches.figures.poses import load
from stretches.figures.scenery import Plant
from stretches.figures.svg import GRID, HEIGHT, WIDTH
from tests.stretches.figures.build import FIGURES

KEYS = sorted(path.stem for path in FIGURES.glob("*.toml"))
# Looked down on, or before a wall that fills the picture.
WITHOUT = {"lying-groin", "leg-swing--sideways"}


@cache
def leaves(key):
    """Roots and tips of the leaves in pixels, as rows; None without a plant."""
    figure = load(FIGURES / f"{key}.toml")
    found = re.search(r'<path class="leaf" d="([^"]+)"/>', pictures(figure, figure.who).end)
    if found is None:
        return None
    # Each leaf: its root, then from there the bend of one edge and the tip, and so back.
    numbers = np.array(re.findall(r"-?\d+", found[1]), dtype=float).reshape(-1, 10) / GRID
    return np.concatenate([numbers[:, :2], numbers[:, :2] + numbers[:, 4:6]])


@pytest.mark.parametrize("key", KEYS)
def test_a_plant_stands_within_the_picture_or_not_at_all(key):
    points = leaves(key)
    assert (points is None) == (key in WITHOUT)
    if points is not None:
        assert points.min() >= 0
        assert points[:, 0].max() <= WIDTH
        assert points[:, 1].min() < HEIGHT


@pytest.mark.parametrize(
    ("key", "is_left"),
    [
        ("leg-swing", True),  # the chair is at the right
        ("seated-calf", True),  # the legs and the arrow are
        ("standing-calf", True),  # the wall is
        ("massage-ball", False),  # the wall is at the left
    ],
)
def test_a_plant_stands_where_there_is_room(key, is_left):
    assert bool(leaves(key)[:, 0].mean() < WIDTH / 2) is is_left


@pytest.mark.parametrize("key", ["cat-cow", "upward-facing-dog", "knee-to-chest"])
def test_a_pot_is_not_lost_behind_a_mat(key):
    figure = load(FIGURES / f"{key}.toml")
    drawing = pictures(figure, figure.who).end

    def heights(tone):
        [path] = re.findall(rf'<path (?:id="f-m" )?class="{tone}" d="M([^"]+)"', drawing)
        return [float(y) / GRID for _, y in re.findall(r"(-?[\d.]+)[ ,](-?[\d.]+)", path)]

    mat, pot = heights("mat"), heights("pot")
    assert 10 < min(mat) - min(pot) < 25  # its rim above the mat's far edge, its foot out of sight or on the edge


def test_what_hides_a_plant_is_what_stands_before_it():
    plant = Plant(50, 200, 1, potted=True)
    assert plant.hidden(np.array([[50, 150], [70, 190]])) == 2
    assert plant.hidden(np.array([[50, 201], [50, 80], [90, 150]])) == 0


def test_only_a_potted_plant_has_a_pot():
    assert 'class="pot"' in Plant(50, 200, 1, potted=True).drawing()
    assert 'class="pot"' not in Plant(50, 200, 1, potted=False).drawing()
