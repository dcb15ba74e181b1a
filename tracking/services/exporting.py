"""Everything that is a person's, as files to take along. Reads only, in a fixed number of queries.

The forms themselves are in `tracking.exchange`; docs/export.md tells them. Sessions that were
deleted or never begun stay out. What must not go here: anything that writes.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import ngettext

from accounts.models import User
from routines.models import Routine
from tracking.calendar import minutes_of
from tracking.dating import place_of
from tracking.exchange import agenda, sheet
from tracking.exchange.characters import cleaned
from tracking.exchange.limits import FORMAT, VERSION
from tracking.models import FEELINGS, Outcome, SessionStep, Status
from tracking.querysets import SessionQuerySet

_SESSION = (
    "id",
    "started_at",
    "finished_at",
    "created_at",
    "time_zone",
    "utc_offset_s",
    "practice_day",
    "is_time_known",
    "origin",
    "name",
    "routine_slug",
    "seconds",
    "status",
    "counts",
    *FEELINGS,
    "next_day",
    "felt_area",
    "note",
)
_STEP = (
    "stretch_slug",
    "label",
    "sides",
    "planned_s",
    "done_s",
    "done_left_s",
    "done_right_s",
    "outcome",
    "reason",
    "instead_of",
)
STEP_KEYS = (
    "stretch",
    "label",
    "sides",
    "planned",
    "seconds",
    "left",
    "right",
    "outcome",
    "reason",
    "instead_of",
)
HEAD = (
    "date",
    "time",
    "time_zone",
    "minutes",
    "seconds",
    "name",
    "status",
    "counts",
    "steps_done",
    "steps",
    *FEELINGS,
    "area",
    "next_day",
    "note",
    "id",
)
_CHUNK = 2000


@transaction.atomic
def backup(owner: User, *, now: datetime, year: int | None = None) -> Iterator[bytes]:
    """Return everything as one JSON text, in pieces; the same history always gives the same bytes after the head.

    With a year, sessions of other years stay out: what is too long to come back whole comes back in parts.
    """
    plans: dict[str, int] = {}
    routines = [_routine(routine) for routine in owner.routines.all().kept().with_steps().order_by("created_at", "pk")]
    begun = owner.sessions.all().begun()
    if year is not None:
        begun = begun.filter(practice_day__year=year)
    sessions = [_text(session) for session in _sessions(begun, {routine["id"] for routine in routines}, plans)]
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": instant(now),
        "profile": profile(owner),
        "routines": routines,
        "pauses": [
            {"from": first.isoformat(), "to": last.isoformat() if last else None, "reason": reason}
            for first, last, reason in owner.pauses.order_by("starts_on", "ends_on", "reason").values_list(
                "starts_on", "ends_on", "reason"
            )
        ],
    }
    return _pieces(_text(head), list(plans), sessions)


def _pieces(head: str, plans: list[str], sessions: list[str]) -> Iterator[bytes]:
    yield head.removesuffix("}").encode()
    yield b',"plans":['
    yield ",\n".join(plans).encode()
    yield b'],"sessions":['
    for start in range(0, len(sessions), _CHUNK):
        yield ((",\n" if start else "\n") + ",\n".join(sessions[start : start + _CHUNK])).encode()
    yield b"]}\n"


def profile(owner: User) -> dict[str, Any]:
    """Return what a person chose, in the form of the backup; two queries."""
    return {
        "time_zone": owner.time_zone,
        "follow_device_zone": owner.follow_device_zone,
        "day_start": owner.day_start,
        "week_start": owner.week_start,
        "goals": [
            {"from": day.isoformat(), "days_a_week": days}
            for day, days in owner.goal_changes.order_by("starts_on").values_list("starts_on", "days_a_week")
        ],
        "rests": [
            {"from": day.isoformat(), "weekdays": weekdays}
            for day, weekdays in owner.rest_changes.order_by("starts_on").values_list("starts_on", "weekdays")
        ],
        "freezes": {"most": owner.freeze_cap, "days_to_earn": owner.freeze_every},
        "conditions": sorted(owner.conditions),
        "look": {"figure": owner.figure, "skin_tone": owner.skin_tone, "clothes": owner.clothes},
        "asks_feelings": owner.asks_feelings,
        "sound": owner.sound,
        "answered_until": owner.gap_answered_until.isoformat() if owner.gap_answered_until else None,
    }


def _routine(routine: Routine) -> dict[str, Any]:
    return {
        "id": str(routine.pk),
        "name": routine.name,
        "purpose": routine.purpose,
        "when": routine.when,
        "context": routine.context,
        "created_at": instant(routine.created_at),
        "updated_at": instant(routine.updated_at),
        "steps": [
            {
                "stretch": step.stretch.slug,
                "phase": step.phase,
                "position": step.position,
                "form": step.form,
                "dose": step.dose.as_json(),
                "note": step.note,
            }
            for step in routine.steps.all()
        ],
    }


def years(owner: User) -> list[int]:
    """Return the years that have sessions, the first one first; one query."""
    begun = owner.sessions.all().begun().order_by()
    return [day.year for day in begun.dates("practice_day", "year")]


def _sessions(begun: SessionQuerySet, own_routines: set[str], plans: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Yield the sessions as the backup has them; each plan that is met for the first time is put into `plans`."""
    steps = _steps(begun)
    rows = begun.order_by("started_at", "pk").values_list("routine", "plan__steps", "plan__total_ms", *_SESSION)
    for routine, plan_steps, plan_ms, *values in rows.iterator(_CHUNK):
        row = dict(zip(_SESSION, values, strict=True))
        place = None
        if plan_steps:
            place = plans.setdefault(_text({"total_ms": plan_ms, "steps": plan_steps}), len(plans))
        yield {
            "id": str(row["id"]),
            "started_at": instant(row["started_at"]),
            "finished_at": instant(_finished(row)),
            "created_at": instant(row["created_at"]),
            "time_zone": row["time_zone"],
            "utc_offset_s": row["utc_offset_s"],
            "practice_day": row["practice_day"].isoformat(),
            "is_time_known": row["is_time_known"],
            "origin": row["origin"],
            "routine": {
                "id": str(routine) if str(routine) in own_routines else None,
                "slug": row["routine_slug"],
                "name": row["name"],
            },
            "seconds": row["seconds"],
            "status": _status(row["status"]),
            "counts": row["counts"],
            "plan": place,
            "steps": steps.get(row["id"], []),
            "feelings": {name: row[name] for name in (*FEELINGS, "next_day", "felt_area")},
            "note": row["note"],
        }


