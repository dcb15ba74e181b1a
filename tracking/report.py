"""One page for a therapist: what a stretch of time comes to, from plain rows.

Pure: takes rows as the database gives them and returns sums, in an order that can be read. What must
not go here: Django, the clock, wording, and any rule of streaks; whether a week's goal was met is
asked of `tracking.streaks`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracking import calendar, streaks
from tracking.streaks import Settings

_DAYS_IN_WEEK = 7


class Practice(NamedTuple):
    """One session: its practice day, whole seconds of practice, and how the back felt from 0 to 10, where told.

    `next_day` is "better", "same", "worse", or anything else for no answer.
    """

    day: date
    seconds: int
    pain_before: int | None = None
    pain_after: int | None = None
    stiffness_before: int | None = None
    stiffness_after: int | None = None
    next_day: str = ""
    note: str = ""


class Done(NamedTuple):
    """One step of a session: seconds in all and of each side, how it ended, and why if it was left out."""

    stretch: str
    label: str
    seconds: int
    left: int = 0
    right: int = 0
    outcome: str = "done"
    reason: str = ""


@dataclass(frozen=True)
class Week:
    """A calendar week of the person: days that count of those asked for (0 if wholly paused), whole minutes."""

    first: date
    done: int
    goal: int
    minutes: int

    @property
    def is_met(self) -> bool:
        """Whether the goal was reached; a week wholly off asks for nothing."""
        return self.done >= self.goal


@dataclass(frozen=True)
class Stretched:
    """What was done of one stretch: in how many sessions, seconds in all and of each side."""

    label: str
    times: int
    seconds: int
    left: int
    right: int


@dataclass(frozen=True)
class LeftOut:
    """A stretch that was left out or cut short, why ("" if nobody said), and how often."""

    label: str
    reason: str
    times: int


@dataclass(frozen=True)
class Change:
    """How one thing was on average before and after, over the sessions in which both were told."""

    before: float
    after: float
    times: int


@dataclass(frozen=True)
class Report:
    """What a period comes to; the rows of each list come with the largest first."""

    sessions: int
    days: int
    seconds: int
    weeks: tuple[Week, ...]
    areas: tuple[tuple[str, int], ...]
    stretches: tuple[Stretched, ...]
    left_out: tuple[LeftOut, ...]
    left: int
    right: int
    pain: Change | None
    stiffness: Change | None
    next_day: Mapping[str, int]
    notes: tuple[tuple[date, str], ...]

    @property
    def weeks_met(self) -> int:
        """How many of the weeks reached their goal."""
        return sum(week.is_met for week in self.weeks)

    @property
    def has_feelings(self) -> bool:
        """Whether anything was told about the back."""
        return bool(self.pain or self.stiffness or self.next_day)


def report(
    practices: Sequence[Practice],
    steps: Iterable[Done],
    *,
    first: date,
    last: date,
    days: Collection[date],
    settings: Settings,
    areas_of: Mapping[str, Collection[str]],
) -> Report:
    """Work out what the days from `first` to `last` come to, both included.

    `practices` and `steps` are those of the period; `days` all practice days that count, of which
    only those in the period are counted. A stretch adds its time to each of its areas, so areas do
    not add up to the whole.
    """
    steps = list(steps)
    counting = {day for day in days if first <= day <= last}
    return Report(
        sessions=len(practices),
        days=len(counting),
        seconds=sum(practice.seconds for practice in practices),
        weeks=_weeks(practices, counting, settings, first, last),
        areas=_areas(steps, areas_of),
        stretches=_stretches(steps),
        left_out=_left_out(steps),
        left=sum(step.left for step in steps),
        right=sum(step.right for step in steps),
        pain=_change((practice.pain_before, practice.pain_after) for practice in practices),
        stiffness=_change((practice.stiffness_before, practice.stiffness_after) for practice in practices),
        next_day={
            name: count
            for name in ("better", "same", "worse")
            if (count := sum(practice.next_day == name for practice in practices))
        },
        notes=tuple((practice.day, practice.note) for practice in practices if practice.note.strip()),
    )


def _weeks(
    practices: Iterable[Practice], days: Collection[date], settings: Settings, first: date, last: date
) -> tuple[Week, ...]:
    seconds: defaultdict[date, int] = defaultdict(int)
    for practice in practices:
        seconds[calendar.week_of(practice.day, settings.week_start)[0]] += practice.seconds
    weeks = []
    monday = calendar.week_of(first, settings.week_start)[0]
    while monday <= last:
        end = monday + timedelta(days=_DAYS_IN_WEEK - 1)
        # Each week by itself: how long a run was before it is of no interest here.
        weekly = streaks.weekly([day for day in days if monday <= day <= end], settings, end)
        weeks.append(Week(monday, weekly.done, weekly.goal, calendar.minutes_of(seconds[monday])))
        monday += timedelta(days=_DAYS_IN_WEEK)
    return tuple(weeks)


def _areas(steps: Iterable[Done], areas_of: Mapping[str, Collection[str]]) -> tuple[tuple[str, int], ...]:
    seconds: Counter[str] = Counter()
    for step in steps:
        for area in areas_of.get(step.stretch, ()):
            seconds[area] += step.seconds
    return tuple(sorted(((area, n) for area, n in seconds.items() if n), key=lambda row: (-row[1], row[0])))


def _stretches(steps: Iterable[Done]) -> tuple[Stretched, ...]:
    found: defaultdict[str, list[Done]] = defaultdict(list)
    for step in steps:
        if step.seconds:
            found[step.label].append(step)
    rows = [
        Stretched(
            label,
            times=len(done),
            seconds=sum(step.seconds for step in done),
            left=sum(step.left for step in done),
            right=sum(step.right for step in done),
        )
        for label, done in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.seconds, row.label)))


def _left_out(steps: Iterable[Done]) -> tuple[LeftOut, ...]:
    """A step that was merely not reached says nothing, unless somebody said why."""
    times = Counter((step.label, step.reason) for step in steps if step.outcome != "done" and step.reason)
    return tuple(
        LeftOut(label, reason, n) for (label, reason), n in sorted(times.items(), key=lambda item: (-item[1], item[0]))
    )


def _change(pairs: Iterable[tuple[int | None, int | None]]) -> Change | None:
    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    if not both:
        return None
    starts, ends = zip(*both, strict=True)
    return Change(sum(starts) / len(both), sum(ends) / len(both), len(both))
