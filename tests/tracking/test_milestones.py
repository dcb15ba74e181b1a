"""Milestones: when they were reached, each once, and never one that is still to come."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracking.calendar import Total
from tracking.milestones import SESSIONS, WEEKS, Milestone, milestones
from tracking.streaks import Settings, weekly, weeks

MONDAY = date(2026, 3, 2)
ONE = Total(600, 1, 1)


def daily(count: int) -> dict[date, Total]:
    return {MONDAY + timedelta(days=n): ONE for n in range(count)}


def test_nothing_is_reached_without_a_day():
    assert milestones({}, Settings(), MONDAY) == ()


def test_the_first_session_and_the_first_week_on_the_day_that_met_its_goal():
    found = milestones(daily(3), Settings(), MONDAY + timedelta(days=2))
    assert found == (Milestone(date(2026, 3, 4), "week", 1), Milestone(MONDAY, "sessions", 1))


def test_four_weeks_in_a_row_are_told_on_the_day_of_the_fourth():
    found = milestones(daily(28), Settings(), MONDAY + timedelta(days=27))
    assert Milestone(MONDAY + timedelta(days=23), "weeks", 4) in found
    assert Milestone(MONDAY + timedelta(days=9), "sessions", 10) in found


def test_what_did_not_count_is_no_session():
    assert milestones({MONDAY: Total(20, 1, 0)}, Settings(), MONDAY) == ()


def test_a_later_run_does_not_tell_the_same_again():
    totals = daily(28) | {day + timedelta(days=70): total for day, total in daily(28).items()}
    found = milestones(totals, Settings(), MONDAY + timedelta(days=97))
    assert [one.number for one in found if one.kind == "weeks"] == [4]


def test_all_areas_are_told_on_the_day_of_the_last_one_and_only_within_a_week():
    stretched = {
        MONDAY + timedelta(days=5): {"neck"},
        MONDAY + timedelta(days=7): {"hips", "chest"},
        MONDAY + timedelta(days=9): {"neck", "chest"},
        MONDAY + timedelta(days=15): {"neck", "hips", "chest"},
    }

    def found(areas: set[str], week_start: int = 0) -> list[Milestone]:
        settings, today = Settings(week_start=week_start), MONDAY + timedelta(days=20)
        told = milestones({}, settings, today, stretched=stretched, areas=areas)
        return [one for one in told if one.kind == "areas"]

    everything = {"neck", "hips", "chest"}
    assert found(everything) == [Milestone(MONDAY + timedelta(days=9), "areas", 3)]
    # A week that begins on a Saturday has the fifth and the seventh day in it.
    assert found(everything, week_start=5) == [Milestone(MONDAY + timedelta(days=7), "areas", 3)]
    assert found({*everything, "calves"}) == []
    assert found(set()) == []


DAYS = st.dictionaries(
    st.dates(date(2024, 1, 1), date(2026, 3, 4)),
    st.builds(Total, st.just(60), st.just(3), st.integers(0, 3)),
    max_size=80,
)


@given(totals=DAYS, week_start=st.integers(0, 6))
def test_each_is_told_once_of_a_day_that_counts(totals, week_start):
    settings, today = Settings(week_start=week_start), date(2026, 3, 4)
    found = milestones(totals, settings, today)
    assert len({(one.kind, one.number) for one in found}) == len(found)
    assert all(totals[one.day].counting for one in found)
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    sessions = sum(total.counting for total in totals.values())
    assert {one.number for one in found if one.kind == "sessions"} == {n for n in SESSIONS if n <= sessions}
    days = [day for day, total in totals.items() if total.counting]
    longest = weekly(days, settings, today).longest
    assert {one.number for one in found if one.kind == "weeks"} == {n for n in WEEKS if n <= longest}
    assert any(one.kind == "week" for one in found) == (longest > 0)


@given(days=st.sets(st.dates(date(2024, 1, 1), date(2026, 3, 4)), max_size=60), week_start=st.integers(0, 6))
def test_the_weeks_add_up_to_the_days_and_end_in_the_figures(days, week_start):
    settings, today = Settings(week_start=week_start), date(2026, 3, 4)
    found, figures = weeks(days, settings, today), weekly(days, settings, today)
    assert sum(week.done for week in found) == len(days)
    assert all(week.first.weekday() == week_start for week in found)
    assert (found[-1].done, found[-1].goal, found[-1].run) == (figures.done, figures.goal, figures.current)
    assert max(week.run for week in found) == figures.longest
