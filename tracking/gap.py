"""Which recent days are worth one question: "what happened on these days?" Pure; no Django, no clock.

Only days that a run or a week's goal is missing are asked about, so that somebody who keeps to
three days a week is never asked about the four between. What must not go here: words, writes.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from datetime import date

from tracking import calendar
from tracking.calendar import Total
from tracking.streaks import DEFAULT_GOAL, Settings

LOOKS_BACK = 14


def open_days(
    totals: Mapping[date, Total],
    settings: Settings,
    today: date,
    *,
    answered_until: date | None = None,
    frozen: Collection[date] = frozenset(),
) -> tuple[date, ...]:
    """Return the open days among the last 14 that make a gap, oldest first.

    A gap is two missed days in a row, or one that interrupts days in a row; rest days, pauses and
    travel neither fill nor separate it. Days of a week whose goal was met make none, nor do those
    before the first practice and up to `answered_until`.
    """
    done = {day for day, total in totals.items() if total.counting}
    if not done:
        return ()
    since = max(min(done), _before(today, LOOKS_BACK + 1))
    asked_from = max(since, _before(today, LOOKS_BACK + 1), answered_until or date.min)
    line = [day for day in _days(_before(since, 2), today) if _is_required(day, totals, settings, today)]
    missed = {
        day for day in line if calendar.look_at(day, totals, settings, today, frozen).state == "none" and day > since
    }
    return tuple(
        day
        for place, day in enumerate(line)
        if day in missed
        and day > asked_from
        and _is_gap(line, place, missed, done)
        and not _is_met(day, done, settings)
    )


def _is_gap(line: list[date], place: int, missed: set[date], done: set[date]) -> bool:
    before = line[max(0, place - 2) : place]
    after = line[place + 1 : place + 2]
    in_a_row = bool(before and before[-1] in missed) or bool(after and after[0] in missed)
    return in_a_row or (len(before) == 2 and all(day in done for day in before))


def _is_required(day: date, totals: Mapping[date, Total], settings: Settings, today: date) -> bool:
    return calendar.look_at(day, totals, settings, today).state not in {"rest", "paused", "travel"}


def _is_met(day: date, done: set[date], settings: Settings) -> bool:
    """Whether the week of `day` reached its goal, lowered by days off as in streaks.md R7."""
    week = calendar.week_of(day, settings.week_start)
    place = bisect_right(settings.goals, week[0], key=lambda change: change[0]) - 1
    goal = settings.goals[place][1] if place >= 0 else DEFAULT_GOAL
    off = sum(one in settings.paused or one in settings.linked for one in week)
    return sum(one in done for one in week) >= max(1, min(goal, len(week) - off))


def _before(day: date, count: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - count))


def _days(first: date, stop: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), stop.toordinal())]
