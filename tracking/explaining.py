"""Reads what the explanation of one day needs beside the record. Only reads; the facts are made in `tracking.why`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from tracking.calendar import NOTHING
from tracking.models import Session
from tracking.progress import Record
from tracking.streaks import DEFAULT_DAY_START
from tracking.why import Journey, Pause, Why, journey_over, why

_DAY = timedelta(days=1)


def explain(
    user: User | AnonymousUser, record: Record, day: date, *, sessions: Sequence[Session], zone: str, now: datetime
) -> Why:
    """Explain one practice day; `sessions` are those of it, `zone` where the person is now. Two queries at most."""
    shown = record.day(day)
    # A day ends where its last session was; without one, where the person is now.
    ended_in = sessions[-1].time_zone if sessions else zone
    person = user if isinstance(user, User) else None
    return why(
        shown,
        record.totals.get(day, NOTHING),
        record.settings,
        zone=ended_in,
        day_start=person.day_start if person else DEFAULT_DAY_START,
        now=now,
        pauses=_pauses(person, day, record.today) if person and day in record.settings.paused else (),
        journey=_journey(person, day, record, zone) if person and shown.state == "travel" else None,
    )


def _pauses(person: User, day: date, today: date) -> list[Pause]:
    found = person.pauses.filter(starts_on__lte=day).values_list("starts_on", "ends_on", "reason")
    return [Pause(first, last, reason) for first, last, reason in found if day <= (last or today)]


def _journey(person: User, day: date, record: Record, zone: str) -> Journey | None:
    zones = dict(person.practice_days.filter(day__in=[day - _DAY, day + _DAY]).values_list("day", "zones"))
    reached = zones.get(day + _DAY) or ([zone] if day + _DAY == record.today else [])
    return journey_over(day, zones.get(day - _DAY, []), reached, person.day_start)
