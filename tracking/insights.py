"""What weeks and months come to: practice, feelings, sides and body areas, from plain rows.

Pure: takes rows as the database gives them and returns sums. What must not go here: Django, the
clock, wording, geometry, and any rule of streaks; whether a week met its goal is asked of
`tracking.streaks`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tracking import calendar, streaks
from tracking.calendar import NOTHING, Total
from tracking.streaks import Settings

WEEKS = 26
MONTHS = 24
# Rules P06 and P07: seconds a week for each muscle and side.
FLOOR_S = 120
PLENTY_S = 600
LEFT_OUT_DAYS = 14
AVERAGED_WEEKS = 4
_WEEK = timedelta(days=7)

Amount = Literal["nothing", "little", "enough", "plenty"]


@dataclass(frozen=True)
class Span:
    """A week or a month: what was done from `first` to `last`, both included.

    `days` are those that count; `goal` is None for a month, and 0 for a week that asked for nothing.
    `is_open` where it is not over yet.
    """

    first: date
    last: date
    minutes: int
    sessions: int
    days: int
    goal: int | None
    is_met: bool
    is_open: bool


class Felt(NamedTuple):
    """What was said about one session; ratings from 0 to 10 or None, as in `tracking.models.Session`."""

    day: date
    pain_before: int | None
    pain_after: int | None
    stiffness_before: int | None
    stiffness_after: int | None
    next_day: str
    area: str


@dataclass(frozen=True)
class Feeling:
    """The averages of a week or an area, None where nothing was said; next mornings by answer."""

    times: int
    pain_before: float | None
    pain_after: float | None
    stiffness_before: float | None
    stiffness_after: float | None
    better: int
    same: int
    worse: int


class Stretched(NamedTuple):
    """One step as it was done: the practice day, the areas of its stretch, whole seconds, of these by side."""

    day: date
    areas: Collection[str]
    seconds: int
    left: int
    right: int


@dataclass(frozen=True)
class Area:
    """What one part of the body got, in seconds for each side: in the last 7 days, and a week on average of 28.

    `last` is the day it was stretched last, if within what was looked at.
    """

    slug: str
    now: int
    usual: int
    last: date | None
    amount: Amount
    is_left_out: bool

    @property
    def now_minutes(self) -> float:
        """The minutes of the last 7 days."""
        return self.now / 60

    @property
    def usual_minutes(self) -> float:
        """The minutes of a week, on average."""
        return self.usual / 60


def by_week(totals: Mapping[date, Total], settings: Settings, today: date) -> tuple[Span, ...]:
    """Return the last 26 weeks, or as many as there have been since the first day with anything on it."""
    if not totals:
        return ()
    this = calendar.week_of(today, settings.week_start)[0]
    begun = calendar.week_of(min(totals), settings.week_start)[0]
    first = max(begun, this - (WEEKS - 1) * _WEEK)
    return tuple(_week(first + n * _WEEK, totals, settings, today) for n in range((this - first) // _WEEK + 1))


def _week(first: date, totals: Mapping[date, Total], settings: Settings, today: date) -> Span:
    last = first + _WEEK - timedelta(days=1)
    done = [totals.get(first + timedelta(days=n), NOTHING) for n in range(7)]
    days = [first + timedelta(days=n) for n in range(7) if done[n].counting]
    # Each week by itself: how long a run was before it is of no interest here.
    week = streaks.weeks(days, settings, last)[-1]
    return Span(first, last, *_sums(done), len(days), week.goal, week.is_met, last >= today)


def by_month(totals: Mapping[date, Total], today: date) -> tuple[Span, ...]:
    """Return the last 24 months, or as many as there have been since the first day with anything on it."""
    if not totals:
        return ()
    months: defaultdict[int, list[Total]] = defaultdict(list)
    for day, total in totals.items():
        months[day.year * 12 + day.month - 1].append(total)
    this = today.year * 12 + today.month - 1
    found = []
    for number in range(max(min(months), this - MONTHS + 1), this + 1):
        first = date(number // 12, number % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        done = months[number]
        days = sum(bool(total.counting) for total in done)
        found.append(Span(first, last, *_sums(done), days, None, is_met=False, is_open=last >= today))
    return tuple(found)


def _sums(done: Collection[Total]) -> tuple[int, int]:
    return calendar.minutes_of(sum(total.seconds for total in done)), sum(total.sessions for total in done)


def feeling(rows: Iterable[Felt]) -> Feeling:
    """Return the averages of these sessions; before and after each over those in which it was told."""
    rows = [row for row in rows if _is_told(row)]
    mornings = [row.next_day for row in rows]
    return Feeling(
        times=len(rows),
        pain_before=_average(row.pain_before for row in rows),
        pain_after=_average(row.pain_after for row in rows),
        stiffness_before=_average(row.stiffness_before for row in rows),
        stiffness_after=_average(row.stiffness_after for row in rows),
        better=mornings.count("better"),
        same=mornings.count("same"),
        worse=mornings.count("worse"),
    )


def feelings_by_week(rows: Iterable[Felt], weeks: Iterable[Span]) -> tuple[Feeling, ...]:
    """Return what was felt in each of these weeks, in their order."""
    rows = list(rows)
    return tuple(feeling(row for row in rows if week.first <= row.day <= week.last) for week in weeks)


def feelings_by_area(rows: Iterable[Felt]) -> dict[str, Feeling]:
    """Return what was felt in each area that was named, the one named most often first."""
    named: defaultdict[str, list[Felt]] = defaultdict(list)
    for row in rows:
        if row.area and _is_told(row):
            named[row.area].append(row)
    return {area: feeling(named[area]) for area in sorted(named, key=lambda one: (-len(named[one]), one))}


def _is_told(row: Felt) -> bool:
    ratings = (row.pain_before, row.pain_after, row.stiffness_before, row.stiffness_after)
    return row.next_day in {"better", "same", "worse"} or any(rating is not None for rating in ratings)


def _average(values: Iterable[int | None]) -> float | None:
    told = [value for value in values if value is not None]
    return round(sum(told) / len(told), 1) if told else None


def areas(rows: Iterable[Stretched], slugs: Iterable[str], today: date) -> tuple[Area, ...]:
    """Return what each area got, in the order of `slugs`, of holds up to `today`.

    Time counts for one side: that of a stretch done on both is halved, as the evidence counts it for
    each muscle and side; a stretch adds its time to each of its areas.
    """
    now: defaultdict[str, int] = defaultdict(int)
    month: defaultdict[str, int] = defaultdict(int)
    last: dict[str, date] = {}
    for row in rows:
        age = (today - row.day).days
        if row.seconds <= 0 or age < 0:
            continue
        one_side = (row.left + row.right) // 2 if row.left or row.right else row.seconds
        for area in row.areas:
            last[area] = max(last.get(area, row.day), row.day)
            now[area] += one_side if age < _WEEK.days else 0
            month[area] += one_side if age < AVERAGED_WEEKS * _WEEK.days else 0
    return tuple(
        Area(
            slug=slug,
            now=now[slug],
            usual=month[slug] // AVERAGED_WEEKS,
            last=last.get(slug),
            amount=amount_of(now[slug]),
            is_left_out=slug not in last or (today - last[slug]).days >= LEFT_OUT_DAYS,
        )
        for slug in slugs
    )


def amount_of(seconds: int) -> Amount:
    """Say what the evidence says of so many seconds a week for a muscle and side (rules P06, P07)."""
    if seconds <= 0:
        return "nothing"
    if seconds < FLOOR_S:
        return "little"
    return "enough" if seconds < PLENTY_S else "plenty"


class Candidate(NamedTuple):
    """A stretch that suits the person: its areas, its level (1 is easiest), and where it comes in a routine."""

    slug: str
    areas: Collection[str]
    level: int
    order: int


def choose(candidates: Iterable[Candidate], missing: Collection[str], *, least: int = 3, most: int = 5) -> list[str]:
    """Return stretches for the areas left out, as few as reach them all but at least `least` where there are.

    The one that reaches most of what is still missing comes first, of equals the easiest. They are
    given in the order in which they are done, so that nobody gets up and down twice.
    """
    left = sorted((one for one in candidates if set(one.areas) & set(missing)), key=lambda one: (one.level, one.slug))
    still, chosen = set(missing), list[Candidate]()
    while left and len(chosen) < most and (still or len(chosen) < least):
        best = max(left, key=lambda one: len(still & set(one.areas)))
        if still and not still & set(best.areas):
            still = set()
            continue
        left.remove(best)
        chosen.append(best)
        still -= set(best.areas)
    return [one.slug for one in sorted(chosen, key=lambda one: (one.order, one.slug))]
