"""The session page: everything the player and those without scripts need."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from stretches.models import Condition, RedFlag, Stretch
from tests.routines.factories import make_caution, make_step
from tests.tracking.pages import words_of
from tests.tracking.session_helpers import NOW, ZONE, own_routine, session_of, told
from tracking.services.sessions import delete_session, finish_by_hand, record_events, start_session

pytestmark = pytest.mark.django_db


def url_of(session) -> str:
    return f"/sessions/{session.pk}/"


def script(html: str, name: str):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found, name
    return json.loads(found[1])


def page(client, session) -> str:
    response = client.get(url_of(session))
    assert response.status_code == 200
    return response.content.decode()


def test_it_plays_the_frozen_plan(client_as, user):
    session = session_of(user, "knee-to-chest", "cat-cow")
    html = page(client_as(user), session)
    timeline = script(html, "timeline")
    assert timeline == {**{k: session.plan[k] for k in ("total_ms", "segments")}, "reps": []}
    root = re.search(r'<section id="session"[^>]*>', html)
    assert root
    for attribute in (
        'data-state="ready"',
        'data-kind="prepare"',
        'data-side="left"',
        'data-stretch="knee-to-chest"',
        'data-segment="0"',
        'data-remaining-ms="10000"',
    ):
        assert attribute in root[0]
    assert "data-clock-speed" not in root[0]
    assert script(html, "events") == []


def test_it_knows_what_happened_so_far(client_as, user):
    session = session_of(user)
    events = told(("start", 0, {"zone": ZONE}), ("pause", 12))
    record_events(session=session, events=events, zone=ZONE, now=NOW + timedelta(minutes=1))
    assert script(page(client_as(user), session), "events") == [
        {"id": str(e.id), "seq": e.seq, "kind": e.kind, "at": e.at, "data": e.data} for e in events
    ]


def test_time_can_run_faster_only_where_the_server_says_so(client_as, user, settings):
    settings.PLAYER_CLOCK_SPEED = 20
    assert 'data-clock-speed="20"' in page(client_as(user), session_of(user))


def test_without_scripts_it_is_a_list_with_times_and_a_form(client_as, user):
    session = session_of(user, "knee-to-chest", "cat-cow")
    html = page(client_as(user), session)
    assert len(re.findall(r'<li class="session-step"', html)) == 2
    assert html.count('form="by-hand" name="done"') == 2
    assert f'action="/sessions/{session.pk}/by-hand/"' in html
    words = words_of(html)
    for wanted in ("Knee-to-chest", "Cat-cow", "Mark as done", "each side"):
        assert wanted.lower() in words.lower()


def test_a_step_says_what_the_person_noted(client_as, user):
    routine = own_routine(user)
    make_step(routine, "cat-cow", note="Slowly.\nWith <socks>.")
    from routines import plans

    session = start_session(owner=user, name="Mine", steps=plans.plan(routine), zone=ZONE, now=NOW)
    assert "Slowly.<br>With &lt;socks&gt;." in page(client_as(user), session)


def care_for(tag: str, slug: str, **values) -> None:
    Condition.objects.get_or_create(tag=tag, defaults={"label": tag, "rule": "Slowly.", "severity": "adapt"})
    make_caution(slug, tag, **values)


def test_cautions_of_the_persons_conditions_are_shown_and_no_others(client_as, user):
    care_for("hip", "knee-to-chest", substitute="cat-cow")
    care_for("neck", "knee-to-chest")
    user.conditions = ["hip"]
    user.save()
    words = words_of(page(client_as(user), session_of(user)))
    assert words.count("Mind the hip.") == 2  # before the start, and at the step
    assert "Instead:" in words
    assert "Mind the neck." not in words


def test_the_stop_signs_are_one_tap_away(client_as, user):
    RedFlag.objects.create(key="RF99", urgency="stop", sign="Sharp pain", why="Too much")
    RedFlag.objects.create(key="RF98", urgency="urgent", sign="Fever", why="Infection")
    html = page(client_as(user), session_of(user))
    assert 'popovertarget="stop-signs"' in html
    assert "Sharp pain" in html
    assert "Fever" not in html


def test_the_page_outlives_its_stretch(client_as, user):
    session = session_of(user, "cat-cow")
    Stretch.objects.get(slug="cat-cow").delete()
    assert "Cat-cow" in page(client_as(user), session)


def test_a_session_that_is_over_leads_to_its_summary(client_as, user):
    session = session_of(user)
    finish_by_hand(session=session, steps=[0], zone=ZONE, now=NOW)
    response = client_as(user).get(url_of(session))
    assert response.status_code == 302
    assert response.url == f"/sessions/{session.pk}/summary/"


def test_a_deleted_session_is_not_played(client_as, user):
    session = session_of(user)
    delete_session(session=session, now=timezone.now())
    assert client_as(user).get(url_of(session)).status_code == 404


def test_it_is_nobody_elses(client_as, user, stranger):
    session = session_of(user)
    assert client_as(stranger).get(url_of(session)).status_code == 404
    response = client_as(None).get(url_of(session))
    assert response.status_code == 302
    assert "/account/sign-in/" in response.url


def test_longer_sessions_ask_no_more_questions(client_as, user, count_queries):
    care_for("hip", "knee-to-chest")
    user.conditions = ["hip"]
    user.save()
    client = client_as(user)
    short = count_queries(client, url_of(session_of(user, "cat-cow")))
    long = session_of(user, *["knee-to-chest", "cat-cow", "shoulder-rolls"] * 5)
    assert count_queries(client, url_of(long)) <= short + 1


def test_ticking_off_by_hand(client_as, user):
    session = session_of(user, "knee-to-chest", "cat-cow")
    client = client_as(user)
    for _ in range(2):
        response = client.post(f"/sessions/{session.pk}/by-hand/", {"done": ["1", "x", "99"]})
        assert response.url == f"/sessions/{session.pk}/summary/"
    assert [step.outcome for step in session.steps.all()] == ["skipped", "done"]
    assert client.get(f"/sessions/{session.pk}/by-hand/").status_code == 405


def test_only_the_owner_ticks_off(client_as, user, stranger):
    session = session_of(user)
    assert client_as(stranger).post(f"/sessions/{session.pk}/by-hand/", {"done": ["0"]}).status_code == 404
    session.refresh_from_db()
    assert session.status == "ready"
