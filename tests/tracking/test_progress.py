"""From rows to figures: what is read, what is left out, and that nothing is lost on the way."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import GoalChange, RestChange, User
from tests import hypothesis_profiles  # noqa: F401
from tests.tracking.factories import SessionFactory, practise
from tests.tracking.session_helpers import undone
from tests.tracking.streaks_helpers import figures as reference
from tests.tracking.streaks_strategies import History, dates, day_sets, histories
from tracking import progress
from tracking.calendar import Total
from tracking.models import Session, Status
from tracking.progress import Figures, Record
from tracking.services import days as rollup
from tracking.services import sessions as services
from tracking.streaks import Settings

BERLIN = "Europe/Berlin"
WEDNESDAY = date(2026, 3, 4)


def figures_of(user: User, now: datetime, zone: str = BERLIN) -> Figures:
    return progress.figures_for(User.objects.get(pk=user.pk), zone=zone, now=now)


def eight(found: Figures) -> tuple[int | bool, ...]:
    return (
        found.current,
        found.longest,
        found.open_today,
        found.week_done,
        found.week_goal,
        found.week_current,
        found.week_longest,
    )


@given(histories())
def test_figures_are_those_of_the_streak_rules(history: History) -> None:
    record = Record(history.today, history.settings, {day: Total(600, 1, 1) for day in history.days})
    assert eight(record.figures()) == tuple(reference(history.days, history.settings, history.today))[:-1]


@given(histories(), st.sets(dates, max_size=8))
def test_what_is_too_short_changes_no_figure_but_the_minutes(history: History, short: set[date]) -> None:
    counted = {day: Total(600, 1, 1) for day in history.days}
    with_short = {**{day: Total(30, 1, 0) for day in short}, **counted}
    plain = Record(history.today, history.settings, counted).figures()
    mixed = Record(history.today, history.settings, with_short).figures()
    assert eight(plain) == eight(mixed)
    assert plain.strength == mixed.strength


@pytest.mark.django_db
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=day_sets(), later=st.integers(0, 9), repeat=st.integers(1, 3))
def test_stored_sessions_give_the_same_figures(user: User, days: frozenset[date], later: int, repeat: int) -> None:
    today = max(days, default=WEDNESDAY) + timedelta(days=later)
    now = datetime.combine(today, time(12), UTC)
    with undone():
        Session.objects.bulk_create(
            SessionFactory.build(owner=user, practice_day=day) for day in days for _ in range(repeat)
        )
        rollup.rebuild(user)
        settings = progress.person_settings(user, today=today)
        found = progress.figures_for(user, zone=BERLIN, now=now)
    assert eight(found) == tuple(reference(days, settings, today))[:-1]
    assert found.today == today


def test_a_visitor_has_a_calm_row_of_zeros_and_costs_nothing(now: datetime) -> None:
    found = progress.figures_for(AnonymousUser(), zone=BERLIN, now=now)
    assert eight(found) == (0, 0, True, 0, 3, 0, 0)
    assert (found.strength, found.week_minutes, found.today) == (0, 0, WEDNESDAY)


@pytest.mark.parametrize("count", [0, 2, 40])
def test_reading_takes_four_queries(user: User, now: datetime, count: int) -> None:
    for n in range(count):
        practise(user, WEDNESDAY - timedelta(days=n), zone=["Europe/Berlin", "Asia/Tokyo"][n % 2])
    with CaptureQueriesContext(connection) as captured:
        progress.figures_for(user, zone=BERLIN, now=now)
    assert len(captured) == 4
    with CaptureQueriesContext(connection) as captured:
        progress.figures_for(user, zone=BERLIN, now=now)
    assert len(captured) == 3, "the days are read once"


def test_several_sessions_on_a_day_are_one_day_and_all_their_minutes(user: User, now: datetime) -> None:
    practise(user, WEDNESDAY, at=time(7), seconds=300)
    practise(user, WEDNESDAY, at=time(20), seconds=600, zone="Europe/London")
    record = progress.record_of(user, zone=BERLIN, now=now)
    assert record.totals == {WEDNESDAY: Total(900, 2, 2)}
    assert (record.figures().current, record.figures().week_done, record.figures().week_minutes) == (1, 1, 15)
    assert (record.days_in(2026), record.minutes_in(2026), record.days_in(2025)) == (1, 15, 0)


def test_a_session_too_short_is_kept_and_not_counted(user: User, now: datetime) -> None:
    practise(user, WEDNESDAY, seconds=20, counts=False, status=Status.ENDED)
    record = progress.record_of(user, zone=BERLIN, now=now)
    assert record.totals == {WEDNESDAY: Total(20, 1, 0)}
    assert eight(record.figures()) == (0, 0, True, 0, 3, 0, 0)


def test_a_page_merely_opened_is_nothing(user: User, now: datetime) -> None:
    practise(user, WEDNESDAY, seconds=0, counts=False, status=Status.READY)
    assert progress.record_of(user, zone=BERLIN, now=now).totals == {}


def test_deleted_sessions_vanish_and_come_back(user: User, now: datetime) -> None:
    session = practise(user, WEDNESDAY)
    assert figures_of(user, now).current == 1
    services.delete_session(session=session, now=now)
    assert figures_of(user, now).current == 0
    services.restore_session(session=session)
    assert figures_of(user, now).current == 1


def test_nobody_sees_the_days_of_somebody_else(user: User, stranger: User, now: datetime) -> None:
    practise(stranger, WEDNESDAY)
    assert figures_of(user, now).current == 0


def test_today_follows_the_zone_and_the_start_of_the_day(user: User) -> None:
    before_three = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)  # 02:30 in Berlin
    assert figures_of(user, before_three).today == date(2026, 3, 3)
    assert figures_of(user, before_three, zone="Asia/Tokyo").today == WEDNESDAY
    User.objects.filter(pk=user.pk).update(day_start=0)
    assert figures_of(user, before_three).today == WEDNESDAY


def test_today_is_never_before_the_last_day_logged(user: User) -> None:
    practise(user, WEDNESDAY, zone="Pacific/Auckland")
    found = figures_of(user, datetime(2026, 3, 3, 20, tzinfo=UTC), zone="America/Los_Angeles")
    assert (found.today, found.current, found.open_today) == (WEDNESDAY, 1, False)


def test_days_keep_their_date_when_the_person_moves(user: User, now: datetime) -> None:
    for n in range(3):
        practise(user, WEDNESDAY - timedelta(days=n), at=time(23, 30))
    before = figures_of(user, now)
    for zone in ("America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata"):
        User.objects.filter(pk=user.pk).update(time_zone=zone, day_start=0)
        record = progress.record_of(User.objects.get(pk=user.pk), zone=zone, now=now)
        assert sorted(record.days) == [date(2026, 3, 2), date(2026, 3, 3), WEDNESDAY]
        assert record.figures().longest == before.longest == 3


def test_a_day_lost_over_the_date_line_breaks_nothing(user: User) -> None:
    practise(user, date(2026, 12, 1), at=time(21), zone="America/Los_Angeles")
    practise(user, date(2026, 12, 3), zone="Australia/Sydney")
    record = progress.record_of(user, zone="Australia/Sydney", now=datetime(2026, 12, 3, 2, tzinfo=UTC))
    assert record.settings.linked == {date(2026, 12, 2)}
    assert record.figures().current == 2


def test_a_session_too_short_makes_no_journey(user: User) -> None:
    practise(user, date(2026, 12, 1), at=time(21), zone="America/Los_Angeles")
    practise(user, date(2026, 12, 3), zone="Australia/Sydney", counts=False)
    record = progress.record_of(user, zone="Europe/Berlin", now=datetime(2026, 12, 5, 2, tzinfo=UTC))
    assert record.settings.linked == frozenset()


def test_a_zone_that_nobody_knows_any_more_takes_no_page_down(user: User, now: datetime) -> None:
    practise(user, WEDNESDAY - timedelta(days=2))
    practise(user, WEDNESDAY)
    Session.objects.filter(practice_day=WEDNESDAY).update(time_zone="Mars/Olympus_Mons")
    assert figures_of(user, now).week_done == 2


def test_goals_and_rest_days_hold_from_their_date(user: User, now: datetime) -> None:
    GoalChange.objects.create(owner=user, starts_on=date(2026, 3, 2), days_a_week=5)
    GoalChange.objects.create(owner=user, starts_on=date(2026, 3, 9), days_a_week=2)
    RestChange.objects.create(owner=user, starts_on=date(2026, 3, 3), weekdays=[1])
    practise(user, date(2026, 3, 2))
    practise(user, WEDNESDAY)
    found = figures_of(user, now)
    assert (found.week_goal, found.per_week, found.current) == (5, 5, 2)
    assert not found.rest_today
    assert (found.week_left, found.week_met) == (3, False)
    later = figures_of(user, datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert (later.week_goal, later.per_week, later.rest_today) == (2, 2, True)


def test_weeks_begin_on_sunday_for_those_who_say_so(user: User) -> None:
    practise(user, date(2026, 2, 28))
    practise(user, date(2026, 3, 1))
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert figures_of(user, now).week_done == 2
    User.objects.filter(pk=user.pk).update(week_start=6)
    found = progress.record_of(User.objects.get(pk=user.pk), zone=BERLIN, now=now)
    assert found.figures().week_done == 1
    assert found.week()[0].date == date(2026, 3, 1)


def test_the_week_of_joining_breaks_no_run_of_weeks(user: User) -> None:
    GoalChange.objects.create(owner=user, starts_on=date(2026, 1, 1), days_a_week=1)
    User.objects.filter(pk=user.pk).update(created_at=datetime(2026, 3, 13, 12, tzinfo=UTC))
    practise(user, date(2026, 3, 3))
    practise(user, date(2026, 3, 17))
    assert figures_of(user, datetime(2026, 3, 17, 12, tzinfo=UTC)).week_current == 2
    User.objects.filter(pk=user.pk).update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert figures_of(user, datetime(2026, 3, 17, 12, tzinfo=UTC)).week_current == 1


def test_strength_is_told_in_hundredths(user: User) -> None:
    for n in range(60):
        practise(user, WEDNESDAY - timedelta(days=n))
    GoalChange.objects.create(owner=user, starts_on=date(2025, 1, 1), days_a_week=7)
    assert figures_of(user, datetime(2026, 3, 4, 12, tzinfo=UTC)).strength == 96


def test_ten_years_are_read_as_values() -> None:
    days = {WEDNESDAY - timedelta(days=n): Total(600, 1, 1) for n in range(3650)}
    found = Record(WEDNESDAY, Settings(), days).figures()
    assert (found.current, found.longest, found.week_done) == (3650, 3650, 3)


def test_pauses_take_their_days_off(user: User, now: datetime) -> None:
    for day in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 4)):
        practise(user, day)
    assert figures_of(user, now).current == 1
    user.pauses.create(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 3), reason="flare_up")
    assert figures_of(user, now).current == 3


def test_an_open_pause_is_on_today(user: User, now: datetime) -> None:
    user.pauses.create(starts_on=date(2026, 3, 1), reason="ill")
    assert figures_of(user, now).paused_today


def test_a_freeze_keeps_the_run_and_its_day_says_so(user: User, now: datetime) -> None:
    for day in (date(2026, 3, 1), date(2026, 3, 2), WEDNESDAY):
        practise(user, day)
    assert figures_of(user, now).current == 1
    User.objects.filter(pk=user.pk).update(freeze_cap=1, freeze_every=2)
    record = progress.record_of(User.objects.get(pk=user.pk), zone=BERLIN, now=now)
    assert record.figures().current == 3
    assert record.day(date(2026, 3, 3)).state == "frozen"
