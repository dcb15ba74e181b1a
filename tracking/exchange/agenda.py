"""Sessions as a calendar file (iCalendar, RFC 5545): instants in UTC, or a whole day where only that is known.

Pure: plain values in, lines out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

_LINE_BYTES = 75
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Backcare//Sessions//EN", "CALSCALE:GREGORIAN")


@dataclass(frozen=True, slots=True)
class Entry:
    """One session: a lasting id, when it was logged, and when it was (`starts` None for a whole `day`)."""

    uid: str
    stamp: datetime
    day: date
    starts: datetime | None
    ends: datetime | None
    title: str
    text: str = ""


def escaped(text: str) -> str:
    r"""Return a text value: backslash, semicolon, comma and line break written as `\\`, `\;`, `\,`, `\n`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, "\\" + sign)
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which splits a character."""
    pieces: list[str] = []
    here: list[str] = []
    size = 0
    for character in line:
        width = len(character.encode())
        # From the second piece on, a space at the start tells that the line goes on.
        if size + width > _LINE_BYTES:
            pieces.append("".join(here))
            here, size = [" "], 1
        here.append(character)
        size += width
    return "\r\n".join([*pieces, "".join(here)])


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the calendar, each line folded and with its CR LF."""
    for line in _lines(entries):
        yield folded(line) + "\r\n"


def _lines(entries: Iterable[Entry]) -> Iterator[str]:
    yield from _HEAD
    for entry in entries:
        yield "BEGIN:VEVENT"
        yield f"UID:{entry.uid}"
        yield f"DTSTAMP:{_utc(entry.stamp)}"
        if entry.starts is None:
            yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
        else:
            yield f"DTSTART:{_utc(entry.starts)}"
            # An end that is not after the start is none.
            if entry.ends is not None and _utc(entry.ends) > _utc(entry.starts):
                yield f"DTEND:{_utc(entry.ends)}"
        yield f"SUMMARY:{escaped(entry.title)}"
        if entry.text:
            yield f"DESCRIPTION:{escaped(entry.text)}"
        # A session that is over blocks nobody's time.
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
