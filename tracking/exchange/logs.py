"""Tables of days from elsewhere: dates with minutes, and the check marks of Loop Habit Tracker.

Pure: text in, rows out, or `Refused` with the line. Ids follow from person and row, so that the same
file twice is the same rows twice.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID, uuid5

from tracking.exchange.characters import is_clean
from tracking.exchange.limits import FIRST_DAY, MOST_ROWS
from tracking.exchange.reading import Bounds, Refused

Kind = Literal["table", "loop"]

MOST_MINUTES = 600
MOST_NOTE = 2000
# What Loop writes for a day that was ticked: a word, and in older versions a number. All else of its
# marks is missed, skipped or worked out by itself.
_TICKED = {"YES_MANUAL", "2"}
_MARKS = {*_TICKED, "YES_AUTO", "NO", "SKIP", "UNKNOWN", "-1", "0", "1", "3"}
_DATES = {"date", "day", "datum"}
_MINUTES = {"minutes", "minute", "min", "mins", "duration", "minuten"}
_NOTES = {"note", "notes", "comment", "notiz"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A day with practice; minutes are None where the table does not tell."""

    number: int
    day: date
    minutes: int | None
    note: str = ""


def read(text: str, bounds: Bounds) -> tuple[Kind, list[Line]]:
    """Return which table it is, and its days with practice.

    Raises:
        Refused: it is no such table, or a line of it cannot be understood.

    """
    rows = list(_rows(text))
    if not rows:
        raise Refused("empty")
    _number, head = rows[0]
    names = [name.strip().lower() for name in head]
    if names[:2] == ["date", "value"]:
        return "loop", list(_ticked(rows[1:], bounds))
    if _is_nameless_loop(rows):
        return "loop", list(_ticked(rows, bounds))
    has_head = any(name in _DATES for name in names)
    if not has_head and _day(head[0].strip()) is None:
        raise Refused("kind")
    places = _places(names) if has_head else (0, 1, 2)
    return "table", [_line(n, row, places, bounds) for n, row in (rows[1:] if has_head else rows)]


def ids(owner: UUID, kind: Kind, lines: Sequence[Line]) -> Iterator[UUID]:
    """Yield an id for each line that follows from person and line; the same line again counts on."""
    seen: Counter[str] = Counter()
    for line in lines:
        name = f"{kind}|{line.day}|{line.minutes}|{line.note}"
        seen[name] += 1
        yield uuid5(owner, f"{name}|{seen[name]}")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    start = text[:4000].split("\n", 1)[0]
    separator = max("\t;,", key=start.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found = 0
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            found += 1
            if found > MOST_ROWS:
                raise Refused("rows", most=MOST_ROWS)
            if not all(map(is_clean, row)):
                raise Refused("characters", ("lines", reader.line_num - 1))
            yield reader.line_num, row
    except csv.Error:
        raise Refused("line", ("lines", reader.line_num - 1)) from None


def _places(names: Sequence[str]) -> tuple[int, int, int]:
    def place(wanted: set[str]) -> int:
        return next((index for index, name in enumerate(names) if name in wanted), -1)

    found = place(_DATES), place(_MINUTES), place(_NOTES)
    if found[1] < 0:
        raise Refused("columns")
    return found


def _line(number: int, row: Sequence[str], places: tuple[int, int, int], bounds: Bounds) -> Line:
    day, minutes, note = (row[place].strip() if 0 <= place < len(row) else "" for place in places)
    where = ("lines", number - 1)
    if not minutes.isascii() or not minutes.isdecimal() or len(minutes) > 4 or int(minutes) > MOST_MINUTES:
        raise Refused("minutes", where, most=MOST_MINUTES)
    if len(note) > MOST_NOTE:
        raise Refused("length", where, most=MOST_NOTE)
    return Line(number, _known_day(day, number, bounds), int(minutes), note)


def _is_nameless_loop(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Whether this is a table of Loop's oldest versions, without names: marks alone, one of them a tick."""
    marks = {row[1].strip() if len(row) > 1 else "" for _number, row in rows}
    return marks <= _MARKS and bool(marks & _TICKED)


def _ticked(rows: Sequence[tuple[int, Sequence[str]]], bounds: Bounds) -> Iterator[Line]:
    for number, row in rows:
        if len(row) > 1 and row[1].strip() in _TICKED:
            note = row[2].strip() if len(row) > 2 else ""
            if len(note) > MOST_NOTE:
                raise Refused("length", ("lines", number - 1), most=MOST_NOTE)
            yield Line(number, _known_day(row[0].strip(), number, bounds), None, note)


def _known_day(text: str, number: int, bounds: Bounds) -> date:
    where = ("lines", number - 1)
    day = _day(text)
    if day is None:
        slashed = _SLASHES.fullmatch(text)
        raise Refused("ambiguous" if slashed else "day", where)
    if not FIRST_DAY <= day <= bounds.last_day:
        raise Refused("when", where)
    return day


def _day(text: str) -> date | None:
    """Return the date, or None for what is none, or could be two."""
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DOTS.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _SLASHES.fullmatch(text):
        month, day, year = map(int, match.groups())
        # 03/04 may be March or April; only a day past the twelfth, or the same number twice, says which.
        if day <= 12 and day != month:
            return None
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
