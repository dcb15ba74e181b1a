"""What the services write: plans frozen, events folded into rows, days fixed once, nothing doubled."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from stretches.models import Stretch
from tests.factories import UserFactory
from tests.tracking.session_helpers import MS, NOW, ZONE, own_routine, plan_of, rows, session_of, told
from tracking.models import Session, SessionEvent
from tracking.playback import Event
from tracking.services.sessions import (
    delete_session,
    finish_by_hand,
    look_back,
    record_events,
    restore_session,
    start_session,
)
from tracking.told import PlaybackError

pytestmark = pytest.mark.django_db


def record(session, events, *, now=None, zone=ZONE, device_now=None):
    return record_events(
        session=session, events=events, zone=zone, now=now or NOW + timedelta(hours=1), device_now=device_now
    )


# --- Starting -------------------------------------------------------------------------------------


def test_a_session_freezes_its_plan(user):
    routine = own_routine(user, "cat-cow", "knee-to-chest", name="Evening")
    from routines import plans

    session = start_session(
        owner=user, name=routine.name, steps=plans.plan(routine), zone=ZONE, now=NOW, routine=routine
    )
    total = plans.timeline(routine).total_ms
    routine.steps.all().delete()
    routine.delete()
    session.refresh_from_db()
    assert session.routine is None
    assert session.name == "Evening"
    assert session.plan["total_ms"] == total
    assert [step["stretch"] for step in session.plan["steps"]] == ["cat-cow", "knee-to-chest"]
    assert [(s.order, s.stretch_slug, s.outcome, s.done_s) for s in session.steps.all()] == [
        (0, "cat-cow", "skipped", 0),
        (1, "knee-to-chest", "skipped", 0),
    ]
    assert (session.status, session.practice_day, session.utc_offset_s) == ("ready", date(2026, 3, 4), 3600)


def test_the_same_id_is_the_same_session(user):
    pk = uuid.uuid4()
    one = session_of(user, pk=pk)
    two = session_of(user, "cat-cow", pk=pk, now=NOW + timedelta(hours=2))
    assert one == two
    assert Session.objects.count() == 1
    assert [s.stretch_slug for s in two.steps.all()] == ["knee-to-chest"]


def test_an_id_of_somebody_else_is_no_session(user, stranger):
    pk = session_of(stranger).pk
    with pytest.raises(Session.DoesNotExist):
        session_of(user, pk=pk)
    assert user.sessions.count() == 0


def test_a_single_stretch_has_no_routine(user):
    session = session_of(user, "cat-cow")
    assert session.routine is None
    assert session.routine_slug == ""


# --- Events ---------------------------------------------------------------------------------------


def test_a_session_run_to_its_end_is_done(user):
    session = session_of(user)
    total = session.plan["total_ms"] // 1000
    record(session, told(("start", 0), ("finish", total)))
    session.refresh_from_db()
    step = session.steps.get()
    assert (session.status, session.counts) == ("done", True)
    assert session.seconds == step.planned_s == step.done_s
    assert step.done_left_s == step.done_right_s == step.done_s // 2
    assert step.outcome == "done"
    assert session.started_at == NOW
    assert session.finished_at == NOW + timedelta(seconds=total)


def test_ended_early_keeps_what_was_done(user):
    session = session_of(user, "knee-to-chest", "cat-cow")
    record(session, told(("start", 0), ("end", 25)))
    session.refresh_from_db()
    first, second = session.steps.all()
    assert session.status == "ended"
    assert (first.done_s, first.done_left_s, first.outcome) == (15, 15, "part")
    assert (second.done_s, second.outcome) == (0, "skipped")
    assert session.seconds == 15
    assert session.counts is False


def test_a_pause_is_not_practised(user):
    session = session_of(user)
    record(session, told(("start", 0), ("pause", 20), ("resume", 620), ("end", 625)))
    session.refresh_from_db()
    assert session.seconds == 15


def test_leaving_before_the_start_logs_nothing(user):
    session = session_of(user)
    record(session, told(("end", 5)))
    assert session.status == "ready"
    assert user.sessions.begun().count() == 0


def test_repeats_change_nothing_and_are_acknowledged_again(user):
    session = session_of(user)
    events = told(("start", 0), ("mark", 30), ("end", 40))
    first = record(session, events)
    before = rows(session)
    again = record(session, events, now=NOW + timedelta(days=3), zone="Asia/Tokyo", device_now=MS + 10**9)
    assert first.acknowledged == again.acknowledged == [event.id for event in events]
    assert rows(session) == before
    assert session.events.count() == 3


def test_a_repeat_moves_nothing_even_where_the_device_runs_ahead(user):
    session = session_of(user)
    events = told(("start", 0), ("end", 40))
    record(session, events, now=NOW + timedelta(seconds=10), device_now=MS)
    before = rows(session)
    record(session, events, now=NOW + timedelta(seconds=20), device_now=MS)
    assert rows(session) == before


@pytest.mark.parametrize("seed", range(12))
def test_any_order_in_any_portions_leaves_the_same_rows(user, seed):
    chance = random.Random(seed)
    kinds = ["pause", "resume", "skip", "back", "mark"]
    story = [("start", 0), *((chance.choice(kinds), n * 7) for n in range(1, 15)), ("end", 120)]
    events = told(*story)
    straight = session_of(user, "knee-to-chest", "cat-cow")
    record(straight, [Event(uuid.uuid4(), e.seq, e.kind, e.at, e.data) for e in events])
    shuffled = session_of(user, "knee-to-chest", "cat-cow")
    portions = [*events, *chance.choices(events, k=10)]
    chance.shuffle(portions)
    while portions:
        size = chance.randint(1, 5)
        record(shuffled, portions[:size])
        portions = portions[size:]
    assert rows(shuffled) == rows(straight)
    assert shuffled.events.count() == len(events)


def test_an_event_of_another_session_is_not_acknowledged(user):
    taken, session = session_of(user), session_of(user)
    record(taken, told(("start", 0)))
    answer = record(session, told(("start", 0)))
    assert answer.acknowledged == []
    assert session.events.count() == 0


def test_two_thousand_events_are_enough(user):
    session = session_of(user)
    SessionEvent.objects.bulk_create(
        SessionEvent(id=uuid.uuid4(), session=session, seq=n, kind="mark", at=MS) for n in range(1999)
    )
    events = told(("start", 0), ("end", 5))
    with pytest.raises(PlaybackError):
        record(session, events)
    record(session, events[:1])


# --- The practice day -------------------------------------------------------------------------------


def start_at(owner, instant: datetime, *, zone=ZONE, told_zone="", **values):
    session = session_of(owner)
    at = int(instant.timestamp() * 1000)
    event = Event(uuid.uuid4(), 1, "start", at, {"zone": told_zone} if told_zone else {})
    now = values.pop("now", instant + timedelta(seconds=2))
    record(session, [event], zone=zone, now=now, **values)
    session.refresh_from_db()
    return session


def test_the_start_decides_the_day_and_the_day_begins_at_three(user):
    late = start_at(user, datetime(2026, 3, 4, 1, 59, tzinfo=UTC))
    assert (late.practice_day, late.started_at.hour) == (date(2026, 3, 3), 1)
    assert start_at(user, datetime(2026, 3, 4, 2, 0, tzinfo=UTC)).practice_day == date(2026, 3, 4)


def test_a_session_over_midnight_is_one_session_of_the_evening(user):
    session = start_at(user, datetime(2026, 3, 4, 22, 58, tzinfo=UTC))
    end = Event(uuid.uuid4(), 2, "end", int(datetime(2026, 3, 5, 3, tzinfo=UTC).timestamp() * 1000))
    record(session, [end], now=datetime(2026, 3, 5, 3, tzinfo=UTC))
    session.refresh_from_db()
    assert session.practice_day == date(2026, 3, 4)


def test_the_day_stays_when_profile_and_place_change(user):
    session = start_at(user, NOW)
    user.day_start, user.time_zone = 0, "Pacific/Auckland"
    user.save()
    record(session, told(("mark", 30)), zone="Pacific/Auckland")
    session.refresh_from_db()
    assert (session.practice_day, session.time_zone) == (date(2026, 3, 4), ZONE)


def test_the_device_knows_best_where_it_was(user):
    session = start_at(user, datetime(2026, 3, 4, 12, tzinfo=UTC), told_zone="Asia/Tokyo")
    assert (session.time_zone, session.utc_offset_s) == ("Asia/Tokyo", 9 * 3600)
    assert start_at(user, NOW, told_zone="Mars/Olympus").time_zone == ZONE


def test_somebody_who_chose_a_zone_stays_in_it(db):
    person = UserFactory.create(time_zone="America/New_York", follow_device_zone=False)
    assert start_at(person, NOW, told_zone="Asia/Tokyo").time_zone == "America/New_York"


def test_a_device_whose_clock_is_years_off_is_put_right(user):
    wrong = datetime(2016, 3, 4, 12, tzinfo=UTC)
    session = start_at(user, wrong, now=NOW, device_now=int(wrong.timestamp() * 1000) + 4000)
    assert session.started_at == NOW - timedelta(seconds=4)
    assert session.practice_day == date(2026, 3, 4)


def test_a_start_is_never_in_the_future_nor_absurdly_long_ago(user):
    assert start_at(user, NOW + timedelta(minutes=3), now=NOW).started_at == NOW
    assert start_at(user, NOW - timedelta(days=500), now=NOW).started_at == NOW


def test_a_session_delivered_days_later_keeps_its_day(user):
    session = start_at(user, NOW, now=NOW + timedelta(days=3), device_now=MS + 3 * 86_400_000)
    assert session.practice_day == date(2026, 3, 4)


# --- By hand ----------------------------------------------------------------------------------------


def test_ticking_off_counts_the_steps_in_full(user):
    session = session_of(user, "knee-to-chest", "cat-cow")
    later = NOW + timedelta(minutes=30)
    finish_by_hand(session=session, steps=[0], zone=ZONE, now=later)
    session.refresh_from_db()
    first, second = session.steps.all()
    assert (session.status, session.counts) == ("done", True)
    assert (first.outcome, first.done_s) == ("done", first.planned_s)
    assert (second.outcome, second.done_s) == ("skipped", 0)
    assert session.started_at == later - timedelta(milliseconds=session.plan["total_ms"])
    assert session.finished_at == later


def test_ticking_off_twice_is_once(user):
    session = session_of(user, "knee-to-chest", "cat-cow")
    finish_by_hand(session=session, steps=[0, 1], zone=ZONE, now=NOW)
    before = rows(session)
    finish_by_hand(session=session, steps=[], zone=ZONE, now=NOW + timedelta(hours=1))
    assert rows(session) == before
    assert session.events.count() == 1


def test_ticking_off_a_session_under_way_finishes_it(user):
    session = session_of(user, "knee-to-chest")
    record(session, told(("start", 0), ("pause", 15)))
    finish_by_hand(session=session, steps=[0], zone=ZONE, now=NOW + timedelta(minutes=5))
    session.refresh_from_db()
    assert session.status == "done"
    assert session.steps.get().outcome == "done"
    assert session.started_at == NOW


# --- Looking back -------------------------------------------------------------------------------------


def test_feelings_and_note_are_kept(user):
    session = session_of(user)
    look_back(session=session, values={"pain_before": 6, "note": "Left hip is tight."})
    session.refresh_from_db()
    assert (session.pain_before, session.pain_after, session.note) == (6, None, "Left hip is tight.")


@pytest.mark.parametrize("values", [{"pain_after": 11}, {"pain_after": -1}, {"note": "x" * 2001}])
def test_what_cannot_be_is_refused(user, values):
    with pytest.raises(ValidationError):
        look_back(session=session_of(user), values=values)


def test_a_deleted_session_counts_no_more_until_it_is_brought_back(user):
    session = session_of(user)
    record(session, told(("start", 0), ("end", 300)))
    now = timezone.now()
    delete_session(session=session, now=now)
    delete_session(session=session, now=now + timedelta(hours=1))
    session.refresh_from_db()
    assert session.deleted_at == now
    assert user.sessions.counting().count() == 0
    restore_session(session=session)
    assert user.sessions.counting().get() == session


def test_a_stretch_that_leaves_the_catalogue_leaves_the_log_as_it_was(user):
    session = session_of(user, "cat-cow")
    record(session, told(("start", 0), ("end", 300)))
    before = rows(session)
    Stretch.objects.get(slug="cat-cow").delete()
    assert rows(session) == before


def test_plans_of_several_sets_add_up(user):
    from dataclasses import replace

    step = plan_of("knee-to-chest")[0]
    step = replace(step, dose=replace(step.dose, sets=2, rest_s=10))
    session = start_session(owner=user, name="Twice", steps=[step], zone=ZONE, now=NOW)
    record(session, told(("start", 0), ("mark", session.plan["total_ms"] // 1000)))
    session.refresh_from_db()
    assert session.status == "done"
    assert session.seconds == session.steps.get().planned_s == step.dose.seconds * 4
