"""The rollup of a person's days: kept beside the sessions, in the transaction that changes them.

`refresh` is called by every service after it has changed sessions; `rebuild` makes the whole of it
anew. Nothing is counted up or down here: a day is always worked out from its sessions, so that no
order, repetition or interruption can leave it wrong. What must not go here: figures, and any rule
about what counts; that was decided when a session was stored.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.services import history_changed
from tracking.models import PracticeDay, SessionStep
from tracking.querysets import SessionQuerySet

_VALUES = ("seconds", "sessions", "counting", "zones", "stretches")


def refresh(owner: User, *days: date) -> None:
    """Work these practice days out anew, and tell that the person's history has changed.

    In the caller's transaction. The person's row is written first, so that two such changes follow
    each other also where the database lets several write at once.
    """
    with transaction.atomic():
        changed(owner)
        _store(owner, owner.sessions.all().filter(practice_day__in=days), owner.practice_days.filter(day__in=days))


def rebuild(owner: User) -> None:
    """Work all practice days of a person out anew."""
    with transaction.atomic():
        changed(owner)
        _store(owner, owner.sessions.all(), owner.practice_days.all())


def changed(owner: User) -> None:
    """Tell that something has changed that a person's figures follow from, be it a choice or a session."""
    history_changed(owner)


def differing(owner: User) -> list[date]:
    """Return the days whose row is not what the sessions say, in order; an empty list is as it should be."""
    wanted = {row.day: row for row in worked_out(owner, owner.sessions.all())}
    stored = {row.day: row for row in owner.practice_days.all()}
    return sorted(day for day in wanted.keys() | stored.keys() if not _same(wanted.get(day), stored.get(day)))


def worked_out(owner: User, sessions: SessionQuerySet) -> list[PracticeDay]:
    """Return the rows, not saved, that these sessions come to; all sessions of a day have to be among them."""
    days: dict[date, PracticeDay] = {}
    for day, zone, seconds, count, counting in sessions.totals():
        row = days.setdefault(day, PracticeDay(owner=owner, day=day))
        row.seconds += seconds
        row.sessions += count
        row.counting += counting
        if counting:
            row.zones = sorted({*row.zones, zone})
    for day, slug in _stretched(sessions):
        days[day].stretches.append(slug)
    return list(days.values())


def _stretched(sessions: SessionQuerySet) -> Iterable[tuple[date, str]]:
    """Yield each stretch once for each day on which anything was done of it, in order."""
    done = SessionStep.objects.filter(session__in=sessions.begun().order_by().values("pk"), done_s__gt=0)
    return done.order_by("stretch_slug").values_list("session__practice_day", "stretch_slug").distinct()


def _store(owner: User, sessions: SessionQuerySet, stored: Iterable[PracticeDay]) -> None:
    before = {row.day: row for row in stored}
    after = {row.day: row for row in worked_out(owner, sessions)}
    stale = [row for day, row in before.items() if not _same(row, after.get(day))]
    if stale:
        owner.practice_days.filter(pk__in=[row.pk for row in stale]).delete()
    fresh = [row for day, row in after.items() if not _same(row, before.get(day))]
    if fresh:
        PracticeDay.objects.bulk_create(fresh)


def _same(one: PracticeDay | None, other: PracticeDay | None) -> bool:
    return all(getattr(one, name, None) == getattr(other, name, None) for name in _VALUES)
