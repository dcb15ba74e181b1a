"""What can take a step's place: easier, fitting, allowed for the person, and remembered."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from stretches.models import Caution
from tests.routines.factories import make_caution, make_stretch
from tests.tracking.session_helpers import NOW, ZONE, plan_of, session_of, told
from tracking.models import Reason
from tracking.services.sessions import record_events, start_session
from tracking.stage import stage
from tracking.standins import left_out_lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def pigeon():
    """A demanding stretch and its easier relative."""
    easier = make_stretch("piriformis-figure-4")
    pigeon = make_stretch("pigeon-pose")
    easier.harder.add(pigeon)
    return pigeon


def offered(session):
    return [[other.standin.key for other in step.others] for step in stage(session, now=NOW).steps]


def record(session, *kinds, days=0):
    """Tell what was done that many days after noon."""
    later = timedelta(days=days)
    events = [replace(e, id=uuid.uuid4(), at=e.at + later // timedelta(milliseconds=1)) for e in told(*kinds)]
    return record_events(session=session, events=events, zone=ZONE, now=NOW + later + timedelta(hours=1)).session


def test_an_easier_relative_is_offered(user, pigeon):
    assert offered(session_of(user, "pigeon-pose", "jogging")) == [["piriformis-figure-4"], []]


def test_an_easier_form_comes_first(user):
    make_stretch("upward-facing-dog")
    steps = [replace(step, form="full") for step in plan_of("upward-facing-dog")]
    session = start_session(owner=user, name="Mine", steps=steps, zone=ZONE, now=NOW)
    assert offered(session) == [["upward-facing-dog--low"]]
    assert offered(session_of(user, "upward-facing-dog")) == [[]], "the low form is the usual one"


def test_what_a_condition_forbids_is_not_offered(user, pigeon):
    user.conditions = ["hip"]
    user.save()
    make_caution("piriformis-figure-4", "hip", Caution.Action.AVOID)
    assert offered(session_of(user, "pigeon-pose")) == [[]]


def test_the_stand_in_of_a_persons_condition_is_offered(user):
    user.conditions = ["knee"]
    user.save()
    make_caution("hip-flexor-kneeling", "knee", Caution.Action.AVOID, substitute="standing-quad")
    assert offered(session_of(user, "hip-flexor-kneeling")) == [["standing-quad"]]


def test_other_sides_do_not_fit_the_time(user):
    neck = make_stretch("side-neck-stretch")
    make_stretch("neck-tilt").harder.add(neck)
    assert offered(session_of(user, "side-neck-stretch")) == [[]]


def test_what_was_done_instead_is_in_the_log(user, pigeon):
    session = session_of(user, "pigeon-pose")
    work = next(s["index"] for s in session.plan["segments"] if s["kind"] == "work")
    begins = session.plan["segments"][work]["starts_ms"] // 1000
    record(
        session,
        ("start", 0),
        ("instead", begins + 9, {"step": 0, "to": "piriformis-figure-4", "why": "hurts"}),
        ("mark", begins + 40),
    )
    step = session.steps.get()
    assert (step.stretch_slug, step.label) == ("piriformis-figure-4", make_stretch("piriformis-figure-4").name)
    assert (step.instead_of, step.reason, step.stretch) == ("pigeon-pose", "hurts", make_stretch("piriformis-figure-4"))


def test_a_stand_in_that_does_not_exist_changes_nothing(user, pigeon):
    session = session_of(user, "pigeon-pose")
    record(session, ("start", 0), ("instead", 2, {"step": 0, "to": "no-such"}), ("instead", 3, {"step": 9, "to": "x"}))
    step = session.steps.get()
    assert (step.stretch_slug, step.instead_of) == ("pigeon-pose", "")


def test_why_it_was_left_out_is_remembered(user, pigeon):
    record(session_of(user, "pigeon-pose"), ("start", 0), ("skip", 2, {"why": "cant_reach"}))
    assert left_out_lately(user, ["pigeon-pose"], now=NOW + timedelta(days=2)) == {"pigeon-pose": Reason.CANT_REACH}
    assert left_out_lately(user, ["pigeon-pose"], now=NOW + timedelta(days=120)) == {}
    assert left_out_lately(user, ["jogging"], now=NOW + timedelta(days=2)) == {}
    step = stage(session_of(user, "pigeon-pose"), now=NOW + timedelta(days=2)).left_out_steps[0]
    assert (step.left_out, step.others[0].standin.key) == (Reason.CANT_REACH, "piriformis-figure-4")


def test_doing_it_again_forgets_it(user, pigeon):
    record(session_of(user, "pigeon-pose"), ("start", 0), ("skip", 2, {"why": "hurts"}))
    again = session_of(user, "pigeon-pose", now=NOW + timedelta(days=1))
    assert left_out_lately(user, ["pigeon-pose"], now=NOW + timedelta(days=1)) == {"pigeon-pose": Reason.HURTS}
    record(again, ("start", 0), ("mark", 60), days=1)
    assert left_out_lately(user, ["pigeon-pose"], now=NOW + timedelta(days=2)) == {}


def test_lack_of_time_is_no_reason_to_change_anything(user, pigeon):
    record(session_of(user, "pigeon-pose"), ("start", 0), ("skip", 2, {"why": "no_time"}))
    assert left_out_lately(user, ["pigeon-pose"], now=NOW + timedelta(days=1)) == {}


def test_strangers_leave_no_trace(user, stranger, pigeon):
    record(session_of(stranger, "pigeon-pose"), ("start", 0), ("skip", 2, {"why": "hurts"}))
    assert left_out_lately(user, ["pigeon-pose"], now=NOW + timedelta(days=1)) == {}


def test_the_day_and_the_summary_say_why(client_as, user, pigeon):
    session = record(session_of(user, "pigeon-pose"), ("start", 0), ("skip", 2, {"why": "cant_reach"}))
    client = client_as(user)
    for address in (f"/sessions/{session.pk}/summary/", f"/history/{session.practice_day}/"):
        assert "Out of reach" in client.get(address).content.decode(), address
