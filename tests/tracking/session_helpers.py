"""Sessions under way, and events as a device tells them, for the tests of the player's server side."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.test import Client

from accounts.models import User
from routines import plans
from routines.timeline import PlanStep
from tests.routines.factories import RoutineFactory, make_step, make_stretch
from tracking.models import Session
from tracking.playback import Event
from tracking.services import sessions as services

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)
ZONE = "Europe/Berlin"


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written inside, so that one test can try many histories."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def plan_of(*slugs: str) -> list[PlanStep]:
    """A plan of these stretches in their usual doses."""
    return [plans.single(make_stretch(slug)) for slug in slugs]


def session_of(owner: User, *slugs: str, now: datetime = NOW, **values: Any) -> Session:
    """A session of these stretches (knee to chest, both sides, where none are named), ready to start."""
    steps = plan_of(*(slugs or ("knee-to-chest",)))
    return services.start_session(owner=owner, name="Mine", steps=steps, zone=ZONE, now=now, **values)


def own_routine(owner: User, *slugs: str, **values: Any) -> Any:
    """A routine of `owner` with these stretches."""
    routine = RoutineFactory.create(owner=owner, **values)
    for slug in slugs:
        make_step(routine, slug)
    return routine


def told(*kinds: tuple[str, int] | tuple[str, int, dict[str, Any]]) -> list[Event]:
    """Events from (kind, seconds since noon) or (kind, seconds, data), numbered from 1."""
    return [
        Event(uuid.UUID(int=n << 64 | 1), n, one[0], MS + one[1] * 1000, one[2] if len(one) > 2 else {})
        for n, one in enumerate(kinds, 1)
    ]


def as_json(events: list[Event]) -> str:
    """The way the player posts them."""
    return json.dumps([{"id": str(e.id), "seq": e.seq, "kind": e.kind, "at": e.at, "data": e.data} for e in events])


def post_events(client: Client, session: Session, events: list[Event], **extra: Any) -> Any:
    """Post events as the player does."""
    data = {"events": as_json(events), "now": str(MS), **extra}
    return client.post(f"/sessions/{session.pk}/events/", data, headers={"HX-Request": "true"})


def rows(session: Session) -> list[Any]:
    """Everything that a session and its steps come down to."""
    session.refresh_from_db()
    kept = ["status", "seconds", "counts", "started_at", "finished_at", "practice_day", "time_zone", "utc_offset_s"]
    steps = session.steps.values_list("order", "label", "planned_s", "done_s", "done_left_s", "done_right_s", "outcome")
    return [*(getattr(session, name) for name in kept), *steps]
