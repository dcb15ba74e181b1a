"""The instant that a typed day and time of day mean, for practice that is logged afterwards.

Pure: dates, times and zone names in, aware instants in UTC out. What day an instant counts for is
the business of `tracking.streaks`; here is only the way back.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from accounts.zones import is_zone

_DAY = timedelta(days=1)
NOON = time(12)


def place_of(zone: str, utc_offset_s: int = 0) -> tzinfo:
    """Return the zone, or the fixed offset for a name that this machine does not know."""
    return ZoneInfo(zone) if is_zone(zone) else timezone(timedelta(seconds=utc_offset_s))


def began_at(day: date, at: time, place: tzinfo, day_start: int) -> datetime:
    """Return the instant at which the wall clock showed `at` on the practice day `day`.

    What lies before `day_start` o'clock is the night after, hence of the next date. A time that the
    clocks skipped is taken as the one beside it that still belongs to `day`; of a time that came
    twice, the first is meant. Raises `ValueError` at the calendar's very ends.
    """
    try:
        wall = datetime.combine(day + _DAY if at.hour < day_start else day, at, place)
        both = [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
        return next((one for one in both if _day_of(one, place, day_start) == day), both[0])
    except OverflowError as error:
        raise ValueError("The instant lies outside the calendar.") from error


def ends_at(day: date, place: tzinfo, day_start: int) -> tuple[datetime, float]:
    """Return the instant at which the practice day `day` is over, and how many real hours it has."""
    begins, ends = (datetime.combine(one, time(day_start), place).astimezone(UTC) for one in (day, day + _DAY))
    return ends, (ends - begins) / timedelta(hours=1)


def _day_of(instant: datetime, place: tzinfo, day_start: int) -> date:
    return (instant.astimezone(place).replace(tzinfo=None) - timedelta(hours=day_start)).date()