def _steps(begun: SessionQuerySet) -> dict[UUID, list[dict[str, Any]]]:
    rows = SessionStep.objects.filter(session__in=begun.values("pk")).order_by("session_id", "order")
    found: dict[UUID, list[dict[str, Any]]] = {}
    for session, *values in rows.values_list("session_id", *_STEP).iterator(_CHUNK):
        found.setdefault(session, []).append(dict(zip(STEP_KEYS, values, strict=True)))
    return found


def _status(status: str) -> str:
    """Return what a session is once it is on paper: one under way has come as far as it has come."""
    return str(Status.ENDED) if status == Status.RUNNING else status


def _finished(row: Mapping[str, Any]) -> datetime | None:
    end: datetime | None = row["finished_at"]
    if end is None and row["status"] == Status.RUNNING:
        end = row["started_at"] + timedelta(seconds=row["seconds"])
    return end


def instant(value: datetime | None) -> str | None:
    """Return an instant in UTC as it is stored, to the microsecond, or None."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def _text(value: object) -> str:
    # Escaped controls are cleaned as well as plain ones: what goes out has to be taken back.
    return json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value


def table(owner: User) -> Iterator[str]:
    """Yield the sessions as a table, a line at a time, the oldest first."""
    begun = owner.sessions.all().begun()
    done = Count("steps", filter=~Q(steps__outcome=Outcome.SKIPPED))
    rows = begun.annotate(steps_done=done, steps_all=Count("steps")).order_by("practice_day", "started_at", "pk")
    yield "\ufeff"  # Without it some spreadsheets take UTF-8 for something older.
    yield from sheet.lines(HEAD, map(_cells, rows.values(*_SESSION, "steps_done", "steps_all").iterator(_CHUNK)))


def _cells(row: Mapping[str, Any]) -> list[str | int | None]:
    began = row["started_at"].astimezone(place_of(row["time_zone"], row["utc_offset_s"]))
    return [
        row["practice_day"].isoformat(),
        f"{began:%H:%M}" if row["is_time_known"] else "",
        row["time_zone"],
        minutes_of(row["seconds"]),
        row["seconds"],
        cleaned(row["name"]),
        _status(row["status"]),
        "yes" if row["counts"] else "no",
        row["steps_done"],
        row["steps_all"],
        *(row[name] for name in FEELINGS),
        row["felt_area"],
        row["next_day"],
        cleaned(row["note"]),
        str(row["id"]),
    ]


def calendar(owner: User) -> Iterator[str]:
    """Yield the sessions as a calendar file, a line at a time, the oldest first."""
    rows = owner.sessions.all().begun().order_by("started_at", "pk").values(*_SESSION)
    yield from agenda.lines(map(_entry, rows.iterator(_CHUNK)))


def _entry(row: Mapping[str, Any]) -> agenda.Entry:
    minutes = minutes_of(row["seconds"])
    length = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return agenda.Entry(
        uid=f"{row['id']}@backcare",
        stamp=row["created_at"],
        day=row["practice_day"],
        starts=row["started_at"] if row["is_time_known"] else None,
        ends=_finished(row) or row["started_at"] + timedelta(seconds=row["seconds"]),
        title=cleaned(row["name"]),
        text=cleaned("\n".join(part for part in (length, row["note"]) if part)),
    )
