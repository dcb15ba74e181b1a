"""Short ways to say days and settings in the streak tests."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tracking.streaks import Settings, daily, weekly

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("streak_cases.json").read_text(encoding="utf-8"))
MONDAY = date(2026, 3, 2)
DEFAULTS = Settings()


class Figures(NamedTuple):
    """The eight numbers of the history page."""

    current: int
    longest: int
    open_today: bool
    week_done: int
    week_goal: int
    week_current: int
    week_longest: int
    frozen: int

    def never_below(self, other: "Figures") -> bool:
        """Say whether no figure that a person can be proud of is lower than in `other`."""
        return (
            self.current >= other.current
            and self.longest >= other.longest
            and self.week_done >= other.week_done
            and self.week_current >= other.week_current
            and self.week_longest >= other.week_longest
        )


def figures(days: Iterable[date], settings: Settings, today: date) -> Figures:
    """Return all numbers for one person on one day."""
    kept = list(days)
    day, week = daily(kept, settings, today), weekly(kept, settings, today)
    return Figures(
        current=day.current,
        longest=day.longest,
        open_today=day.open_today,
        week_done=week.done,
        week_goal=week.goal,
        week_current=week.current,
        week_longest=week.longest,
        frozen=len(day.frozen),
    )


def on(text: str) -> date:
    """Return the day written as 2026-03-02."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """Return the aware instant written with its offset, as 2026-03-02T21:00-05:00."""
    return datetime.fromisoformat(text).astimezone(UTC)


def run(first: date, length: int) -> list[date]:
    """Return `length` days in a row."""
    return [first + timedelta(days=n) for n in range(length)]


def as_json(settings: Settings) -> dict[str, Any]:
    """Return settings as they look in an export: dates as text, sets as sorted lists."""
    plain = asdict(settings)
    plain["goals"] = [[starts_on.isoformat(), goal] for starts_on, goal in settings.goals]
    plain["rests"] = [[starts_on.isoformat(), sorted(week)] for starts_on, week in settings.rests]
    for name in ("paused", "linked"):
        plain[name] = sorted(day.isoformat() for day in plain[name])
    plain["started"] = settings.started and settings.started.isoformat()
    return plain


def from_json(plain: dict[str, Any]) -> Settings:
    """Read what `as_json` wrote, which is also the form of the worked examples."""
    return Settings(
        goals=tuple((on(starts_on), goal) for starts_on, goal in plain["goals"]),
        rests=tuple((on(starts_on), frozenset(week)) for starts_on, week in plain["rests"]),
        week_start=plain["week_start"],
        paused=frozenset(map(on, plain["paused"])),
        linked=frozenset(map(on, plain["linked"])),
        freeze_cap=plain["freeze_cap"],
        freeze_every=plain["freeze_every"],
        started=on(plain["started"]) if plain["started"] else None,
    )
