"""Random histories stored and read back: the figures are those of the pure rules, whatever the database.

`make test` runs this on SQLite and on PostgreSQL with the same histories. Both have to give the one
answer that needs no database, so they agree with each other.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import GoalChange, RestChange, User
from tests import hypothesis_profiles  # noqa: F401
from tests.tracking.factories import SessionFactory
from tests.tracking.session_helpers import undone
from tests.tracking.streaks_helpers import figures as reference
from tests.tracking.streaks_strategies import FIRST, History, histories
from tests.tracking.truth import ranges
from tracking import progress
from tracking.models import Pause, Session, Status
from tracking.services import days as rollup
from tracking.streaks import Settings, strength

DAY = timedelta(days=1)
JOINED = FIRST - 400 * DAY
HISTORIES = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 60


def storable(chosen: Settings) -> Settings:
    """The settings as tables hold them: one change a date, no travel days, a day of joining."""
    goals, rests = dict(chosen.goals), dict(chosen.rests)
    return replace(
        chosen,
        goals=tuple(goals.items()),
        rests=tuple(rests.items()),
        linked=frozenset(),
        started=chosen.started or JOINED,
    )


def store(user: User, days: frozenset[date], chosen: Settings, repeat: int) -> None:
    """Write the history as rows: sessions with repetitions, some too short, some deleted."""
    assert chosen.started is not None
    user.created_at = datetime.combine(chosen.started, time(12), UTC)
    user.time_zone, user.week_start = "Europe/Berlin", chosen.week_start
    user.freeze_cap, user.freeze_every = chosen.freeze_cap, chosen.freeze_every
    user.save()
    GoalChange.objects.bulk_create(GoalChange(owner=user, starts_on=on, days_a_week=n) for on, n in chosen.goals)
    RestChange.objects.bulk_create(RestChange(owner=user, starts_on=on, weekdays=sorted(w)) for on, w in chosen.rests)
    Pause.objects.bulk_create(Pause(owner=user, starts_on=a, ends_on=b) for a, b in ranges(list(chosen.paused)))
    rows = [SessionFactory.build(owner=user, practice_day=day) for day in days for _ in range(repeat)]
    rows += [
        SessionFactory.build(owner=user, practice_day=day + DAY, seconds=20, counts=False, status=Status.ENDED)
        for day in days
    ]
    rows += [
        SessionFactory.build(owner=user, practice_day=day - DAY, deleted_at=datetime(2026, 4, 1, tzinfo=UTC))
        for day in days
    ]
    Session.objects.bulk_create(rows)
    rollup.rebuild(user)


@pytest.mark.django_db
@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), repeat=st.integers(1, 2))
def test_what_is_stored_gives_the_figures_of_the_pure_rules(user: User, history: History, repeat: int) -> None:
    chosen, today = storable(history.settings), history.today
    with undone():
        store(user, history.days, chosen, repeat)
        record = progress.record_of(user, zone="Europe/Berlin", now=datetime.combine(today, time(12), UTC))
    found = record.figures()
    assert (
        found.current,
        found.longest,
        found.open_today,
        found.week_done,
        found.week_goal,
        found.week_current,
        found.week_longest,
        len(record.frozen),
    ) == tuple(reference(history.days, chosen, today))
    assert found.strength == round(
        100 * strength(history.days, today, per_week=found.per_week, skipped=frozenset(chosen.paused))
    )
    assert (record.today, record.days) == (today, history.days)
