"""The door for the player's events: what is taken, what is refused, and never a 500."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tests.tracking.session_helpers import MS, as_json, post_events, session_of, told
from tracking.models import SessionEvent

pytestmark = pytest.mark.django_db


def test_events_are_taken_and_acknowledged(client_as, user):
    session = session_of(user)
    events = told(("start", 0), ("mark", 30))
    response = post_events(client_as(user), session, events)
    assert response.status_code == 200
    assert response.json() == {"acked": [str(e.id) for e in events], "status": "running", "seconds": 20, "over": False}


def test_the_end_is_told(client_as, user):
    session = session_of(user)
    answer = post_events(client_as(user), session, told(("start", 0), ("end", 30))).json()
    assert (answer["status"], answer["over"]) == ("ended", True)


def test_repeats_are_harmless(client_as, user):
    session = session_of(user)
    client = client_as(user)
    events = told(("start", 0), ("end", 30))
    answers = [post_events(client, session, events).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert SessionEvent.objects.count() == 2


def test_the_last_word_arrives_even_after_a_deletion(client_as, user):
    session = session_of(user)
    client = client_as(user)
    client.post(f"/sessions/{session.pk}/delete/")
    assert post_events(client, session, told(("start", 0), ("end", 30))).status_code == 200
    session.refresh_from_db()
    assert session.deleted_at is not None
    assert session.seconds == 20


def test_a_stranger_tells_nothing(client_as, user, stranger):
    session = session_of(user)
    assert post_events(client_as(stranger), session, told(("start", 0))).status_code == 404
    assert SessionEvent.objects.count() == 0


def test_somebody_signed_out_is_not_thrown_off_the_page(client_as, user):
    response = post_events(client_as(None), session_of(user), told(("start", 0)))
    assert response.status_code == 401
    assert "HX-Redirect" not in response.headers


def test_only_a_post_tells_anything(client_as, user):
    assert client_as(user).get(f"/sessions/{session_of(user).pk}/events/").status_code == 405


GOOD = json.loads(as_json(told(("start", 0))))[0]


@pytest.mark.parametrize(
    "told",
    [
        "",
        "x",
        "{}",
        "null",
        "[" * 100_000,
        "[1]",
        '[{"at": NaN}]',
        '[{"at": 1e400}]',
        "[" + "9" * 6000 + "]",
        " " * 1_000_001,
        json.dumps([{**GOOD, "kind": "hand"}]),
        json.dumps([{**GOOD, "data": {"why": "\x00"}}]),
        json.dumps([{**GOOD, "data": {"why": "\ud800"}}]),
        json.dumps([GOOD] * 2001),
    ],
)
def test_nonsense_is_refused_and_leaves_nothing(client_as, user, told):
    session = session_of(user)
    response = client_as(user).post(f"/sessions/{session.pk}/events/", {"events": told, "now": str(MS)})
    assert response.status_code == 422
    assert response.json()["error"].endswith(".")
    assert SessionEvent.objects.count() == 0


@pytest.mark.parametrize("now", ["", "x", "-5", "9" * 400, "١٢٣", "1.5"])
def test_a_device_that_does_not_know_the_time_is_believed_all_the_same(client_as, user, now):
    assert post_events(client_as(user), session_of(user), told(("start", 0)), now=now).status_code == 200


def test_nothing_posted_is_refused_too(client_as, user):
    assert client_as(user).post(f"/sessions/{session_of(user).pk}/events/").status_code == 422


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.text(max_size=60)
    | st.lists(
        st.fixed_dictionaries(
            {
                "id": st.uuids().map(str),
                "seq": st.integers(-2, 2_000_000),
                "kind": st.sampled_from(["start", "pause", "resume", "skip", "back", "mark", "end", "finish", "x"]),
                "at": st.integers(-(10**14), 10**14) | st.floats(),
            },
            optional={"data": st.dictionaries(st.text(max_size=4), st.text(max_size=4) | st.integers(), max_size=3)},
        ),
        max_size=6,
    ).map(json.dumps)
)
def test_whatever_is_posted_is_taken_or_refused(client_as, user, told):
    session = session_of(user)
    response = client_as(user).post(f"/sessions/{session.pk}/events/", {"events": told, "now": str(MS)})
    assert response.status_code in {200, 422}
