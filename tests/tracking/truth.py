"""What a person did, in plain values, and the eight numbers that follow by the slow rules.

The other side of the stateful test: no table, no query and none of the fast code, so that both can
only agree by being right. Import nothing from `tracking` but `Settings`, which carries values.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.tracking.streaks_oracle import DAY, every_day, slow_daily, slow_freezes, slow_strength, slow_weekly
from tracking.streaks import Settings

HOUR = timedelta(hours=1)


@dataclass
class Practice:
    """One session. `former` is what it was before its last change by hand, and when that was."""

    day: date
    zone: str
    seconds: int
    counts: bool
    is_over: bool = True
    is_deleted: bool = False
    former: "tuple[datetime, bool, Practice] | None" = None


@dataclass
class Truth:
    """One person: where and when they are, what they chose, what they did."""

    now: datetime
    created: datetime
    device: str
    time_zone: str
    follows_device: bool = True
    day_start: int = 3
    week_start: int = 0
    freeze_cap: int = 0
    freeze_every: int = 7
    goals: dict[date, int] = field(default_factory=dict)
    rests: dict[date, frozenset[int]] = field(default_factory=dict)
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    practices: dict[str, Practice] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """Where the person is counted to be."""
        return self.device if self.follows_device else self.time_zone

    def day_of(self, instant: datetime, zone: str) -> date:
        """The wall clock there, less the hours of the day's start."""
        wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return (wall - self.day_start * HOUR).date()

    @property
    def clock_day(self) -> date:
        """The practice day by the clock."""
        return self.day_of(self.now, self.zone)

    @property
    def shown(self) -> list[Practice]:
        """All that is not deleted."""
        return [practice for practice in self.practices.values() if not practice.is_deleted]

    @property
    def days(self) -> frozenset[date]:
        """The days that count."""
        return frozenset(practice.day for practice in self.shown if practice.counts)

    @property
    def today(self) -> date:
        """Never before the last day that counts."""
        return max([self.clock_day, *self.days])

    def choose_goal(self, goal: int, *, this_week: date) -> None:
        """A first goal holds at once, another one from the next week on."""
        starts = this_week + 7 * DAY if self.goals else this_week
        held = [self.goals[day] for day in sorted(self.goals) if day <= starts]
        if not held or held[-1] != goal:
            self.goals[starts] = goal

    def choose_rest(self, weekdays: frozenset[int], *, today: date) -> None:
        """Other rest days hold from today on."""
        held = self.rests[max(self.rests)] if self.rests else frozenset()
        if held != weekdays:
            self.rests[today] = weekdays

    def settings(self) -> Settings:
        """All that the rules ask for."""
        paused = {day for first, last in self.pauses for day in every_day(first, self.today if last is None else last)}
        return Settings(
            goals=tuple(sorted(self.goals.items())),
            rests=tuple(sorted(self.rests.items())),
            week_start=self.week_start,
            paused=frozenset(paused),
            linked=self._links(),
            freeze_cap=self.freeze_cap,
            freeze_every=self.freeze_every,
            started=self.day_of(self.created, self.time_zone or "UTC"),
        )

    def _links(self) -> frozenset[date]:
        """Single missing days of which fewer than twelve real hours existed on some way from zone to zone."""
        zones: dict[date, set[str]] = {}
        for practice in self.shown:
            if practice.counts:
                zones.setdefault(practice.day, set()).add(practice.zone)
        if zones and self.today not in zones:
            zones[self.today] = {self.zone}
        found = set()
        for left, zones_left in zones.items():
            missing, reached = left + DAY, left + 2 * DAY
            if missing in zones or reached not in zones:
                continue
            hours = [
                (self._begins(reached, there) - self._begins(missing, here)) / HOUR
                for here in zones_left
                for there in zones[reached]
            ]
            if min(hours) < 12:
                found.add(missing)
        return frozenset(found)

    def _begins(self, day: date, zone: str) -> datetime:
        return datetime.combine(day, time(self.day_start), ZoneInfo(zone)).astimezone(UTC)

    def numbers(self) -> dict[str, int]:
        """The seven figures by their names on the page; strength is told apart, by `strength`."""
        settings, today, days = self.settings(), self.today, self.days
        current, longest, _ = slow_freezes(days, settings, today)
        if not self.freeze_cap:
            assert (current, longest) == slow_daily(days, settings, today), "the two slow ways differ"
        done, goal, week_current, week_longest = slow_weekly(days, settings, today)
        return {
            "current-streak": current,
            "longest-streak": longest,
            "week-done": done,
            "week-goal": goal,
            "week-streak": week_current,
            "longest-week-streak": week_longest,
        }

    def strength(self) -> float:
        """How firm the habit is, 0 to 100, not rounded."""
        settings = self.settings()
        first = self.today
        while first.weekday() != self.week_start:
            first -= DAY
        held = [goal for day, goal in settings.goals if day <= first]
        off = frozenset(settings.paused) | frozenset(settings.linked)
        return 100 * slow_strength(self.days, self.today, held[-1] if held else 3, off)

    def minutes(self) -> dict[date, int]:
        """Whole minutes by day, at least one where anything was done; every day that has a session."""
        seconds: dict[date, int] = {}
        for practice in self.shown:
            seconds[practice.day] = seconds.get(practice.day, 0) + practice.seconds
        return {day: max(1, round(total / 60)) if total else 0 for day, total in seconds.items()}

    def change(self, practice: Practice, *, day: date, minutes: int | None) -> None:
        """Move a session, or give it another length (None leaves it)."""
        resized = minutes is not None and minutes != max(1, round(practice.seconds / 60))
        practice.former = (self.now, resized, replace(practice, former=None))
        practice.day = day
        if resized and minutes is not None:
            practice.seconds, practice.counts = 60 * minutes, True

    def take_back(self, practice: Practice) -> None:
        """Undo the last change, if it was made within the hour."""
        if practice.former is None or self.now - practice.former[0] > HOUR:
            return
        _, resized, before = practice.former
        practice.day, practice.former = before.day, None
        if resized:
            practice.seconds, practice.counts = before.seconds, before.counts


def ranges(days: list[date]) -> list[tuple[date, date]]:
    """The days as (first, last) of each stretch of them."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
