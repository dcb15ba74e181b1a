"""What a device told about a session, checked: nothing that is not an event gets any further.

What must not go here: Django, the database, what the events add up to (`tracking.playback`).
"""

import uuid
from typing import Any

from tracking.playback import Event

DEVICE_KINDS = frozenset(
    {"start", "pause", "resume", "skip", "back", "mark", "end", "finish"}
    | {"more", "seek", "pace", "tap", "taps", "instead", "take"}
)
"""What a device may tell. A session ticked off by hand is told by the server alone."""

MOST_EVENTS = 2000
MOST_SEQ = 1_000_000
# A device's clock may be years off, and its session is still worth keeping; nonsense is not.
EARLIEST_MS = 946_684_800_000  # 2000-01-01
LATEST_MS = 4_102_444_800_000  # 2100-01-01
MOST_DATA = 8
MOST_TEXT = 100


class PlaybackError(ValueError):
    """What a device told makes no sense; the message is a sentence for whoever mends the device."""


def parse_events(told: object) -> list[Event]:
    """Check a list of events as it came from a device.

    Raises `PlaybackError` for anything but a list of at most `MOST_EVENTS` objects with `id` (UUID),
    `seq` (whole, from 1), `kind` (one of `DEVICE_KINDS`), `at` (epoch ms between 2000 and 2100) and,
    if wanted, `data` (up to eight short, plain values by name).
    """
    if not isinstance(told, list):
        raise PlaybackError("Events come as a list.")
    if len(told) > MOST_EVENTS:
        raise PlaybackError(f"A session has at most {MOST_EVENTS} events.")
    return [_parse(number, one) for number, one in enumerate(told)]


def _parse(number: int, told: object) -> Event:
    if not isinstance(told, dict):
        raise PlaybackError(f"Event {number} is not an object.")
    kind = told.get("kind")
    if not isinstance(kind, str) or kind not in DEVICE_KINDS:
        raise PlaybackError(f"Event {number} has an unknown kind.")
    return Event(
        _id(number, told.get("id")),
        _whole(number, "seq", told.get("seq"), 1, MOST_SEQ),
        kind,
        _whole(number, "at", told.get("at"), EARLIEST_MS, LATEST_MS),
        _data(number, told.get("data", {})),
    )


def _id(number: int, told: object) -> uuid.UUID:
    # Only the usual spelling: uuid.UUID itself would also take braces, urns and missing dashes.
    if isinstance(told, str) and len(told) == 36:
        try:
            found = uuid.UUID(told)
        except ValueError:
            pass
        else:
            if str(found) == told.lower():
                return found
    raise PlaybackError(f"The id of event {number} is not a UUID.")


def _whole(number: int, name: str, told: object, low: int, high: int) -> int:
    # JSON knows no integers: a device may well send 1.0.
    if isinstance(told, float) and told.is_integer():
        told = int(told)
    if isinstance(told, bool) or not isinstance(told, int) or not low <= told <= high:
        raise PlaybackError(f"{name!r} of event {number} must be a whole number from {low} to {high}.")
    return told


def _data(number: int, told: object) -> dict[str, Any]:
    if not isinstance(told, dict) or len(told) > MOST_DATA:
        raise PlaybackError(f"The data of event {number} must be an object of at most {MOST_DATA} values.")
    for name, value in told.items():
        if not (_plain(name) and (value is None or isinstance(value, bool | int) or _plain(value))):
            raise PlaybackError(f"The data of event {number} may only hold short, plain values.")
        if isinstance(value, int) and abs(value) > LATEST_MS:
            raise PlaybackError(f"The data of event {number} holds a number that is too large.")
    return told


def _plain(value: object) -> bool:
    # No control characters and no lone surrogates: one database refuses the first, all the second.
    return isinstance(value, str) and len(value) <= MOST_TEXT and (not value or value.isprintable())
