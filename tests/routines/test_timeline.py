"""Timelines: the ready-made totals to the second, the order inside a step, and what always holds."""

from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routines.dose import Dose, Sides, work_seconds
from routines.timeline import PlanStep, build, transition_s
from tests.routines.cases import ROUTINES, plan_step
from tests.routines.strategies import plan_steps, plans


def step(dose: Dose, sides: Sides = "each", position: str = "supine") -> PlanStep:
    return PlanStep("knee-to-chest", "Knee-to-chest", dose, sides, position, "main")


def pieces(steps: list[PlanStep]) -> list[tuple[str, str, int, int]]:
    return [(s.kind, s.side, s.set, s.lasts_ms // 1000) for s in build(steps).segments]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda r: r["slug"])
def test_a_ready_made_routine_takes_what_the_review_says(routine: dict[str, Any]) -> None:
    timeline = build([plan_step(step) for step in routine["steps"]])
    assert timeline.total_s == routine["total_s"]
    assert timeline.phase_s("warm-up") == routine["warm_up_s"]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda r: r["slug"])
def test_every_transition_is_as_reviewed(routine: dict[str, Any]) -> None:
    timeline = build([plan_step(step) for step in routine["steps"]])
    getting_there = [s.lasts_ms // 1000 for s in timeline.segments if s.kind in ("prepare", "move")]
    assert getting_there == [step["transition_s"] for step in routine["steps"]]
    for number, expected in enumerate(routine["steps"]):
        assert timeline.step_s(number) == expected["work_s"]


def test_two_sets_on_each_side_play_in_turn() -> None:
    assert pieces([step(Dose("hold", 30, sets=2, rest_s=10))]) == [
        ("prepare", "left", 1, 10),
        ("work", "left", 1, 30),
        ("switch", "right", 1, 5),
        ("work", "right", 1, 30),
        ("rest", "left", 2, 10),
        ("work", "left", 2, 30),
        ("switch", "right", 2, 5),
        ("work", "right", 2, 30),
    ]


def test_taking_turns_has_no_switch() -> None:
    dose = Dose("reps", 3, repetitions=5, sets=2, rest_s=10, alternate=True)
    assert pieces([step(dose)]) == [
        ("prepare", "both", 1, 10),
        ("work", "both", 1, 30),
        ("rest", "both", 2, 10),
        ("work", "both", 2, 30),
    ]


def test_a_rest_or_switch_of_no_length_is_left_out() -> None:
    dose = Dose("hold", 10, sets=2, rest_s=0, switch_s=0)
    assert [kind for kind, *_ in pieces([step(dose)])] == ["prepare", "work", "work", "work", "work"]


def test_only_the_first_step_has_a_countdown() -> None:
    one = step(Dose("hold", 10), sides="both")
    kinds = [s.kind for s in build([one, one]).segments]
    assert kinds == ["prepare", "work", "move", "work"]


@pytest.mark.parametrize(
    ("before", "after", "seconds"),
    [
        (None, "standing", 10),
        ("supine", "supine", 10),
        ("standing", "seated", 15),
        ("kneeling", "prone", 15),
        ("standing", "quadruped", 20),
        ("supine", "seated", 20),
    ],
)
def test_getting_from_one_position_to_the_next(before: str | None, after: str, seconds: int) -> None:
    assert transition_s(before, after) == seconds


def test_no_steps_take_no_time() -> None:
    assert build([]).as_json() == {"total_ms": 0, "segments": []}


def test_the_stored_form_has_the_agreed_names() -> None:
    segment = build([step(Dose("hold", 30))]).as_json()["segments"][1]
    assert segment == {
        "index": 1,
        "step": 0,
        "stretch": "knee-to-chest",
        "label": "Knee-to-chest",
        "kind": "work",
        "phase": "main",
        "side": "left",
        "set": 1,
        "of_sets": 1,
        "starts_ms": 10_000,
        "lasts_ms": 30_000,
    }


@given(plans)
def test_segments_follow_each_other_without_gap_to_the_total(plan: list[PlanStep]) -> None:
    timeline = build(plan)
    lengths = [s.lasts_ms for s in timeline.segments]
    assert [s.starts_ms for s in timeline.segments] == [0, *accumulate(lengths)][: len(lengths)]
    assert sum(lengths) == timeline.total_ms
    assert [s.index for s in timeline.segments] == list(range(len(lengths)))
    assert all(length > 0 for length in lengths)


@given(plans)
def test_the_total_is_doses_and_transitions(plan: list[PlanStep]) -> None:
    positions = [None, *(step.position for step in plan)]
    moving = sum(transition_s(before, step.position) for before, step in zip(positions, plan, strict=False))
    working = sum(work_seconds(step.dose, step.sides) for step in plan)
    assert build(plan).total_s == moving + working


@given(plan_steps())
def test_left_and_right_work_equally_long(step: PlanStep) -> None:
    work = {"left": 0, "right": 0}
    for segment in build([step]).segments:
        if segment.kind == "work" and segment.side in work:
            work[segment.side] += segment.lasts_ms
    assert work["left"] == work["right"]


@given(plans, st.randoms(use_true_random=False))
def test_another_order_is_the_same_work(plan: list[PlanStep], shuffler: Any) -> None:
    def work(steps: list[PlanStep]) -> int:
        return sum(s.lasts_ms for s in build(steps).segments if s.kind == "work")

    other = list(plan)
    shuffler.shuffle(other)
    assert work(other) == work(plan)


@given(plans)
def test_what_leads_up_to_work_carries_its_side_and_set(plan: list[PlanStep]) -> None:
    segments = build(plan).segments
    for before, after in pairwise(segments):
        if before.kind != "work":
            assert (before.side, before.set, before.step) == (after.side, after.set, after.step)
