"""Pauses as days: every day of them, bounded, and open ones up to today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tracking.pausing import LONGEST_AHEAD, LONGEST_BACK, covering, paused_days

TODAY = date(2026, 3, 4)
dates = st.dates(date(2025, 1, 1), date(2026, 12, 31))
ranges = st.lists(
    st.tuples(dates, st.one_of(st.none(), st.integers(0, 60))).map(
        lambda one: (one[0], None if one[1] is None else one[0] + timedelta(days=one[1]))
    ),
    max_size=6,
)


def slow(pauses: list[tuple[date, date | None]]) -> set[date]:
    """Ask of every day of three years."""
    days = (date(2024, 12, 1) + timedelta(days=n) for n in range(1000))
    return {day for day in days if any(first <= day <= (last or TODAY) for first, last in pauses)}


@given(ranges)
def test_every_day_of_every_pause_and_no_other(pauses: list[tuple[date, date | None]]) -> None:
    assert paused_days(pauses, TODAY) == slow(pauses)


def test_an_open_pause_reaches_today_and_one_still_to_come_nothing() -> None:
    assert paused_days([(date(2026, 3, 2), None)], TODAY) == {date(2026, 3, 2), date(2026, 3, 3), TODAY}
    assert paused_days([(date(2026, 3, 9), None)], TODAY) == frozenset()


@pytest.mark.parametrize("count", [1, 200])
def test_a_pause_of_two_thousand_years_costs_nothing(count: int) -> None:
    days = paused_days([(date.min, date.max)] * count, TODAY)
    assert len(days) == (LONGEST_BACK + LONGEST_AHEAD).days + 1
    assert TODAY in days


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_edge_to_fall_off(today: date) -> None:
    assert today in paused_days([(date.min, date.max)], today)


def test_the_pause_of_a_day_is_the_one_that_began_last() -> None:
    pauses: list[tuple[date, date | None]] = [(date(2026, 3, 1), date(2026, 3, 9)), (date(2026, 3, 3), None)]
    assert covering(pauses, TODAY, TODAY) == pauses[1]
    assert covering(pauses, date(2026, 3, 8), TODAY) == pauses[0]
    assert covering(pauses, date(2026, 2, 8), TODAY) is None
