"""Days laid out for looking at: a week of seven marks, a year of months with the weeks as rows.

Pure: takes totals by practice day and gives back plain values. What must not go here: Django, the
database, the clock, words, and any rule of streaks; whether a day saves a run is asked of
`tracking.streaks`, and only what a day *is* (done, too short, rest, open, still to come) is told
here.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from itertools import batched
from typing import Literal, NamedTuple

from tracking.streaks import Settings

State = Literal["done", "short", "rest", "paused", "frozen", "travel", "open", "future", "none"]
"""What a day is.

done    a session of it counts
short   something was done, none of it long enough to count
rest    a planned rest day without practice; today may be one too
paused  a day of a pause without practice; today and days to come may be one too
frozen  missed, and covered by a freeze (streaks.md R6)
travel  hardly existed on a journey over the date line (streaks.md R5)
open    today, nothing logged yet
future  still to come
none    passed without practice
"""

_DAYS_IN_WEEK = 7
# Least minutes of level 2, 3 and 4; any practice is level 1. The ready-made routines take 5 to 15.
_LEVELS = (5, 10, 20)


class Total(NamedTuple):
    """What was done on one practice day, in all of its sessions together."""

    seconds: int = 0
    sessions: int = 0
    counting: int = 0


NOTHING = Total()


@dataclass(frozen=True)
class Day:
    """One day as a calendar shows it.

    `minutes` are whole minutes of all sessions; `level` goes from 0
    (nothing) to 4 by minutes, and is at least 1 on a day that counts.
    """

    date: date
    minutes: int
    sessions: int
    state: State
    level: int
    is_today: bool

    @property
    def iso(self) -> str:
        """The date as addresses and attributes have it: 2026-03-14."""
        return self.date.isoformat()


@dataclass(frozen=True)
class Month:
    """One month: weeks of seven places each, None where a place belongs to a neighbouring month.

    `done` is the number of days that count. `drawn` is room for what a page has made of the month, by
    a name of its choosing: the same month looks the same as long as it is kept.
    """

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    done: int
    is_now: bool
    drawn: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def iso(self) -> str:
        """The month as in 2026-03."""
        return f"{self.first:%Y-%m}"


def minutes_of(seconds: int) -> int:
    """Return whole minutes, at least 1 once something was done, so that no effort reads as nothing."""
    return max(1, round(seconds / 60)) if seconds > 0 else 0


def level_of(minutes: int) -> int:
    """Return 0 for no practice, else 1 to 4, deeper with more minutes."""
    return 1 + bisect_right(_LEVELS, minutes) if minutes > 0 else 0


def week_of(day: date, week_start: int) -> tuple[date, ...]:
    """Return the seven dates of the week `day` is in; `week_start` 0 is Monday.

    The calendar's very first and last days have no whole week; it is then shorter.
    """
    before = (day.weekday() - week_start) % _DAYS_IN_WEEK
    first = day.toordinal() - before
    last = date.max.toordinal()
    return tuple(date.fromordinal(n) for n in range(first, first + _DAYS_IN_WEEK) if 1 <= n <= last)


def rests_on(settings: Settings, day: date) -> bool:
    """Say whether `day` is a planned rest day, by the plan in force on that date."""
    index = bisect_right(settings.rests, day, key=lambda change: change[0]) - 1
    return index >= 0 and day.weekday() in settings.rests[index][1]


def look_at(
    day: date,
    totals: Mapping[date, Total],
    settings: Settings,
    today: date,
    frozen: Collection[date] = frozenset(),
) -> Day:
    """Return one day as the calendar shows it; `frozen` are the days that freezes covered."""
    total = totals.get(day, NOTHING)
    minutes = minutes_of(total.seconds)
    state = _state(day, total, settings, today, frozen)
    return Day(
        date=day,
        minutes=minutes,
        sessions=total.sessions,
        state=state,
        level=max(level_of(minutes), int(state == "done")),
        is_today=day == today,
    )


def week(
    day: date,
    totals: Mapping[date, Total],
    settings: Settings,
    today: date,
    frozen: Collection[date] = frozenset(),
) -> tuple[Day, ...]:
    """Return the days of the week that `day` is in, in the person's order."""
    return tuple(look_at(other, totals, settings, today, frozen) for other in week_of(day, settings.week_start))


def year(
    number: int,
    totals: Mapping[date, Total],
    settings: Settings,
    today: date,
    frozen: Collection[date] = frozenset(),
) -> tuple[Month, ...]:
    """Return the twelve months of a year, each with its weeks as rows, the first weekday as chosen.

    Raises `ValueError` for a year outside the calendar.
    """
    if not MINYEAR <= number <= MAXYEAR:
        raise ValueError("There is no such year.")
    return tuple(_month(date(number, month, 1), totals, settings, today, frozen) for month in range(1, 13))


def _month(
    first: date, totals: Mapping[date, Total], settings: Settings, today: date, frozen: Collection[date]
) -> Month:
    length = monthrange(first.year, first.month)[1]
    days = [look_at(first.replace(day=n), totals, settings, today, frozen) for n in range(1, length + 1)]
    before = (first.weekday() - settings.week_start) % _DAYS_IN_WEEK
    after = -(before + length) % _DAYS_IN_WEEK
    places = [*[None] * before, *days, *[None] * after]
    return Month(
        first=first,
        weeks=tuple(batched(places, _DAYS_IN_WEEK)),
        done=sum(day.state == "done" for day in days),
        is_now=(first.year, first.month) == (today.year, today.month),
    )


def _state(day: date, total: Total, settings: Settings, today: date, frozen: Collection[date]) -> State:
    if total.counting:
        return "done"
    if total.sessions:
        return "short"
    return _idle(day, settings, today, frozen)


def _idle(day: date, settings: Settings, today: date, frozen: Collection[date]) -> State:
    """What a day without practice is."""
    if day in settings.paused:
        return "paused"
    if day > today:
        return "future"
    if rests_on(settings, day):
        return "rest"
    if day == today:
        return "open"
    if day in settings.linked:
        return "travel"
    return "frozen" if day in frozen else "none"
