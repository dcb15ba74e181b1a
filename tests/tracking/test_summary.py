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


RATINGS = ["pain_before", "pain_after", "stiffness_before", "stiffness_after"]


@pytest.mark.parametrize("field", RATINGS)
@pytest.mark.parametrize("rating", [0, 7, 10])
def test_one_tap_keeps_a_feeling(client_as, user, session, url, field, rating):
    response = client_as(user).post(url, {field: str(rating)}, headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert "Saved" in html
    session.refresh_from_db()
    assert [getattr(session, name) for name in RATINGS] == [rating if name == field else None for name in RATINGS]


def test_nothing_is_chosen_before_somebody_chooses(client_as, user, url):
    html = client_as(user).get(url).content.decode()
    assert html.count('type="radio"') == 4 * 12
    assert "checked" not in html


def test_what_is_not_sent_stays(client_as, user, session, url):
    client = client_as(user)
    client.post(url, {"pain_after": "3", "stiffness_after": "4"}, headers=HTMX)
    client.post(url, {"pain_after": "2"}, headers=HTMX)
    client.post(url, {"pain_before": "6"}, headers=HTMX)
    session.refresh_from_db()
    assert (session.pain_before, session.pain_after, session.stiffness_after) == (6, 2, 4)


def test_before_and_after_may_come_together(client_as, user, session, url):
    client_as(user).post(url, {"pain_before": "6", "pain_after": "2"})
    session.refresh_from_db()
    assert (session.pain_before, session.pain_after) == (6, 2)


def test_of_two_only_one_of_which_can_be_nothing_is_saved(client_as, user, session, url):
    response = client_as(user).post(url, {"pain_before": "6", "pain_after": "-1"})
    assert response.status_code == 422
    assert re.search(r'value="6"[^>]*checked', response.content.decode()), "what was chosen is kept on the page"
    session.refresh_from_db()
    assert (session.pain_before, session.pain_after) == (None, None)


def test_an_answer_can_be_taken_back(client_as, user, session, url):
    client = client_as(user)
    client.post(url, {"pain_after": "3"})
    client.post(url, {"pain_after": ""})
    session.refresh_from_db()
    assert session.pain_after is None


def test_without_scripts_a_feeling_leads_back_to_the_page(client_as, user, url):
    response = client_as(user).post(url, {"pain_before": "0"})
    assert (response.status_code, response.url) == (302, url)


def test_a_feeling_can_be_told_before_the_start(client_as, user):
    made = session_of(user)
    client = client_as(user)
    assert client.post(f"/sessions/{made.pk}/summary/", {"pain_before": "5"}, headers=HTMX).status_code == 200
    html = client.get(f"/sessions/{made.pk}/").content.decode()
    assert re.search(r'value="5"[^>]*checked', html)


def test_a_note_is_kept(client_as, user, session, url):
    client_as(user).post(url, {"note": "Better than on Monday."})
    session.refresh_from_db()
    assert session.note == "Better than on Monday."


@pytest.mark.parametrize(
    "data",
    [
        {"pain_after": "11"},
        {"pain_before": "x"},
        {"stiffness_after": "-1"},
        {"stiffness_before": "1.5"},
        {"felt_area": "moon"},
        {"felt_area": "\x00"},
        {"note": "x" * 2001},
        {"note": "\x00"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_comes_back_with_a_sentence(client_as, user, session, url, data, headers):
    response = client_as(user).post(url, data, headers=headers)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    session.refresh_from_db()
    assert [getattr(session, name) for name in RATINGS] == [None] * 4
    assert (session.felt_area, session.note) == ("", "")


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
