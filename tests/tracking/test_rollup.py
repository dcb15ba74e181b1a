"""The rollup of days: whatever is done to sessions, in whatever order, each row is what the sessions say."""

import importlib
from datetime import date, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts import services as accounts
from accounts.models import User
from tests.factories import GuestFactory, UserFactory
from tests.tracking.factories import SessionStepFactory, practise
from tests.tracking.session_helpers import NOW, session_of, told, undone
from tracking.models import PracticeDay, Session, Status
from tracking.services import days, sessions

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)

ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["log", "short", "open", "begin", "end", "by hand", "delete", "restore"]), st.integers(0, 9)
    ),
    max_size=14,
)


def rows_of(user: User) -> list[tuple[date, int, int, int, list[str], list[str]]]:
    return list(user.practice_days.values_list("day", "seconds", "sessions", "counting", "zones", "stretches"))


def act(user: User, what: str, number: int) -> None:
    """Do one of the things that change a history, to the session that the number falls on."""
    zone = ("Europe/Berlin", "Asia/Tokyo")[number % 2]
    existing = list(user.sessions.order_by("pk"))
    if what in {"begin", "end", "by hand"}:
        existing = [session for session in existing if session.plan.get("steps")]
    one = existing[number % len(existing)] if existing else None
    if what == "log":
        practise(user, MONDAY + timedelta(days=number), zone=zone, seconds=60 * number)
    elif what == "short":
        practise(user, MONDAY + timedelta(days=number), seconds=20, counts=False, status=Status.ENDED)
    elif what == "open" or one is None:
        session_of(user, now=NOW + timedelta(days=number))
    elif what == "begin":
        sessions.record_events(session=one, events=told(("start", number)), zone=zone, now=NOW)
    elif what == "end":
        sessions.record_events(session=one, events=told(("start", 0), ("end", 90)), zone=zone, now=NOW)
    elif what == "by hand":
        sessions.finish_by_hand(session=one, steps=[0], zone=zone, now=NOW)
    elif what == "delete":
        sessions.delete_session(session=one, now=NOW)
    elif what == "restore":
        sessions.restore_session(session=one)


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_after_anything_it_is_what_a_fresh_rebuild_makes(user: User, actions: list[tuple[str, int]]) -> None:
    with undone():
        for what, number in actions:
            act(user, what, number)
            assert days.differing(user) == []
        before = rows_of(user)
        days.rebuild(user)
        assert rows_of(user) == before


def test_a_day_has_all_its_sessions_and_the_zones_of_those_that_count(user: User) -> None:
    practise(user, MONDAY, seconds=300, zone="Europe/Berlin")
    practise(user, MONDAY, seconds=600, zone="Asia/Tokyo")
    practise(user, MONDAY, seconds=20, zone="Europe/London", counts=False, status=Status.ENDED)
    assert rows_of(user) == [(MONDAY, 920, 3, 2, ["Asia/Tokyo", "Europe/Berlin"], [])]


def test_a_day_has_each_stretch_once_of_which_anything_was_done(user: User) -> None:
    for slug, done in (("knee-to-chest", 30), ("cat-cow", 60), ("pigeon-pose", 0)):
        SessionStepFactory.create(session=practise(user, MONDAY), stretch_slug=slug, done_s=done)
    SessionStepFactory.create(session=practise(user, MONDAY), stretch_slug="cat-cow")
    gone = practise(user, MONDAY)
    SessionStepFactory.create(session=gone, stretch_slug="walking")
    sessions.delete_session(session=gone, now=NOW)
    assert [row.stretches for row in user.practice_days.all()] == [["cat-cow", "knee-to-chest"]]


def test_the_last_session_of_a_day_takes_its_row_along(user: User) -> None:
    session = practise(user, MONDAY)
    sessions.delete_session(session=session, now=NOW)
    assert rows_of(user) == []
    sessions.restore_session(session=session)
    assert rows_of(user) == [(MONDAY, 600, 1, 1, ["Europe/Berlin"], [])]


def test_every_change_is_told_once(user: User) -> None:
    def version() -> int:
        return User.objects.get(pk=user.pk).history_version

    session = session_of(user)
    before = version()
    sessions.record_events(session=session, events=told(("start", 0)), zone="Europe/Berlin", now=NOW)
    after = version()
    assert after != before
    sessions.record_events(session=session, events=told(("start", 0)), zone="Europe/Berlin", now=NOW)
    assert version() == after, "a repeat changes nothing"


def test_a_session_that_is_rolled_back_leaves_no_trace(user: User) -> None:
    with undone():
        practise(user, MONDAY)
    assert rows_of(user) == []


def test_days_of_a_guest_are_worked_out_for_the_account() -> None:
    guest, account = GuestFactory.create(), UserFactory.create()
    practise(guest, MONDAY, seconds=300)
    practise(account, MONDAY, seconds=60)
    practise(account, MONDAY + timedelta(days=1))
    accounts.claim(guest=guest, account=account)
    assert [(day, seconds) for day, seconds, *_ in rows_of(account)] == [(MONDAY, 360), (MONDAY + timedelta(1), 600)]
    assert PracticeDay.objects.exclude(owner=account).count() == 0


def test_the_command_finds_and_mends_what_somebody_changed_by_hand(user: User, stranger: User) -> None:
    practise(user, MONDAY)
    practise(stranger, MONDAY)
    PracticeDay.objects.create(owner=stranger, day=date(2026, 1, 1), seconds=5, sessions=1)
    Session.objects.filter(owner=user).update(seconds=77)
    with pytest.raises(CommandError, match="2 days"):
        call_command("rebuild_days", "--check")
    call_command("rebuild_days", stdout=StringIO())
    call_command("rebuild_days", "--check", stdout=StringIO())
    assert rows_of(user) == [(MONDAY, 77, 1, 1, ["Europe/Berlin"], [])]
    assert rows_of(stranger) == [(MONDAY, 600, 1, 1, ["Europe/Berlin"], [])]


def test_the_migrations_make_the_same_rows(user: User) -> None:
    SessionStepFactory.create(session=practise(user, MONDAY, seconds=300), stretch_slug="knee-to-chest")
    SessionStepFactory.create(session=practise(user, MONDAY, seconds=300), stretch_slug="cat-cow")
    practise(user, MONDAY, seconds=600, zone="Asia/Tokyo")
    practise(user, date(2026, 3, 5), seconds=20, counts=False, status=Status.ENDED)
    wanted = rows_of(user)
    PracticeDay.objects.all().delete()
    for name in ("0004_fill_practice_days", "0008_stretches_of_a_day"):
        importlib.import_module(f"tracking.migrations.{name}").fill(apps, None)
    assert rows_of(user) == wanted
