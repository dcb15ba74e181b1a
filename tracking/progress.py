"""A person's history read once, and the figures that follow from it.

The only bridge between the tables and the pure `tracking.streaks` and `tracking.calendar`: a few
small queries, however long the history, and everything else is arithmetic on their answers. Both
are kept until the history changes, so that ten years cost no more than ten days. What must not go
here: writes, wording, and any rule that could be told without a database.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from types import MappingProxyType
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import User
from accounts.zones import is_zone
from tracking import calendar, streaks
from tracking.calendar import NOTHING, Total
from tracking.memo import Memo
from tracking.pausing import paused_days
from tracking.streaks import DEFAULT_GOAL, Settings

type Goals = tuple[tuple[date, int], ...]

_EVERYBODY = Settings()
_OF_A_DAY = ("day", "seconds", "sessions", "counting", "zones")


@dataclass(frozen=True)
class Figures:
    """What history comes down to, on the practice day `today`.

    current, longest             days of the daily streak (streaks.md R8)
    open_today                   nothing that counts is logged for today yet
    rest_today                   today is a planned rest day
    paused_today                 today is in a pause
    week_done, week_goal         days of this week, and asked for this week
    week_current, week_longest   weeks of the weekly streak
    week_minutes                 whole minutes of this week, all sessions
    per_week                     days a week the strength is measured against
    strength                     0 to 100
    """

    today: date
    current: int
    longest: int
    open_today: bool
    rest_today: bool
    paused_today: bool
    week_done: int
    week_goal: int
    week_current: int
    week_longest: int
    week_minutes: int
    per_week: int
    strength: int

    @property
    def week_met(self) -> bool:
        """Whether this week's goal is reached; a week wholly off asks for nothing."""
        return self.week_done >= self.week_goal

    @property
    def week_left(self) -> int:
        """Days still to go for this week's goal."""
        return max(0, self.week_goal - self.week_done)


