"""Pose files: what they may say, what is said about mistakes, and the poses on the way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profiles  # noqa: F401
from stretches.figures.geometry import length, vec
from stretches.figures.poses import Figure, PoseError, blend, load, load_all
from stretches.figures.skeleton import USUAL, solve
from stretches.figures.stance import Between, Bones, Hand, Hold, Pelvis, Spot, Turn
from tests.stretches.figures import build
from tests.stretches.figures.build import FIGURES, FILE, SITTING, STANDING, write


def same(a, b, within: float = 1e-6) -> bool:
    one, other = solve(a).j, solve(b).j
    return all(length(one[name] - other[name]) < within for name in one)


def message(folder, text, name: str = "side-bend") -> str:
    with pytest.raises(PoseError) as caught:
        load(write(folder, text, name))
    return str(caught.value)


# --- Reading --------------------------------------------------------------------------------------


def test_a_file_is_read(tmp_path):
    figure = load(write(tmp_path, FILE))
    assert figure.key == "side-bend"
    assert (figure.who, figure.view, figure.seconds) == ("woman", (90, 8), 6)
    assert figure.muscles == ("side-left",)
    assert figure.path == ("start", "end")
    assert figure.start.spine == (Turn(-5), Turn(2), Turn(7))
    assert figure.end.spine[2] == Turn(0, 24)
    assert figure.end.leg_r == figure.start.leg_r


def test_everything_a_file_may_say(tmp_path):
    text = FILE.replace(
        "[start]",
        """form = "low"
