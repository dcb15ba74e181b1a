"""Random histories and settings: two months around the clock change and the year's odd corners."""

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from tracking.streaks import Settings

FIRST = date(2026, 1, 26)
SPAN = 70

day_numbers = st.integers(0, SPAN)
dates = day_numbers.map(lambda n: FIRST + timedelta(days=n))


def picked(length: int) -> st.SearchStrategy[frozenset[int]]:
    """Any set of numbers below `length`, drawn as the bits of one integer, which is quick."""
    bits = st.integers(0, 2**length - 1)
    return bits.map(lambda mask: frozenset(n for n in range(length) if mask >> n & 1))


weekday_sets = picked(7)


class History(NamedTuple):
    """What the figures are made from. `today` is never before the last day of `days`."""

    days: frozenset[date]
    settings: Settings
    today: date


@st.composite
def day_sets(draw: st.DrawFn) -> frozenset[date]:
    """A set of days, nearly full or nearly empty as often as in between: runs and gaps need room."""
    one, other = draw(picked(SPAN + 1)), draw(picked(SPAN + 1))
    numbers = draw(st.sampled_from([one, one & other, one | other, frozenset(range(SPAN)) - (one & other)]))
    return frozenset(FIRST + timedelta(days=n) for n in numbers)


@st.composite
def stretches_of_days(draw: st.DrawFn) -> frozenset[date]:
    """Up to three pauses of up to three weeks."""
    pauses = draw(st.lists(st.tuples(dates, st.integers(1, 21)), max_size=3))
    return frozenset(first + timedelta(days=n) for first, length in pauses for n in range(length))


@st.composite
def all_settings(draw: st.DrawFn, *, freezes: bool = True) -> Settings:
    """Any settings a person can have; some with a first entry that is not from the beginning."""
    beginning = draw(st.sampled_from([date.min, FIRST + timedelta(days=10)]))
    changes = sorted(draw(st.lists(dates, max_size=2)))
    starts = sorted([beginning, *changes])
    return Settings(
        goals=tuple((day, draw(st.integers(1, 7))) for day in starts),
        rests=tuple((day, draw(weekday_sets)) for day in starts),
        week_start=draw(st.integers(0, 6)),
        paused=draw(stretches_of_days()),
        linked=draw(st.frozensets(dates, max_size=2)),
        freeze_cap=draw(st.integers(0, 3)) if freezes else 0,
        freeze_every=draw(st.integers(1, 8)),
        started=draw(st.none() | dates),
    )


@st.composite
def histories(draw: st.DrawFn, *, freezes: bool = True) -> History:
    """Any history as it may stand in the database."""
    days = draw(day_sets())
    later = draw(st.integers(0, 20))
    last = max(days, default=draw(dates))
    return History(days, draw(all_settings(freezes=freezes)), last + timedelta(days=later))
