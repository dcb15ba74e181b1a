"""A pose laid out: bones keep their lengths, feet find the floor, hands keep their holds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

import tests.hypothesis_profiles  # noqa: F401
from stretches.figures.geometry import length
from stretches.figures.skeleton import JOINTS, USUAL, Lengths, TangledError, solve
from stretches.figures.stance import Bones, Hand, Hold, Pelvis, Spot, Turn
from tests.stretches.figures import build
from tests.stretches.figures.build import SITTING, STANDING


def test_a_skeleton_has_every_joint_frame_and_limb():
    sk = solve(STANDING)
    assert set(sk.j) == JOINTS
    assert set(sk.f) == {"pelvis", "lum", "mid", "up", "neck", "head"}
    assert set(sk.limb) == {
        f"{part}_{side}" for part in ("thigh", "shank", "foot", "uarm", "farm", "hand") for side in "rl"
    }
    assert sk.grip == {"r": 0.25, "l": 0.25}


@given(build.poses)
def test_bones_keep_their_lengths(pose):
    sk = solve(pose)
    j = sk.j
    for side in "rl":
        assert length(j[f"knee_{side}"] - j[f"hip_{side}"]) == pytest.approx(USUAL.thigh)
        assert length(j[f"ankle_{side}"] - j[f"knee_{side}"]) == pytest.approx(USUAL.shin)
        assert length(j[f"elbow_{side}"] - j[f"shoulder_{side}"]) == pytest.approx(USUAL.upper_arm)
        assert length(j[f"wrist_{side}"] - j[f"elbow_{side}"]) == pytest.approx(USUAL.forearm)
        assert length(j[f"tip_{side}"] - j[f"wrist_{side}"]) == pytest.approx(USUAL.hand)
    assert length(j["waist"] - j["pelvis"]) == pytest.approx(USUAL.lumbar)


@given(build.poses)
def test_everything_is_a_number_and_directions_are_one_long(pose):
    sk = solve(pose)
    assert all(np.isfinite(point).all() for point in sk.j.values())
    for points_to, side in sk.limb.values():
        assert length(points_to) == pytest.approx(1)
        assert length(side) == pytest.approx(1)


@given(build.poses)
def test_a_hold_within_reach_is_reached(pose):
    sk = solve(pose)
    for joint, target in sk.holds.items():
        name, side = joint.split("_")
        root = sk.j[f"{'shoulder' if name == 'wrist' else 'hip'}_{side}"]
        most = USUAL.upper_arm + USUAL.forearm if name == "wrist" else USUAL.thigh + USUAL.shin
        if 5 < length(target - root) < most * 0.999:
            assert sk.j[joint] == pytest.approx(target, abs=1e-6)


def test_a_standing_body_stands_on_its_feet():
    sk = solve(STANDING)
    assert min(sk.j[f"heel_{side}"][1] for side in "rl") == pytest.approx(3.2, abs=0.1)
    assert sk.j["head"][1] > 150


def test_a_lying_body_lies_on_its_back():
    flat = Bones((90, 4), (90, 0), (165, 12))
    sk = solve(replace(STANDING, pelvis=Pelvis(turn=Turn(-90)), spine=(Turn(-90),) * 3, leg_r=flat, leg_l=flat))
    assert 9 < sk.j["pelvis"][1] < 12


def test_a_body_of_planted_legs_sinks_onto_its_trunk():
    planted = Hold(Spot((40, 7.6, 9)), (150, 0), (90, 0))
    pose = replace(STANDING, pelvis=Pelvis(turn=Turn(-10)), leg_r=planted, leg_l=planted)
    assert solve(pose).j["pelvis"][1] == pytest.approx(10.2)


def test_toes_bend_on_the_floor():
    tiptoe = Bones((0, 2), (0, 0), (45, 0))
    sk = solve(replace(STANDING, leg_r=tiptoe, leg_l=tiptoe))
    assert sk.j["ball_r"][1] == pytest.approx(2.2, abs=0.1)
    assert 1 < sk.j["toe_r"][1] < 3
    assert sk.j["toe_r"][0] > sk.j["ball_r"][0]


def test_a_kneeling_foot_lies_on_its_back():
    kneel = Bones((0, 0), (-93, 0), (-70, 0))
    sk = solve(replace(STANDING, leg_r=kneel, leg_l=kneel))
    assert sk.limb["foot_r"][1][1] < 0
    assert sk.j["toe_r"][1] > 0


def test_an_arm_overhead_lifts_and_draws_in_its_shoulder():
    up = Bones((180, 0), (180, 0), (180, 0))
    low, high = solve(STANDING), solve(replace(STANDING, arm_r=up))
    assert high.j["shoulder_r"][1] - low.j["shoulder_r"][1] > 4
    assert high.j["shoulder_r"][2] < low.j["shoulder_r"][2]
    assert high.j["shoulder_l"] == pytest.approx(low.j["shoulder_l"])


def test_a_shrug_moves_one_shoulder():
    low, high = solve(STANDING), solve(replace(STANDING, shoulder_l=(0, 5)))
    assert high.j["shoulder_l"][1] - low.j["shoulder_l"][1] == pytest.approx(5, abs=0.1)
    assert high.j["shoulder_r"] == pytest.approx(low.j["shoulder_r"])


def test_a_hand_holds_a_leg_that_rests_on_the_other():
    crossed = Hold(Spot((-1, 9, 4), "knee_l"), (100, 75), (150, -20))
    holds = Hold(Spot((0, 8, 0), "thighmid_r"), (-60, 20), (88, 0))
    sk = solve(replace(SITTING, leg_r=crossed, arm_l=holds))
    assert sk.holds["wrist_l"] == pytest.approx(sk.j["thighmid_r"] + (0, 8, 0))
    assert sk.j["ankle_r"] == pytest.approx(sk.j["knee_l"] + (-1, 9, 4), abs=1e-6)


def test_hands_on_each_others_shoulders_lie_alike():
    right = Hold(Spot((8, 2, 4), "shoulder_l"), (20, 30))
    left = Hold(Spot((8, 2, -4), "shoulder_r"), (20, 30))
    sk = solve(replace(STANDING, arm_r=right, arm_l=left))
    assert sk.j["wrist_r"] * (1, 1, -1) == pytest.approx(sk.j["wrist_l"], abs=1e-6)


def test_limbs_that_hold_each_other_in_a_ring_are_refused():
    pose = replace(STANDING, arm_r=Hold(Spot(joint="wrist_l"), (0, 0)), arm_l=Hold(Spot(joint="wrist_r"), (0, 0)))
    with pytest.raises(TangledError, match="wrist_l, wrist_r"):
        solve(pose)


def test_palms_curl_and_breath_are_kept():
    pose = replace(STANDING, hand_r=Hand(1.0, (1, 0, 0)), breath=0.5)
    sk = solve(pose)
    assert sk.grip["r"] == 1.0
    assert sk.breath == 0.5
    assert sk.limb["hand_r"][1][0] > 0.9


def test_wider_people_have_wider_shoulders_and_hips():
    sk = solve(STANDING, replace(USUAL, shoulder_width=19, hip_width=10))
    assert sk.j["hip_r"][2] - sk.j["hip_l"][2] == pytest.approx(20)
    assert sk.j["shoulder_r"][2] > solve(STANDING).j["shoulder_r"][2]


def test_bones_have_a_length():
    with pytest.raises(ValueError, match="thigh"):
        Lengths(thigh=0)
