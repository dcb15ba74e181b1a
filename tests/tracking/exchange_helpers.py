"""A rich history made by hand, a small check against a JSON Schema, and short ways to the files."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from accounts.models import GoalChange, RestChange, User
from routines import plans
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_step, make_stretch
from tests.tracking.factories import SessionFactory, SessionStepFactory, practise
from tracking.models import Pause, Session
from tracking.services import sessions

MONDAY = date(2026, 3, 2)
JSON = "/account/export/backcare.json"
CSV = "/account/export/sessions.csv"
ICS = "/account/export/sessions.ics"

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def rich(user: User) -> Session:
    """Give a person a bit of everything, and return the session with the most in it."""
    user.day_start, user.week_start, user.freeze_cap, user.conditions = 4, 6, 2, ["disc", "pregnancy"]
    user.figure, user.skin_tone, user.gap_answered_until = "man", 2, MONDAY
    user.save()
    GoalChange.objects.create(owner=user, starts_on=date(2026, 1, 5), days_a_week=3)
    GoalChange.objects.create(owner=user, starts_on=date(2026, 2, 2), days_a_week=5)
    RestChange.objects.create(owner=user, starts_on=date(2026, 1, 7), weekdays=[5, 6])
    Pause.objects.create(owner=user, starts_on=date(2026, 2, 10), ends_on=date(2026, 2, 14), reason="ill")
    Pause.objects.create(owner=user, starts_on=date(2026, 3, 20))
    routine = RoutineFactory.create(owner=user, name="Mine, “own” ü", purpose="Loosen up", context="desk")
    make_step(routine, "cat-cow", note="slowly\nplease")
    make_step(routine, "knee-to-chest", sets=2, rest_s=20)
    RoutineFactory.create(owner=user, name="Thrown away", deleted_at=datetime(2026, 3, 1, tzinfo=UTC))
    ready = ReadyMadeFactory.create(slug="desk-break")
    best = practise(
        user,
        MONDAY,
        routine=routine,
        name="=1+1, an evening",
        pain_before=4,
        pain_after=2,
        stiffness_after=0,
        next_day="better",
        felt_area="lower-back",
        note='-2 today\r\n🙂 "fine"; a, b\\c',
        plan={"total_ms": 90_000, "segments": [], "steps": [_frozen("cat-cow"), _frozen("knee-to-chest")]},
    )
    best.started_at += timedelta(microseconds=123_456)
    best.save()
    SessionStepFactory.create(session=best, order=0, stretch=make_stretch("cat-cow"))
    SessionStepFactory.create(
        session=best,
        order=1,
        stretch_slug="gone-since",
        label="Gone since",
        sides="each",
        done_s=20,
        done_left_s=20,
        outcome="part",
        reason="hurts",
        instead_of="knee-to-chest",
    )
    practise(user, date(2026, 3, 3), routine=ready, routine_slug="desk-break", zone="Asia/Tokyo", origin="by_hand")
    practise(user, date(2026, 3, 4), is_time_known=False, origin="imported", name="Elsewhere")
    practise(user, date(2026, 3, 4), seconds=20, counts=False, status="ended")
    practise(user, date(2026, 3, 5), status="running", finished_at=None)
    practise(user, date(2026, 3, 6), deleted_at=datetime(2026, 3, 7, tzinfo=UTC), name="Deleted")
    sessions.start_session(
        owner=user,
        name="Never begun",
        steps=[plans.single(make_stretch("cat-cow"))],
        zone="Europe/Berlin",
        now=datetime(2026, 3, 7, tzinfo=UTC),
    )
    return best


def _frozen(slug: str) -> dict[str, Any]:
    step = plans.single(make_stretch(slug))
    return sessions._frozen(step)


def many(user: User, count: int) -> None:
    """So many more sessions with a step each."""
    made = SessionFactory.build_batch(count, owner=user)
    Session.objects.bulk_create(made)
    for session in made:
        SessionStepFactory.create(session=session)


def content(client: Client, url: str) -> str:
    """What a download holds."""
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client) -> dict[str, Any]:
    """The backup of the client's person."""
    found: dict[str, Any] = json.loads(content(client, JSON))
    return found


def schema_errors(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """What is wrong with `value`: the few words of JSON Schema that docs/export.schema.json uses."""
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = next((name for name in allowed if type(value) is TYPES[name]), None)
    if kind is None:
        return [f"{where}: {value!r} is not {allowed}"]
    if kind == "null":
        return []
    errors = []
    if kind == "object":
        extra = value.keys() ^ set(schema["properties"])
        errors += [f"{where}: {name} is missing or not in the schema" for name in extra]
        for name in value.keys() & schema["properties"].keys():
            errors += schema_errors(value[name], schema["properties"][name], f"{where}.{name}")
    elif kind == "array":
        for index, one in enumerate(value):
            errors += schema_errors(one, schema["items"], f"{where}[{index}]")
    elif kind == "string":
        fits = re.search(schema.get("pattern", ""), value) and value in schema.get("enum", [value])
        if not fits or not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**6):
            errors.append(f"{where}: {value!r}")
    elif kind == "integer" and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        errors.append(f"{where}: {value}")
    return errors
