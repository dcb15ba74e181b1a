"""The pages to log practice done elsewhere and to put a session right: fields, bad input, one step back."""

import re
import uuid
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from accounts.models import User
from tests.routines.factories import ReadyMadeFactory, make_step, make_stretch
from tests.tracking.factories import practise
from tests.tracking.pages import words_of
from tests.tracking.session_helpers import own_routine
from tracking.models import Origin, Session
from tracking.services.manual import wall_time

TODAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
FIELDS = {"day": "2026-03-03", "at": "18:30", "minutes": "20", "what": "", "name": "Yoga", "note": "Good"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def form_of(client, url="/history/add/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_day_asked_for_is_filled_in(client_as, user):
    client = client_as(user)
    assert 'value="2026-02-14"' in form_of(client, "/history/add/?day=2026-02-14")
    assert 'value="2026-03-04"' in form_of(client)
    assert 'value="2026-03-04"' in form_of(client, "/history/add/?day=soon")


def test_it_is_logged_and_stands_on_its_day(client_as, user):
    client = client_as(user)
    response = client.post("/history/add/", FIELDS, follow=True)
    assert response.request["PATH_INFO"] == "/history/2026-03-03/"
    assert "Yoga" in words_of(response.content.decode())
    session = user.sessions.get()
    assert (session.origin, session.seconds, wall_time(session)) == (Origin.BY_HAND, 1200, time(18, 30))


def test_a_visitor_becomes_a_guest(client, db):
    assert client.post("/history/add/", FIELDS).status_code == 302
    assert Session.objects.get().owner.is_guest


def test_pressing_twice_makes_one(client_as, user):
    client = client_as(user)
    pk = re.findall(r'name="id" value="([^"]+)"', form_of(client))[0]
    for _ in range(2):
        assert client.post("/history/add/", {**FIELDS, "id": pk}).status_code == 302
    assert user.sessions.get().pk == uuid.UUID(pk)


def test_an_id_that_somebody_else_has_is_not_found(client_as, user, stranger):
    pk = practise(user, TODAY).pk
    assert client_as(stranger).post("/history/add/", {**FIELDS, "id": str(pk)}).status_code == 404


def test_a_routine_of_ones_own_and_a_ready_made_one(client_as, user):
    own = own_routine(user, "cat-cow", name="Mornings")
    ready = ReadyMadeFactory.create(slug="desk-break", name="Desk break")
    make_step(ready, "knee-to-chest")
    client = client_as(user)
    html = form_of(client)
    for routine in (own, ready):
        assert f'value="{routine.pk}"' in html
        client.post("/history/add/", {**FIELDS, "what": str(routine.pk), "name": ""})
    names = set(user.sessions.values_list("name", "routine"))
    assert names == {("Mornings", own.pk), ("Desk break", ready.pk)}


def test_somebody_elses_routine_is_no_choice(client_as, user, stranger):
    private = own_routine(stranger, "cat-cow")
    response = client_as(user).post("/history/add/", {**FIELDS, "what": str(private.pk)})
    assert response.status_code == 422
    assert not user.sessions.exists()


def test_single_stretches(client_as, user):
    make_stretch("cat-cow")
    make_stretch("knee-to-chest")
    client = client_as(user)
    client.post("/history/add/", {**FIELDS, "stretches": ["cat-cow", "knee-to-chest"], "name": ""})
    session = user.sessions.get()
    assert session.name == "Stretching"
    assert sum(session.steps.values_list("done_s", flat=True)) == 1200
    assert client.get(f"/sessions/{session.pk}/summary/").status_code == 200
    assert client.get("/").status_code == client.get("/history/").status_code == 200


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"day": ""}, "Choose a day."),
        ({"day": "31.02.2026"}, "Write the day as in"),
        ({"day": "0001-01-01"}, "more than a year ago"),
        ({"day": "9999-12-31"}, "still to come"),
        ({"day": "2026-03-05"}, "still to come"),
        ({"at": "25:00"}, "Write the time as in"),
        ({"day": "2026-03-04", "at": "23:00"}, "This time is still to come"),
        ({"minutes": ""}, "how many minutes"),
        ({"minutes": "0"}, "1 to 600"),
        ({"minutes": "601"}, "1 to 600"),
        ({"minutes": "1e3"}, "whole minutes"),
        ({"minutes": "9" * 400}, "1 to 600"),
        ({"what": "nonsense"}, "not one of the available choices"),
        ({"stretches": ["\x00"]}, "not one of the available choices"),
        ({"name": "x" * 121}, "at most 120"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"note": "x" * 2001}, "at most 2000"),
        ({"id": "nonsense"}, "Enter a valid UUID"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client_as, user, values, says):
    response = client_as(user).post("/history/add/", {**FIELDS, **values})
    html = response.content.decode()
    assert response.status_code == 422
    assert says in words_of(html)
    assert not user.sessions.exists()
    kept = {name: value for name, value in FIELDS.items() if name not in values and name != "what"}
    assert all(value in html for value in kept.values()), "what was typed is kept"


