"""The answer to "what happened on these days?": sessions and pauses in one go, and no second question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from tracking.models import PauseReason
from tracking.services import days
from tracking.services.manual import Done, add_session
from tracking.services.pauses import add_pause
from tracking.streaks import practice_day

STRETCHED, NOTHING = "stretched", "nothing"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """What happened on one day: STRETCHED, a reason for a pause, or NOTHING."""

    what: str
    minutes: int = 0


@transaction.atomic
def answer(*, owner: User, answers: Mapping[date, Answer], until: date, zone: str, now: datetime) -> bool:
    """Write down what happened on the days up to `until`, once; False if that was answered before.

    Raises `ValidationError` where a session or a pause cannot be; nothing is written then.
    """
    locked = User.objects.select_for_update().get(pk=owner.pk)
    if locked.gap_answered_until is not None and locked.gap_answered_until >= until:
        return False
    today = practice_day(now, zone, locked.day_start)
    for day, told in answers.items():
        if told.what == STRETCHED:
            done = Done(gettext("Stretching"))
            add_session(owner=locked, done=done, day=day, at=None, minutes=told.minutes, zone=zone, now=now)
    for reason in PauseReason.values:
        for first, last in _ranges(day for day, told in answers.items() if told.what == reason):
            add_pause(owner=locked, starts_on=first, ends_on=last, reason=reason, today=today)
    locked.gap_answered_until = until
    locked.save(update_fields=["gap_answered_until"])
    days.changed(locked)
    return True


def _ranges(some: Iterable[date]) -> list[tuple[date, date]]:
    """Return days as ranges, neighbours together."""
    found: list[tuple[date, date]] = []
    for day in sorted(some):
        if found and day - found[-1][1] == _DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
