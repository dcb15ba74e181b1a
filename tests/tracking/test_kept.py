"""Figures are kept in the process and never shown a moment too long, whatever changed and whoever changed it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts import services as accounts
from accounts.models import User
from tests.factories import GuestFactory
from tests.tracking.factories import practise
from tests.tracking.session_helpers import NOW, ZONE, session_of, told, undone
from tracking import progress
from tracking.calendar import NOTHING
from tracking.models import Pause
from tracking.progress import Record
from tracking.services import days, sessions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)


def record_of(user: User, *, zone: str = ZONE, later: timedelta = timedelta()) -> Record:
    return progress.record_of(user, zone=zone, now=NOW + later)


def prefer(user: User, *, goal: int = 3, rest: tuple[int, ...] = (), **values: object) -> None:
    accounts.save_preferences(
        user=user, values=values, goal=goal, rest_days=rest, today=TODAY, this_week=TODAY - timedelta(days=2)
    )


def play(user: User) -> None:
    sessions.record_events(session=session_of(user), events=told(("start", 0), ("end", 90)), zone=ZONE, now=NOW)


def claim(user: User) -> None:
    guest = GuestFactory.create()
    practise(guest, TODAY - timedelta(days=5))
    accounts.claim(guest=guest, account=user)


def rebuild(user: User) -> None:
    user.sessions.update(seconds=5)
    days.rebuild(user)


CHANGES: dict[str, Callable[[User], object]] = {
    "deleted": lambda user: sessions.delete_session(session=user.sessions.get(), now=NOW),
    "played": play,
    "ticked off": lambda user: sessions.finish_by_hand(session=session_of(user), steps=[0], zone=ZONE, now=NOW),
    "goal": lambda user: prefer(user, goal=5),
    "rest days": lambda user: prefer(user, rest=(5, 6)),
    "start of the day": lambda user: prefer(user, day_start=0),
    "start of the week": lambda user: prefer(user, week_start=6),
    "freezes": lambda user: prefer(user, freeze_cap=2),
    "pause": lambda user: Pause.objects.create(owner=user, starts_on=TODAY, ends_on=TODAY),
    "claimed": claim,
    "rebuilt": rebuild,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_shows_at_once(user: User, change: Callable[[User], object]) -> None:
    practise(user, TODAY - timedelta(days=1))
    before = record_of(user)
    assert record_of(user) is before
    change(user)
    # With the person as they were loaded before the change, too: a page may change and show at once.
    after = record_of(user)
    assert after is not before
    assert (after.totals, after.settings) != (before.totals, before.settings)
    assert after == record_of(User.objects.get(pk=user.pk))


def test_bringing_a_session_back_shows_at_once(user: User) -> None:
    one = practise(user, TODAY)
    before = record_of(user).figures()
    sessions.delete_session(session=one, now=NOW)
    assert record_of(user).figures().current == 0
    sessions.restore_session(session=one)
    assert record_of(user).figures() == before


def test_the_next_day_and_another_zone_show_at_once(user: User) -> None:
    practise(user, TODAY - timedelta(days=1))
    assert record_of(user).figures().current == 1
    assert record_of(user, later=timedelta(days=1)).figures().current == 0
    assert record_of(user, zone="Pacific/Kiritimati", later=timedelta(hours=6)).today == TODAY + timedelta(days=1)
    assert record_of(user).figures().current == 1


def test_what_was_taken_back_is_not_shown_for_what_came_instead(user: User) -> None:
    with undone():
        practise(user, TODAY)
        assert record_of(user).figures().current == 1
    assert record_of(user).figures().current == 0
    practise(user, TODAY - timedelta(days=5))
    assert record_of(user).days == {TODAY - timedelta(days=5)}


def test_nobody_is_shown_anothers_history(user: User, stranger: User) -> None:
    practise(user, TODAY)
    assert record_of(user).figures().current == 1
    assert record_of(stranger).figures().current == 0


def test_what_is_dear_is_made_once_for_each_record(user: User) -> None:
    practise(user, TODAY)
    made: list[str] = []
    for _ in range(3):
        record_of(user).keep(("year", 2026), lambda: made.append("year"))
    assert made == ["year"]
    practise(user, TODAY - timedelta(days=1))
    record_of(user).keep(("year", 2026), lambda: made.append("year"))
    assert made == ["year", "year"]


def test_a_record_cannot_be_spoilt_for_the_next(user: User) -> None:
    practise(user, TODAY)
    with pytest.raises(TypeError):
        record_of(user).totals[TODAY] = NOTHING  # type: ignore[index]


def test_the_kept_list_can_be_used_by_every_request_that_shows_it(user: User) -> None:
    practise(user, TODAY)
    first, client = Client(), Client(enforce_csrf_checks=True)
    first.force_login(user)
    client.force_login(user)
    first.get("/history/")
    html = client.get("/history/").content.decode()
    found = re.findall(r'action="(/sessions/[^"]+/delete/)"><input[^>]*name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert len(found) == 1
    action, token = found[0]
    assert client.post(action, {"csrfmiddlewaretoken": token}).status_code == 302
    assert user.sessions.get().deleted_at is not None
    assert action not in client.get("/history/").content.decode().partition('id="session-rows"')[2]
