"""The finer points of the rules: where a day, a week or a setting could be read in two ways."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.tracking.streaks_helpers import DEFAULTS, MONDAY, on, run
from tracking.streaks import DEFAULT_GOAL, Settings, daily, weekly

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def thrice(monday: date) -> list[date]:
    """Monday, Wednesday and Friday of a week: the default goal, met."""
    return [monday, monday + 2 * DAY, monday + 4 * DAY]


def off(first: date, length: int) -> frozenset[date]:
    """A pause."""
    return frozenset(run(first, length))


# --- Today (R4) -------------------------------------------------------------------------------


def test_today_is_never_before_the_last_day_logged() -> None:
    days = run(MONDAY, 3)
    assert daily(days, DEFAULTS, MONDAY + DAY) == daily(days, DEFAULTS, MONDAY + 2 * DAY)
    assert weekly(days, DEFAULTS, MONDAY - WEEK) == weekly(days, DEFAULTS, MONDAY + 2 * DAY)


def test_today_is_open_until_it_is_done() -> None:
    days = run(MONDAY, 3)
    assert not daily(days, DEFAULTS, days[-1]).open_today
    assert daily(days, DEFAULTS, days[-1] + DAY).open_today


def test_longest_includes_the_current_run() -> None:
    days = [*run(MONDAY - 30 * DAY, 4), *run(MONDAY, 6)]
    assert daily(days, DEFAULTS, days[-1]).longest == 6
    assert daily(days, DEFAULTS, days[-1] + DAY).longest == 6


# --- Neutral days (R5) ------------------------------------------------------------------------


def test_rest_days_hold_from_the_date_they_were_planned() -> None:
    # Sunday the 8th is a rest day under the plan of the 5th; Sunday the 1st was not one yet.
    settings = Settings(rests=((on("2026-03-05"), frozenset({6})),))
    later = [on("2026-03-07"), on("2026-03-09")]
    earlier = [on("2026-02-28"), on("2026-03-02")]
    assert daily(later, settings, on("2026-03-09")).current == 2
    assert daily(earlier, settings, on("2026-03-02")).current == 1


def test_a_plan_that_was_given_up_still_holds_for_its_time() -> None:
    settings = Settings(rests=((date.min, frozenset({6})), (on("2026-03-09"), frozenset())))
    assert daily([on("2026-03-07"), on("2026-03-09")], settings, on("2026-03-09")).current == 2
    assert daily([on("2026-03-14"), on("2026-03-16")], settings, on("2026-03-16")).current == 1


def test_neutral_days_at_the_end_of_a_run_keep_it_alive() -> None:
    settings = Settings(paused=off(MONDAY + 3 * DAY, 20))
    result = daily(run(MONDAY, 3), settings, MONDAY + 23 * DAY)
    assert (result.current, result.longest, result.open_today) == (3, 3, True)


def test_resting_every_day_of_the_week_never_breaks() -> None:
    settings = Settings(rests=((date.min, frozenset(range(7))),))
    assert daily([MONDAY], settings, MONDAY + 400 * DAY).current == 1


# --- Freezes (R6) -----------------------------------------------------------------------------


def test_a_freeze_covers_yesterday_before_today_is_done() -> None:
    settings = Settings(freeze_cap=2)
    result = daily(run(MONDAY, 7), settings, MONDAY + 8 * DAY)
    assert (result.current, result.open_today) == (7, True)
    assert result.frozen == {MONDAY + 7 * DAY}


def test_frozen_days_do_not_add() -> None:
    settings = Settings(freeze_cap=1, freeze_every=2)
    days = [MONDAY, MONDAY + DAY, MONDAY + 3 * DAY]
    assert daily(days, settings, MONDAY + 3 * DAY).current == 3


def test_a_freeze_must_be_earned_first() -> None:
    settings = Settings(freeze_cap=2)
    days = [*run(MONDAY, 6), MONDAY + 7 * DAY]
    result = daily(days, settings, MONDAY + 7 * DAY)
    assert (result.current, result.longest, result.frozen) == (1, 6, frozenset())


def test_days_that_a_freeze_covered_stay_frozen_after_the_run_ended() -> None:
    settings = Settings(freeze_cap=2)
    result = daily(run(MONDAY, 7), settings, MONDAY + 30 * DAY)
    assert (result.current, result.longest) == (0, 7)
    assert result.frozen == {MONDAY + 7 * DAY}


def test_a_new_run_earns_its_own_freezes() -> None:
    settings = Settings(freeze_cap=2, freeze_every=3)
    days = [*run(MONDAY, 3), *run(MONDAY + 5 * DAY, 2), *run(MONDAY + 8 * DAY, 1)]
    result = daily(days, settings, MONDAY + 8 * DAY)
    assert result.frozen == {MONDAY + 3 * DAY}
    assert (result.current, result.longest) == (1, 3)


def test_neutral_days_use_no_freeze() -> None:
    settings = Settings(freeze_cap=1, freeze_every=3, rests=((date.min, frozenset({3})),))
    days = [*run(MONDAY, 3), MONDAY + 5 * DAY]
    result = daily(days, settings, MONDAY + 5 * DAY)
    assert (result.current, result.frozen) == (4, frozenset({MONDAY + 4 * DAY}))


def test_freezes_are_off_by_default() -> None:
    assert daily(run(MONDAY, 50), DEFAULTS, MONDAY + 51 * DAY).current == 0


# --- Weeks (R7) -------------------------------------------------------------------------------


def test_the_open_week_adds_once_its_goal_is_met_and_never_breaks() -> None:
    days = thrice(MONDAY - WEEK)
    assert weekly(days, DEFAULTS, MONDAY + 6 * DAY).current == 1
    days += thrice(MONDAY)
    assert weekly(days, DEFAULTS, MONDAY + 4 * DAY).current == 2


def test_surplus_does_not_carry_over() -> None:
    days = run(MONDAY, 7)
    result = weekly(days, DEFAULTS, MONDAY + WEEK)
    assert (result.done, result.current) == (0, 1)
    assert weekly(days, DEFAULTS, MONDAY + 2 * WEEK).current == 0


def test_a_changed_goal_holds_from_the_next_week() -> None:
    wednesday = MONDAY + 2 * DAY
    settings = Settings(goals=((date.min, 3), (wednesday, 5)))
    assert weekly(thrice(MONDAY), settings, wednesday).goal == 3
    assert weekly(thrice(MONDAY), settings, MONDAY + 6 * DAY).current == 1
    assert weekly(thrice(MONDAY), settings, MONDAY + WEEK).goal == 5


def test_a_goal_in_force_from_the_first_day_of_a_week_holds_in_it() -> None:
    settings = Settings(goals=((date.min, 3), (MONDAY, 5)))
    assert weekly([], settings, MONDAY).goal == 5
    sunday_week = Settings(goals=((date.min, 3), (MONDAY, 5)), week_start=6)
    assert weekly([], sunday_week, MONDAY).goal == 3


def test_a_new_goal_leaves_the_weeks_before_it_alone() -> None:
    days = [day for n in range(4) for day in thrice(MONDAY + n * WEEK)]
    today = MONDAY + 4 * WEEK
    only_the_change = Settings(goals=((today, 7),))
    assert weekly(days, only_the_change, today).longest == weekly(days, DEFAULTS, today).longest == 4
    assert weekly(days, Settings(goals=(), rests=()), today).goal == DEFAULT_GOAL


def test_rest_days_do_not_lower_the_weekly_goal() -> None:
    settings = Settings(goals=((date.min, 6),), rests=((date.min, frozenset({5, 6})),))
    assert weekly([], settings, MONDAY).goal == 6


def test_days_off_lower_the_goal_to_the_days_that_are_left() -> None:
    settings = Settings(paused=off(MONDAY, 4), linked=frozenset({MONDAY + 5 * DAY}))
    assert weekly([], settings, MONDAY).goal == 2
    # Four days are left: three of them can still be asked for.
    assert weekly([], Settings(paused=off(MONDAY, 3)), MONDAY).goal == 3


def test_a_day_that_is_paused_and_lost_to_travel_lowers_the_goal_once() -> None:
    settings = Settings(goals=((date.min, 7),), paused=off(MONDAY, 1), linked=off(MONDAY, 1))
    assert weekly([], settings, MONDAY).goal == 6


def test_a_wholly_paused_week_asks_for_nothing_and_changes_nothing() -> None:
    settings = Settings(paused=off(MONDAY, 7))
    days = thrice(MONDAY - WEEK)
    assert weekly(days, settings, MONDAY).goal == 0
    assert weekly(days, settings, MONDAY).current == 1
    assert weekly(days + thrice(MONDAY + WEEK), settings, MONDAY + WEEK).current == 2


def test_practice_in_a_wholly_paused_week_still_adds() -> None:
    # Otherwise pausing the last day of a week that was kept would take the week away.
    days = [*thrice(MONDAY - WEEK), MONDAY]
    for length in (6, 7):
        settings = Settings(paused=off(MONDAY, length))
        assert weekly(days, settings, MONDAY + WEEK).current == 2


def test_the_week_of_joining_never_breaks() -> None:
    # Logged afterwards: the week before joining on Thursday; then one day of the first own week.
    days = [*thrice(MONDAY - WEEK), MONDAY + 4 * DAY, *thrice(MONDAY + WEEK)]
    joined = Settings(started=MONDAY + 3 * DAY)
    assert weekly(days, joined, MONDAY + WEEK + 4 * DAY).current == 2
    assert weekly(days, DEFAULTS, MONDAY + WEEK + 4 * DAY).current == 1


def test_the_week_of_joining_adds_once_its_goal_is_met() -> None:
    joined = Settings(started=MONDAY + 2 * DAY)
    assert weekly(thrice(MONDAY), joined, MONDAY + WEEK).current == 1


def test_other_weeks_before_joining_break_like_any_other() -> None:
    days = [*thrice(MONDAY - 2 * WEEK), *thrice(MONDAY)]
    result = weekly(days, Settings(started=MONDAY), MONDAY)
    assert (result.current, result.longest) == (1, 1)


def test_joining_does_not_excuse_missed_days() -> None:
    days = [MONDAY, MONDAY + 2 * DAY]
    assert daily(days, Settings(started=MONDAY + DAY), MONDAY + 2 * DAY).current == 1


@pytest.mark.parametrize("week_start", range(7))
def test_every_week_has_seven_days_from_its_start(week_start: int) -> None:
    settings = Settings(week_start=week_start)
    first = MONDAY + week_start * DAY
    days = run(first - WEEK, 21)
    assert weekly(days[:14], settings, first).done == 7
    assert [weekly([day], settings, first + 6 * DAY).done for day in days[:14]] == [0] * 7 + [1] * 7


# --- Edges ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"goals": ((date.min, 0),)},
        {"goals": ((date.min, 8),)},
        {"goals": ((MONDAY, 3), (date.min, 4))},
        {"rests": ((date.min, frozenset({7})),)},
        {"rests": ((MONDAY, frozenset()), (date.min, frozenset()))},
        {"week_start": 7},
        {"week_start": -1},
        {"freeze_cap": -1},
        {"freeze_every": 0},
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Settings(**wrong)


def test_the_first_and_last_days_of_the_calendar_work() -> None:
    for week_start in range(7):
        settings = Settings(week_start=week_start, started=date.min)
        assert daily([date.min], settings, date.min).current == 1
        assert weekly([date.min], settings, date.min).done == 1
        assert daily([date.max], settings, date.max).current == 1
        assert weekly([date.max], settings, date.max).done == 1
