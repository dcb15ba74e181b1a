"""From a typed day and time to the instant, also where the clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tracking.dating import began_at, ends_at, place_of
from tracking.streaks import practice_day

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 3, 4), time(7), datetime(2026, 3, 4, 6, tzinfo=UTC)),
        # Before the day starts it is the night after.
        (date(2026, 3, 4), time(0, 40), datetime(2026, 3, 4, 23, 40, tzinfo=UTC)),
        # 02:30 on 29 March 2026 never was: the time beside it that is still the 28th.
        (date(2026, 3, 28), time(2, 30), datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        # 02:30 on 25 October 2026 was twice: the first.
        (date(2026, 10, 24), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_examples_in_berlin(day: date, at: time, instant: datetime) -> None:
    assert began_at(day, at, BERLIN, 3) == instant


@given(
    st.dates(date(2015, 1, 1), date(2035, 12, 31)),
    st.times(),
    st.sampled_from(sorted(available_timezones() - {"localtime"})),
    st.integers(0, 6),
)
def test_the_instant_counts_for_the_day_typed(day: date, at: time, zone: str, day_start: int) -> None:
    found = practice_day(began_at(day, at, ZoneInfo(zone), day_start), zone, day_start)
    # Only where the clock skips or repeats the very start of a day is there no such instant.
    assert found == day or _is_at_a_clock_change(day, zone)


def _is_at_a_clock_change(day: date, zone: str) -> bool:
    place = ZoneInfo(zone)
    offsets = {
        (datetime.combine(day, time(), UTC) + timedelta(hours=hour)).astimezone(place).utcoffset()
        for hour in range(-24, 60)
    }
    return len(offsets) > 1


def test_a_day_ends_where_the_next_begins() -> None:
    assert ends_at(date(2026, 3, 14), BERLIN, 3) == (datetime(2026, 3, 15, 2, tzinfo=UTC), 24)
    assert ends_at(date(2026, 3, 28), BERLIN, 3) == (datetime(2026, 3, 29, 1, tzinfo=UTC), 23)


def test_a_zone_that_is_gone_is_the_offset_it_had() -> None:
    assert place_of("Mars/Base", 3600).utcoffset(None) == timedelta(hours=1)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_refused(day: date) -> None:
    place = place_of("", 14 * 3600 if day == date.min else -12 * 3600)
    with pytest.raises(ValueError, match="outside"):
        began_at(day, time(3) if day == date.min else time(23), place, 0)
