"""Doses: the catalogue's own totals, the formula, reading and range checks."""

from typing import Any

import pytest
from hypothesis import given

from routines.dose import (
    Dose,
    DoseRange,
    Problem,
    Sides,
    Window,
    fitted,
    problems,
    windows,
    work_seconds,
)
from tests.routines.cases import ROUTINES, STRETCHES, by_slug
from tests.routines.strategies import doses, sides


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda s: s["slug"])
def test_the_default_dose_takes_what_the_review_says(stretch: dict[str, Any]) -> None:
    assert work_seconds(Dose.from_json(stretch["dose"]), stretch["sides"]) == stretch["total_s"]


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda s: s["slug"])
def test_the_default_dose_is_inside_the_range(stretch: dict[str, Any]) -> None:
    within = DoseRange.from_json(stretch["range"])
    assert problems(Dose.from_json(stretch["dose"]), within) == ()


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda r: r["slug"])
def test_every_ready_made_step_takes_what_the_review_says(routine: dict[str, Any]) -> None:
    for step in routine["steps"]:
        stretch = by_slug()[step["slug"]]
        assert work_seconds(Dose.from_json(step["dose"]), stretch["sides"]) == step["work_s"]


@given(dose=doses(), sides=sides)
def test_work_seconds_is_the_formula(dose: Dose, sides: Sides) -> None:
    n = 2 if sides == "each" else 1
    switching = 0 if dose.alternate else dose.sets * (n - 1) * dose.switch_s
    work = dose.sets * n * dose.repetitions * dose.seconds
    assert work_seconds(dose, sides) == work + switching + (dose.sets - 1) * dose.rest_s


@given(dose=doses())
def test_both_sides_get_the_same_time(dose: Dose) -> None:
    lengths = {window.side: window.seconds for window in windows(dose, "each")}
    assert lengths.get("left") == lengths.get("right")
    assert sum(lengths.values()) == 2 * dose.set_seconds


@given(dose=doses())
def test_a_dose_survives_being_stored(dose: Dose) -> None:
    assert Dose.from_json(dose.as_json()) == dose


def test_taking_turns_is_one_window_for_both_sides() -> None:
    dose = Dose("reps", 3, repetitions=5, alternate=True)
    assert windows(dose, "each") == (Window("both", 30),)


def test_a_stretch_without_sides_says_so() -> None:
    assert windows(Dose("time", 60), "none") == (Window("none", 60),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"mode": "hold", "seconds": 30, "weight": 5}, "unknown key 'weight'"),
        ({"mode": "hold"}, "needs 'seconds'"),
        ({"mode": "jump", "seconds": 30}, "unknown mode 'jump'"),
        ({"mode": "hold", "seconds": 1.5}, "'seconds' of a dose must be a whole number"),
        ({"mode": "hold", "seconds": True}, "'seconds' of a dose must be a whole number"),
        ({"mode": "reps", "seconds": 3, "alternate": 1}, "'alternate' of a dose must be true or false"),
    ],
)
def test_what_is_not_a_dose_is_named(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dose.from_json(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"sets": [1, 2]}, "needs 'seconds'"),
        ({"seconds": [5, 60], "weight": [1, 2]}, "unknown key 'weight'"),
        ({"seconds": [60, 5]}, "two whole numbers, low then high"),
        ({"seconds": 5}, "two whole numbers, low then high"),
        ({"seconds": [5, "60"]}, "two whole numbers, low then high"),
    ],
)
def test_what_is_not_a_range_is_named(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DoseRange.from_json(data)


def test_a_range_survives_being_stored() -> None:
    within = DoseRange((5, 60), sets=(1, 4), rest_s=(0, 30))
    assert DoseRange.from_json(within.as_json()) == within


RANGE = DoseRange(seconds=(5, 60), sets=(1, 4), rest_s=(5, 30))


@pytest.mark.parametrize("seconds", [5, 60])
def test_the_ends_of_a_range_are_allowed(seconds: int) -> None:
    assert problems(Dose("hold", seconds, sets=2, rest_s=5), RANGE) == ()


@pytest.mark.parametrize("seconds", [4, 61])
def test_outside_the_range_is_a_problem(seconds: int) -> None:
    assert problems(Dose("hold", seconds, sets=2, rest_s=5), RANGE) == (Problem("seconds", 5, 60),)


def test_the_rest_of_a_single_set_does_not_matter() -> None:
    assert problems(Dose("hold", 30, sets=1, rest_s=0), RANGE) == ()
    assert problems(Dose("hold", 30, sets=2, rest_s=0), RANGE) == (Problem("rest_s", 5, 30),)


def test_no_range_still_has_general_limits() -> None:
    assert problems(Dose("time", 3600)) == ()
    assert problems(Dose("time", 3601)) == (Problem("seconds", 1, 3600),)
    assert problems(Dose("hold", 10, switch_s=61)) == (Problem("switch_s", 0, 60),)


def test_fitting_moves_only_what_is_outside() -> None:
    assert fitted(Dose("hold", 90, sets=2, rest_s=0), RANGE) == Dose("hold", 60, sets=2, rest_s=5)
    assert fitted(Dose("hold", 20, sets=3, rest_s=10), RANGE) == Dose("hold", 20, sets=3, rest_s=10)
