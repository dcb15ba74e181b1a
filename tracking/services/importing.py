"""Taking a file in: keep it for the preview, say what it would bring, and write all of it or nothing.

What a file says is read by `tracking.exchange`, without a database; here it is compared with what the
person has. The same file again brings nothing new. What must not go here: words for the page.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext

from accounts.models import GoalChange, RestChange, User
from routines.dose import DoseRange, fitted
from routines.models import Routine, Step
from routines.services import MOST_ROUTINES
from stretches.models import Stretch
from tracking.dating import NOON, began_at, place_of
from tracking.exchange import backup, logs, reading
from tracking.exchange.backup import Backup, OwnRoutine, Practised
from tracking.exchange.limits import AHEAD, GRACE, MOST_A_DAY, MOST_BYTES
from tracking.exchange.reading import Bounds, Refused
from tracking.models import Origin, Pause, Session, SessionStep, Status, Upload
from tracking.playback import COUNTS_FROM_S
from tracking.services import days
from tracking.services.pauses import MOST as MOST_PAUSES
from tracking.services.sessions import LENGTH, WHEN

KEPT_FOR = timedelta(hours=1)
USUAL_MINUTES = 10
_ZIP = b"PK\x03\x04"
_CHUNK = 900
_BATCH = 500

Kind = Literal["backup", "table", "loop"]
Why = Literal["full_day", "deleted", "no_time", "full_routines", "full_pauses", "no_stretch", "deleted_routine"]


@dataclass(frozen=True)
class File:
    """What a file says, before anybody's rows are looked at."""

    kind: Kind
    backup: Backup = field(default_factory=Backup)
    lines: Sequence[logs.Line] = ()


@dataclass
class Coming:
    """What a file would bring to a person: rows not yet saved, what is there already, what is left out and why."""

    kind: Kind
    sessions: list[Session] = field(default_factory=list)
    steps: list[SessionStep] = field(default_factory=list)
    routines: list[Routine] = field(default_factory=list)
    routine_steps: list[Step] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    choices: backup.Choices | None = None
    known: Counter[str] = field(default_factory=Counter)
    left_out: Counter[Why] = field(default_factory=Counter)

    @property
    def first(self) -> date | None:
        """The first practice day that comes."""
        return min((session.practice_day for session in self.sessions), default=None)

    @property
    def last(self) -> date | None:
        """The last practice day that comes."""
        return max((session.practice_day for session in self.sessions), default=None)

    @property
    def seconds(self) -> int:
        """How much practice comes."""
        return sum(session.seconds for session in self.sessions)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to add."""
        return not (self.sessions or self.routines or self.pauses)


def decoded(content: bytes) -> str:
    """Return a file as text.

    Raises:
        Refused: it is too large, packed, or no text in UTF-8.

    """
    if len(content) > MOST_BYTES:
        raise Refused("size", most=MOST_BYTES // 1_000_000)
    if content.startswith(_ZIP):
        raise Refused("zip")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("utf8") from None
    if "\0" in text:
        raise Refused("characters")
    if not text.strip():
        raise Refused("empty")
    return text


def read(text: str, *, now: datetime) -> File:
    """Return what a text says; what it is follows from what is in it.

    Raises:
        Refused: nothing of it can be taken, with the place of the first mistake.

    """
    latest = now + GRACE
    bounds = Bounds(latest, latest.astimezone(UTC).date(), latest.astimezone(UTC).date() + AHEAD)
    if text.lstrip().startswith(("{", "[")):
        return File("backup", backup.read(reading.load(text), bounds))
    kind, lines = logs.read(text, bounds)
    return File(kind, lines=lines)


@transaction.atomic
def keep(*, owner: User, text: str, now: datetime) -> Upload:
    """Keep a file for the preview, in place of the person's last one; old ones of everybody go."""
    User.objects.select_for_update().get(pk=owner.pk)
    Upload.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    Upload.objects.filter(owner=owner).delete()
    upload = Upload(owner=owner, created_at=now, text=text)
    upload.clean_fields(exclude={"owner"})
    upload.save(force_insert=True)
    return upload


def kept(owner: User, *, now: datetime) -> Upload | None:
    """Return the file that waits for the person's word, if it is not too old."""
    return Upload.objects.filter(owner=owner, created_at__gte=now - KEPT_FOR).first()


def forget(*, owner: User) -> None:
    """Drop the file that waits."""
    Upload.objects.filter(owner=owner).delete()


