"""What counts as a day, a run, a week kept and a habit: the whole arithmetic of history.

Everything is derived, on every read, from the *set* of days on which a person did at least one
counting session, their settings, and the day it is for them now. Nothing is stored, so a session
logged late, deleted or replayed leaves every figure right by itself.

The rules, by the names used in the comments below:

R1  The practice day is the wall clock where the session began, minus the day start, as a date.
R2  It is worked out once and kept with the session; moving house never rewrites history.
R3  Figures depend on the set of days only: not on order, repetition or the time of day.
R4  Today is open: it adds when done and never breaks. It is never before the last day logged.
R5  Rest weekdays, paused days and travel days neither add nor break; practice on one still adds.
R6  Freezes, if wanted, are earned and spent while walking forward, one missed day each.
R7  Weeks are calendar weeks with a goal in days; the open week and the week of joining never break.
R8  Longest includes the run that is going on now.

What must not go here: Django, the database, the clock, wording. "Today" is an argument; the view
reads the clock once. Whether a session is long enough to count is decided where it is stored.

Days are handled as proleptic ordinals (`date.toordinal`) inside, because membership and differences
of plain integers are what keeps thirty years of history within a few milliseconds. Ordinal 1 is a
Monday, so the weekday of an ordinal is `(day - 1) % 7`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from math import sqrt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

DEFAULT_GOAL = 3
"""Days a week asked for where nothing else was chosen; a goal most weeks can meet."""

DEFAULT_DAY_START = 3
"""Clock hour at which a new practice day begins: late evenings belong to the day before."""

_DAY_STARTS = range(7)
_DAYS_IN_WEEK = 7
_WEEKDAYS = range(_DAYS_IN_WEEK)
_DAY = timedelta(hours=24)
# A missing day of which less than this really existed was lost to the journey, not by the person.
_HALF_A_DAY = timedelta(hours=12)
# Days of perfect daily practice after which the score stands at one half.
_HALF_LIFE = 13


class UnknownZoneError(ValueError, ZoneInfoNotFoundError):
    """The text is not the name of a time zone.

    Both a `ValueError`, so that one `except` covers every bad input here, and the standard
    library's own error for a zone that is not there.
    """

    # A KeyError shows the repr of its message; this is meant to be read.
    __str__ = Exception.__str__


@dataclass(frozen=True)
class Settings:
    """One person's choices, and the days that do not count against them.

    goals        `(in force from, days a week)`, ascending, 1 to 7 days. A week is judged by the
                 goal in force on its first day, so a change made in mid-week holds from the next
                 (R7). Before the first entry `DEFAULT_GOAL` holds.
    rests        `(in force from, weekdays)`, ascending, 0 is Monday: the planned rest days as they
                 were on the date in question (R5). Before the first entry there are none.
    week_start   first weekday of the person's week, 0 (Monday) to 6 (Sunday).
    paused       days off for illness, a flare-up or a holiday; may be set afterwards.
    linked       travel days, from `travel_links`.
    freeze_cap   0 turns freezes off. `freeze_every` is the number of done days that earns one (R6).
    started      practice day of joining, if known: its week never breaks the weekly streak.

    Raises `ValueError` if a number is out of range or a list of changes is not ascending.
    """

    goals: tuple[tuple[date, int], ...] = ((date.min, DEFAULT_GOAL),)
    rests: tuple[tuple[date, frozenset[int]], ...] = ((date.min, frozenset()),)
    week_start: int = 0
    paused: Collection[date] = frozenset()
    linked: Collection[date] = frozenset()
    freeze_cap: int = 0
    freeze_every: int = 7
    started: date | None = None

    def __post_init__(self) -> None:
        """Refuse what could only give wrong figures later."""
        if any(not 1 <= goal <= _DAYS_IN_WEEK for _, goal in self.goals):
            raise ValueError("A weekly goal is 1 to 7 days.")
        if any(weekday not in _WEEKDAYS for _, weekdays in self.rests for weekday in weekdays):
            raise ValueError("A rest day is a weekday from 0 (Monday) to 6.")
        if self.week_start not in _WEEKDAYS:
            raise ValueError("A week starts on a weekday from 0 (Monday) to 6.")
        if self.freeze_cap < 0 or self.freeze_every < 1:
            raise ValueError("Freezes are 0 or more, each earned by at least one day.")
        for changes in (self.goals, self.rests):
            dates = [starts_on for starts_on, _ in changes]
            if dates != sorted(dates):
                raise ValueError("Changes of goals and rest days go from oldest to newest.")


@dataclass(frozen=True)
class Daily:
    """The daily streak, in done days.

    current      days in the run that reaches today; 0 once a required day was missed.
    longest      days in the longest run ever, the current one included (R8).
    open_today   nothing is logged for today yet; it may still add and cannot break.
    frozen       missed days that a freeze covered, also those of runs that ended later.
    """

    current: int
    longest: int
    open_today: bool
    frozen: frozenset[date]


@dataclass(frozen=True)
class Weekly:
    """The weekly goal, and the weekly streak in weeks.

    done      days practised in the week of today, 0 to 7.
    goal      days asked for in that week; lower if part of it is paused or was lost to travel, and
              0 if all of it is.
    current   weeks kept in the run that reaches this week; this week is included once it is met.
    longest   weeks in the longest such run ever.
    """

    done: int
    goal: int
    current: int
    longest: int


@dataclass(frozen=True)
class Week:
    """One calendar week of the person.

    first    its first day, by the chosen start of the week.
    done     days practised in it, 0 to 7; goal is what was asked for, 0 if all of it was paused.
    is_met   whether it adds to the weekly streak.
    run      weeks in a row up to this one, as far as the streak goes.
    """

    first: date
    done: int
    goal: int
    is_met: bool
    run: int


def practice_day(instant: datetime, zone: str, day_start: int = DEFAULT_DAY_START) -> date:
    """Return the day that practice beginning at `instant` counts for (R1).

    `instant` is an aware datetime in any zone, `zone` the IANA name of the zone the person is in,
    `day_start` the whole hour from 0 to 6 at which their day begins. The hours come off the wall
    clock, never off elapsed time: otherwise a clock change makes a day an hour long or short and
    moves a late session into the wrong one.

    Raises `ValueError` for a naive instant, an hour out of range, an unknown zone (then an
    `UnknownZoneError`) or an instant within a day of the calendar's ends.
    """
    if instant.utcoffset() is None:
        raise ValueError("The instant has no time zone, so it names no moment.")
    hours = timedelta(hours=_whole_hour(day_start))
    place = _zone(zone)
    try:
        # By way of UTC, or a wall time that the clocks skipped would be taken at its word.
        wall = instant.astimezone(UTC).astimezone(place).replace(tzinfo=None)
        return (wall - hours).date()
    except OverflowError as error:
        raise ValueError("The instant lies outside the calendar.") from error


def travel_links(
    entries: Iterable[tuple[date, str]], today: date, zone: str, day_start: int = DEFAULT_DAY_START
) -> frozenset[date]:
    """Return the missing days that hardly existed, because the person crossed the date line (R5).

    `entries` are `(practice day, IANA zone)` pairs, one for each session, in any order. `today` and
    `zone` say where the person is now, so that the day lost on the way is forgiven on arrival and
    not only after the next session. A day is linked if it stands alone between two such days and
    fewer than 12 real hours passed from its start in the zone left to its end in the zone reached.
    Where a day was practised in several zones, the pair that leaves the fewest hours decides; that
    needs no order of sessions, and no real journey makes it wrong.

    A day that a zone itself struck out (Apia, 30 December 2011) is found the same way.

    Raises `ValueError` for an hour out of range or an unknown zone (an `UnknownZoneError`), of
    which only the zones beside a single missing day are looked at, and `zone`.
    """
    hour = time(_whole_hour(day_start))
    _zone(zone)
    zones: dict[int, set[str]] = {}
    for practised_on, name in entries:
        zones.setdefault(practised_on.toordinal(), set()).add(name)
    if zones and today.toordinal() > max(zones):  # R4: earlier than that it is no news.
        zones[today.toordinal()] = {zone}

    links = set()
    for day, zones_left in zones.items():
        missing, reached = day + 1, day + 2
        if missing in zones or reached not in zones:
            continue
        # The day lasts 24 hours on the wall, less what the clock was put forward in between.
        before = min(_offset(missing, name, hour) for name in zones_left)
        after = max(_offset(reached, name, hour) for name in zones[reached])
        if _DAY - (after - before) < _HALF_A_DAY:
            links.add(date.fromordinal(missing))
    return frozenset(links)


def daily(days: Iterable[date], settings: Settings, today: date) -> Daily:
    """Return the daily streak over the practice days `days`, in any order, repeats allowed.

    `today` is the practice day of now where the person is; if a later day is logged (they flew
    west), that day is taken for today (R4). Linear in the number of days, once they are sorted.
    """
    done = {day.toordinal() for day in days}
    if not done:
        return Daily(current=0, longest=0, open_today=True, frozen=frozenset())
    is_neutral = _neutral_test(settings)
    now = max(done | {today.toordinal()})
    stops = sorted(done | {now})

    run = used = longest = 0
    frozen = set()
    since = stops[0]
    for stop in stops:
        for missed in range(since, stop):
            if is_neutral(missed):
                continue
            if min(settings.freeze_cap, run // settings.freeze_every - used) > 0:
                used += 1
                frozen.add(missed)
                continue
            run = used = 0
            break  # A run of nothing cannot break: the rest of the gap, perhaps years, is idle.
        if stop in done:
            run += 1
            longest = max(longest, run)
        since = stop + 1
    return Daily(
        current=run,
        longest=longest,
        open_today=now not in done,
        frozen=frozenset(date.fromordinal(day) for day in frozen),
    )


def weeks(days: Iterable[date], settings: Settings, today: date) -> tuple[Week, ...]:
    """Return every week from that of the first day to that of `today`, in order, as `weekly` counts them.

    Weeks that begin before the calendar does are left out.
    """
    return tuple(
        Week(date.fromordinal(first), done, goal, is_met, run)
        for first, done, goal, is_met, run in _weeks(days, settings, today)
        if first > 0
    )


def weekly(days: Iterable[date], settings: Settings, today: date) -> Weekly:
    """Return the weekly goal and streak over the practice days `days`, in any order (R7).

    `today` is as in `daily`. Linear in the number of days and of weeks between the first and today.

    A week adds if its goal is met. It breaks if not, unless it is the week of today or of joining,
    or wholly paused. Days off lower the goal to the days that are left, but never below one for the
    week to add: practice in a wholly paused week counts, an idle one changes nothing.
    """
    found = list(_weeks(days, settings, today))
    _, done, goal, _, run = found[-1]
    return Weekly(done=done, goal=goal, current=run, longest=max(longest for *_, longest in found))


def _weeks(days: Iterable[date], settings: Settings, today: date) -> Iterator[tuple[int, int, int, bool, int]]:
    """Yield (first day as an ordinal, days done, goal, whether it adds, weeks in a row) for each week."""

    def week_of(day: int) -> int:
        return day - (day - 1 - settings.week_start) % _DAYS_IN_WEEK

    done = {day.toordinal() for day in days}
    done_in = Counter(week_of(day) for day in done)
    off_in = Counter(week_of(day) for day in _days_off(settings))
    goals_from = [starts_on.toordinal() for starts_on, _ in settings.goals]

    def goal_of(week: int) -> int:
        index = bisect_right(goals_from, week) - 1
        goal = settings.goals[index][1] if index >= 0 else DEFAULT_GOAL
        return min(goal, _DAYS_IN_WEEK - off_in[week])

    this_week = week_of(max(done | {today.toordinal()}))
    unbreakable = {this_week}
    if settings.started is not None:
        unbreakable.add(week_of(settings.started.toordinal()))

    run = 0
    for week in range(min(done_in, default=this_week), this_week + 1, _DAYS_IN_WEEK):
        goal = goal_of(week)
        is_met = done_in[week] >= max(goal, 1)
        if is_met:
            run += 1
        elif goal > 0 and week not in unbreakable:
            run = 0
        yield week, done_in[week], goal, is_met, run


def strength(days: Iterable[date], today: date, *, per_week: int, skipped: Collection[date] = frozenset()) -> float:
    """Return how firm the habit is on `today`, from 0 to 1: a lapse dents it and never destroys it.

    Exponential smoothing of "was the goal kept lately" from the first practice day to `today`; the
    idea and the constants are those of the consistency score in Loop Habit Tracker. Each day the
    score keeps `0.5 ** (sqrt(per_week / 7) / 13)` of itself, and gains the rest in proportion to
    the days done in the last 14, against twice `per_week`. Two weeks and not one, because an honest
    "three times a week" wanders over the week's edge. A daily habit (`per_week` 7) needs no such
    window: each day is judged by itself, so today's gap shows until it is filled.

    `skipped` days (paused, travel) leave the score as it was while the window moves on; practice on
    one may lift the score and never lowers it. Raises `ValueError` unless `per_week` is 1 to 7.
    """
    return strengths(days, today, per_week=per_week, skipped=skipped)[-1][1]


def strengths(
    days: Iterable[date], today: date, *, per_week: int, skipped: Collection[date] = frozenset()
) -> list[tuple[date, float]]:
    """Return the strength of every day from the first practice day to `today`, as `strength` has it; never empty."""
    if not 1 <= per_week <= _DAYS_IN_WEEK:
        raise ValueError("Days a week are 1 to 7.")
    target, window = (1, 1) if per_week == _DAYS_IN_WEEK else (2 * per_week, 2 * _DAYS_IN_WEEK)
    keeps = 0.5 ** (sqrt(per_week / _DAYS_IN_WEEK) / _HALF_LIFE)

    done = {day.toordinal() for day in days}
    off = {day.toordinal() for day in skipped}
    now = max(done | {today.toordinal()})
    score = 0.0
    recent = 0
    found = []
    for day in range(min(done, default=now), now + 1):
        recent += (day in done) - (day - window in done)
        smoothed = score * keeps + min(1.0, recent / target) * (1 - keeps)
        if day not in off:
            score = smoothed
        elif day in done:
            score = max(score, smoothed)
        found.append((date.fromordinal(day), min(score, 1.0)))
    return found


@cache
def _zone_names() -> frozenset[str]:
    """Every zone this machine knows; reading them opens some 600 files, hence once."""
    return frozenset(available_timezones())


def _zone(name: str) -> ZoneInfo:
    """Return the zone, or raise `UnknownZoneError`: browsers send the name, it may be anything.

    Asking for a known name, and not letting `ZoneInfo` try, also refuses what is empty, far too
    long (the longest name has 32 characters) or a path.
    """
    if name not in _zone_names():
        raise UnknownZoneError("That is not the name of a time zone.")
    return ZoneInfo(name)


def _whole_hour(day_start: int) -> int:
    """Return the hour at which the day starts, or raise `ValueError`."""
    if day_start not in _DAY_STARTS:
        raise ValueError("A day starts at a whole hour from 0 to 6.")
    return int(day_start)


def _offset(day: int, zone: str, hour: time) -> timedelta:
    """Return how far `zone` is ahead of UTC when the practice day `day` begins there."""
    begins = datetime.combine(date.fromordinal(day), hour, tzinfo=_zone(zone))
    return begins.utcoffset() or timedelta()


def _days_off(settings: Settings) -> set[int]:
    """Return the ordinals of paused and travel days; planned rest days are not among them."""
    return {day.toordinal() for off in (settings.paused, settings.linked) for day in off}


def _neutral_test(settings: Settings) -> Callable[[int], bool]:
    """Return the question "does the day with this ordinal neither add nor break?" (R5)."""
    off = _days_off(settings)
    rests_from = [starts_on.toordinal() for starts_on, _ in settings.rests]

    def is_neutral(day: int) -> bool:
        if day in off:
            return True
        index = bisect_right(rests_from, day) - 1
        return index >= 0 and (day - 1) % _DAYS_IN_WEEK in settings.rests[index][1]

    return is_neutral
