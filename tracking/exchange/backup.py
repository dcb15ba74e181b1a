"""Our own backup, read back: every value checked, nothing looked up. docs/export.md has the form.

Pure: a parsed text in, frozen values out, or `Refused` with the place of the first thing wrong.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from routines.dose import LIMITS, MODES, Dose
from tracking.exchange.limits import FORMAT, VERSION
from tracking.exchange.reading import Bounds, Fields, Refused

MOST_STEPS = 100
_DAY_S = 86_400
# Zones and a late start of the day move a practice day by less than this from the date in UTC.
_NEAR = timedelta(days=3)
_SIDES = ("each", "both", "none")
_RATINGS = ("pain_before", "pain_after", "stiffness_before", "stiffness_after")
_POSITIONS = ("standing", "seated", "quadruped", "kneeling", "prone", "supine")
_PHASES = ("warm-up", "main", "cool-down")
_TAG = re.compile(r"[\w-]{1,40}", re.ASCII)
_CONTEXTS = ("any", "before-activity", "after-activity", "desk", "bed")


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """One step of a routine; `place` is its number in the file, from 1."""

    place: int
    stretch: str
    phase: str
    position: str
    form: str
    dose: Dose
    note: str


@dataclass(frozen=True, slots=True)
class OwnRoutine:
    """A routine of the person's own."""

    id: UUID
    name: str
    purpose: str
    when: str
    context: str
    created_at: datetime
    updated_at: datetime
    steps: tuple[RoutineStep, ...]