def take(*, owner: User, upload: Upload, minutes: int, takes_choices: bool, zone: str, now: datetime) -> Coming:
    """Write what the file brings, in one transaction, and drop the file; return what was written.

    `minutes` is the length of sessions of which the file tells none.

    Raises:
        Refused: something cannot be stored; nothing was.

    """
    try:
        with transaction.atomic():
            # Two of these at once follow each other, and the second finds everything there.
            locked = User.objects.select_for_update().get(pk=owner.pk)
            found = coming(locked, read(upload.text, now=now), minutes=minutes, zone=zone, now=now)
            if takes_choices and found.choices is not None:
                _choose(locked, found.choices)
            Routine.objects.bulk_create(found.routines, _BATCH)
            Step.everything.bulk_create(found.routine_steps, _BATCH)
            Session.objects.bulk_create(found.sessions, _BATCH)
            SessionStep.objects.bulk_create(found.steps, _BATCH)
            Pause.objects.bulk_create(found.pauses, _BATCH)
            forget(owner=locked)
            days.rebuild(locked)
    except DatabaseError:
        raise Refused("stored") from None
    return found


def coming(owner: User, file: File, *, minutes: int, zone: str, now: datetime) -> Coming:
    """Return what a file would bring to this person. Reads only.

    Raises:
        Refused: a value fits no column, which reading should have found.

    """
    found = Coming(file.kind, choices=file.backup.choices)
    stretches = {stretch.slug: stretch for stretch in Stretch.objects.all()}
    routines = _routines(owner, file.backup.routines, stretches, found, now)
    sessions = file.backup.sessions or tuple(_practised(owner, file, minutes=minutes, zone=zone, now=now, found=found))
    _sessions(owner, sessions, routines, stretches, found)
    _pauses(owner, file.backup.pauses, found)
    return found


def _checked(row: Any, place: reading.Place, *without: str) -> None:
    """Let the model look at every field; what it refuses was overlooked before, and is told all the same."""
    try:
        row.clean_fields(exclude=set(without))
    except ValidationError as error:
        raise Refused("row", place, words=" ".join(error.messages)) from None


def _own_ids(
    owner: User, ids: Sequence[uuid.UUID], taken: Iterable[uuid.UUID], model: Any
) -> dict[uuid.UUID, uuid.UUID]:
    """Return the id that each one in a file gets here: its own, or another that follows from it if it is taken."""
    mine = set(taken)
    others: set[uuid.UUID] = set()
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        others.update(model.objects.filter(pk__in=part).exclude(owner=owner).values_list("pk", flat=True))
    found = {}
    for one in ids:
        other = uuid.uuid5(owner.pk, str(one))
        found[one] = other if one in others or (other in mine and one not in mine) else one
    return found


def _routines(
    owner: User, routines: Sequence[OwnRoutine], stretches: dict[str, Stretch], found: Coming, now: datetime
) -> dict[uuid.UUID, uuid.UUID]:
    """Prepare the routines that come; return where each id of the file leads to here."""
    mine = dict(owner.routines.values_list("pk", "deleted_at"))
    here = _own_ids(owner, [one.id for one in routines], mine, Routine)
    room = MOST_ROUTINES - sum(deleted is None for deleted in mine.values())
    leads: dict[uuid.UUID, uuid.UUID] = {pk: pk for pk in mine}
    for index, one in enumerate(routines):
        pk = here[one.id]
        if pk in mine:
            leads[one.id] = pk
            if mine[pk] is None:
                found.known["routines"] += 1
            else:
                found.left_out["deleted_routine"] += 1
            continue
        if room <= 0:
            found.left_out["full_routines"] += 1
            continue
        room -= 1
        leads[one.id] = pk
        routine = Routine(
            id=pk,
            owner=owner,
            name=one.name,
            purpose=one.purpose,
            when=one.when,
            context=one.context,
            created_at=one.created_at,
            updated_at=one.updated_at,
        )
        _checked(routine, ("routines", index), "owner", "slug")
        found.routines.append(routine)
        _routine_steps(routine, one, index, stretches, found)
    return leads


def _routine_steps(routine: Routine, one: OwnRoutine, index: int, stretches: dict[str, Stretch], found: Coming) -> None:
    order = 0
    for told in one.steps:
        stretch = stretches.get(told.stretch)
        if stretch is None:
            found.left_out["no_stretch"] += 1
            continue
        step = Step(
            routine=routine,
            stretch=stretch,
            order=order,
            phase=told.phase,
            position=told.position,
            form=told.form,
            note=told.note,
            updated_at=one.updated_at,
        )
        step.dose = told.dose
        _checked(step, ("routines", index, "steps", told.place - 1), "routine", "stretch")
        try:
            step.clean()
        except ValidationError:
            # What the stretch offers may have narrowed since.
            step.dose = fitted(replace(told.dose, mode=stretch.dose["mode"]), DoseRange.from_json(stretch.dose_range))
            step.position, step.form = stretch.position, ""
        order += 1
        found.routine_steps.append(step)


