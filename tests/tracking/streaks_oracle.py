"""The same rules once more, as slowly and plainly as can be, to hold the fast code against.

Dates instead of ordinals, every stretch of days tried instead of one walk, no shortcut over gaps.
Import nothing from `tracking.streaks` but `Settings`.
"""

from collections.abc import Collection
from datetime import date, timedelta

from tracking.streaks import Settings

DAY = timedelta(days=1)


def every_day(first: date, last: date) -> list[date]:
    """Return all days from `first` to `last`, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def is_neutral(day: date, settings: Settings) -> bool:
    """Say whether the day is a rest day, paused or lost to travel."""
    resting: frozenset[int] = frozenset()
    for starts_on, weekdays in settings.rests:
        if starts_on <= day:
            resting = weekdays
    return day in settings.paused or day in settings.linked or day.weekday() in resting


def slow_daily(days: Collection[date], settings: Settings, today: date) -> tuple[int, int]:
    """Return current and longest without freezes: try every stretch without a missed required day."""
    if not days:
        return 0, 0
    now = max(today, *days)
    span = every_day(min(days), now)
    current = longest = 0
    for first in range(len(span)):
        done = 0
        for day in span[first:]:
            if day in days:
                done += 1
            elif day != now and not is_neutral(day, settings):
                break
            longest = max(longest, done)
            if day == now:
                current = max(current, done)
    return current, longest


def slow_freezes(days: Collection[date], settings: Settings, today: date) -> tuple[int, int, frozenset[date]]:
    """Return current, longest and the frozen days: the walk of R6, one date at a time."""
    if not days:
        return 0, 0, frozenset()
    now = max(today, *days)
    length = longest = 0
    spent: list[date] = []
    frozen: list[date] = []
    for day in every_day(min(days), now):
        if day in days:
            length += 1
        elif day == now or is_neutral(day, settings):
            pass
        elif min(settings.freeze_cap, length // settings.freeze_every - len(spent)) > 0:
            spent.append(day)
            frozen.append(day)
        else:
            length, spent = 0, []
        longest = max(longest, length)
    return length, longest, frozenset(frozen)


def week_around(day: date, week_start: int) -> list[date]:
    """Return the seven days of the week that holds `day`."""
    while day.weekday() != week_start:
        day -= DAY
    return every_day(day, day + 6 * DAY)


def slow_weekly(days: Collection[date], settings: Settings, today: date) -> tuple[int, int, int, int]:
    """Return done, goal, current and longest: try every stretch of weeks without a broken one."""
    now = max([today, *days])
    this_week = week_around(now, settings.week_start)
    week = week_around(min([now, *days]), settings.week_start)
    adds: list[bool] = []
    breaks: list[bool] = []
    while True:
        goal = 3
        for starts_on, chosen in settings.goals:
            if starts_on <= week[0]:
                goal = chosen
        left = [day for day in week if day not in settings.paused and day not in settings.linked]
        goal = min(goal, len(left))
        done = sum(day in days for day in week)
        adds.append(done > 0 and done >= goal)
        excused = not left or week == this_week or settings.started in week
        breaks.append(not adds[-1] and not excused)
        if week == this_week:
            break
        week = [day + 7 * DAY for day in week]

    current = longest = 0
    for first in range(len(adds)):
        kept = 0
        for index in range(first, len(adds)):
            if breaks[index]:
                break
            kept += adds[index]
            longest = max(longest, kept)
            if index == len(adds) - 1:
                current = max(current, kept)
    return done, goal, current, longest


def slow_strength(days: Collection[date], today: date, per_week: int, skipped: Collection[date]) -> float:
    """Return the score by its definition; the window is counted anew on each day."""
    if not days:
        return 0.0
    numerator, denominator = (2 * per_week, 14) if per_week < 7 else (1, 1)
    keeps = 0.5 ** ((per_week / 7) ** 0.5 / 13)
    score = 0.0
    for day in every_day(min(days), max(today, *days)):
        checks = sum(day - n * DAY in days for n in range(denominator))
        value = score * keeps + min(1.0, checks / numerator) * (1 - keeps)
        if day in skipped:
            value = max(score, value) if day in days else score
        score = value
    return score
