"""What a body could not do is said, and what it can is left alone."""

from dataclasses import replace

import pytest

from stretches.figures.builds import BUILDS
from stretches.figures.limits import faults
from stretches.figures.poses import load
from stretches.figures.stance import Bones, Hold, Pelvis, Spot, Turn
from tests.stretches.figures.build import FIGURES, FILE, STANDING, write


@pytest.fixture
def figure(tmp_path):
    return load(write(tmp_path, FILE))


def posed(figure, **changes):
    """Return the figure in one pose, standing but for the changes."""
    pose = replace(STANDING, **changes)
    return replace(figure, poses={"start": pose, "end": pose})


def test_a_sound_figure_has_no_faults(figure):
    assert faults(figure) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"arm_r": Hold(Spot((90, 120, 15)), (0, 0))}, "the right wrist misses its hold by"),
        ({"leg_l": Hold(Spot((90, 60, -9)), (90, 0), (90, 0))}, "the left ankle misses its hold by"),
        ({"pelvis": Pelvis(0, 80)}, "below the floor"),
        ({"pelvis": Pelvis(0, 99)}, "the body floats"),
        ({"leg_r": Bones((40, 0), (-132, 0), (-90, 0))}, "the right knee bends 172 degrees, more than 165"),
        ({"arm_l": Bones((0, 0), (170, 0), (170, 0))}, "the left elbow bends 170 degrees, more than 155"),
        ({"spine": (Turn(30), Turn(30), Turn(30)), "neck": Turn(30)}, "the lowest back bends 30 degrees"),
        ({"spine": (Turn(0), Turn(50), Turn(50)), "neck": Turn(50), "head": Turn(50)}, "the lower back bends 50"),
        ({"spine": (Turn(0), Turn(0), Turn(60)), "neck": Turn(60), "head": Turn(60)}, "the upper back bends 60"),
        ({"neck": Turn(60), "head": Turn(60)}, "the neck bends 53 degrees"),
        ({"head": Turn(0, 60)}, "the head tips on the neck by"),
        ({"leg_r": Bones((150, 0), (90, 0), (90, 0))}, "the right thigh is 150 degrees forward"),
        ({"leg_r": Bones((-70, 0), (-70, 0), (0, 0))}, "the right thigh is 70 degrees back"),
        ({"leg_l": Bones((0, 88), (0, 88), (90, 0))}, "the left thigh is 88 degrees out"),
        ({"leg_l": Bones((0, -60), (0, -60), (90, 0))}, "the left thigh is 60 degrees across"),
    ],
)
def test_a_fault_is_said_in_words(figure, changes, said):
    found = faults(posed(figure, **changes))
    assert any(said in fault for fault in found), found
    assert all(fault.startswith(("side-bend [", "side-bend t=")) for fault in found)


def test_a_chair_may_carry_the_body(figure, tmp_path):
    seated = load(write(tmp_path, FILE.replace("seconds = 6", 'seconds = 6\nprops = [{kind = "chair"}]')))
    assert faults(posed(figure, pelvis=Pelvis(0, 99)))
    assert faults(posed(seated, pelvis=Pelvis(0, 99))) == []


def test_the_way_is_checked_too(figure):
    """A foot that swings through the floor is not seen in the first and the last pose."""
    ahead = replace(STANDING, pelvis=Pelvis(0, 80), leg_r=Hold(Spot((30, 12, 9)), (90, 0), (120, 0)))
    planted = Hold(Spot((0, 7.6, -9)), (90, 0), (90, 0))
    start = replace(ahead, leg_l=planted)
    end = replace(start, leg_r=Hold(Spot((-30, 12, 9)), (90, 0), (30, 0)))
    dips = replace(start, leg_r=Hold(Spot((0, -20, 9)), (90, 0), (90, 0)))
    found = faults(replace(figure, poses={"start": start, "end": end, "down": dips}, path=("start", "down", "end")))
    assert any(fault.startswith("side-bend t=0.4") and "below the floor" in fault for fault in found)


@pytest.mark.parametrize("who", sorted(BUILDS))
@pytest.mark.parametrize("path", sorted(FIGURES.glob("*.toml")), ids=lambda path: path.stem)
def test_both_people_can_do_every_figure(path, who):
    assert faults(load(path), BUILDS[who].lengths) == []
