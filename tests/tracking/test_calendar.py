"""The calendar: every day once, in its place, with a state of its own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tests.tracking.streaks_strategies import all_settings
from tracking import calendar
from tracking.calendar import Day, Total
from tracking.streaks import Settings

TODAY = date(2026, 3, 4)
MONDAY, SUNDAY = Settings(), Settings(week_start=6)
TEN_MINUTES = Total(seconds=600, sessions=1, counting=1)


def days_of(months: tuple[calendar.Month, ...]) -> list[Day]:
    return [day for month in months for week in month.weeks for day in week if day]


@pytest.mark.parametrize(
    ("year", "length"), [(2026, 365), (2028, 366), (2000, 366), (2100, 365), (1, 365), (9999, 365)]
)
def test_a_year_has_every_day_once_and_in_order(year: int, length: int) -> None:
    days = days_of(calendar.year(year, {}, MONDAY, TODAY))
    assert [day.date for day in days] == [date(year, 1, 1) + timedelta(days=n) for n in range(length)]


@pytest.mark.parametrize("year", [0, 10_000, -1])
def test_there_is_no_calendar_for_a_year_that_does_not_exist(year: int) -> None:
    with pytest.raises(ValueError, match="no such year"):
        calendar.year(year, {}, MONDAY, TODAY)


@given(st.integers(1, 9999), st.integers(0, 6))
def test_rows_are_whole_weeks_that_begin_as_chosen(year: int, week_start: int) -> None:
    for month in calendar.year(year, {}, Settings(week_start=week_start), TODAY):
        for week in month.weeks:
            assert len(week) == 7
            assert all(day is None or day.date.weekday() == (week_start + place) % 7 for place, day in enumerate(week))
        assert any(month.weeks[0]), "no empty row"
        assert any(month.weeks[-1]), "no empty row"


def test_march_2026_begins_on_a_sunday() -> None:
    monday_first = calendar.year(2026, {}, MONDAY, TODAY)[2].weeks[0]
    sunday_first = calendar.year(2026, {}, SUNDAY, TODAY)[2].weeks[0]
    assert [day is not None for day in monday_first] == [False] * 6 + [True]
    assert all(sunday_first)


def test_the_week_of_a_day_begins_as_chosen() -> None:
    assert calendar.week_of(TODAY, 0)[0] == date(2026, 3, 2)
    assert calendar.week_of(TODAY, 6)[0] == date(2026, 3, 1)
    assert calendar.week_of(date(2026, 3, 1), 0)[0] == date(2026, 2, 23)


def test_the_first_and_last_week_of_all_are_cut_short_instead_of_failing() -> None:
    assert calendar.week_of(date.min, 6) == tuple(date(1, 1, n) for n in range(1, 7))
    assert calendar.week_of(date.max, 0) == tuple(date(9999, 12, n) for n in range(27, 32))


@pytest.mark.parametrize(
    ("day", "total", "state"),
    [
        (TODAY, None, "open"),
        (TODAY, TEN_MINUTES, "done"),
        (TODAY, Total(20, 1, 0), "short"),
        (TODAY + timedelta(days=1), None, "future"),
        (TODAY - timedelta(days=1), None, "none"),
        (TODAY - timedelta(days=1), Total(20, 1, 0), "short"),
        (TODAY - timedelta(days=1), Total(620, 2, 1), "done"),
    ],
)
def test_a_day_is_what_was_done_on_it(day: date, total: Total | None, state: str) -> None:
    totals = {day: total} if total else {}
    assert calendar.look_at(day, totals, MONDAY, TODAY).state == state


def test_rest_days_are_those_in_force_on_the_date() -> None:
    settings = Settings(rests=((date(2026, 3, 2), frozenset({6})), (date(2026, 3, 16), frozenset({2}))))
    states = {
        day: calendar.look_at(day, {}, settings, date(2026, 3, 31)).state
        for day in (date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 11), date(2026, 3, 18), date(2026, 3, 22))
    }
    assert list(states.values()) == ["none", "rest", "none", "rest", "none"]


def test_today_may_be_a_rest_day_and_practice_on_one_is_practice() -> None:
    settings = Settings(rests=((date.min, frozenset({2})),))
    assert calendar.look_at(TODAY, {}, settings, TODAY).state == "rest"
    assert calendar.look_at(TODAY, {TODAY: TEN_MINUTES}, settings, TODAY).state == "done"
    assert calendar.look_at(TODAY + timedelta(days=7), {}, settings, TODAY).state == "future"


def test_a_day_lost_on_a_journey_is_told_apart() -> None:
    lost = date(2026, 3, 2)
    assert calendar.look_at(lost, {}, Settings(linked={lost}), TODAY).state == "travel"


@pytest.mark.parametrize(
    ("seconds", "minutes", "level"),
    [(0, 0, 0), (1, 1, 1), (299, 5, 2), (600, 10, 3), (1170, 20, 4), (86_400, 1440, 4), (240, 4, 1)],
)
def test_minutes_deepen_a_day(seconds: int, minutes: int, level: int) -> None:
    assert calendar.minutes_of(seconds) == minutes
    assert calendar.level_of(minutes) == level


def test_a_day_that_counts_is_never_blank() -> None:
    assert calendar.look_at(TODAY, {TODAY: Total(0, 1, 1)}, MONDAY, TODAY).level == 1


@pytest.mark.parametrize("length", [0, 1, 7, 365])
def test_a_month_adds_up_its_days(length: int) -> None:
    first = date(2026, 12, 31) - timedelta(days=length - 1)
    totals = {first + timedelta(days=n): TEN_MINUTES for n in range(length)}
    months = calendar.year(2026, totals, MONDAY, date(2026, 12, 31))
    assert sum(month.done for month in months) == length
    assert sum(day.minutes for day in days_of(months)) == 10 * length
    assert [month.iso for month in months if month.is_now] == ["2026-12"]


@given(st.dates(), all_settings(), st.dates())
def test_any_day_looks_the_same_in_its_week_and_in_its_year(day: date, settings: Settings, today: date) -> None:
    totals = {day: TEN_MINUTES}
    in_week = [d for d in calendar.week(day, totals, settings, today) if d.date == day]
    in_year = [d for d in days_of(calendar.year(day.year, totals, settings, today)) if d.date == day]
    assert in_week == in_year == [calendar.look_at(day, totals, settings, today)]


def test_a_pause_is_told_apart_today_and_ahead_too() -> None:
    settings = Settings(paused={TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)})
    assert [calendar.look_at(TODAY + timedelta(days=n), {}, settings, TODAY).state for n in (-1, 0, 1, 2)] == [
        "paused",
        "paused",
        "paused",
        "future",
    ]
    assert calendar.look_at(TODAY, {TODAY: TEN_MINUTES}, settings, TODAY).state == "done"


def test_a_day_that_a_freeze_covered_is_told_apart() -> None:
    missed = TODAY - timedelta(days=1)
    assert calendar.look_at(missed, {}, MONDAY, TODAY, {missed}).state == "frozen"
    assert calendar.look_at(missed, {missed: TEN_MINUTES}, MONDAY, TODAY, {missed}).state == "done"
