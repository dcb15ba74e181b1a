"""What suits the hour."""

from datetime import datetime, timedelta

import pytest

from tracking import moment

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 (a wall clock has no zone)
SATURDAY = MONDAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "night"),
        (3, "night"),
        (4, "morning"),
        (10, "morning"),
        (11, "day"),
        (16, "day"),
        (17, "evening"),
        (21, "night"),
    ],
)
def test_parts_of_the_day(hour: int, part: str) -> None:
    assert moment.part_of_day(MONDAY.replace(hour=hour)) == part


@pytest.mark.parametrize(
    ("wall", "slug"),
    [
        (MONDAY.replace(hour=7), "morning-10"),
        (MONDAY.replace(hour=10), "desk-break"),
        (SATURDAY.replace(hour=10), "morning-10"),
        (MONDAY.replace(hour=14), "desk-break"),
        (SATURDAY.replace(hour=14), "full-back-15"),
        (MONDAY.replace(hour=18), "full-back-15"),
        (MONDAY.replace(hour=22), "bedtime"),
        (MONDAY.replace(hour=1), "bedtime"),
    ],
)
def test_something_fits_every_hour(wall: datetime, slug: str) -> None:
    assert moment.fitting(wall) == slug


@pytest.mark.parametrize("first", ["desk-break", "morning-10", "full-back-15", "bedtime"])
def test_there_are_three_others_to_choose_from(first: str) -> None:
    chosen = moment.choices(first)
    assert chosen[0] == first
    assert len(set(chosen)) == len(chosen) == 4