who = "man"
crop = 60
zoom = 1.5
loop = true
path = ["start", "up", "end"]
order = {hand-right = 12, jaw = -3}
props = [{kind = "chair", x = 3, back = false}, {kind = "towel", along = ["palm-right", "ball-left"]}]
arrows = [
    {joint = "head", offset = [1, 2, 3], from = 0.1, to = 0.9},
    {points = [[0, 0, 0], [1, 1, 1]]},
    {around = "shoulder-right", radius = 12},
]
[start]""",
    )
    text += '[poses.up]\nsame_as = "end"\nbreath = 0.5\nsideways = 2\npelvis = [1, 90, 2, 3, 4]\nneck = [1, 2]\n'
    text += 'arms = {to = "mid-thigh", offset = [4, 9, 2], bend = [-60, 20], palm = [0, 1, 1], curl = 1}\n'
    text += "leg_right = {foot = [120, 0]}\narm_left = {curl = 0}\nshoulders = [1, 2]\nshoulder_left = [3, 4]\n"
    figure = load(write(tmp_path, text, "side-bend--low"))
    assert (figure.form, figure.who, figure.crop, figure.zoom) == ("low", "man", 60, 1.5)
    assert figure.order == {"hand_r": 12, "jaw": -3}
    assert figure.props[0].number("x", 0) == 3
    assert figure.props[0].number("height", 41) == 41
    assert figure.props[0].flags == {"back": False}
    assert figure.props[1].along == ("palm_r", "ball_l")
    assert [arrow.joint for arrow in figure.arrows] == ["head", "", ""]
    assert figure.arrows[1].points == ((0, 0, 0), (1, 1, 1))
    assert figure.arrows[2].around == "shoulder_r"
    up = figure.poses["up"]
    assert up.pelvis == Pelvis(1, 90, 2, Turn(2, 3, 4))
    assert up.arm_r == Hold(Spot((4, 9, 2), "thighmid_r"), (-60, 20))
    assert up.arm_l == Hold(Spot((4, 9, -2), "thighmid_l"), (-60, 20))
    assert up.hand_r == Hand(1, (0, 1, 1))
    assert up.hand_l == Hand(0, (0, 1, -1))
    assert isinstance(up.leg_r, Bones)
    assert up.leg_r.last == (120, 0)
    assert (up.shoulder_r, up.shoulder_l) == ((1, 2), (3, 4))
    assert up.neck == Turn(1, 2)
    assert up.breath == 0.5


def test_a_joint_with_a_side_is_the_same_for_both_arms(tmp_path):
    text = FILE + 'arms = {to = "knee-right", offset = [0, 0, 3], bend = [0, 1, 2]}\n'
    end = load(write(tmp_path, text)).end
    assert end.arm_r == Hold(Spot((0, 0, 3), "knee_r"), (0, 1, 2))
    assert end.arm_l == Hold(Spot((0, 0, -3), "knee_r"), (0, 1, -2))


def test_a_point_in_the_world_is_mirrored(tmp_path):
    end = load(write(tmp_path, FILE + "legs = {to = [10, 7.6, 9]}\n")).end
    assert end.leg_r == Hold(Spot((10, 7.6, 9)), (90, 0), (90, 0))
    assert end.leg_l == Hold(Spot((10, 7.6, -9)), (90, 0), (90, 0))


def test_a_hand_goes_on_like_its_forearm(tmp_path):
    end = load(write(tmp_path, FILE + "arms = {upper = 10, lower = [20, 3]}\n")).end
    assert end.arm_r == Bones((10, 0), (20, 3), (20, 3))


def test_a_spine_told_by_leans_is_turned_like_the_pelvis(tmp_path):
    end = load(write(tmp_path, FILE.replace("[[0, 8], [0, 16], [0, 24]]", "[1, 2, 3]\npelvis = [0, 90, 1, 5, 9]"))).end
    assert end.spine == (Turn(1, 5, 9), Turn(2, 5, 9), Turn(3, 5, 9))
    assert end.neck == Turn(10)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seconds = 6", "", "side-bend.toml: seconds: missing"),
        ("seconds = 6", 'seconds = "six"', "seconds: must be a number"),
        ("seconds = 6", "seconds = 0", "seconds: must be more than 0"),
        ("view = [90, 8]", "view = [90, true]", "view: must be 1 to 2 numbers"),
        ("view = [90, 8]", "view = [90, 8]\ncolour = 3", "colour: unknown key"),
        ('["side-left"]', '["sides"]', "muscles: unknown value “sides”"),
        ('stretch = "side-bend"', 'stretch = "side-bent"', "stretch: the file must be named side-bent.toml"),
        ('stretch = "side-bend"', 'stretch = "side-bend"\nform = "A B"', "form: “A B” must be small letters"),
        ("seconds = 6", 'seconds = 6\nwho = "cat"', "who: unknown value “cat”"),
        ("seconds = 6", 'seconds = 6\npath = ["end"]', "path: must be a list of poses that begins with “start”"),
        ("seconds = 6", 'seconds = 6\npath = ["start", "up"]', "path: there is no pose “up”"),
        ("seconds = 6", 'seconds = 6\npath = "start"', "path: must be a list"),
        ("seconds = 6", "seconds = 6\n[other]", "other: unknown key"),
        ("seconds = 6", "seconds = 6\nposes = 3", "poses: must be tables of poses"),
        ("seconds = 6", "seconds = 6\nposes = {up = 3}", "poses.up: must be a table"),
        ("seconds = 6", "seconds = 6\nvia = 3", "via: must be a table"),
        ("seconds = 6", 'seconds = 6\nprops = [{kind = "sofa"}]', "props[1].kind: unknown value “sofa”"),
        ("seconds = 6", "seconds = 6\nprops = [{x = 3}]", "props[1].kind: missing"),
        ("seconds = 6", 'seconds = 6\nprops = [{kind = "mat", along = ["nose"]}]', "along: unknown joint “nose”"),
        ("seconds = 6", "seconds = 6\narrows = [{}]", "arrows[1]: an arrow has one of joint, points and around"),
        ("seconds = 6", "seconds = 6\narrows = [{points = [[1, 2]]}]", "arrows[1].points: must be two points or more"),
        ("seconds = 6", 'seconds = 6\narrows = [{around = "head"}]', "arrows[1].radius: must be more than 0"),
        ("seconds = 6", 'seconds = 6\narrows = [{joint = "hand"}]', "arrows[1].joint: unknown joint “hand”"),
        ('"standing"', '"floating"', "start.base: unknown base “floating”"),
        ('base = "standing"', 'base = "standing"\nsame_as = "end"', "start.base: a pose has base or same_as, not both"),
        ('base = "standing"', 'same_as = "end"', "same_as: the poses begin from each other in a ring"),
        ('same_as = "start"', 'same_as = "begin"', "end.same_as: there is no pose “begin”"),
        ('same_as = "start"', "", "end.pelvis: missing"),
        ('same_as = "start"', "", "end.leg_right: missing"),
        ('same_as = "start"', "", "end.arm_left: missing"),
        ("[0, 24]]", "[0, 24], 3]", "end.spine: must be three parts"),
        ("[0, 24]]", "[0, 24]]\nneck = [1, 2, 3, 4]", "end.neck: must be a number or [lean, side, twist]"),
        ("[0, 24]]", "[0, 24]]\npelvis = [0, 1, 2, 3, 4, 5]", "end.pelvis: must be [x, y, lean, side, twist]"),
        ("[0, 24]]", "[0, 24]]\npelvis = ['x', 1]", "end.pelvis: must be [x, y, lean, side, twist]"),
        ("[0, 24]]", "[0, 24]]\nbreath = 2", "end.breath: must be from 0 to 1"),
        ("[0, 24]]", "[0, 24]]\nlegs = 3", "end.legs: unknown key"),
        ("[0, 24]]", "[0, 24]]\nleg_right = 3", "end.leg_right: must be a table"),
        ("[0, 24]]", "[0, 24]]\narm_left = 3", "end.arm_left: must be a table"),
        ("[0, 24]]", "[0, 24]]\nlegs = {thigh = 3}", "end.leg_right.shin: missing"),
        ("[0, 24]]", "[0, 24]]\nlegs = {thigh = 3, shin = 3, hand = 3}", "end.leg_left.hand: unknown key"),
        ("[0, 24]]", "[0, 24]]\narms = {curl = 3}", "end.arm_right.curl: must be from 0 to 1"),
        ("[0, 24]]", "[0, 24]]\narms = {to = 'nose'}", "end.arm_right.to: unknown joint “nose”"),
        ("[0, 24]]", "[0, 24]]\narms = {to = [1, 2]}", "end.arm_right.to: must be 3 numbers"),
        ("[0, 24]]", "[0, 24]]\narms = {to = [1, 2, 3], offset = [0, 0, 0]}", "offset: belongs to a joint"),
        ("[0, 24]]", "[0, 24]]\narms = {to = [1, 2, 3], bend = 'up'}", "end.arm_right.bend: must be [angle, out]"),
    ],
)
def test_a_mistake_is_named_with_file_and_field(tmp_path, old, new, said):
    assert old in FILE
    found = message(tmp_path, FILE.replace(old, new))
    assert said in found
    assert all(line.startswith("side-bend") for line in found.splitlines())


def test_a_form_names_the_file(tmp_path):
    assert "the file must be named side-bend--low.toml" in message(tmp_path, 'form = "low"\n' + FILE)


def test_a_file_without_poses_says_so(tmp_path):
    found = message(tmp_path, FILE.split("[start]", maxsplit=1)[0])
    assert "start: missing" in found
    assert "end: missing" in found


@pytest.mark.parametrize("text", ["= 3", "stretch = [", "view = \ud800"])
def test_a_file_that_is_no_toml_says_so(tmp_path, text):
    path = tmp_path / "side-bend.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(PoseError, match=r"side-bend\.toml: cannot be read"):
        load(path)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(PoseError, match="cannot be read"):
        load(tmp_path / "nothing.toml")


def test_a_folder_is_read_by_key(tmp_path):
    write(tmp_path, FILE)
    write(tmp_path, FILE.replace("view = [90, 8]", 'view = [90, 8]\nform = "low"'), "side-bend--low")
    assert list(load_all(tmp_path)) == ["side-bend", "side-bend--low"]


def test_a_folder_names_the_mistakes_of_all_files(tmp_path):
    write(tmp_path, FILE.replace("seconds = 6", ""))
    write(tmp_path, "= 3", "other")
    with pytest.raises(PoseError) as caught:
        load_all(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"side-bend.toml", "other.toml"}


@pytest.mark.parametrize("path", sorted(FIGURES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_pose_file_can_be_laid_out(path):
    for pose in load(path).frames(5):
        assert all(np.isfinite(point).all() for point in solve(pose).j.values())


# --- Blending -------------------------------------------------------------------------------------


@given(build.poses, build.poses)
def test_a_blend_begins_and_ends_with_its_poses(a, b):
    assert blend(a, b, 0) is a
    assert blend(a, b, 1) is b


@given(build.poses, st.floats(0, 1))
def test_between_a_pose_and_itself_is_itself(pose, share):
    assert same(blend(pose, pose, share), pose, within=1e-3)


@given(build.poses, build.poses, st.floats(0, 1))
def test_every_blend_can_be_laid_out_and_keeps_bones(a, b, share):
    sk = solve(blend(a, b, share))
    for side in "rl":
        assert length(sk.j[f"knee_{side}"] - sk.j[f"hip_{side}"]) == pytest.approx(USUAL.thigh)
        assert length(sk.j[f"wrist_{side}"] - sk.j[f"elbow_{side}"]) == pytest.approx(USUAL.forearm)
    assert all(np.isfinite(point).all() for point in sk.j.values())


@given(st.floats(0, 1), st.floats(-20, 20), st.floats(-10, 40))
def test_planted_feet_and_held_hands_stay(share, forward, lean):
    foot = Hold(Spot((20, 7.6, -9)), (90, 0), (90, 0))
    hand = Hold(Spot((4, 9, 0), "thighmid_l"), (-60, 20))
    a = replace(STANDING, pelvis=Pelvis(0, 78), leg_l=foot, arm_l=hand)
    b = replace(a, pelvis=Pelvis(forward, 60, 0, Turn(lean)), spine=(Turn(lean),) * 3)
    sk = solve(blend(a, b, share))
    assert sk.j["ankle_l"] == pytest.approx(vec(20, 7.6, -9), abs=1e-6)
    assert sk.holds["wrist_l"] == pytest.approx(sk.j["thighmid_l"] + vec(4, 9, 0))


def test_angles_go_straight_from_one_to_the_other():
    half = blend(STANDING, replace(STANDING, arm_r=Bones((90, 0), (90, 0), (90, 0))), 0.5)
    assert half.arm_r == Bones((46, 4), (51, 2), (52, 0))


def test_a_limb_of_angles_becomes_a_hold_without_a_jump():
    lifted = replace(STANDING, arm_r=Bones((170, 20), (120, 5), (100, 0)))
    holding = replace(STANDING, arm_r=Hold(Spot((1, 9, 3), "head"), (150, 80), (20, -70)))
    assert same(blend(lifted, holding, 1e-7), lifted, within=0.5)
    assert same(blend(lifted, holding, 1 - 1e-7), holding, within=0.1)
    assert isinstance(blend(lifted, holding, 0.5).arm_r, Hold)


def test_a_straight_limb_bends_the_way_its_hold_does():
    straight = replace(STANDING, arm_r=Bones((0, 0), (0, 0), (0, 0)))
    holding = replace(STANDING, arm_r=Hold(Spot((0, 0, 30), "chest"), (0, 80)))
    arm = blend(straight, holding, 0.5).arm_r
    assert isinstance(arm, Hold)
    assert arm.bend == (0, 80)


def test_two_holds_of_different_things_are_mixed():
    a = replace(STANDING, arm_r=Hold(Spot((0, 0, 30)), (0, 0)), pelvis=Pelvis(0, 90))
    b = replace(STANDING, arm_r=Hold(Spot(joint="knee_r"), (90, 0, 0)))
    middle = blend(a, b, 0.5)
    assert isinstance(middle.arm_r, Hold)
    assert isinstance(middle.arm_r.place, Between)
    assert middle.pelvis.y is not None
    again = blend(middle, b, 0.5)
    assert all(np.isfinite(point).all() for point in solve(again).j.values())


def test_a_palm_told_in_one_pose_turns_from_where_it_was():
    told = replace(STANDING, hand_r=Hand(1, (0, 1, 0)))
    almost = solve(blend(STANDING, told, 1e-6)).limb["hand_r"][1]
    assert almost == pytest.approx(solve(STANDING).limb["hand_r"][1], abs=1e-3)
    assert blend(STANDING, told, 0.5).hand_r.curl == pytest.approx(0.625)


# --- Movements ------------------------------------------------------------------------------------


def moving(folder, **changes) -> Figure:
    return replace(load(write(folder, FILE)), **changes)


def test_frames_go_from_start_to_end(tmp_path):
    figure = moving(tmp_path)
    frames = figure.frames(5)
    assert len(frames) == 5
    assert frames[0] == figure.start
    assert frames[-1] == figure.end
    assert frames[2].spine[2] == Turn(3.5, 12)


def test_a_movement_goes_through_its_path(tmp_path):
    text = FILE + '[via]\nsame_as = "start"\nneck = 40\n'
    figure = load(write(tmp_path, text))
    assert figure.path == ("start", "via", "end")
    assert figure.at(0.5) == figure.poses["via"]
    assert figure.at(0.25).neck == Turn(25)
    assert figure.at(7) == figure.end


def test_a_loop_ends_where_it_began_and_goes_on_turning(tmp_path):
    def arm(angle):
        return Bones((angle, 70), (angle, 70), (angle, 70))

    poses = {
        name: replace(STANDING, arm_r=arm(angle), arm_l=arm(angle))
        for name, angle in (("start", 0), ("a", 90), ("end", 180), ("b", 270))
    }
    figure = moving(tmp_path, loop=True, poses=poses, path=("start", "a", "end", "b"))
    assert same(figure.at(1), figure.start)
    last = figure.at(0.875).arm_r
    assert isinstance(last, Bones)
    assert last.upper == pytest.approx((315, 70))


def test_one_frame_is_no_movement(tmp_path):
    with pytest.raises(ValueError, match="two frames"):
        moving(tmp_path).frames(1)


def test_sitting_and_standing_can_be_blended():
    assert solve(blend(SITTING, STANDING, 0.5)).j["pelvis"][1] > 51
