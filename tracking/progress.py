"""A person's history read once, and the figures that follow from it.

The only bridge between the tables and the pure `tracking.streaks` and `tracking.calendar`: three
small queries, however long the history, and everything else is arithmetic on their answers. What
must not go here: writes, wording, and any rule that could be told without a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.zones import is_zone
from tracking import calendar, streaks
from tracking.calendar import NOTHING, Total
from tracking.streaks import DEFAULT_GOAL, Settings

_EVERYBODY = Settings()


@dataclass(frozen=True)
class Figures:
    """What history comes down to, on the practice day `today`.

    current, longest             days of the daily streak (streaks.md R8)
    open_today                   nothing that counts is logged for today yet
    rest_today                   today is a planned rest day
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
    day, never before their last one (streaks.md R4).
    """

    today: date
    settings: Settings
    totals: Mapping[date, Total]

    @property
    def days(self) -> frozenset[date]:
        """The practice days that count."""
        return frozenset(day for day, total in self.totals.items() if total.counting)

    @property
    def first_day(self) -> date:
        """The first day with anything on it, or today."""
        return min(self.totals, default=self.today)

    def week(self, day: date | None = None) -> tuple[calendar.Day, ...]:
        """The seven days of this week, or of the week `day` is in."""
        return calendar.week(day or self.today, self.totals, self.settings, self.today)

    def year(self, number: int) -> tuple[calendar.Month, ...]:
        """The months of one year."""
        return calendar.year(number, self.totals, self.settings, self.today)

    def days_in(self, year: int) -> int:
        """The practice days that count in one year."""
        return sum(day.year == year for day in self.days)

    def minutes_in(self, year: int) -> int:
        """Whole minutes practised in one year."""
        return calendar.minutes_of(sum(total.seconds for day, total in self.totals.items() if day.year == year))

    def figures(self) -> Figures:
        """Work everything out; a few milliseconds for ten years."""
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
            week_done=weekly.done,
            week_goal=weekly.goal,
            week_current=weekly.current,
            week_longest=weekly.longest,
            week_minutes=calendar.minutes_of(sum(self.totals.get(day, NOTHING).seconds for day in week)),
            per_week=per_week,
            strength=round(strength * 100),
        )


def record_of(user: User | AnonymousUser, *, zone: str, now: datetime) -> Record:
    """Read a person's history: three queries, none for a visitor who has saved nothing.

    `zone` is the IANA name of where the person is, `now` an aware instant.
    """
    if not isinstance(user, User):
        return Record(streaks.practice_day(now, zone), _EVERYBODY, {})
    rows = list(user.sessions.all().totals())
    totals: dict[date, Total] = {}
    entries: list[tuple[date, str]] = []
    for day, where, seconds, sessions, counting in rows:
        have = totals.get(day, NOTHING)
        totals[day] = Total(have.seconds + seconds, have.sessions + sessions, have.counting + counting)
        if counting:
            entries.append((day, where))
    today = max([streaks.practice_day(now, zone, user.day_start), *(day for day, _ in entries)])
    linked = _travel_days(entries, today, zone, user.day_start)
    return Record(today, person_settings(user, linked=linked), totals)


def figures_for(user: User | AnonymousUser, *, zone: str, now: datetime) -> Figures:
    """The figures alone; arguments and cost as in `record_of`."""
    return record_of(user, zone=zone, now=now).figures()


def person_settings(user: User, *, linked: frozenset[date] = frozenset()) -> Settings:
    """A person's choices as the streak rules take them, with the travel days `linked`; two queries.

    Pauses and freezes belong here once people can set them: nothing else has to change.
    """
    goals = [(change.starts_on, change.days_a_week) for change in user.goal_changes.all()]
    rests = [(change.starts_on, frozenset(change.weekdays)) for change in user.rest_changes.all()]
    # The week of joining must not wander with the traveller: it is told in the zone of the profile.
    joined = streaks.practice_day(user.created_at, user.time_zone or "UTC", user.day_start)
    return Settings(
        goals=tuple(goals),
        rests=tuple(rests),
        week_start=user.week_start,
        linked=linked,
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
