"""Everything that writes a session: begin it, take in its events, tick it off, look back, delete.

What a session comes to is never written by hand: after every change the events are folded again
(`tracking.playback`) and the rows follow. So whatever arrives late, twice or in the wrong order,
the same events always leave the same rows.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.zones import is_zone
from routines.models import Routine
from routines.timeline import PlanStep, build
from stretches.models import Stretch
from tracking.models import MOST_SECONDS, Origin, Session, SessionEvent, SessionStep, Status
from tracking.playback import Event, Plan, State, StepResult, counts, fold, in_order, step_results
from tracking.services import days
from tracking.standins import chosen
from tracking.streaks import practice_day
from tracking.told import MOST_EVENTS, PlaybackError

# A device's clock may be this far off before its instants are moved by the difference.
CLOCK_TOLERANCE = timedelta(minutes=5)
# A session cannot have begun longer ago than this: such a clock says nothing.
LONGEST_AGO = timedelta(days=400)
# Checked when the session was made; looking these up again at every event would only cost queries.
_SET_ONCE = frozenset({"owner", "routine", "plan"})
# What a person can put right, as `Session.corrected` names it.
WHEN, LENGTH = "when", "length"
_FROM_RESULT = ("done_s", "done_left_s", "done_right_s", "outcome", "reason")


@dataclass(frozen=True)
class Recorded:
    """A session after events were taken in, the ids of those that are now safely stored, and who holds it.

    `device` is "" where nothing new came, or where nobody said.
    """

    session: Session
    acknowledged: list[uuid.UUID]
    device: str = ""


def start_session(
    *,
    owner: User,
    name: str,
    steps: Sequence[PlanStep],
    zone: str,
    now: datetime,
    routine: Routine | None = None,
    pk: uuid.UUID | None = None,
) -> Session:
    """Freeze a plan into a new session, or return the one that this person already has under `pk`.

    Raises `Session.DoesNotExist` if somebody else has it.
    """
    try:
        with transaction.atomic():
            # Locking the person lets two identical requests follow each other.
            User.objects.select_for_update().get(pk=owner.pk)
            if pk is not None and (existing := owner.sessions.filter(pk=pk).first()) is not None:
                return existing
            return _create(owner=owner, name=name, steps=steps, zone=zone, now=now, routine=routine, pk=pk)
    except IntegrityError:
        raise Session.DoesNotExist from None


def _create(
    *,
    owner: User,
    name: str,
    steps: Sequence[PlanStep],
    zone: str,
    now: datetime,
    routine: Routine | None,
    pk: uuid.UUID | None,
) -> Session:
    session = Session(
        owner=owner,
        routine=routine,
        routine_slug=(routine.slug or "") if routine else "",
        name=name,
        plan={**build(steps).as_json(), "steps": [_frozen(step) for step in steps]},
        created_at=now,
    )
    if pk is not None:
        session.id = pk
    _date(session, began=now, zone=zone, day_start=owner.day_start)
    session.full_clean(validate_unique=False)
    session.save(force_insert=True)
    stretches = dict(Stretch.objects.filter(slug__in={s.stretch for s in steps}).values_list("slug", "pk"))
    results = step_results(Plan.from_json(session.plan), fold(Plan.from_json(session.plan), ()))
    SessionStep.objects.bulk_create(
        SessionStep(
            session=session,
            order=order,
            stretch_id=stretches.get(step.stretch),
            stretch_slug=step.stretch,
            label=step.label[:120],
            sides=step.sides,
            planned_s=result.planned_s,
        )
        for order, (step, result) in enumerate(zip(steps, results, strict=True))
    )
    return session


def _frozen(step: PlanStep) -> dict[str, object]:
    return {**asdict(step), "dose": step.dose.as_json()}


def record_events(
    *, session: Session, events: Iterable[Event], zone: str, now: datetime, device_now: int | None = None
) -> Recorded:
    """Take in what a device did; anything that is already known is passed over.

    `zone` is where the person is as far as the request tells; the `start` event may know better.
    `device_now` is the device's clock in epoch ms when it sent this. Raises `PlaybackError` beyond
    `MOST_EVENTS` in all.
    """
    told = in_order(events)
    with transaction.atomic():
        locked = _locked(session)
        if locked.origin != Origin.PLAYER:
            # Nothing can be played of what was done elsewhere; there is nothing that events could add.
            return Recorded(locked, [])
        known = set(locked.events.values_list("pk", flat=True))
        fresh = [event for event in told if event.id not in known]
        if not fresh:
            # A repeat: not even the instant it finished may move.
            return Recorded(locked, [event.id for event in told])
        if len(known) + len(fresh) > MOST_EVENTS:
            raise PlaybackError(f"A session has at most {MOST_EVENTS} events.")
        SessionEvent.objects.bulk_create(
            [SessionEvent(id=e.id, session=locked, seq=e.seq, kind=e.kind, at=e.at, data=dict(e.data)) for e in fresh],
            # An id that another session has must not break this one; it is not acknowledged either.
            ignore_conflicts=True,
        )
        kept, state = _update(locked, zone=zone, now=now, device_now=device_now)
    return Recorded(locked, [event.id for event in told if event.id in kept], state.device)


def finish_by_hand(*, session: Session, steps: Iterable[int], zone: str, now: datetime) -> Session:
    """Tick off a session done without the player: the numbered steps in full, the others not at all.

    Ticking it off again, or after it is over, changes nothing.
    """
    with transaction.atomic():
        locked = _locked(session)
        if not locked.is_over:
            last = locked.events.order_by("-seq").values_list("seq", flat=True).first() or 0
            SessionEvent.objects.create(
                id=uuid.uuid5(locked.pk, "by hand"),
                session=locked,
                seq=last + 1,
                kind="hand",
                at=_ms(now),
                data={"steps": sorted(set(steps))},
            )
            _update(locked, zone=zone, now=now, device_now=None)
    return locked


@transaction.atomic
def look_back(*, session: Session, values: Mapping[str, object]) -> Session:
    """Save how the back felt and what the person noted; `values` by field name, only what changes."""
    for name, value in values.items():
        setattr(session, name, value)
    session.full_clean(exclude=_SET_ONCE, validate_unique=False)
    session.save(update_fields=list(values))
    return session


@transaction.atomic
def delete_session(*, session: Session, now: datetime) -> Session:
    """Take a session out of sight and out of every figure; it can be brought back."""
    if session.deleted_at is None:
        session.deleted_at = now
        session.save(update_fields=["deleted_at"])
        days.refresh(session.owner, session.practice_day)
    return session


@transaction.atomic
def restore_session(*, session: Session) -> Session:
    """Bring a deleted session back as it was."""
    session.deleted_at = None
    session.save(update_fields=["deleted_at"])
    days.refresh(session.owner, session.practice_day)
    return session


def refold(session: Session, *, now: datetime) -> None:
    """Let a locked session say what its events add up to, if it has any."""
    if session.events.exists():
        _update(session, zone=session.time_zone, now=now, device_now=None)


def _locked(session: Session) -> Session:
    # The person's row too: it is written when the day is worked out anew, and two must not wait for each other.
    return Session.objects.select_for_update(of=("self", "owner")).select_related("owner").get(pk=session.pk)


def _update(session: Session, *, zone: str, now: datetime, device_now: int | None) -> tuple[set[uuid.UUID], State]:
    """Fold everything again and let the rows follow; return the ids of all events, and what they add up to.

    What the person has put right stays as they said.
    """
    events = [Event(e.pk, e.seq, e.kind, e.at, e.data) for e in session.events.all()]
    plan = Plan.from_json(session.plan)
    state = fold(plan, events)
    if session.status == Status.READY:
        _begin(session, state, events, zone=zone, now=now, device_now=device_now)
    results = step_results(plan, state)
    session.status = _status(state)
    is_measured = LENGTH not in session.corrected
    if is_measured:
        session.seconds = min(sum(result.done_s for result in results), MOST_SECONDS)
        session.counts = session.status != Status.READY and counts(results)
        session.finished_at = _finished(session, state, now=now)
    session.full_clean(exclude=_SET_ONCE, validate_unique=False)
    session.save()
    if is_measured:
        _follow(session, results)
    days.refresh(session.owner, session.practice_day)
    return {event.id for event in events}, state


def _follow(session: Session, results: Sequence[StepResult]) -> None:
    """Let the steps say what was done of them, and of which stretch."""
    others = chosen(result.instead for result in results if result.instead)
    changed = []
    for step, frozen, result in zip(session.steps.all(), session.plan["steps"], results, strict=True):
        values: dict[str, object] = {name: getattr(result, name) for name in _FROM_RESULT}
        if other := others.get(result.instead):
            values |= {
                "stretch_id": other.stretch.pk,
                "stretch_slug": other.stretch.slug,
                "label": other.label[:120],
                "instead_of": frozen["stretch"],
            }
        if any(getattr(step, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(step, name, value)
            changed.append(step)
    SessionStep.objects.bulk_update(changed, [*_FROM_RESULT, "stretch", "stretch_slug", "label", "instead_of"])


def _status(state: State) -> Status:
    if state.status == "done":
        if state.how == "end":
            # Left before it began: nothing happened, so there is nothing to log.
            return Status.ENDED if state.started_at is not None else Status.READY
        return Status.DONE
    return Status.READY if state.started_at is None else Status.RUNNING


def _begin(
    session: Session,
    state: State,
    events: Sequence[Event],
    *,
    zone: str,
    now: datetime,
    device_now: int | None,
) -> None:
    """Fix instant, zone and practice day when the start is told for the first time; never again."""
    owner: User = session.owner
    if state.started_at is not None:
        start = next(e for e in events if e.kind == "start" and e.at == state.started_at)
        began = _instant(state.started_at, now=now, device_now=device_now)
        _date(session, began=began, zone=_zone(owner, start.data.get("zone"), zone), day_start=owner.day_start)
    elif state.how == "hand":
        began = max(session.created_at, now - timedelta(milliseconds=session.plan["total_ms"]))
        _date(session, began=min(began, now), zone=zone, day_start=owner.day_start)


def _instant(at: int, *, now: datetime, device_now: int | None) -> datetime:
    """Translate a device's instant into the server's time: never in the future, never absurdly old."""
    if device_now is not None and abs(device_now - _ms(now)) > CLOCK_TOLERANCE // timedelta(milliseconds=1):
        at += _ms(now) - device_now
    instant = min(datetime.fromtimestamp(at / 1000, UTC), now)
    return instant if now - instant < LONGEST_AGO else now


def _zone(owner: User, told: object, fallback: str) -> str:
    """Return the zone a session began in: where its device was, unless the person chose one for good."""
    if owner.time_zone and not owner.follow_device_zone:
        return owner.time_zone
    return told if isinstance(told, str) and is_zone(told) else fallback


def _date(session: Session, *, began: datetime, zone: str, day_start: int) -> None:
    offset = began.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    session.started_at = began
    session.time_zone = zone
    session.utc_offset_s = int(offset.total_seconds())
    session.practice_day = practice_day(began, zone, day_start)


def _finished(session: Session, state: State, *, now: datetime) -> datetime | None:
    if not session.is_over or state.over_at is None:
        return None
    if state.started_at is None:
        return now if session.finished_at is None else session.finished_at
    ended = session.started_at + timedelta(milliseconds=max(0, state.over_at - state.started_at))
    return max(session.started_at, min(ended, now))


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
