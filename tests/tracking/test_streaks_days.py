"""Practice days and travel days: zones, clock changes, the date line, bad input."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profiles  # noqa: F401
from tests.tracking.streaks_helpers import at, on
from tracking.streaks import UnknownZoneError, practice_day, travel_links

ZONES = sorted(available_timezones())
# Their clocks go back across the hour at which the day starts: Chatham's every autumn, from 03:45
# to 02:45, Casey's in 2012 and 2018.
BACKWARDS = {"Pacific/Chatham", "NZ-CHAT", "Antarctica/Casey"}

zones = st.sampled_from(ZONES)
far_apart = st.sampled_from(
    ["Pacific/Pago_Pago", "America/Los_Angeles", "UTC", "Europe/Berlin", "Australia/Sydney", "Pacific/Kiritimati"]
)
hours = st.integers(0, 6)
instants = st.datetimes(datetime(1970, 1, 2), datetime(2037, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


def test_the_start_of_the_day_belongs_to_the_day() -> None:
    assert practice_day(at("2026-03-04T02:59:59.999999+01:00"), "Europe/Berlin") == on("2026-03-03")
    assert practice_day(at("2026-03-04T03:00+01:00"), "Europe/Berlin") == on("2026-03-04")


@pytest.mark.parametrize(
    ("zone", "utc", "expected"),
    [
        ("Pacific/Auckland", "2026-03-04T10:59+00:00", "2026-03-04"),  # 23:59 there
        ("Pacific/Honolulu", "2026-03-05T09:59+00:00", "2026-03-04"),  # 23:59 there
        ("Pacific/Kiritimati", "2026-03-04T13:00+00:00", "2026-03-05"),  # 03:00 there
        ("Asia/Kathmandu", "2026-03-03T21:15+00:00", "2026-03-04"),  # 03:00 there, +05:45
    ],
)
def test_the_far_ends_of_the_world(zone: str, utc: str, expected: str) -> None:
    assert practice_day(at(utc), zone) == on(expected)


def test_one_moment_is_one_day_however_it_is_written() -> None:
    # 02:30 did not exist in New York that night; taken at its word it would be the day before.
    skipped = datetime(2026, 3, 8, 2, 30, tzinfo=ZoneInfo("America/New_York"))
    assert practice_day(skipped, "America/New_York") == on("2026-03-08")
    assert practice_day(skipped.astimezone(UTC), "America/New_York") == on("2026-03-08")


@given(instant=instants, zone=zones, hour=hours, minutes=st.integers(-1439, 1439))
def test_the_offset_an_instant_is_written_with_does_not_matter(
    instant: datetime, zone: str, hour: int, minutes: int
) -> None:
    elsewhere = instant.astimezone(timezone(timedelta(minutes=minutes)))
    assert practice_day(elsewhere, zone, hour) == practice_day(instant, zone, hour)


@given(instant=instants, zone=zones, hour=hours)
def test_the_practice_day_is_the_wall_date_or_the_day_before(instant: datetime, zone: str, hour: int) -> None:
    wall = instant.astimezone(ZoneInfo(zone))
    early = timedelta(days=1 if wall.hour < hour else 0)
    assert practice_day(instant, zone, hour) == wall.date() - early


@given(instant=instants, zone=zones, later=st.timedeltas(timedelta(0), timedelta(hours=30)))
def test_days_go_backwards_only_where_the_clock_does_at_the_day_start(
    instant: datetime, zone: str, later: timedelta
) -> None:
    goes_back = practice_day(instant + later, zone) < practice_day(instant, zone)
    assert not goes_back or later < timedelta(hours=24)
    if instant.year >= 2020:
        assert not goes_back or (zone in BACKWARDS and later <= timedelta(hours=1))


def test_in_2026_days_go_backwards_in_the_chatham_islands_only_and_for_15_minutes() -> None:
    step = timedelta(minutes=15)
    backwards: dict[str, list[datetime]] = {}
    for zone in ZONES:
        place = ZoneInfo(zone)
        weeks = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=n) for n in range(53)]
        offsets = [week.astimezone(place).utcoffset() for week in weeks]
        changing = (weeks[n] for n in range(52) if offsets[n] != offsets[n + 1])
        for week in changing:
            furthest = date.min
            for moment in (week + n * step for n in range(7 * 24 * 4 + 8)):
                day = practice_day(moment, zone)
                if day < furthest:
                    backwards.setdefault(zone, []).append(moment)
                furthest = max(furthest, day)
    assert set(backwards) == {"Pacific/Chatham", "NZ-CHAT"}
    assert all(len(moments) == 1 for moments in backwards.values())


@given(instant=instants, zone=zones, hour=hours)
def test_two_days_later_is_one_to_three_practice_days_later(instant: datetime, zone: str, hour: int) -> None:
    moved = practice_day(instant + timedelta(hours=48), zone, hour) - practice_day(instant, zone, hour)
    assert timedelta(days=1) <= moved <= timedelta(days=3)


@pytest.mark.parametrize("name", ["", "../x", "/etc/localtime", "Europe", "x" * 65, "UTC\0", "Mars/Base"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    moment = at("2026-03-04T12:00+00:00")
    with pytest.raises(ValueError, match=r"^That is not the name of a time zone\.$"):
        practice_day(moment, name)
    with pytest.raises(ZoneInfoNotFoundError):
        practice_day(moment, name)
    with pytest.raises(UnknownZoneError):
        travel_links([], on("2026-03-04"), name)


@pytest.mark.parametrize("name", [None, 3, b"UTC"])
def test_what_is_not_even_text_is_refused(name: Any) -> None:
    with pytest.raises(UnknownZoneError):
        practice_day(at("2026-03-04T12:00+00:00"), name)


@given(name=st.text(max_size=80))
def test_any_text_is_a_zone_or_an_error(name: str) -> None:
    if name in ZONES:
        return
    with pytest.raises(ValueError, match="time zone"):
        practice_day(at("2026-03-04T12:00+00:00"), name)


@pytest.mark.parametrize("hour", [-1, 7, 24, 2.5, "3", None])
def test_a_day_starts_at_a_whole_hour_from_0_to_6(hour: Any) -> None:
    with pytest.raises(ValueError, match="whole hour"):
        practice_day(at("2026-03-04T12:00+00:00"), "UTC", hour)
    with pytest.raises(ValueError, match="whole hour"):
        travel_links([], on("2026-03-04"), "UTC", hour)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        practice_day(datetime(2026, 3, 4, 12), "UTC")  # noqa: DTZ001


def test_the_ends_of_the_calendar_are_refused_and_do_not_overflow() -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        practice_day(datetime.min.replace(tzinfo=UTC), "UTC")
    with pytest.raises(ValueError, match="outside the calendar"):
        practice_day(datetime.max.replace(tzinfo=UTC), "Asia/Tokyo")


LOS_ANGELES, SYDNEY, BERLIN = "America/Los_Angeles", "Australia/Sydney", "Europe/Berlin"
LEFT, LOST, REACHED = on("2026-12-01"), on("2026-12-02"), on("2026-12-03")


def test_the_day_lost_over_the_date_line_is_linked() -> None:
    entries = [(LEFT, LOS_ANGELES), (REACHED, SYDNEY)]
    assert travel_links(entries, REACHED, SYDNEY) == {LOST}
    assert travel_links(reversed(entries), on("2027-05-01"), BERLIN) == {LOST}


def test_the_lost_day_is_forgiven_on_arrival_before_the_next_session() -> None:
    assert travel_links([(LEFT, LOS_ANGELES)], REACHED, SYDNEY) == {LOST}


def test_a_day_missed_at_home_is_not_linked() -> None:
    assert travel_links([(LEFT, SYDNEY), (REACHED, SYDNEY)], REACHED, SYDNEY) == frozenset()
    assert travel_links([(LEFT, SYDNEY)], REACHED, SYDNEY) == frozenset()


def test_flying_the_other_way_makes_the_day_longer_and_links_nothing() -> None:
    assert travel_links([(LEFT, SYDNEY), (REACHED, LOS_ANGELES)], REACHED, LOS_ANGELES) == frozenset()


def test_only_a_single_missing_day_is_linked() -> None:
    assert travel_links([(LEFT, LOS_ANGELES)], on("2026-12-04"), SYDNEY) == frozenset()


def test_a_day_that_was_practised_after_all_is_no_longer_linked() -> None:
    entries = [(LEFT, LOS_ANGELES), (LOST, LOS_ANGELES), (REACHED, SYDNEY)]
    assert travel_links(entries, REACHED, SYDNEY) == frozenset()


def test_exactly_twelve_hours_are_enough_to_practise() -> None:
    entries = [(on("2026-01-01"), "Etc/GMT"), (on("2026-01-03"), "Etc/GMT-12")]
    assert travel_links(entries, on("2026-01-03"), "UTC") == frozenset()
    entries = [(on("2026-01-01"), "Etc/GMT"), (on("2026-01-03"), "Etc/GMT-13")]
    assert travel_links(entries, on("2026-01-03"), "UTC") == {on("2026-01-02")}


def test_the_clock_change_on_the_way_is_counted() -> None:
    # Berlin puts its clocks forward on 29 March 2026: 12 hours ahead of Samoa on the 28th, and 13
    # on the 29th, the end of the day that is missing.
    zones = ("Pacific/Pago_Pago", BERLIN)
    missing = [on("2026-03-27"), on("2026-03-29")]
    assert travel_links(zip(missing, zones, strict=True), missing[-1], BERLIN) == {on("2026-03-28")}
    missing = [on("2026-03-26"), on("2026-03-28")]
    assert travel_links(zip(missing, zones, strict=True), missing[-1], BERLIN) == frozenset()


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Fakaofo"])
def test_a_day_that_the_calendar_left_out_is_linked(zone: str) -> None:
    entries = [(on("2011-12-29"), zone), (on("2011-12-31"), zone)]
    assert travel_links(entries, on("2011-12-31"), zone) == {on("2011-12-30")}


def test_the_zone_last_left_and_first_reached_decide_whatever_the_order() -> None:
    # Home from Sydney on the same date, and away again: the day was left from Los Angeles.
    entries = [(LEFT, SYDNEY), (LEFT, LOS_ANGELES), (REACHED, SYDNEY)]
    assert travel_links(entries, REACHED, SYDNEY) == {LOST}
    assert travel_links(entries[::-1], REACHED, SYDNEY) == {LOST}
    # To Sydney and home again on the date of arrival: the day was lost on the way there.
    entries = [(LEFT, LOS_ANGELES), (REACHED, SYDNEY), (REACHED, LOS_ANGELES)]
    assert travel_links(entries, REACHED, LOS_ANGELES) == {LOST}
    assert travel_links(entries[::-1], REACHED, LOS_ANGELES) == {LOST}


def test_nobody_travels_without_a_session() -> None:
    assert travel_links([], REACHED, SYDNEY) == frozenset()


def test_today_is_never_before_the_last_session() -> None:
    # Back in Los Angeles on the evening of the 2nd, with the 3rd already practised in Sydney.
    entries = [(on("2026-11-30"), SYDNEY), (REACHED, SYDNEY)]
    assert travel_links(entries, LOST, LOS_ANGELES) == frozenset()


def test_a_name_that_this_machine_lost_does_no_harm_where_it_decides_nothing() -> None:
    entries = [(LEFT, "Old/Name"), (LOST, "Old/Name"), (REACHED, SYDNEY)]
    assert travel_links(entries, REACHED, SYDNEY) == frozenset()
    with pytest.raises(UnknownZoneError):
        travel_links([(LEFT, "Old/Name"), (REACHED, SYDNEY)], REACHED, SYDNEY)


@given(
    entries=st.lists(st.tuples(st.integers(0, 9), far_apart), max_size=10),
    ahead=st.integers(0, 3),
    zone=far_apart,
    hour=hours,
    data=st.data(),
)
def test_travel_days_are_those_of_which_under_twelve_hours_existed(
    entries: list[tuple[int, str]], ahead: int, zone: str, hour: int, data: st.DataObject
) -> None:
    logged = [(on("2026-03-20") + timedelta(days=n), name) for n, name in entries]
    today = max((day for day, _ in logged), default=on("2026-03-20")) + timedelta(days=ahead)
    stops = [*logged, (today, zone)] if ahead and logged else logged

    def begins(day: date, name: str) -> datetime:
        wall = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(name))
        return wall.astimezone(UTC)

    days = {day for day, _ in stops}
    expected = {
        left + timedelta(days=1)
        for left, zone_left in stops
        for reached, zone_reached in stops
        if reached - left == timedelta(days=2)
        and left + timedelta(days=1) not in days
        and begins(reached, zone_reached) - begins(left + timedelta(days=1), zone_left) < timedelta(hours=12)
    }
    shuffled = data.draw(st.permutations(logged + logged[:2]))
    assert travel_links(shuffled, today, zone, hour) == expected
