"""Sessions that a person tells of by hand: done elsewhere, moved to another day, put right, and back again.

The events that a device told stay as they are; `Session.corrected` says what they may no longer
decide. What must not go here: anything about playing a session (`services.sessions`), and words
beyond the errors.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext

from accounts.models import User
from routines.models import Routine
from routines.timeline import PlanStep, build
from stretches.models import Stretch
from tracking.dating import NOON, began_at, place_of
from tracking.models import Origin, Outcome, Session, SessionStep, Status
from tracking.playback import COUNTS_FROM_S
from tracking.services import days
from tracking.services.sessions import LENGTH, WHEN, refold
from tracking.shares import shares
from tracking.streaks import practice_day

FURTHEST_BACK = timedelta(days=365)
MOST_A_DAY = 50
MINUTES = range(1, 601)
MINUTE = 60
# How long a change by hand can be taken back with one press.
UNDO_FOR = timedelta(hours=1)

_VALUES = ("name", "note", "practice_day", "is_time_known", "utc_offset_s", "seconds", "counts", "corrected")
_INSTANTS = ("started_at", "finished_at")
_OF_STEP = ("done_s", "done_left_s", "done_right_s", "outcome")
_SET_ONCE = frozenset({"owner", "routine", "plan"})


@dataclass(frozen=True)
class Done:
    """What was done: a name, the steps if known, and the routine if it was one."""

    name: str
    steps: Sequence[PlanStep] = ()
    routine: Routine | None = None


@dataclass(frozen=True)
class Correction:
    """How a session should read: its practice day, wall-clock time (None for unknown), length, name and note.

    `seconds` None leaves the length as it is.
    """

    day: date
    at: time | None
    seconds: int | None
    name: str
    note: str


def add_session(
    *,
    owner: User,
    done: Done,
    day: date,
    at: time | None,
    minutes: int,
    zone: str,
    now: datetime,
    note: str = "",
    pk: uuid.UUID | None = None,
) -> Session:
    """Log practice that was done elsewhere, or return what the person already logged under `pk`.

    `day` is the practice day, `at` the wall-clock time in `zone` or None.

    Raises:
        ValidationError: by field (day, at, minutes, note): what cannot be.
        Session.DoesNotExist: somebody else has that id.

    """
    try:
        with transaction.atomic():
            # Locking the person lets two identical requests follow each other.
            User.objects.select_for_update().get(pk=owner.pk)
            if pk is not None and (existing := owner.sessions.filter(pk=pk).first()) is not None:
                return existing
            return _create(owner, done, day=day, at=at, seconds=_length(minutes), zone=zone, now=now, note=note, pk=pk)
    except IntegrityError:
        raise Session.DoesNotExist from None


def _create(
    owner: User,
    done: Done,
    *,
    day: date,
    at: time | None,
    seconds: int,
    zone: str,
    now: datetime,
    note: str,
    pk: uuid.UUID | None,
) -> Session:
    _check_day(owner, day, zone=zone, now=now)
    session = Session(
        owner=owner,
        routine=done.routine,
        routine_slug=(done.routine.slug or "") if done.routine else "",
        name=done.name,
        plan={**build(done.steps).as_json(), "steps": [_frozen(step) for step in done.steps]},
        created_at=now,
        status=Status.DONE,
        origin=Origin.BY_HAND,
        seconds=seconds,
        counts=seconds >= COUNTS_FROM_S,
        time_zone=zone,
        note=note,
    )
    if pk is not None:
        session.id = pk
    _date(session, day=day, at=at, day_start=owner.day_start, now=now)
    session.finished_at = _end(session.started_at, seconds, now=now)
    session.full_clean(exclude=_SET_ONCE, validate_unique=False)
    session.save(force_insert=True)
    stretches = dict(Stretch.objects.filter(slug__in={s.stretch for s in done.steps}).values_list("slug", "pk"))
    weights = [step.dose.side_seconds * (2 if step.sides == "each" else 1) for step in done.steps]
    SessionStep.objects.bulk_create(
        _dealt(
            SessionStep(
                session=session,
                order=order,
                stretch_id=stretches.get(step.stretch),
                stretch_slug=step.stretch,
                label=step.label[:120],
                sides=step.sides,
                planned_s=part,
            ),
            part,
        )
        for order, (step, part) in enumerate(zip(done.steps, shares(seconds, weights), strict=True))
    )
    days.refresh(owner, day)
    return session


@transaction.atomic
def change_session(*, session: Session, to: Correction, now: datetime) -> Session:
    """Put a session right; what it was before is kept for one step back, what devices told for good.

    Raises:
        ValidationError: by field (day, at, minutes, name, note): what cannot be.

    """
    found = _locked(session)
    former = _picture(found)
    before = found.practice_day
    is_moved = (to.day, to.at) != (before, wall_time(found))
    is_resized = to.seconds is not None and to.seconds != found.seconds
    if is_moved:
        if to.day != before:
            _check_day(found.owner, to.day, zone=found.time_zone, now=now)
        _move(found, to, now=now)
    if is_resized and to.seconds is not None:
        _resize(found, to.seconds, now=now)
    found.note = to.note
    if found.origin != Origin.PLAYER:
        found.name = to.name
    if _picture(found)["values"] == former["values"]:
        return found
    found.corrected = sorted({*found.corrected, *([WHEN] if is_moved else []), *([LENGTH] if is_resized else [])})
    found.former, found.changed_at = former, now
    found.full_clean(exclude=_SET_ONCE, validate_unique=False)
    found.save()
    days.refresh(found.owner, before, found.practice_day)
    return found


@transaction.atomic
def undo_change(*, session: Session, now: datetime) -> Session:
    """Take the last change back, if it was made within the hour; doing so again changes nothing."""
    found = _locked(session)
    if found.former is None or found.changed_at is None or now - found.changed_at > UNDO_FOR:
        return found
    former, here = found.former, found.practice_day
    for name, value in former["values"].items():
        setattr(found, name, _read(name, value))
    steps = {step.order: step for step in found.steps.all()}
    for order, values in former["steps"].items():
        for name, value in zip(_OF_STEP, values, strict=True):
            setattr(steps[int(order)], name, value)
    SessionStep.objects.bulk_update(steps.values(), _OF_STEP)
    found.former = found.changed_at = None
    found.full_clean(exclude=_SET_ONCE, validate_unique=False)
    found.save()
    days.refresh(found.owner, here, found.practice_day)
    if LENGTH not in found.corrected:
        # What a device told in the meantime was not measured then; it is now.
        refold(found, now=now)
    return found


def wall_time(session: Session) -> time | None:
    """Return the time of day at which a session began, to the minute where it happened; None if unknown."""
    if not session.is_time_known:
        return None
    place = place_of(session.time_zone, session.utc_offset_s)
    return session.started_at.astimezone(place).time().replace(second=0, microsecond=0)


def _locked(session: Session) -> Session:
    # The person first, as wherever sessions are written, so that two writers never wait for each other.
    User.objects.select_for_update().get(pk=session.owner_id)
    return Session.objects.select_for_update(of=("self",)).select_related("owner").get(pk=session.pk)


def _length(minutes: int) -> int:
    if minutes not in MINUTES:
        raise ValidationError({"minutes": gettext("A session lasts 1 to 600 minutes.")})
    return minutes * MINUTE


def _check_day(owner: User, day: date, *, zone: str, now: datetime) -> None:
    """Refuse a day still to come, one too long ago and one that is full, each in a sentence."""
    today = practice_day(now, zone, owner.day_start)
    if day > today:
        raise ValidationError({"day": gettext("This day is still to come. Log it once it is there.")})
    if day < today - FURTHEST_BACK:
        raise ValidationError({"day": gettext("That is more than a year ago. Choose a day within the last 365.")})
    if owner.sessions.all().begun().filter(practice_day=day).count() >= MOST_A_DAY:
        full = ngettext(
            "This day already has %(count)s session, which is as many as a day can hold.",
            "This day already has %(count)s sessions, which is as many as a day can hold.",
            MOST_A_DAY,
        )
        raise ValidationError({"day": full % {"count": MOST_A_DAY}})


def _date(session: Session, *, day: date, at: time | None, day_start: int, now: datetime) -> None:
    """Let a session have begun at that time of that practice day, in its own zone; noon stands for unknown."""
    place = place_of(session.time_zone, session.utc_offset_s)
    try:
        began = began_at(day, at or NOON, place, day_start)
    except ValueError:
        raise ValidationError({"day": gettext("Choose a day within the last 365.")}) from None
    if began > now:
        if at is not None:
            raise ValidationError({"at": gettext("This time is still to come. Check the day and the time.")})
        began = now
    session.started_at = began
    session.is_time_known = at is not None
    session.utc_offset_s = int((began.astimezone(place).utcoffset() or timedelta()).total_seconds())
    session.practice_day = day


def _move(session: Session, to: Correction, *, now: datetime) -> None:
    """Put a session to another day or time; as long as it took, it takes there."""
    took = session.finished_at - session.started_at if session.finished_at else None
    _date(session, day=to.day, at=to.at, day_start=session.owner.day_start, now=now)
    if took is not None:
        session.finished_at = max(session.started_at, min(session.started_at + took, now))


def _resize(session: Session, seconds: int, *, now: datetime) -> None:
    """Give a session another length, and its steps their part of it."""
    if not session.is_over:
        raise ValidationError({"minutes": gettext("This session is still under way. End it first.")})
    steps = list(session.steps.all())
    weights = [step.done_s for step in steps]
    if not any(weights):
        weights = [step.planned_s for step in steps]
    for step, part in zip(steps, shares(seconds, weights), strict=True):
        _dealt(step, part)
    SessionStep.objects.bulk_update(steps, _OF_STEP)
    session.seconds, session.counts = seconds, seconds >= COUNTS_FROM_S
    session.finished_at = _end(session.started_at, seconds, now=now)


def _dealt(step: SessionStep, seconds: int) -> SessionStep:
    """Let a step have been done for so long, each side in proportion where it has two."""
    if not step.done_s:
        step.outcome = Outcome.DONE if seconds else Outcome.SKIPPED
    step.done_s = seconds
    if step.sides == "each":
        step.done_left_s, step.done_right_s = shares(seconds, (step.done_left_s, step.done_right_s))
    return step


def _end(began: datetime, seconds: int, *, now: datetime) -> datetime:
    return max(began, min(began + timedelta(seconds=seconds), now))


def _frozen(step: PlanStep) -> dict[str, object]:
    return {**asdict(step), "dose": step.dose.as_json()}


def _picture(session: Session) -> dict[str, dict[str, Any]]:
    """Return what a change can touch, as JSON takes it."""
    values = {name: getattr(session, name) for name in _VALUES}
    values["practice_day"] = session.practice_day.isoformat()
    for name in _INSTANTS:
        instant = getattr(session, name)
        values[name] = instant.astimezone(UTC).isoformat() if instant else None
    steps = {str(s.order): [getattr(s, name) for name in _OF_STEP] for s in session.steps.all()}
    return {"values": values, "steps": steps}


def _read(name: str, value: Any) -> Any:
    """Return a value of `_picture` as the field takes it."""
    if value is None:
        return None
    if name == "practice_day":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if name in _INSTANTS else value
