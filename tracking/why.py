"""The facts that explain one day: when it ended and where, and what made it count, neutral or open.

Pure: plain values in, plain values out. Words are in `tracking.telling`, reading rows is the
business of `tracking.explaining`. What must not go here: Django, the clock, any figure.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tracking.calendar import Day, Total
from tracking.dating import ends_at, place_of
from tracking.streaks import Settings

_DAY = timedelta(days=1)
_DAY_HOURS = 24


@dataclass(frozen=True)
class Pause:
    """Days off as noted; `last` None where it is open. `reason` is the key of it."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True)
class Journey:
    """What was left of a day between two zones, in real hours; below zero none of it existed."""

    left: str
    reached: str
    hours: float


@dataclass(frozen=True)
class Why:
    """Everything that there is to say about a day.

    ends          the wall clock at its end, in `zone`; None at the calendar's very end
    hours         real hours from its start to its end: 24, but for clock changes
    is_over       whether that moment is past
    rest          the rest weekdays (0 is Monday) in force, and since when, if it is one of them
    pause         the pause that it is in
    journey       the journey that took it
    earned_by     the days in a row that earn a freeze, where a freeze covered it
    """

    day: Day
    total: Total
    zone: str
    ends: datetime | None
    hours: float
    is_over: bool
    rest: tuple[date, frozenset[int]] | None = None
    pause: Pause | None = None
    journey: Journey | None = None
    earned_by: int = 0


def why(
    day: Day,
    total: Total,
    settings: Settings,
    *,
    zone: str,
    day_start: int,
    now: datetime,
    pauses: Sequence[Pause] = (),
    journey: Journey | None = None,
) -> Why:
    """Gather the facts about a day; `zone` is where it ended, `now` an aware instant."""
    place = place_of(zone)
    try:
        end, hours = ends_at(day.date, place, day_start)
    except OverflowError:
        end, hours = None, float(_DAY_HOURS)
    return Why(
        day=day,
        total=total,
        zone=zone,
        ends=end.astimezone(place).replace(tzinfo=None) if end else None,
        hours=hours,
        is_over=end is not None and end <= now,
        rest=_rest(day.date, settings),
        # Of several pauses the one that began last is meant.
        pause=max(pauses, key=lambda pause: pause.first, default=None),
        journey=journey if day.state == "travel" else None,
        earned_by=settings.freeze_every if day.state == "frozen" else 0,
    )


def journey_over(day: date, left: Collection[str], reached: Collection[str], day_start: int) -> Journey | None:
    """Return the journey that left the fewest hours of `day`, as streaks.md R5 counts them; None without zones."""
    hour = time(day_start)

    def offset(on: date, zone: str) -> timedelta:
        return datetime.combine(on, hour, place_of(zone)).utcoffset() or timedelta()

    if not left or not reached:
        return None
    before = min(left, key=lambda zone: offset(day, zone))
    after = max(reached, key=lambda zone: offset(day + _DAY, zone))
    lost = (offset(day + _DAY, after) - offset(day, before)) / timedelta(hours=1)
    return Journey(before, after, _DAY_HOURS - lost)


def _rest(day: date, settings: Settings) -> tuple[date, frozenset[int]] | None:
    """Return the plan of rest days in force, if `day` is one of them."""
    place = bisect_right(settings.rests, day, key=lambda change: change[0]) - 1
    held = settings.rests[place] if place >= 0 else None
    return held if held and day.weekday() in held[1] else None
