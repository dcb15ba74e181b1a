"""What suits the hour: which part of the day it is, and which ready-made routine fits it.

Pure: local wall-clock times in, plain keys out. No Django, no clock of its own, no words.
"""

from datetime import datetime
from typing import Literal

PartOfDay = Literal["night", "morning", "day", "evening"]

DESK = "desk-break"
MORNING = "morning-10"
WHOLE_BACK = "full-back-15"
EASE = "lower-back-ease"
BED = "bedtime"

# First hour of each part; what comes before the first is still the night.
_PARTS: tuple[tuple[int, PartOfDay], ...] = ((21, "night"), (17, "evening"), (11, "day"), (4, "morning"))
_SATURDAY = 5


def part_of_day(wall: datetime) -> PartOfDay:
    """Return the part of the day at a wall-clock time."""
    return next((part for first, part in _PARTS if wall.hour >= first), "night")


def fitting(wall: datetime) -> str:
    """Return the slug of the ready-made routine that suits a wall-clock time best.

    Nobody bends deeply in the first hour after rising, nobody lies down at a desk, and before
    sleep only what is slow helps.
    """
    match part_of_day(wall):
        case "morning":
            # Whoever opens this later on a working morning most likely sits at a desk already.
            return DESK if wall.hour >= 9 and wall.weekday() < _SATURDAY else MORNING
        case "day":
            return DESK if wall.weekday() < _SATURDAY else WHOLE_BACK
        case "evening":
            return WHOLE_BACK
        case "night":
            return BED


def choices(first: str) -> tuple[str, ...]:
    """Return `first` and three others to choose from, short ones first."""
    others = [slug for slug in (DESK, MORNING, WHOLE_BACK, EASE) if slug != first]
    return (first, *others[:3])