@dataclass(frozen=True)
class Record:
    """All that figures and calendar are made from, as read at one moment.

    `totals` has every practice day on which something was begun; `today` is the person's practice
    day, never before their last one (streaks.md R4). Nothing of it ever changes, so what was once
    worked out from it stays with it.
    """

    today: date
    settings: Settings
    totals: Mapping[date, Total]
    _kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def keep[Value](self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what `make` made of this record the first time that it was asked for under `key`.

        For what is dear and follows from the record and the key alone, such as a drawn calendar
        under its year and language. Few keys, please: they stay as long as the record.
        """
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]  # what `make` returned for this key

    @cached_property
    def days(self) -> frozenset[date]:
        """The practice days that count."""
        return frozenset(day for day, total in self.totals.items() if total.counting)

    @cached_property
    def first_day(self) -> date:
        """The first day with anything on it, or today."""
        return min(self.totals, default=self.today)

    @cached_property
    def frozen(self) -> frozenset[date]:
        """The missed days that a freeze covered."""
        if not self.settings.freeze_cap:
            return frozenset()
        return streaks.daily(self.days, self.settings, self.today).frozen

    def day(self, day: date) -> calendar.Day:
        """One day as the calendar shows it."""
        return calendar.look_at(day, self.totals, self.settings, self.today, self.frozen)

    def week(self, day: date | None = None) -> tuple[calendar.Day, ...]:
        """The seven days of this week, or of the week `day` is in."""
        return calendar.week(day or self.today, self.totals, self.settings, self.today, self.frozen)

    def year(self, number: int) -> tuple[calendar.Month, ...]:
        """The months of one year."""
        return self.keep(
            ("year", number), lambda: calendar.year(number, self.totals, self.settings, self.today, self.frozen)
        )

    @cached_property
    def lately(self) -> int:
        """How many of the last 14 days count, today among them: what the strength looks at."""
        last = self.today.toordinal()
        return sum(last - 14 < day.toordinal() <= last for day in self.days)

    def days_in(self, year: int) -> int:
        """The practice days that count in one year."""
        return self._by_year[year].counting

    def minutes_in(self, year: int) -> int:
        """Whole minutes practised in one year."""
        return calendar.minutes_of(self._by_year[year].seconds)

    def minutes_in_month(self, first: date) -> int:
        """Whole minutes practised in the month of `first`, rounded once, as those of the year are."""
        month = (first.year, first.month)
        return calendar.minutes_of(
            sum(total.seconds for day, total in self.totals.items() if (day.year, day.month) == month)
        )

    @cached_property
    def _by_year(self) -> Mapping[int, Total]:
        """What each year adds up to; `counting` are days."""
        years: defaultdict[int, Total] = defaultdict(Total)
        for day, total in self.totals.items():
            have = years[day.year]
            years[day.year] = Total(
                have.seconds + total.seconds, have.sessions + total.sessions, have.counting + bool(total.counting)
            )
        return years

    def figures(self) -> Figures:
        """The figures; worked out once, in a few milliseconds for ten years."""
        return self._figures

    @cached_property
    def _figures(self) -> Figures:
        days, settings, today = self.days, self.settings, self.today
        daily = streaks.daily(days, settings, today)
        weekly = streaks.weekly(days, settings, today)
        week = calendar.week_of(today, settings.week_start)
        per_week = _goal_on(settings, week[0])
        off = frozenset(settings.paused) | frozenset(settings.linked)
        strength = streaks.strength(days, today, per_week=per_week, skipped=off)
        return Figures(
            today=today,
            current=daily.current,
            longest=daily.longest,
            open_today=daily.open_today,
            rest_today=calendar.rests_on(settings, today),
            paused_today=today in settings.paused,
            week_done=weekly.done,
            week_goal=weekly.goal,
            week_current=weekly.current,
            week_longest=weekly.longest,
            week_minutes=calendar.minutes_of(sum(self.totals.get(day, NOTHING).seconds for day in week)),
            per_week=per_week,
            strength=round(strength * 100),
        )


def record_of(user: User | AnonymousUser, *, zone: str, now: datetime) -> Record:
    """Read a person's history: a few queries, none for a visitor who has saved nothing.

    `zone` is the IANA name of where the person is, `now` an aware instant. What was read before is
    given again as long as nobody has changed any of it: the database tells which version of the
    history holds, so that this is right with any number of processes, also right after a change.
    """
    if not isinstance(user, User):
        return Record(streaks.practice_day(now, zone), _EVERYBODY, {})
    # Before everything else: what is read later may be newer than its version, never older.
    version, goals = _version_and_goals(user)
    rows = _rows.get((user.pk, version), lambda: _read(user))
    today = max(streaks.practice_day(now, zone, user.day_start), rows.last)
    settings = person_settings(user, today=today, goals=goals)

    def make() -> Record:
        linked = _travel_days(rows.entries, today, zone, user.day_start)
        return Record(today, replace(settings, linked=linked), rows.totals)

    return _records.get((user.pk, version, settings, today, zone, user.day_start), make)


def _version_and_goals(user: User) -> tuple[int, Goals]:
    """The version of the person's history as it is stored now, and their goals, in one query."""
    # A person without goals has one row with no date in it.
    rows: list[tuple[int, date | None, int]] = list(
        User.objects.filter(pk=user.pk)
        .order_by("goal_changes__starts_on")
        .values_list("history_version", "goal_changes__starts_on", "goal_changes__days_a_week")
    )
    return rows[0][0] if rows else 0, tuple((day, goal) for _, day, goal in rows if day is not None)


class _Rows(NamedTuple):
    """The rollup of one person: what each day adds up to, (day, zone) of what counts, the last day that does."""

    totals: Mapping[date, Total]
    entries: list[tuple[date, str]]
    last: date


def _read(user: User) -> _Rows:
    totals: dict[date, Total] = {}
    entries: list[tuple[date, str]] = []
    for day, seconds, sessions, counting, zones in user.practice_days.values_list(*_OF_A_DAY):
        totals[day] = Total(seconds, sessions, counting)
        entries += [(day, where) for where in zones]
    return _Rows(MappingProxyType(totals), entries, max((day for day, _ in entries), default=date.min))


def stretched_by(user: User | AnonymousUser) -> dict[date, frozenset[str]]:
    """Read the slugs of what was stretched on each practice day: one query, none for a visitor."""
    if not isinstance(user, User):
        return {}
    # Most days are like others, so each text is read once.
    read = cache(lambda text: frozenset(json.loads(text)))
    days = user.practice_days.annotate(text=Cast("stretches", TextField())).values_list("day", "text")
    return {day: read(text) for day, text in days}


# Weighed in days of history, with a hundred for each person: some ten megabytes a process at most.
_MOST_DAYS = 20_000
_rows = Memo[_Rows](_MOST_DAYS, weight=lambda rows: len(rows.totals) + 100)
_records = Memo[Record](_MOST_DAYS, weight=lambda record: len(record.totals) + 100)


def figures_for(user: User | AnonymousUser, *, zone: str, now: datetime) -> Figures:
    """The figures alone; arguments and cost as in `record_of`."""
    return record_of(user, zone=zone, now=now).figures()


def person_settings(user: User, *, today: date, goals: Goals | None = None) -> Settings:
    """A person's choices as the streak rules take them, without travel days; three queries at most.

    `today` is their practice day, which an open pause reaches; `goals` may have been read before.
    """
    rests = [(change.starts_on, frozenset(change.weekdays)) for change in user.rest_changes.all()]
    # The week of joining must not wander with the traveller: it is told in the zone of the profile.
    joined = streaks.practice_day(user.created_at, user.time_zone or "UTC", user.day_start)
    return Settings(
        goals=_version_and_goals(user)[1] if goals is None else goals,
        rests=tuple(rests),
        week_start=user.week_start,
        paused=paused_days(user.pauses.values_list("starts_on", "ends_on"), today),
        freeze_cap=user.freeze_cap,
        freeze_every=user.freeze_every,
        started=joined,
    )


def _travel_days(entries: list[tuple[date, str]], today: date, zone: str, day_start: int) -> frozenset[date]:
    """Return the days lost over the date line; somebody who stays in one zone has none."""
    if {where for _, where in entries} <= {zone}:
        return frozenset()
    # A name that has gone from the machine's list since must not take the whole page down.
    return streaks.travel_links([entry for entry in entries if is_zone(entry[1])], today, zone, day_start)


def _goal_on(settings: Settings, day: date) -> int:
    """Return the days a week asked for on `day`, before any is taken off for pauses."""
    held = [goal for starts_on, goal in settings.goals if starts_on <= day]
    return held[-1] if held else DEFAULT_GOAL