@dataclass(frozen=True, slots=True)
class Practised:
    """One session: `values` by the names of its columns, and its steps in the same way."""

    id: UUID
    routine: UUID | None
    slug: str
    day: date
    values: dict[str, Any]
    steps: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A pause."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose: columns of the person, goals and rest days with the date each holds from."""

    values: dict[str, Any]
    goals: tuple[tuple[date, int], ...]
    rests: tuple[tuple[date, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """All that a file brings."""

    routines: tuple[OwnRoutine, ...] = ()
    sessions: tuple[Practised, ...] = ()
    pauses: tuple[DaysOff, ...] = ()
    choices: Choices | None = None
    plans: tuple[dict[str, Any], ...] = field(default=())


def read(value: Any, bounds: Bounds) -> Backup:
    """Return what a parsed backup says.

    Raises:
        Refused: something in it is wrong, or it is no backup of ours.

    """
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise Refused("kind")
    if type(value.get("version")) is not int or value["version"] != VERSION:
        raise Refused("version")
    top = Fields(value)
    plans = tuple(_plan(one) for one in top.each("plans"))
    found = Backup(
        routines=tuple(_routine(one, bounds) for one in top.each("routines", 1000)),
        sessions=tuple(_session(one, bounds, plans) for one in top.each("sessions")),
        pauses=tuple(_pause(one, bounds) for one in top.each("pauses", 1000)),
        choices=_choices(top.object("profile"), bounds) if "profile" in top else None,
        plans=plans,
    )
    _once("routines", [one.id for one in found.routines])
    _once("sessions", [one.id for one in found.sessions])
    return found


def _once(key: str, ids: list[UUID]) -> None:
    seen: set[UUID] = set()
    for index, one in enumerate(ids):
        if one in seen:
            raise Refused("again", (key, index, "id"))
        seen.add(one)


def _dose(fields: Fields) -> Dose:
    numbers = {name: fields.whole(name, *bounds) for name, bounds in LIMITS.items()}
    return Dose.from_json({"mode": fields.choice("mode", MODES), "alternate": fields.flag("alternate"), **numbers})


def _plan(fields: Fields) -> dict[str, Any]:
    steps = [
        {
            "stretch": one.slug("stretch"),
            "label": one.text("label", 200),
            "dose": _dose(one.object("dose")).as_json(),
            "sides": one.choice("sides", _SIDES),
            "position": one.text("position", 40),
            "phase": one.text("phase", 40),
            "form": one.slug("form", 40),
            "note": one.text("note", 500),
        }
        for one in fields.each("steps", MOST_STEPS)
    ]
    return {"total_ms": fields.whole("total_ms", 0, 10**12), "segments": [], "steps": steps}


def _routine(fields: Fields, bounds: Bounds) -> OwnRoutine:
    return OwnRoutine(
        id=fields.id("id"),
        name=fields.text("name", 80, least=1),
        purpose=fields.text("purpose", 300, default=""),
        when=fields.text("when", 300, default=""),
        context=fields.choice("context", _CONTEXTS, default="any"),
        created_at=fields.instant("created_at", bounds),
        updated_at=fields.instant("updated_at", bounds),
        steps=tuple(
            RoutineStep(
                place=place,
                stretch=one.slug("stretch"),
                phase=one.choice("phase", _PHASES),
                position=one.choice("position", _POSITIONS),
                form=one.slug("form", 40),
                dose=_dose(one.object("dose")),
                note=one.text("note", 500, default=""),
            )
            for place, one in enumerate(fields.each("steps", 60), 1)
        ),
    )


def _session(fields: Fields, bounds: Bounds, plans: tuple[dict[str, Any], ...]) -> Practised:
    began = fields.instant("started_at", bounds)
    ended = None if fields.is_null("finished_at") else fields.instant("finished_at", bounds)
    if ended is not None and ended < began:
        raise fields.wrong("order", "finished_at")
    day = fields.day("practice_day", bounds.last_day)
    if abs(day - began.date()) > _NEAR:
        raise fields.wrong("far", "practice_day")
    routine, said = fields.object("routine"), fields.object("feelings")
    plan = fields.whole_or_none("plan", 0, max(len(plans) - 1, 0)) if plans else None
    return Practised(
        id=fields.id("id"),
        routine=routine.id_or_none("id"),
        slug=routine.slug("slug"),
        day=day,
        values={
            "name": routine.text("name", 120),
            "plan": {"total_ms": 0, "segments": [], "steps": []} if plan is None else plans[plan],
            "created_at": began if fields.is_null("created_at") else fields.instant("created_at", bounds),
            "started_at": began,
            "finished_at": ended,
            "time_zone": fields.zone("time_zone"),
            "utc_offset_s": fields.whole("utc_offset_s", 1 - _DAY_S, _DAY_S - 1),
            "practice_day": day,
            "status": fields.choice("status", ("done", "ended")),
            "seconds": fields.whole("seconds", 0, _DAY_S),
            "counts": fields.flag("counts"),
            "origin": fields.choice("origin", ("player", "by_hand", "imported"), default="imported"),
            "is_time_known": fields.flag("is_time_known", default=True),
            **{name: said.whole_or_none(name, 0, 10) for name in _RATINGS},
            "next_day": said.choice("next_day", ("", "better", "same", "worse", "passed"), default=""),
            "felt_area": said.slug("felt_area", 40),
            "note": fields.text("note", 2000, default=""),
        },
        steps=tuple(_step(one) for one in fields.each("steps", MOST_STEPS)),
    )


def _step(fields: Fields) -> dict[str, Any]:
    return {
        "stretch_slug": fields.slug("stretch"),
        "label": fields.text("label", 120, least=1),
        "sides": fields.choice("sides", _SIDES),
        "planned_s": fields.whole("planned", 0, _DAY_S),
        "done_s": fields.whole("seconds", 0, _DAY_S),
        "done_left_s": fields.whole("left", 0, _DAY_S),
        "done_right_s": fields.whole("right", 0, _DAY_S),
        "outcome": fields.choice("outcome", ("done", "part", "skipped")),
        "reason": fields.choice("reason", ("", "hurts", "cant_reach", "no_time"), default=""),
        "instead_of": fields.slug("instead_of"),
    }


def _pause(fields: Fields, bounds: Bounds) -> DaysOff:
    first, last = fields.day("from", bounds.planned), fields.day_or_none("to", bounds.planned)
    if last is not None and last < first:
        raise fields.wrong("order", "to")
    return DaysOff(first, last, fields.choice("reason", ("ill", "flare_up", "travel", "other")))


def _choices(fields: Fields, bounds: Bounds) -> Choices:
    freezes, look = fields.object("freezes"), fields.object("look")
    conditions = fields.items("conditions", 100)
    if not all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in conditions):
        raise fields.wrong("text", "conditions")
    goals = [(one.day("from", bounds.planned), one.whole("days_a_week", 1, 7)) for one in fields.each("goals", 1000)]
    rests = [(one.day("from", bounds.planned), _weekdays(one)) for one in fields.each("rests", 1000)]
    for key, rows in (("goals", goals), ("rests", rests)):
        if len({day for day, _value in rows}) != len(rows):
            raise fields.wrong("again", key)
    return Choices(
        values={
            "time_zone": fields.zone("time_zone", is_optional=True),
            "follow_device_zone": fields.flag("follow_device_zone"),
            "day_start": fields.whole("day_start", 0, 6),
            "week_start": fields.whole("week_start", 0, 6),
            "freeze_cap": freezes.whole("most", 0, 5),
            "freeze_every": freezes.whole("days_to_earn", 1, 30),
            "conditions": sorted(set(conditions)),
            "figure": look.choice("figure", ("", "woman", "man"), default=""),
            "skin_tone": look.whole_or_none("skin_tone", 1, 5),
            "clothes": look.whole_or_none("clothes", 1, 4),
            "asks_feelings": fields.flag("asks_feelings"),
            "sound": fields.flag("sound"),
            "gap_answered_until": fields.day_or_none("answered_until", bounds.last_day),
        },
        goals=tuple(sorted(goals)),
        rests=tuple(sorted(rests)),
    )


def _weekdays(fields: Fields) -> tuple[int, ...]:
    found = fields.items("weekdays", 6)
    if not all(type(day) is int and 0 <= day <= 6 for day in found) or len(set(found)) != len(found):
        raise fields.wrong("weekdays", "weekdays")
    return tuple(found)
