"""Every worked example, by name; those that tell of hours and zones also from the instants."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.tracking.streaks_helpers import CASES, as_json, at, from_json, on
from tracking.streaks import Daily, Weekly, daily, practice_day, travel_links, weekly


def by_name(case: dict[str, Any]) -> str:
    return f"{case['id']}: {case['text']}"


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_worked_example(case: dict[str, Any]) -> None:
    days, settings, today = map(on, case["days"]), from_json(case["config"]), on(case["today"])
    logged = list(days)
    assert daily(logged, settings, today) == Daily(
        current=case["current"],
        longest=case["longest"],
        open_today=case["open_today"],
        frozen=frozenset(map(on, case["frozen"])),
    )
    assert weekly(logged, settings, today) == Weekly(
        done=case["week_done"],
        goal=case["week_goal"],
        current=case["week_current"],
        longest=case["week_longest"],
    )


def test_all_worked_examples_are_here() -> None:
    assert len({case["id"] for case in CASES}) == 28


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_settings_of_an_example_survive_an_export(case: dict[str, Any]) -> None:
    assert as_json(from_json(case["config"])) == case["config"]


BERLIN, NEW_YORK, SYDNEY = "Europe/Berlin", "America/New_York", "Australia/Sydney"


@pytest.mark.parametrize(
    ("number", "day_start", "sessions"),
    [
        (10, 3, [("2026-03-02T20:00+01:00", BERLIN), ("2026-03-04T00:40+01:00", BERLIN)]),
        (11, 0, [("2026-03-02T20:00+01:00", BERLIN), ("2026-03-04T00:40+01:00", BERLIN)]),
        (12, 3, [("2026-03-04T02:59+01:00", BERLIN), ("2026-03-04T03:00+01:00", BERLIN)]),
        (
            13,
            3,
            [
                ("2026-03-07T21:00-05:00", NEW_YORK),
                ("2026-03-08T22:00-04:00", NEW_YORK),
                ("2026-03-09T06:00-04:00", NEW_YORK),
            ],
        ),
        (
            14,
            3,
            [
                ("2026-04-04T23:30+11:00", SYDNEY),
                ("2026-04-05T02:30+10:00", SYDNEY),
                ("2026-04-05T20:00+10:00", SYDNEY),
            ],
        ),
        (
            16,
            3,
            [
                ("2026-12-01T21:00-08:00", "America/Los_Angeles"),
                ("2026-12-03T07:00+11:00", SYDNEY),
            ],
        ),
    ],
)
def test_worked_example_from_its_instants(number: int, day_start: int, sessions: list[tuple[str, str]]) -> None:
    (case,) = (case for case in CASES if case["id"] == number)
    entries = [(practice_day(at(text), zone, day_start), zone) for text, zone in sessions]
    assert sorted({day for day, _ in entries}) == sorted(map(on, case["days"]))
    links = travel_links(entries, on(case["today"]), sessions[-1][1], day_start)
    assert links == frozenset(map(on, case["config"]["linked"]))


def test_a_day_is_a_date_and_no_shifted_time() -> None:
    day = practice_day(at("2026-03-04T00:40+01:00"), BERLIN)
    assert day == date(2026, 3, 3)
    assert not isinstance(day, datetime)
