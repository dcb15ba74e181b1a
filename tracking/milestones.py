"""Moments worth remembering, found anew in the days each time: nothing of it is stored or awaited.

Pure: takes what each practice day adds up to and returns dates. What must not go here: Django, the
clock, wording, and what is still to come; a milestone is told once it has been reached, never before.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tracking import streaks
from tracking.calendar import Total
from tracking.streaks import Settings

type Kind = Literal["sessions", "week", "weeks", "areas"]

SESSIONS = (1, 10, 50, 100, 365, 1000)
WEEKS = (4, 12, 26, 52, 104)
_WEEK = 7


class Milestone(NamedTuple):
    """What was reached on a day.

    sessions  the `number`-th session that counts
    week      the first week that met its goal
    weeks     `number` weeks in a row that met theirs
    areas     all `number` areas were stretched in one week, for the first time
    """

    day: date
    kind: Kind
    number: int


def milestones(
    totals: Mapping[date, Total],
    settings: Settings,
    today: date,
    *,
    stretched: Mapping[date, Collection[str]] | None = None,
    areas: Collection[str] = (),
) -> tuple[Milestone, ...]:
    """Return what has been reached up to `today`, the latest first.

    `stretched` has the areas that each day reached, `areas` all of them. A week is reached on the day
    on which its goal was. Each milestone is told once, of the first time.
    """
    found = [*_of_sessions(totals), *_of_weeks(totals, settings, today)]
    found += _of_areas(stretched or {}, frozenset(areas), settings.week_start)
    return tuple(sorted(found, key=lambda one: (one.day, one.kind == "weeks", one.number), reverse=True))


def _of_sessions(totals: Mapping[date, Total]) -> list[Milestone]:
    found: list[Milestone] = []
    so_far = 0
    for day in sorted(totals):
        before, so_far = so_far, so_far + totals[day].counting
        found += [Milestone(day, "sessions", count) for count in SESSIONS if before < count <= so_far]
    return found


def _of_weeks(totals: Mapping[date, Total], settings: Settings, today: date) -> list[Milestone]:
    days = {day for day, total in totals.items() if total.counting}
    reached: dict[int, Milestone] = {}
    for week in streaks.weeks(days, settings, today):
        count = 1 if not reached else week.run
        if not week.is_met or count in reached or count not in (1, *WEEKS):
            continue
        practised = sorted(day for n in range(_WEEK) if (day := week.first + timedelta(days=n)) in days)
        day = practised[max(week.goal, 1) - 1]
        reached[count] = Milestone(day, "week" if count == 1 else "weeks", count)
    return list(reached.values())


def _of_areas(stretched: Mapping[date, Collection[str]], areas: frozenset[str], week_start: int) -> list[Milestone]:
    week = -1
    missing = areas
    for day in sorted(stretched):
        # Weeks counted from the year 1, which began on a Monday.
        number = (day.toordinal() - 1 - week_start) // _WEEK
        if number != week:
            week, missing = number, areas
        missing = missing.difference(stretched[day])
        if areas and not missing:
            return [Milestone(day, "areas", len(areas))]
    return []
