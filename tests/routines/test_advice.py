"""Advice: silent about the ready-made routines, and one remark for each way a rule can be bent."""

from typing import Any

import pytest
from hypothesis import given

from routines.advice import Advice, Caution, Clearance, Step, advise, avoided, hold_limit_s
from routines.dose import Dose
from routines.timeline import PlanStep
from tests.routines.cases import ROUTINES, by_slug, plan_step
from tests.routines.strategies import plans


def step(slug: str, *, seconds: int = 0, position: str = "", phase: str = "main", level: int = 0) -> Step:
    """A step of the catalogue's stretch with its usual dose, or one hold of `seconds`."""
    stretch = by_slug()[slug]
    dose = Dose(stretch["dose"]["mode"], seconds) if seconds else Dose.from_json(stretch["dose"])
    plan = PlanStep(slug, stretch["name"], dose, stretch["sides"], position or stretch["position"], phase)
    return Step(plan, stretch["type"], stretch["section"], tuple(stretch["areas"]), level or stretch["level"])


def codes(
    steps: list[Step],
    *,
    context: str = "any",
    finished_sessions: int = 10,
    cautions: tuple[Caution, ...] = (),
) -> list[tuple[str, int | None]]:
    found = advise(steps, context=context, finished_sessions=finished_sessions, cautions=cautions)
    return [(advice.code, advice.step) for advice in found]


def only(code: str, found: list[tuple[str, int | None]]) -> list[int | None]:
    return [step for name, step in found if name == code]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda r: r["slug"])
def test_a_ready_made_routine_needs_no_advice(routine: dict[str, Any]) -> None:
    steps = []
    for raw in routine["steps"]:
        stretch = by_slug()[raw["slug"]]
        level = 2 if raw.get("form") == "low" else stretch["level"]
        steps.append(Step(plan_step(raw), stretch["type"], stretch["section"], tuple(stretch["areas"]), level))
    assert codes(steps, context=routine["context"], finished_sessions=0) == []


def test_an_empty_plan_needs_no_advice() -> None:
    assert codes([]) == []


class TestWarmUp:
    """P02."""

    def long(self, *first: Step) -> list[Step]:
        return [*first, *[step("standing-calf") for _ in range(5)]]

    def test_a_long_routine_without_one_gets_a_word(self) -> None:
        advice = advise(self.long(), context="any", finished_sessions=10)[0]
        assert (advice.code, advice.step, advice.suggestion) == ("warm-up", None, "walking")
        assert "no warm-up yet" in advice.sentence

    def test_a_short_warm_up_is_named_with_its_length(self) -> None:
        steps = self.long(step("walking", seconds=120, phase="warm-up"))
        assert advise(steps, context="any", finished_sessions=10)[0].values["have_s"] == 130

    def test_five_minutes_with_the_way_there_are_enough(self) -> None:
        steps = self.long(step("walking", seconds=290, phase="warm-up"))
        assert only("warm-up", codes(steps)) == []

    def test_after_activity_the_exercise_was_the_warm_up(self) -> None:
        assert only("warm-up", codes(self.long(), context="after-activity")) == []

    def test_a_short_routine_is_left_alone(self) -> None:
        assert codes([step("standing-calf")]) == []

    def test_a_long_routine_of_movement_is_left_alone(self) -> None:
        assert codes([step("walking", seconds=900)]) == []


class TestBeforeActivity:
    """P03."""

    MOVES = (step("arm-circles"), step("walking"))

    def test_a_hold_of_thirty_seconds_is_fine(self) -> None:
        steps = [step("standing-quad", seconds=30), *self.MOVES]
        assert codes(steps, context="before-activity") == []

    def test_a_longer_hold_gets_a_word(self) -> None:
        steps = [step("standing-quad", seconds=35), *self.MOVES]
        assert codes(steps, context="before-activity") == [("hold-before-activity", 0)]

    def test_holds_for_one_area_add_up(self) -> None:
        steps = [step("standing-quad", seconds=20), step("standing-quad", seconds=20), *self.MOVES]
        assert codes(steps, context="before-activity") == [("hold-before-activity", 1)]

    def test_more_than_a_minute_is_said_more_clearly(self) -> None:
        steps = [step("standing-quad", seconds=61), *self.MOVES]
        advice = advise(steps, context="before-activity", finished_sessions=10)[0]
        assert "better kept for afterwards" in advice.sentence

    def test_movement_is_missed_after_the_last_hold(self) -> None:
        steps = [step("standing-quad", seconds=20), step("arm-circles")]
        assert codes(steps, context="before-activity") == [("move-after-holding", 0)]

    def test_any_other_time_holds_are_welcome(self) -> None:
        assert codes([step("standing-quad", seconds=60)], context="any") == []


class TestPositions:
    """P04."""

    def test_down_to_the_floor_once_and_up_again_is_fine(self) -> None:
        assert codes([step("arm-circles"), step("cat-cow"), step("standing-calf")]) == []

    def test_down_twice_gets_one_word(self) -> None:
        steps = [step("cat-cow"), step("standing-calf"), step("knee-to-chest")]
        assert codes(steps) == [("up-and-down", None)]

    def test_going_back_to_a_position_gets_a_word(self) -> None:
        steps = [step("standing-calf"), step("seated-hamstring"), step("standing-quad")]
        assert codes(steps) == [("position-again", 2)]


