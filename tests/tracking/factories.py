"""Sessions and what belongs to them, as tests need them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from tests.factories import UserFactory
from tracking.models import Outcome, Session, SessionStep, Status
from tracking.services import days


class SessionFactory(DjangoModelFactory[Session]):
    """A finished session of ten minutes that counts, on the morning of 4 March 2026 in Berlin."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    owner = factory.SubFactory(UserFactory)
    name = "Morning loosen-up"
    plan = factory.LazyFunction(lambda: {"total_ms": 0, "segments": []})
    started_at = datetime(2026, 3, 4, 6, tzinfo=UTC)
    created_at = factory.SelfAttribute("started_at")
    seconds = 600
    finished_at = factory.LazyAttribute(lambda o: o.started_at + timedelta(seconds=o.seconds))
    time_zone = "Europe/Berlin"
    utc_offset_s = 3600
    practice_day = date(2026, 3, 4)
    status = Status.DONE
    counts = True

    @factory.post_generation
    def rolled_up(obj: Session, create: bool, extracted: None, **kwargs: object) -> None:  # noqa: N805
        if create:
            days.refresh(obj.owner, obj.practice_day)


class SessionStepFactory(DjangoModelFactory[SessionStep]):
    """One step done as planned."""

    class Meta:
        model = SessionStep
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    order = factory.Sequence(lambda n: n)
    stretch_slug = "cat-cow"
    label = "Cat-cow"
    sides = "none"
    planned_s = 60
    done_s = 60
    outcome = Outcome.DONE

    @factory.post_generation
    def rolled_up(obj: SessionStep, create: bool, extracted: None, **kwargs: object) -> None:  # noqa: N805
        if create:
            days.refresh(obj.session.owner, obj.session.practice_day)


def practise(owner: User, day: date, *, at: time = time(7), zone: str = "Europe/Berlin", **values: Any) -> Session:
    """A session of `owner` that began at a wall-clock time of a practice day somewhere."""
    began = datetime.combine(day, at, ZoneInfo(zone))
    offset = began.utcoffset() or timedelta()
    return SessionFactory.create(
        owner=owner,
        practice_day=values.pop("practice_day", day),
        started_at=began.astimezone(UTC),
        time_zone=zone,
        utc_offset_s=int(offset.total_seconds()),
        **values,
    )
