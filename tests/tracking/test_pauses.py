"""Pauses: noted ahead or afterwards, changed, deleted, put back; they break nothing and cost nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import User
from tests.tracking.factories import practise
from tests.tracking.pages import attributes_of_day, cell_words, value_of, words_of
from tracking.models import Pause
from tracking.services import pauses as services
from tracking.views.pauses import UNDO_FOR

TODAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
FIELDS = {"starts_on": "2026-03-02", "ends_on": "2026-03-03", "reason": "ill"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def pause_of(user: User, first: date = date(2026, 3, 2), last: date | None = date(2026, 3, 3)) -> Pause:
    return services.add_pause(owner=user, starts_on=first, ends_on=last, reason="ill", today=TODAY)


def version(user: User) -> int:
    return User.objects.get(pk=user.pk).history_version


def test_a_pause_noted_afterwards_mends_the_run_and_shows(client_as, user):
    for day in (date(2026, 3, 1), TODAY):
        practise(user, day)
    client, before = client_as(user), version(user)
    assert value_of(client.get("/history/").content.decode(), "current-streak") == 1
    assert client.post("/history/pauses/", FIELDS).status_code == 302
    assert version(user) != before
    html = client.get("/history/").content.decode()
    assert value_of(html, "current-streak") == 2
    assert attributes_of_day(html, "2026-03-02")["data-state"] == "paused"
    assert "in a pause" in cell_words(html, "2026-03-02")


def test_an_open_pause_reaches_today(client_as, user):
    practise(user, date(2026, 3, 1))
    client = client_as(user)
    client.post("/history/pauses/", {**FIELDS, "ends_on": ""})
    html = client.get("/history/").content.decode()
    assert attributes_of_day(html, "2026-03-04")["data-state"] == "paused"
    assert attributes_of_day(html, "2026-03-05")["data-state"] == "future"
    assert "You are taking a pause." in words_of(client.get("/").content.decode())


def test_the_same_twice_is_one(client_as, user):
    client = client_as(user)
    for _ in range(2):
        client.post("/history/pauses/", FIELDS)
    assert user.pauses.count() == 1


def test_a_visitor_becomes_a_guest(client, db):
    assert client.post("/history/pauses/", FIELDS).status_code == 302
    assert Pause.objects.get().owner.is_guest


def test_the_day_asked_for_is_filled_in(client_as, user):
    html = client_as(user).get("/history/pauses/?day=2026-02-14").content.decode()
    assert html.count('value="2026-02-14"') == 2


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"starts_on": ""}, "Choose a day."),
        ({"starts_on": "soon"}, "Write the day as in"),
        ({"starts_on": "2025-03-03"}, "up to a year ago"),
        ({"starts_on": "2027-03-05", "ends_on": ""}, "a year ahead"),
        ({"starts_on": "0001-01-01", "ends_on": "9999-12-31"}, "planned up to a year ahead"),
        ({"ends_on": "2027-03-05"}, "planned up to a year ahead"),
        ({"ends_on": "2026-03-01"}, "cannot end before it starts"),
        ({"reason": "lazy"}, "not one of the available choices"),
        ({"reason": ""}, "required"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client_as, user, values, says):
    client = client_as(user)
    pause = pause_of(user)
    for url in ("/history/pauses/", f"/history/pauses/{pause.pk}/"):
        response = client.post(url, {**FIELDS, **values})
        assert response.status_code == 422
        assert says in words_of(response.content.decode())
        kept = {**FIELDS, **values}["ends_on"]
        assert not kept or f'value="{kept}"' in response.content.decode()
    pause.refresh_from_db()
    assert (pause.starts_on, pause.ends_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert user.pauses.count() == 1


@pytest.mark.parametrize("first", [TODAY - timedelta(days=365), TODAY + timedelta(days=365)])
def test_a_year_either_way_is_fine(user, first):
    assert pause_of(user, first, first) in user.pauses.all()


def test_there_can_be_two_hundred(client_as, user):
    Pause.objects.bulk_create(
        Pause(owner=user, starts_on=TODAY - timedelta(days=n), ends_on=TODAY) for n in range(services.MOST)
    )
    response = client_as(user).post("/history/pauses/", FIELDS)
    assert response.status_code == 422
    assert "200 pauses" in words_of(response.content.decode())


@pytest.mark.parametrize("how", ["change", "delete"])
def test_one_step_back(client_as, user, how, noon):
    pause = pause_of(user)
    client = client_as(user)
    if how == "change":
        client.post(f"/history/pauses/{pause.pk}/", {**FIELDS, "ends_on": "", "reason": "travel"})
        assert Pause.objects.get().ends_on is None
    else:
        client.post(f"/history/pauses/{pause.pk}/delete/")
        assert not Pause.objects.exists()
    html = client.get("/history/pauses/").content.decode()
    assert "2 March to 3 March 2026" in words_of(html)
    before = version(user)
    assert client.post("/history/pauses/undo/", follow=True).status_code == 200
    back = Pause.objects.get()
    assert (back.pk, back.starts_on, back.ends_on, back.reason) == (pause.pk, pause.starts_on, pause.ends_on, "ill")
    assert version(user) != before
    assert 'action="/history/pauses/undo/"' not in client.get("/history/pauses/").content.decode()


def test_after_an_hour_nothing_is_offered_back(client_as, user, noon):
    client = client_as(user)
    client.post(f"/history/pauses/{pause_of(user).pk}/delete/")
    noon.shift(UNDO_FOR + timedelta(seconds=1))
    assert "undo" not in client.get("/history/pauses/").content.decode()
    client.post("/history/pauses/undo/")
    assert not Pause.objects.exists()


def test_a_stranger_finds_nothing(client_as, user, stranger):
    pause = pause_of(user)
    client = client_as(stranger)
    assert client.post(f"/history/pauses/{pause.pk}/", FIELDS).status_code == 404
    assert client.post(f"/history/pauses/{pause.pk}/delete/").status_code == 404
    assert "2 March" not in words_of(client.get("/history/pauses/").content.decode())


def test_the_list_says_which_is_now(client_as, user):
    pause_of(user, date(2026, 3, 1), None)
    pause_of(user, date(2026, 4, 1), date(2026, 4, 1))
    words = words_of(client_as(user).get("/history/pauses/").content.decode())
    assert re.search(r"from 1 March 2026, still open Ill · now", words)
    assert re.search(r"1 April 2026 Ill · to come", words)


def test_a_guests_pauses_move_along(user, guest):
    from tracking.services.claiming import move_sessions

    pause = pause_of(guest)
    move_sessions(guest, user)
    pause.refresh_from_db()
    assert pause.owner == user
