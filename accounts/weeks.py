"""The person's own day and the first day of its week. Pure; no Django here."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def local_day(instant: datetime, zone: str, day_start: int) -> date:
    """The day that an aware `instant` belongs to in `zone`, when days start at `day_start` o'clock.

    Wall-clock arithmetic: the same rule as tracking.streaks.practice_day, for preferences, which
    live below the tracking app.
    """
    wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (wall - timedelta(hours=day_start)).date()


def week_of(day: date, week_start: int) -> date:
    """The first day of the week of `day`; `week_start` 0 is Monday."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)
