"""Logging practice done elsewhere, putting a session right, and one step back."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from tests.tracking.factories import SessionStepFactory, practise
from tests.tracking.session_helpers import MS, NOW, ZONE, own_routine, plan_of, rows, session_of, told
from tracking import progress
from tracking.models import Origin, Outcome, Session, Status
from tracking.playback import Plan
from tracking.services import days, manual
from tracking.services import sessions as playing
from tracking.services.manual import Correction, Done

TODAY = date(2026, 3, 4)


def add(owner: User, day: date = TODAY, at: time | None = None, minutes: int = 10, **values) -> Session:
    done = values.pop("done", Done("Yoga class"))
    return manual.add_session(
        owner=owner, done=done, day=day, at=at, minutes=minutes, zone=values.pop("zone", ZONE), now=NOW, **values
    )


def change(session: Session, **values) -> Session:
    was = {
        "day": session.practice_day,
        "at": manual.wall_time(session),
        "seconds": None,
        "name": session.name,
        "note": session.note,
    }
    return manual.change_session(session=session, to=Correction(**{**was, **values}), now=NOW)


def refused(field: str, call) -> str:
    with pytest.raises(ValidationError) as caught:
        call()
    assert list(caught.value.message_dict) == [field]
    return caught.value.message_dict[field][0]


def figures(user: User) -> progress.Figures:
    assert days.differing(user) == []
    return progress.figures_for(User.objects.get(pk=user.pk), zone=ZONE, now=NOW)


def test_it_counts_like_any_other(user):
    session = add(user, at=time(7), minutes=12, note="With Ana")
    session.refresh_from_db()
    assert (session.origin, session.status, session.counts) == (Origin.BY_HAND, Status.DONE, True)
    assert (session.seconds, session.is_time_known, session.note) == (720, True, "With Ana")
    assert session.started_at == datetime(2026, 3, 4, 6, tzinfo=UTC)
    assert session.finished_at == session.started_at + timedelta(minutes=12)
    assert (session.practice_day, session.time_zone, session.utc_offset_s) == (TODAY, ZONE, 3600)
    assert figures(user).current == 1


def test_without_a_time_noon_stands_for_it(user):
    session = add(user, day=date(2026, 3, 2))
    assert not session.is_time_known
    assert session.started_at == datetime(2026, 3, 2, 11, tzinfo=UTC)


def test_noon_that_is_still_to_come_is_now(user):
    session = add(user, zone="America/Los_Angeles")
    assert session.started_at == NOW
    assert session.practice_day == TODAY


def test_a_time_before_the_day_starts_is_of_the_night_after(user):
    session = add(user, day=date(2026, 3, 2), at=time(0, 40))
    assert session.practice_day == date(2026, 3, 2)
    assert session.started_at == datetime(2026, 3, 2, 23, 40, tzinfo=UTC)


def test_a_time_that_the_clocks_skipped_keeps_its_day(user):
    session = add(user, day=date(2025, 3, 29), at=time(2, 30))
    assert session.practice_day == date(2025, 3, 29)
    assert session.utc_offset_s == 3600


def test_a_routine_is_dealt_out_to_its_steps(user):
    routine = own_routine(user, "cat-cow", "knee-to-chest")
    steps = plan_of("cat-cow", "knee-to-chest")
    session = add(user, minutes=7, done=Done(routine.name, steps, routine))
    found = list(session.steps.all())
    assert sum(step.done_s for step in found) == sum(step.planned_s for step in found) == 420
    assert [step.outcome for step in found] == [Outcome.DONE, Outcome.DONE]
    assert found[1].done_left_s + found[1].done_right_s == found[1].done_s
    assert abs(found[1].done_left_s - found[1].done_right_s) <= 1
    assert (found[0].done_left_s, found[0].done_right_s) == (0, 0)
    assert session.routine == routine
    assert Plan.from_json(session.plan).steps == 2


def test_the_same_form_twice_is_one_session(user, stranger):
    pk = uuid.uuid4()
    assert add(user, pk=pk) == add(user, pk=pk)
    assert user.sessions.count() == 1
    with pytest.raises(Session.DoesNotExist):
        add(stranger, pk=pk)


def test_neither_the_future_nor_long_ago(user):
    assert "still to come" in refused("day", lambda: add(user, day=TODAY + timedelta(days=1)))
    assert "still to come" in refused("at", lambda: add(user, at=time(23)))
    assert "still to come" in refused("at", lambda: add(user, at=time(1)))
    assert "a year ago" in refused("day", lambda: add(user, day=TODAY - timedelta(days=366)))
    assert add(user, day=TODAY - timedelta(days=365)).counts
    for minutes in (0, 601, -5):
        assert "1 to 600" in refused("minutes", lambda m=minutes: add(user, minutes=m))


def test_today_is_the_persons_own_day(user):
    late = datetime(2026, 3, 4, 1, tzinfo=UTC)  # two in the morning in Berlin: still the 3rd
    with pytest.raises(ValidationError, match="still to come"):
        manual.add_session(owner=user, done=Done("A"), day=TODAY, at=None, minutes=5, zone=ZONE, now=late)


def test_a_day_holds_fifty(user):
    for n in range(manual.MOST_A_DAY):
        practise(user, TODAY, at=time(7, n))
    assert "50 sessions" in refused("day", lambda: add(user))
    other = add(user, day=date(2026, 3, 3))
    assert "50 sessions" in refused("day", lambda: change(other, day=TODAY))


def test_a_backdated_log_repairs_the_streak(user):
    for day in (1, 2, 4):
        practise(user, date(2026, 3, day))
    assert figures(user).current == 1
    add(user, day=date(2026, 3, 3))
    assert figures(user).current == 4


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "Europe/Berlin"])
@pytest.mark.parametrize("at", [time(0, 10), time(2, 59), time(3), time(23, 50)])
def test_a_saved_date_is_not_shifted_by_an_edit(user, zone, at):
    day = date(2026, 2, 20)
    session = add(user, day=day, at=at, zone=zone)
    after = change(session, note="Nothing else")
    assert (after.practice_day, manual.wall_time(after), after.started_at) == (day, at, session.started_at)
    moved = change(after, day=day - timedelta(days=1))
    assert (moved.practice_day, manual.wall_time(moved)) == (day - timedelta(days=1), at)
    assert moved.started_at == session.started_at - timedelta(days=1)
    assert moved.time_zone == zone


def test_a_move_over_a_clock_change_keeps_the_wall_clock(user):
    session = practise(user, date(2026, 3, 1), at=time(7))
    moved = change(session, day=date(2025, 7, 1))
    assert manual.wall_time(moved) == time(7)
    assert moved.utc_offset_s == 7200
    assert moved.finished_at is not None
    assert moved.finished_at - moved.started_at == timedelta(minutes=10)


def test_everything_follows_a_move_at_once(user):
    session = practise(user, date(2026, 3, 1))
    practise(user, TODAY)
    change(session, day=date(2026, 3, 3))
    assert figures(user).current == 2


def test_another_length_is_dealt_out_in_proportion(user):
    session = practise(user, TODAY)
    SessionStepFactory.create(session=session, sides="each", done_s=300, done_left_s=200, done_right_s=100)
    SessionStepFactory.create(session=session, done_s=300)
    SessionStepFactory.create(session=session, done_s=0, outcome=Outcome.SKIPPED)
    after = change(session, seconds=1200)
    assert [(s.done_s, s.done_left_s, s.done_right_s) for s in after.steps.all()] == [
        (600, 400, 200),
        (600, 0, 0),
        (0, 0, 0),
    ]
    assert after.steps.get(done_s=0).outcome == Outcome.SKIPPED
    assert (after.seconds, after.counts) == (1200, True)
    assert figures(user).week_minutes == 20


def test_the_name_is_only_changed_of_what_was_not_followed_here(user):
    assert change(practise(user, TODAY), name="Mine").name != "Mine"
    assert change(add(user), name="Mine").name == "Mine"


def test_one_step_back(user):
    session = practise(user, date(2026, 3, 1), note="Before")
    SessionStepFactory.create(session=session, done_s=600)
    before = rows(session)
    change(session, day=TODAY, at=None, seconds=300, note="After")
    assert rows(session) != before
    manual.undo_change(session=session, now=NOW)
    assert rows(session) == before
    assert (session.note, session.is_time_known, session.corrected, session.former) == ("Before", True, [], None)
    assert figures(user).current == 0
    manual.undo_change(session=session, now=NOW)
    assert rows(session) == before


def test_after_an_hour_a_change_stays(user):
    session = change(practise(user, date(2026, 3, 1)), day=TODAY)
    manual.undo_change(session=session, now=NOW + manual.UNDO_FOR + timedelta(seconds=1))
    session.refresh_from_db()
    assert session.practice_day == TODAY


def test_saving_without_a_change_changes_nothing(user):
    session = practise(user, TODAY)
    assert change(session).former is None


EVENTS = told(("start", 0, {"zone": ZONE}), ("end", 70))


def played(user: User) -> Session:
    """A session whose device told of 70 seconds, of which it had not told everything."""
    session = session_of(user)
    return playing.record_events(
        session=session, events=EVENTS, zone=ZONE, now=NOW + timedelta(minutes=5), device_now=MS + 300_000
    ).session


def tell_late(session: Session) -> None:
    playing.record_events(
        session=session, events=told(("start", 0), ("end", 70), ("mark", 40))[2:], zone="Asia/Tokyo", now=NOW
    )


def test_what_a_device_tells_late_undoes_no_correction(user):
    session = played(user)
    later = NOW + timedelta(hours=1)
    to = Correction(day=date(2026, 3, 2), at=time(9), seconds=900, name="", note="")
    manual.change_session(session=session, to=to, now=later)
    after = rows(session)
    events = session.events.count()
    tell_late(session)
    assert rows(session) == after
    assert session.events.count() == events + 1, "what the device told is kept"


def test_what_a_device_told_meanwhile_holds_once_the_correction_is_taken_back(user):
    session = played(user)
    before = rows(session)
    to = Correction(day=TODAY, at=manual.wall_time(session), seconds=900, name="", note="")
    manual.change_session(session=session, to=to, now=NOW)
    tell_late(session)
    manual.undo_change(session=session, now=NOW + timedelta(minutes=5))
    assert rows(session) == before


def test_events_for_what_was_done_elsewhere_add_nothing(user):
    session = add(user)
    before = rows(session)
    assert playing.record_events(session=session, events=EVENTS, zone=ZONE, now=NOW).acknowledged == []
    assert rows(session) == before


def test_a_session_under_way_has_no_length_to_change(user):
    session = practise(user, TODAY, status=Status.RUNNING, finished_at=None, seconds=30, counts=False)
    assert "under way" in refused("minutes", lambda: change(session, seconds=600))
