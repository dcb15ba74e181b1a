"""Poses and pose files for the tests of the figures. No test belongs here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from stretches.figures.stance import Angles, Bones, Hold, Limb, Pelvis, Pose, Spot, Turn

FIGURES = Path(__file__).resolve().parents[3] / "stretches" / "catalogue" / "figures"

LEG = Bones((0, 2), (0, 0), (90, 6))
ARM = Bones((2, 8), (12, 4), (14, 0))
STANDING = Pose(
    pelvis=Pelvis(),
    spine=(Turn(-5), Turn(2), Turn(7)),
    neck=Turn(10),
    head=Turn(0),
    leg_r=LEG,
    leg_l=LEG,
    arm_r=ARM,
    arm_l=ARM,
)
SITTING = replace(
    STANDING, pelvis=Pelvis(0, 51.3), leg_r=Bones((88, 5), (0, 0), (90, 4)), leg_l=Bones((88, 5), (0, 0), (90, 4))
)

FILE = """
stretch = "side-bend"
view = [90, 8]
seconds = 6
muscles = ["side-left"]
alt = "Bend to one side. It pulls along the other."

[start]
base = "standing"

[end]
same_as = "start"
spine = [[0, 8], [0, 16], [0, 24]]
"""

angles: st.SearchStrategy[Angles] = st.tuples(st.floats(-180, 180), st.floats(-60, 80))
turns = st.builds(Turn, st.floats(-90, 120), st.floats(-40, 40), st.floats(-60, 60))
spots = st.builds(Spot, st.tuples(st.floats(-60, 60), st.floats(0, 120), st.floats(-50, 50)))
bones = st.builds(Bones, angles, angles, angles)
leg_holds = st.builds(Hold, spots, angles, angles)
arm_holds = st.builds(Hold, spots, angles, st.none() | angles)
legs: st.SearchStrategy[Limb] = bones | leg_holds
arms: st.SearchStrategy[Limb] = bones | arm_holds
poses = st.builds(
    Pose,
    pelvis=st.builds(Pelvis, st.floats(-30, 30), st.none() | st.floats(10, 100), st.floats(-10, 10), turns),
    spine=st.tuples(turns, turns, turns),
    neck=turns,
    head=turns,
    leg_r=legs,
    leg_l=legs,
    arm_r=arms,
    arm_l=arms,
    breath=st.floats(0, 1),
)


def write(folder: Path, text: str, name: str = "side-bend") -> Path:
    """Write a pose file and return its path."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path
