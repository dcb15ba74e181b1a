"""The pure rules of how a back feels: whom to ask when, what to suggest and until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.feelings import ASK_FOR, LOOK_BACK, Said, Suggestion, ask_about, concern, gentlest, suggest

TODAY = date(2026, 3, 20)
DAY = timedelta(days=1)


def said(ago: int, next_day: str = "", before: int | None = None, after: int | None = None) -> Said:
    """What was said about the session of so many days ago."""
    return Said(f"s{ago}", TODAY - ago * DAY, before, after, next_day)


ratings = st.none() | st.integers(0, 10)
answers = st.sampled_from(["", "better", "same", "worse", "passed"])


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """Sessions of the last weeks, newest first, at most one a day."""
    days_ago = sorted(draw(st.sets(st.integers(0, 45), max_size=12)))
    return [said(ago, draw(answers), draw(ratings), draw(ratings)) for ago in days_ago]


# --- The question of the next day ---------------------------------------------------------------


def test_yesterday_is_asked_about():
    assert ask_about([said(1), said(2)], TODAY) == said(1)


@pytest.mark.parametrize("sessions", [[], [said(0)], [said(0), said(1)], [said(8)], [said(-1)]])
def test_today_what_is_long_ago_and_nothing_are_not(sessions):
    assert ask_about(sessions, TODAY) is None


@pytest.mark.parametrize("answer", ["better", "same", "worse", "passed"])
def test_who_has_answered_or_passed_is_not_asked_again_nor_about_what_is_older(answer):
    assert ask_about([said(1, answer), said(2), said(3)], TODAY) is None


def test_an_answer_about_a_session_that_was_deleted_holds():
    assert ask_about([said(3), said(1, "same")], TODAY) is None
    assert ask_about([said(3), said(4, "same")], TODAY) == said(3)


@given(histories(), st.integers(0, 60))
def test_who_answered_is_never_asked_again_without_a_new_session(history, later):
    asked = ask_about(history, TODAY)
    if asked is None:
        return
    assert asked == history[0]
    assert DAY <= TODAY - asked.day <= ASK_FOR
    for answer in ("better", "same", "worse", "passed"):
        told = [replace(asked, next_day=answer), *history[1:]]
        assert ask_about(told, TODAY + later * DAY) is None
        # Deleting what was answered about does not bring up what is older either.
        assert ask_about([*told[1:], told[0]], TODAY + later * DAY) is None


# --- A word about pain ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (None, None, ""),
        (5, 2, ""),
        (3, 4, ""),
        (3, 5, "rising"),
        (None, 7, ""),
        (7, None, ""),
        (8, None, "strong"),
        (9, 2, "strong"),
        (0, 10, "strong"),
        (0, 0, ""),
    ],
)
def test_what_a_pair_gives_reason_to_say(before, after, wanted):
    assert concern(before, after) == wanted


@given(ratings, ratings)
def test_a_word_is_only_said_where_there_is_reason(before, after):
    told = [rating for rating in (before, after) if rating is not None]
    assert (concern(before, after) == "strong") == any(rating >= 8 for rating in told)
    if concern(before, after) == "rising":
        assert None not in (before, after)
        assert after >= before + 2


# --- Rule P20 ------------------------------------------------------------------------------------


def test_worse_twice_in_a_row_suggests_to_do_less():
    assert suggest([said(1, "worse"), said(3, "worse")], TODAY) == Suggestion("ease", "s1")


def test_what_was_passed_over_or_not_answered_stands_between_nothing():
    history = [said(0), said(1, "worse"), said(2, "passed"), said(3), said(4, "worse")]
    assert suggest(history, TODAY) == Suggestion("ease", "s1")


@pytest.mark.parametrize(
    "history",
    [
        [],
        [said(1, "worse")],
        [said(1, "worse"), said(2, "better"), said(3, "worse")],
        [said(1, "same"), said(2, "worse"), said(3, "worse")],
        [said(1, "better"), said(2, "worse"), said(3, "worse")],
        [said(1, "worse"), said(29, "worse")],
    ],
)
def test_without_two_in_a_row_there_is_no_such_suggestion(history):
    assert suggest(history, TODAY) is None


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        ([said(0, before=2, after=4)], Suggestion("rising", "s0")),
        ([said(0, before=8)], Suggestion("strong", "s0")),
        ([said(0), said(1, before=3, after=6)], Suggestion("rising", "s1")),
        ([said(0, "", 3, 3), said(1, before=3, after=6)], None),
        ([said(0, "same", 3, 6)], None),
        ([said(1, "worse", 3, 6)], Suggestion("rising", "s1")),
        ([said(0, before=4), said(1, before=3, after=6)], Suggestion("rising", "s1")),
        ([*(said(ago, before=1) for ago in range(3)), said(3, before=3, after=6)], None),
        ([said(1, "worse", 9, 9), said(2, "worse")], Suggestion("ease", "s1")),
    ],
)
def test_pain_that_rises_or_is_strong_brings_a_word_until_the_next_answer(history, wanted):
    assert suggest(history, TODAY) == wanted


@given(histories())
def test_an_answer_that_is_not_worse_ends_every_suggestion(history):
    newer = [replace(one, day=one.day - DAY) for one in history]
    for answer in ("better", "same"):
        assert suggest([said(0, answer), *newer], TODAY) is None


@given(histories())
def test_a_suggestion_always_has_a_reason_and_fades(history):
    found = suggest(history, TODAY)
    if found is None:
        return
    about = next(one for one in history if one.key == found.about)
    assert TODAY - about.day <= LOOK_BACK
    if found.advice == "ease":
        assert about.next_day == "worse"
        assert [one.next_day for one in history].count("worse") >= 2
    else:
        assert concern(about.pain_before, about.pain_after) == found.advice
    assert suggest(history, TODAY + LOOK_BACK + timedelta(days=46)) is None


def test_another_answer_is_another_suggestion():
    first = suggest([said(2, "worse"), said(3, "worse")], TODAY)
    again = suggest([said(1, "worse"), said(2, "worse"), said(3, "worse")], TODAY)
    assert first is not None
    assert again is not None
    assert first.key != again.key


# --- Something gentler ---------------------------------------------------------------------------

ROUTINES = {"ease": ["walk", "cat"], "bed": ["cat", "lie"], "desk": ["sit"]}


@pytest.mark.parametrize(
    ("cares", "besides", "wanted"),
    [
        ({}, [], "ease"),
        ({}, ["ease"], "bed"),
        ({"walk": "modify"}, [], "bed"),
        ({"cat": "avoid"}, [], "desk"),
        ({"cat": "ask", "sit": "modify"}, [], "desk"),
        ({"walk": "modify", "lie": "modify", "sit": "modify"}, [], "ease"),
        ({"cat": "avoid", "sit": "ask"}, [], None),
        ({}, ["ease", "bed", "desk"], None),
    ],
)
def test_the_gentlest_that_suits(cares, besides, wanted):
    assert gentlest(ROUTINES, cares, besides=besides) == wanted


@given(st.dictionaries(st.sampled_from(["walk", "cat", "lie", "sit"]), st.sampled_from(["avoid", "ask", "modify"])))
def test_nothing_to_avoid_is_ever_offered(cares):
    found = gentlest(ROUTINES, cares)
    assert found is None or not {cares.get(one) for one in ROUTINES[found]} & {"avoid", "ask"}


def test_an_empty_routine_is_none():
    assert gentlest({"ease": []}, {}) is None
