"""Which days pauses take off: ranges of dates in, a bounded set of days out.

Pure: no Django, no clock. However long or many the ranges are, the answer never has more days than
figures can need, so that a pause over 2,000 years costs no more than one over a week.
"""

from collections.abc import Iterable
from datetime import date, timedelta

Range = tuple[date, date | None]
"""(first day, last day or None), both included."""

# No record goes further back than this, and no pause is planned further ahead.
LONGEST_BACK = timedelta(days=30 * 366)
LONGEST_AHEAD = timedelta(days=366)


def paused_days(ranges: Iterable[Range], today: date) -> frozenset[date]:
    """Return every day that one of `ranges` covers; an open one reaches `today`."""
    least = _shifted(today, -LONGEST_BACK).toordinal()
    most = _shifted(today, LONGEST_AHEAD).toordinal()
    clipped = sorted((max(first.toordinal(), least), min((last or today).toordinal(), most)) for first, last in ranges)
    days: list[date] = []
    since = least
    for first, last in clipped:
        # Overlapping pauses are walked through once.
        days += map(date.fromordinal, range(max(first, since), last + 1))
        since = max(since, last + 1)
    return frozenset(days)


def covering(ranges: Iterable[Range], day: date, today: date) -> Range | None:
    """Return the pause that `day` is in, the one that began last if several; None for none."""
    held = [(first, last) for first, last in ranges if first <= day <= (last or today)]
    return max(held, key=lambda one: one[0], default=None)


def _shifted(day: date, by: timedelta) -> date:
    """Return the day so much earlier or later, or the end of the calendar on that side."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min
