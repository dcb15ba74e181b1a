"""Bugs that other habit and training apps had with streaks, each shown not to be here."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from routines.dose import Dose
from routines.timeline import PlanStep, build
from tests.tracking.factories import practise
from tests.tracking.streaks_helpers import DEFAULTS, MONDAY, at, figures, on, run
from tracking import progress
from tracking.calendar import Total
from tracking.gap import open_days
from tracking.services import exporting
from tracking.streaks import Settings, daily, practice_day, travel_links, weekly

DAY = timedelta(days=1)
WEEKEND = ((date.min, frozenset({5, 6})),)


def test_the_clock_change_in_spring_makes_no_extra_day_and_loses_none() -> None:
    zone = "America/New_York"
    evenings = [at(f"2026-03-0{day}T22:00-0{5 if day < 8 else 4}:00") for day in (6, 7, 8, 9)]
    days = [practice_day(evening, zone) for evening in evenings]
    assert days == run(on("2026-03-06"), 4)
    assert daily(days, DEFAULTS, days[-1]).current == 4


def test_the_clock_change_in_autumn_makes_no_empty_day() -> None:
    zone = "Europe/Berlin"
    # Every half hour through the day of 25 hours, and the days on both sides.
    first = at("2026-10-24T03:00+02:00")
    days = [practice_day(first + n * timedelta(minutes=30), zone) for n in range(2 * (24 + 25 + 24))]
    assert sorted(set(days)) == run(on("2026-10-24"), 3)
    assert [days.count(day) for day in run(on("2026-10-24"), 3)] == [50, 48, 48]
    assert days == sorted(days)


def test_a_day_is_not_taken_for_24_hours_when_the_clocks_change() -> None:
    # 23 hours apart, and 25: both times the next day.
    assert practice_day(at("2026-03-29T03:00+02:00"), "Europe/Berlin") == on("2026-03-29")
    assert practice_day(at("2026-03-30T03:00+02:00"), "Europe/Berlin") == on("2026-03-30")
    assert practice_day(at("2026-10-26T02:59+01:00"), "Europe/Berlin") == on("2026-10-25")


def test_flying_west_does_not_end_the_day_that_was_already_counted() -> None:
    # Practised in Tokyo on the 4th; over Honolulu it is the 3rd again.
    day = practice_day(at("2026-03-04T08:00+09:00"), "Asia/Tokyo")
    arrived = practice_day(at("2026-03-04T09:00+09:00"), "Pacific/Honolulu")
    assert arrived == day - DAY
    result = daily([day - DAY, day], DEFAULTS, arrived)
    assert (result.current, result.open_today) == (2, False)


def test_flying_west_and_practising_again_repeats_no_day() -> None:
    tokyo = practice_day(at("2026-03-04T08:00+09:00"), "Asia/Tokyo")
    honolulu = practice_day(at("2026-03-04T09:00-10:00"), "Pacific/Honolulu")
    assert tokyo == honolulu
    assert daily([tokyo, honolulu], DEFAULTS, honolulu).current == 1


def test_flying_over_the_date_line_does_not_break_the_run() -> None:
    zones = ("America/Los_Angeles", "Australia/Sydney")
    moments = (at("2026-12-01T21:00-08:00"), at("2026-12-03T07:00+11:00"))
    entries = [(practice_day(when, zone), zone) for when, zone in zip(moments, zones, strict=True)]
    today = entries[-1][0]
    settings = Settings(linked=travel_links(entries, today, zones[-1]))
    assert daily([day for day, _ in entries], settings, today).current == 2


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"])
def test_neither_the_server_nor_utc_decides_what_day_it_is(zone: str) -> None:
    place = ZoneInfo(zone)
    midday = [at(f"2026-03-0{day}T12:00+00:00").replace(tzinfo=place) for day in range(1, 8)]
    evening = [at(f"2026-03-0{day}T23:30+00:00").replace(tzinfo=place) for day in range(1, 8)]
    for moments in (midday, evening):
        assert [practice_day(moment, zone) for moment in moments] == run(on("2026-03-01"), 7)


def test_the_day_start_holds_for_the_streak_too() -> None:
    # Half past midnight: the session and "today" both belong to the evening before.
    midnight = at("2026-03-05T00:30+01:00")
    day = practice_day(midnight, "Europe/Berlin", 3)
    today = practice_day(midnight + timedelta(hours=2), "Europe/Berlin", 3)
    result = daily([on("2026-03-03"), day], DEFAULTS, today)
    assert (today, result.current, result.open_today) == (on("2026-03-04"), 2, False)


def test_the_day_start_does_not_shift_the_time_that_is_shown() -> None:
    instant = at("2026-03-05T00:30+01:00").astimezone(ZoneInfo("Europe/Berlin"))
    assert practice_day(instant, "Europe/Berlin", 3) == on("2026-03-04")
    assert instant.isoformat() == "2026-03-05T00:30:00+01:00"


def test_a_session_across_midnight_is_one_day() -> None:
    for start in ("2026-03-04T23:50+01:00", "2026-03-05T02:50+01:00"):
        assert practice_day(at(start), "Europe/Berlin") == on("2026-03-04")


def test_the_streak_is_not_0_every_morning() -> None:
    result = daily(run(MONDAY, 20), DEFAULTS, MONDAY + 20 * DAY)
    assert (result.current, result.open_today) == (20, True)


def test_the_weekly_streak_is_not_0_every_monday() -> None:
    days = [*run(MONDAY, 3), *run(MONDAY + 7 * DAY, 3)]
    result = weekly(days, DEFAULTS, MONDAY + 14 * DAY)
    assert (result.done, result.current) == (0, 2)


def test_a_session_logged_afterwards_repairs_the_run() -> None:
    days = [*run(MONDAY, 10), *run(MONDAY + 11 * DAY, 10)]
    today = MONDAY + 20 * DAY
    assert daily(days, DEFAULTS, today).current == 10
    assert daily([*days, MONDAY + 10 * DAY], DEFAULTS, today).current == 21


def test_a_session_logged_afterwards_counts_before_the_first_day_too() -> None:
    days = run(MONDAY, 3)
    assert daily([*days, MONDAY - DAY], DEFAULTS, days[-1]).longest == 4


def test_a_gap_of_two_days_can_be_filled_day_by_day() -> None:
    days = [*run(MONDAY, 3), *run(MONDAY + 5 * DAY, 2)]
    today = MONDAY + 6 * DAY
    seen = [daily(days, DEFAULTS, today).current]
    for missed in (MONDAY + 4 * DAY, MONDAY + 3 * DAY):
        days.append(missed)
        seen.append(daily(days, DEFAULTS, today).current)
    assert seen == [2, 3, 7]


def test_a_deleted_session_is_taken_off() -> None:
    days = run(MONDAY, 5)
    today = days[-1]
    assert daily(days, DEFAULTS, today).current == 5
    assert daily([day for day in days if day != MONDAY + 3 * DAY], DEFAULTS, today).current == 1


def test_an_edited_day_is_not_shifted_by_one() -> None:
    # A date goes in and comes out; no midnight in between that a zone could move.
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        for hour in range(7):
            noon = at("2026-03-04T12:00+00:00").replace(tzinfo=ZoneInfo(zone))
            assert practice_day(noon, zone, hour) == on("2026-03-04")
    days = [*run(MONDAY, 7), *run(MONDAY + 8 * DAY, 2)]
    result = daily(days, Settings(freeze_cap=1), days[-1])
    assert result.frozen == {on("2026-03-09")}


def test_rest_days_do_not_break_the_run() -> None:
    days = [day for day in run(MONDAY, 28) if day.weekday() < 5]
    assert daily(days, Settings(rests=WEEKEND), days[-1]).current == 20
    assert daily(days, DEFAULTS, days[-1]).current == 5


def test_the_weekend_need_not_be_saturday_and_sunday() -> None:
    settings = Settings(rests=((date.min, frozenset({4, 5})),))
    days = [day for day in run(MONDAY, 28) if day.weekday() not in {4, 5}]
    assert daily(days, settings, days[-1]).current == 20


def test_one_freeze_covers_one_day_and_not_sixty() -> None:
    settings = Settings(freeze_cap=1, freeze_every=7)
    days = [*run(MONDAY, 7), MONDAY + 67 * DAY]
    result = daily(days, settings, MONDAY + 67 * DAY)
    assert (result.current, result.longest, len(result.frozen)) == (1, 7, 1)


def test_a_freeze_is_given_back_when_its_day_is_logged_after_all() -> None:
    settings = Settings(freeze_cap=1)
    days = [*run(MONDAY, 7), MONDAY + 8 * DAY]
    assert daily(days, settings, MONDAY + 10 * DAY).current == 0
    repaired = daily([*days, MONDAY + 7 * DAY], settings, MONDAY + 10 * DAY)
    assert (repaired.current, repaired.frozen) == (9, frozenset({MONDAY + 9 * DAY}))


@pytest.mark.parametrize(
    "days",
    [
        [*run(MONDAY, 9), MONDAY + 20 * DAY],
        [MONDAY - 20 * DAY, *run(MONDAY, 9)],
        run(MONDAY, 9),
    ],
    ids=["at the start", "at the end", "all of it"],
)
def test_the_longest_run_is_found_at_the_start_and_end_of_the_data(days: list[date]) -> None:
    for late in (0, 1, 50):
        assert daily(days, DEFAULTS, days[-1] + late * DAY).longest == 9


def test_the_week_starts_on_the_day_the_person_chose() -> None:
    saturday_and_sunday = run(on("2026-03-07"), 2)
    sunday = saturday_and_sunday[-1]
    assert weekly(saturday_and_sunday, Settings(week_start=6), sunday).done == 1
    assert weekly(saturday_and_sunday, Settings(week_start=0), sunday).done == 2


def test_a_streak_is_as_long_as_it_is_and_not_as_the_strip_that_shows_it() -> None:
    assert daily(run(MONDAY, 1000), DEFAULTS, MONDAY + 999 * DAY).current == 1000


def test_no_old_number_is_kept_after_a_lapse() -> None:
    days = run(MONDAY, 30)
    for weeks in (1, 2, 52):
        seen = figures(days, DEFAULTS, days[-1] + weeks * 7 * DAY + DAY)
        assert (seen.current, seen.longest) == (0, 30)


def test_a_holiday_does_not_inflate_the_run() -> None:
    settings = Settings(paused=frozenset(run(MONDAY + 3 * DAY, 14)))
    days = [*run(MONDAY, 3), *run(MONDAY + 17 * DAY, 2)]
    result = daily(days, settings, days[-1])
    assert (result.current, result.longest) == (5, 5)


def test_a_run_neither_starts_nor_ends_with_a_holiday() -> None:
    paused = frozenset([*run(MONDAY - 5 * DAY, 5), *run(MONDAY + 1 * DAY, 5)])
    result = daily([MONDAY], Settings(paused=paused), MONDAY + 5 * DAY)
    assert (result.current, result.longest) == (1, 1)
    assert daily([], Settings(paused=paused), MONDAY).longest == 0


def test_the_same_session_sent_twice_counts_once() -> None:
    once = figures(run(MONDAY, 4), DEFAULTS, MONDAY + 3 * DAY)
    assert figures(run(MONDAY, 4) * 3, DEFAULTS, MONDAY + 3 * DAY) == once
    assert once.week_done == 4


def test_left_and_right_are_one_set() -> None:
    step = PlanStep("knee-to-chest", "Knee to chest", Dose("hold", 30, sets=2, rest_s=10), "each", "supine", "main")
    work = [segment for segment in build([step]).segments if segment.kind == "work"]
    assert [(segment.side, segment.set, segment.of_sets) for segment in work] == [
        ("left", 1, 2),
        ("right", 1, 2),
        ("left", 2, 2),
        ("right", 2, 2),
    ]


def test_after_two_missed_days_both_are_asked_about() -> None:
    totals = {MONDAY: Total(600, 1, 1), MONDAY + DAY: Total(600, 1, 1)}
    assert open_days(totals, DEFAULTS, MONDAY + 4 * DAY) == (MONDAY + 2 * DAY, MONDAY + 3 * DAY)


@pytest.mark.django_db
def test_another_start_of_the_day_moves_nothing_that_was_logged(user: User) -> None:
    for day in run(MONDAY, 3):
        practise(user, day)
    now = at("2026-03-04T20:00+01:00")

    def shown() -> tuple[frozenset[date], tuple[int, ...], str]:
        record = progress.record_of(user, zone="Europe/Berlin", now=now)
        return record.days, (record.figures().current, record.figures().longest), "".join(exporting.calendar(user))

    before = shown()
    assert before[1] == (3, 3)
    user.day_start = 6
    user.save()
    assert shown() == before
