"""Sessions as a table for a spreadsheet: CSV after RFC 4180, in which no text can act as a formula.

Pure: rows in, lines out. The backup (JSON) holds more and is the one to keep; this is a view of it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

# What makes a spreadsheet take a text for a formula, or a program for the end of one.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a leading ' says that it is text."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def lines(head: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> Iterator[str]:
    """Yield the table line by line, each with its CR LF; None is an empty cell."""
    for row in chain([head], rows):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow([cell(v) if isinstance(v, str) else v for v in row])
        yield out.getvalue()