def _practised(
    owner: User, file: File, *, minutes: int, zone: str, now: datetime, found: Coming
) -> Iterable[Practised]:
    """Yield the days of a table as sessions, around noon, in the zone the person lives in."""
    if file.kind == "backup":
        return
    place = place_of(zone)
    for pk, line in zip(logs.ids(owner.pk, file.kind, file.lines), file.lines, strict=True):
        seconds = (minutes if line.minutes is None else line.minutes) * 60
        if not seconds:
            found.left_out["no_time"] += 1
            continue
        began = min(began_at(line.day, NOON, place, owner.day_start), now)
        values = {
            "name": gettext("Practice logged elsewhere"),
            "plan": {"total_ms": 0, "segments": [], "steps": []},
            "created_at": now,
            "started_at": began,
            "finished_at": began + timedelta(seconds=seconds),
            "time_zone": zone,
            "utc_offset_s": int((began.astimezone(place).utcoffset() or timedelta()).total_seconds()),
            "practice_day": line.day,
            "status": Status.DONE,
            "seconds": seconds,
            "counts": seconds >= COUNTS_FROM_S,
            "origin": Origin.IMPORTED,
            "is_time_known": False,
            "note": line.note,
        }
        yield Practised(pk, None, "", line.day, values)


def _sessions(
    owner: User,
    sessions: Sequence[Practised],
    routines: dict[uuid.UUID, uuid.UUID],
    stretches: dict[str, Stretch],
    found: Coming,
) -> None:
    mine = dict(owner.sessions.values_list("pk", "deleted_at"))
    here = _own_ids(owner, [one.id for one in sessions], mine, Session)
    held = Counter(owner.sessions.all().begun().values_list("practice_day", flat=True))
    ready = dict(Routine.objects.everybodys().values_list("slug", "pk"))
    for index, one in enumerate(sessions):
        pk = here[one.id]
        if pk in mine:
            if mine[pk] is None:
                found.known["sessions"] += 1
            else:
                found.left_out["deleted"] += 1
            continue
        if held[one.day] >= MOST_A_DAY:
            found.left_out["full_day"] += 1
            continue
        held[one.day] += 1
        session = Session(
            id=pk,
            owner=owner,
            routine_id=ready.get(one.slug) if one.slug else routines.get(one.routine) if one.routine else None,
            routine_slug=one.slug,
            # What a device still tells about it must not change what is on paper.
            corrected=sorted([LENGTH, WHEN]),
            **one.values,
        )
        # A name may have consisted of nothing that could go out; its length has been looked at.
        _checked(session, ("sessions", index), "owner", "routine", "plan", "former", "name")
        found.sessions.append(session)
        for order, values in enumerate(one.steps):
            stretch = stretches.get(values["stretch_slug"])
            found.steps.append(SessionStep(session=session, order=order, stretch=stretch, **values))


def _pauses(owner: User, pauses: Sequence[backup.DaysOff], found: Coming) -> None:
    there = set(owner.pauses.values_list("starts_on", "ends_on", "reason"))
    for one in pauses:
        key = (one.first, one.last, one.reason)
        if key in there:
            found.known["pauses"] += 1
        elif len(there) >= MOST_PAUSES:
            found.left_out["full_pauses"] += 1
        else:
            there.add(key)
            found.pauses.append(Pause(owner=owner, starts_on=one.first, ends_on=one.last, reason=one.reason))


def _choose(owner: User, choices: backup.Choices) -> None:
    """Let the person's preferences be those of the file."""
    for name, value in choices.values.items():
        setattr(owner, name, value)
    _checked(owner, ("profile",), "email", "password")
    owner.save(update_fields=list(choices.values))
    goals = tuple(owner.goal_changes.order_by("starts_on").values_list("starts_on", "days_a_week"))
    if goals != choices.goals:
        owner.goal_changes.all().delete()
        GoalChange.objects.bulk_create(GoalChange(owner=owner, starts_on=d, days_a_week=n) for d, n in choices.goals)
    rests = tuple(
        (d, tuple(w)) for d, w in owner.rest_changes.order_by("starts_on").values_list("starts_on", "weekdays")
    )
    if rests != choices.rests:
        owner.rest_changes.all().delete()
        RestChange.objects.bulk_create(
            RestChange(owner=owner, starts_on=day, weekdays=list(weekdays)) for day, weekdays in choices.rests
        )
