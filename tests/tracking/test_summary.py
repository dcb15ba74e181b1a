"""Looking back on a session: what was done, how it felt, a note, deleting and bringing back."""

import re

import pytest

from tests.tracking.pages import words_of
from tests.tracking.session_helpers import NOW, ZONE, session_of, told
from tracking.services.sessions import record_events

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(user):
    made = session_of(user, "knee-to-chest", "cat-cow")
    record_events(session=made, events=told(("start", 0), ("end", 100)), zone=ZONE, now=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def url(session) -> str:
    return f"/sessions/{session.pk}/summary/"


def test_it_says_what_was_done(client_as, user, session, url):
    words = words_of(client_as(user).get(url).content.decode())
    assert "What you did is kept" in words
    assert "Knee-to-chest" in words
    assert "left" in words
    assert "1 minute of stretching" in words


def test_a_whole_session_is_well_done(client_as, user):
    made = session_of(user)
    record_events(session=made, events=told(("start", 0), ("mark", 3000)), zone=ZONE, now=NOW)
    assert "Well done" in client_as(user).get(f"/sessions/{made.pk}/summary/").content.decode()


def test_it_shows_the_place_in_the_week(client_as, user, time_machine_now, url):
    words = words_of(client_as(user).get(url).content.decode())
    assert "This week 1 of 3 days" in words


@pytest.fixture
def time_machine_now():
    import time_machine

    with time_machine.travel(NOW, tick=False):
        yield


def test_a_session_under_way_has_no_summary_yet(client_as, user):
    made = session_of(user)
    response = client_as(user).get(f"/sessions/{made.pk}/summary/")
    assert response.status_code == 302
    assert response.url == f"/sessions/{made.pk}/"


@pytest.mark.parametrize(("field", "column"), [("feeling_before", "before"), ("feeling_after", "after")])
def test_one_tap_keeps_a_feeling(client_as, user, session, url, field, column):
    response = client_as(user).post(url, {field: "7"}, headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'id="feeling-{column}"' in html
    assert "<html" not in html
    assert "Saved" in html
    session.refresh_from_db()
    assert getattr(session, field) == 7


def test_an_answer_can_be_taken_back(client_as, user, session, url):
    client = client_as(user)
    client.post(url, {"feeling_after": "3"})
    client.post(url, {"feeling_after": ""})
    session.refresh_from_db()
    assert session.feeling_after is None


def test_without_scripts_a_feeling_leads_back_to_the_page(client_as, user, url):
    response = client_as(user).post(url, {"feeling_before": "0"})
    assert (response.status_code, response.url) == (302, url)


def test_a_feeling_can_be_told_before_the_start(client_as, user):
    made = session_of(user)
    client = client_as(user)
    assert client.post(f"/sessions/{made.pk}/summary/", {"feeling_before": "5"}, headers=HTMX).status_code == 200
    html = client.get(f"/sessions/{made.pk}/").content.decode()
    assert re.search(r'value="5"[^>]*checked', html)


def test_a_note_is_kept(client_as, user, session, url):
    client_as(user).post(url, {"note": "Better than on Monday."})
    session.refresh_from_db()
    assert session.note == "Better than on Monday."


@pytest.mark.parametrize(
    "data", [{"feeling_after": "11"}, {"feeling_before": "x"}, {"note": "x" * 2001}, {"note": "\x00"}]
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_comes_back_with_a_sentence(client_as, user, session, url, data, headers):
    response = client_as(user).post(url, data, headers=headers)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    session.refresh_from_db()
    assert (session.feeling_after, session.feeling_before, session.note) == (None, None, "")


def test_a_long_note_is_not_lost_when_it_comes_back(client_as, user, url):
    response = client_as(user).post(url, {"note": "dear diary " * 300})
    assert "dear diary dear diary" in response.content.decode()


def test_an_answer_to_nothing_is_a_bad_request(client_as, user, url):
    assert client_as(user).post(url, {}).status_code == 400


def test_nobody_else_looks_back(client_as, stranger, session, url):
    assert client_as(stranger).get(url).status_code == 404
    assert client_as(stranger).post(url, {"note": "x"}).status_code == 404
    session.refresh_from_db()
    assert session.note == ""


def test_delete_and_bring_back(client_as, user, session, url):
    client = client_as(user)
    response = client.post(f"/sessions/{session.pk}/delete/")
    assert response.url == url
    html = client.get(url).content.decode()
    assert "Bring it back" in html
    assert user.sessions.kept().count() == 0
    assert client.post(f"/sessions/{session.pk}/restore/").url == url
    assert "Bring it back" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("/history/2026-03-04/", "/history/2026-03-04/"),
        ("https://evil.example/", None),
        ("//evil.example", None),
        ("x", None),
    ],
)
def test_deleting_goes_back_to_a_page_of_ours(client_as, user, session, url, target, wanted):
    assert client_as(user).post(f"/sessions/{session.pk}/delete/", {"next": target}).url == (wanted or url)


def test_a_stranger_deletes_nothing(client_as, stranger, session):
    for action in ("delete", "restore"):
        assert client_as(stranger).post(f"/sessions/{session.pk}/{action}/").status_code == 404
        assert client_as(stranger).get(f"/sessions/{session.pk}/{action}/").status_code == 405
    session.refresh_from_db()
    assert session.deleted_at is None
