"""Durations, doses and advice as people read them."""

import pytest

from routines import wording
from routines.advice import Advice
from routines.dose import Dose, DoseRange, Sides


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (45, "45 s"), (300, "5 min"), (593, "9 min 53 s"), (3900, "1 h 5 min"), (3601, "1 h 1 s")],
)
def test_a_total_is_said_exactly(seconds: int, words: str) -> None:
    assert wording.duration(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(5, "1 min"), (296, "5 min"), (593, "10 min")])
def test_a_total_at_a_glance_is_rounded(seconds: int, words: str) -> None:
    assert wording.minutes(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (30, "30 seconds"),
        (60, "1 minute"),
        (90, "90 seconds"),
        (180, "3 minutes"),
        (210, "3 min 30 s"),
    ],
)
def test_a_length_inside_a_sentence(seconds: int, words: str) -> None:
    assert wording.span(seconds) == words


@pytest.mark.parametrize(
    ("dose", "sides", "words"),
    [
        (Dose("hold", 30, sets=2, rest_s=10), "each", "2 × 30 seconds each side"),  # noqa: RUF001
        (Dose("hold", 15), "both", "15 seconds"),
        (Dose("reps", 5, repetitions=6), "both", "6 repetitions of 5 seconds"),
        (Dose("reps", 2, repetitions=10), "each", "10 repetitions of 2 seconds each side"),
        (
            Dose("reps", 3, repetitions=5, alternate=True),
            "each",
            "5 repetitions of 3 seconds each side, taking turns",
        ),
        (Dose("breaths", 6, repetitions=10), "both", "10 breaths of 6 seconds"),
        (Dose("breaths", 6, repetitions=1), "none", "1 breath of 6 seconds"),
        (Dose("time", 180), "none", "3 minutes"),
        (Dose("time", 60), "each", "1 minute each side"),
    ],
)
def test_a_dose_in_words(dose: Dose, sides: Sides, words: str) -> None:
    assert wording.dose(dose, sides) == words


def test_the_rest_is_named_where_there_is_one() -> None:
    assert wording.rest(Dose("hold", 30, sets=2, rest_s=10)) == "10 s rest"
    assert wording.rest(Dose("hold", 30, sets=1, rest_s=10)) == ""


def test_each_problem_says_what_to_choose_instead() -> None:
    within = DoseRange((5, 60), sets=(1, 4), rest_s=(3, 20))
    assert wording.dose_problems(Dose("hold", 99, sets=9, rest_s=99), within) == {
        "seconds": "Please hold this one for 5 to 60 seconds.",
        "sets": "Please choose 1 to 4 sets.",
        "rest_s": "Please rest 3 to 20 seconds.",
    }


def test_counts_are_named_by_what_is_counted() -> None:
    within = DoseRange((4, 10), repetitions=(4, 15))
    breaths = wording.dose_problems(Dose("breaths", 2, repetitions=99), within)
    assert breaths == {
        "seconds": "Please take 4 to 10 seconds for one breath.",
        "repetitions": "Please choose 4 to 15 breaths.",
    }
    assert wording.dose_problems(Dose("reps", 5, repetitions=99), within) == {
        "repetitions": "Please choose 4 to 15 repetitions."
    }


def test_a_value_that_never_changes_is_said_plainly() -> None:
    within = DoseRange((60, 900))
    assert wording.dose_problems(Dose("time", 60, sets=2), within) == {"sets": "For this stretch this is always 1."}


@pytest.mark.parametrize(
    ("field", "low", "high", "words"),
    [("seconds", 5, 60, "5 to 60 seconds"), ("sets", 1, 4, "1 to 4"), ("sets", 1, 1, "always 1")],
)
def test_what_a_field_may_be(field: str, low: int, high: int, words: str) -> None:
    assert wording.limits(field, low, high) == words


def test_advice_is_filled_in_with_words() -> None:
    advice = Advice(
        "x", "P04", "%(name)s, %(position)s, %(have_s)s", {"name": "Cat-cow", "position": "supine", "have_s": 90}
    )
    assert wording.sentence(advice) == "Cat-cow, lying on your back, 90 seconds"