def test_a_routine_or_stretches_not_both(client_as, user):
    own = own_routine(user, "cat-cow")
    response = client_as(user).post("/history/add/", {**FIELDS, "what": str(own.pk), "stretches": ["cat-cow"]})
    assert response.status_code == 422
    assert "not both" in words_of(response.content.decode())


def test_a_session_is_moved_and_put_back(client_as, user):
    session = practise(user, date(2026, 3, 1), note="Before")
    client = client_as(user)
    html = form_of(client, f"/sessions/{session.pk}/change/")
    assert 'value="2026-03-01"' in html
    assert 'value="07:00"' in html
    assert 'name="name"' not in html
    values = {"day": "2026-03-03", "at": "08:15", "minutes": "10", "note": "After"}
    response = client.post(f"/sessions/{session.pk}/change/", values, follow=True)
    assert response.request["PATH_INFO"] == "/history/2026-03-03/"
    session.refresh_from_db()
    assert (session.practice_day, session.seconds, session.note) == (date(2026, 3, 3), 600, "After")
    assert f"/sessions/{session.pk}/change/undo/" in response.content.decode()

    back = client.post(f"/sessions/{session.pk}/change/undo/", follow=True)
    assert back.request["PATH_INFO"] == "/history/2026-03-01/"
    session.refresh_from_db()
    assert (session.practice_day, session.note) == (date(2026, 3, 1), "Before")
    assert "change/undo" not in back.content.decode()


def test_seconds_stay_where_the_minutes_were_not_touched(client_as, user):
    session = practise(user, TODAY, seconds=617, finished_at=None)
    values = {"day": "2026-03-04", "at": "07:00", "minutes": "10", "note": "x"}
    client_as(user).post(f"/sessions/{session.pk}/change/", values)
    session.refresh_from_db()
    assert session.seconds == 617


@pytest.mark.parametrize(
    "values", [{"day": "2026-03-05"}, {"day": "2020-01-01"}, {"minutes": "0"}, {"at": "late"}, {"note": "x" * 2001}]
)
def test_a_change_that_cannot_be_changes_nothing(client_as, user, values):
    session = practise(user, TODAY)
    fields = {"day": "2026-03-04", "at": "07:00", "minutes": "10", "note": "", **values}
    response = client_as(user).post(f"/sessions/{session.pk}/change/", fields)
    assert response.status_code == 422
    assert 'class="errorlist"' in response.content.decode()
    session.refresh_from_db()
    assert (session.practice_day, session.seconds, session.note) == (TODAY, 600, "")


def test_every_change_makes_another_version_of_the_history(client_as, user):
    client = client_as(user)
    versions = {user.history_version}
    client.post("/history/add/", FIELDS)
    versions.add(User.objects.get(pk=user.pk).history_version)
    session = user.sessions.get()
    client.post(f"/sessions/{session.pk}/change/", {**FIELDS, "minutes": "30"})
    versions.add(User.objects.get(pk=user.pk).history_version)
    client.post(f"/sessions/{session.pk}/change/undo/")
    versions.add(User.objects.get(pk=user.pk).history_version)
    assert len(versions) == 4


def test_a_stranger_finds_nothing_to_change(client_as, user, stranger):
    session = practise(user, TODAY, deleted_at=None)
    for url in (f"/sessions/{session.pk}/change/", f"/sessions/{session.pk}/change/undo/"):
        assert client_as(stranger).post(url, FIELDS).status_code == 404
    Session.objects.update(deleted_at=NOON)
    assert client_as(user).get(f"/sessions/{session.pk}/change/").status_code == 404