class TestFloorPart:
    """P05."""

    def test_movement_after_a_hold_gets_a_word(self) -> None:
        steps = [step("hip-flexor-kneeling"), step("cat-cow"), step("knee-to-chest")]
        assert codes(steps) == [("movement-first", 1)]

    @pytest.mark.parametrize("after", ["childs-pose-reach", "knee-to-chest", "lying-groin"])
    def test_a_back_bend_followed_by_rest_is_fine(self, after: str) -> None:
        steps = [step("upward-facing-dog"), step(after)]
        assert only("bend-forward-after", codes(steps)) == []

    def test_a_second_round_of_the_back_bend_waits_for_its_end(self) -> None:
        steps = [step("upward-facing-dog"), step("upward-facing-dog"), step("cat-cow")]
        assert only("bend-forward-after", codes(steps)) == [1]

    def test_a_back_bend_at_the_end_gets_a_word(self) -> None:
        found = advise([step("upward-facing-dog")], context="any", finished_sessions=10)
        assert [(a.code, a.suggestion) for a in found] == [("bend-forward-after", "childs-pose-reach")]

    def test_a_floor_part_ends_lying_down(self) -> None:
        steps = [step("cat-cow"), step("childs-pose-reach")]
        assert codes(steps) == [("finish-lying", 1)]

    def test_one_stretch_on_the_floor_is_left_alone(self) -> None:
        assert codes([step("arm-circles"), step("cat-cow")]) == []


class TestLevel:
    """P12."""

    def test_an_advanced_stretch_waits_for_six_sessions(self) -> None:
        steps = [step("pigeon-pose"), step("knee-to-chest")]
        advice = advise(steps, context="any", finished_sessions=5)[0]
        assert (advice.code, advice.step, advice.suggestion) == ("advanced", 0, "piriformis-figure-4")
        assert codes(steps, finished_sessions=6) == []

    def test_the_easier_form_counts_as_easier(self) -> None:
        steps = [step("upward-facing-dog", level=2), step("knee-to-chest")]
        assert codes(steps, finished_sessions=0) == []


class TestConditions:
    """P13."""

    HIP = (
        Caution("knee-to-chest", "hip", "avoid", "Pulls the hip past 90 degrees.", "cat-cow"),
        Caution("standing-quad", "hip", "modify", "Keep the knee pointing down."),
    )

    def test_a_stretch_to_avoid_names_its_substitute(self) -> None:
        advice = advise([step("knee-to-chest")], context="any", finished_sessions=10, cautions=self.HIP)[0]
        assert (advice.code, advice.step, advice.suggestion, advice.tone) == ("avoid", 0, "cat-cow", "care")

    def test_a_stretch_to_adapt_says_how(self) -> None:
        steps = [step("arm-circles"), step("standing-quad")]
        assert codes(steps, cautions=self.HIP) == [("adapt", 1)]

    def test_care_comes_first(self) -> None:
        steps = [step("cat-cow"), step("standing-quad"), step("knee-to-chest")]
        assert [code for code, _ in codes(steps, cautions=self.HIP)] == ["avoid", "adapt", "up-and-down"]

    def test_nothing_ruled_out_is_suggested(self) -> None:
        both = (*self.HIP, Caution("childs-pose-reach", "hip", "avoid", "Deep hip bend.", "cat-cow"))
        found = advise([step("upward-facing-dog")], context="any", finished_sessions=10, cautions=both)
        assert [advice.suggestion for advice in found] == [""]

    def test_an_advanced_stretch_to_avoid_has_one_remark(self) -> None:
        cautions = (Caution("pigeon-pose", "hip", "avoid", "Not after hip replacement."),)
        steps = [step("pigeon-pose"), step("lying-groin")]
        assert codes(steps, finished_sessions=0, cautions=cautions) == [("avoid", 0)]

    def test_with_some_conditions_a_clinician_is_asked_first(self) -> None:
        surgery = Clearance("Surgery", "Wait for a yes.", frozenset({"walking"}))
        both = [step("walking"), step("arm-circles")]
        found = advise(both, context="any", finished_sessions=10, clearances=[surgery])
        assert [(advice.code, advice.tone) for advice in found] == [("ask-first", "care")]
        assert advise(both[:1], context="any", finished_sessions=10, clearances=[surgery]) == ()

    def test_nothing_that_waits_for_a_yes_is_suggested(self) -> None:
        surgery = Clearance("Surgery", "Wait for a yes.", frozenset({"walking"}))
        steps = [step("cat-cow"), *[step("childs-pose-reach") for _ in range(8)]]
        found = advise(steps, context="any", finished_sessions=10, clearances=[surgery])
        assert {advice.code: advice.suggestion for advice in found} == {
            "ask-first": "",
            "warm-up": "walking",
            "finish-lying": "",
        }

    def test_which_stretches_to_leave_out(self) -> None:
        assert avoided(self.HIP) == {"knee-to-chest"}


class TestLongHolds:
    """P16."""

    @pytest.mark.parametrize(
        ("slug", "seconds"),
        [("standing-calf", 60), ("childs-pose-reach", 120), ("childs-pose-rest", 90), ("side-neck-stretch", 30)],
    )
    def test_each_has_its_own_limit(self, slug: str, seconds: int) -> None:
        assert hold_limit_s(slug, by_slug()[slug]["section"]) == seconds
        assert only("long-hold", codes([step(slug, seconds=seconds)])) == []
        assert only("long-hold", codes([step(slug, seconds=seconds + 1)])) == [0]

    def test_walking_is_not_a_hold(self) -> None:
        assert codes([step("walking", seconds=500)]) == []


@given(plans)
def test_any_plan_gets_advice_about_its_own_steps(plan: list[PlanStep]) -> None:
    steps = [Step(p, "static", "lower-back", ("hips",), 3) for p in plan]
    for advice in advise(steps, context="before-activity", finished_sessions=0):
        assert isinstance(advice, Advice)
        assert advice.step is None or 0 <= advice.step < len(plan)
        # Every value the sentence names is there.
        assert advice.sentence % advice.values
