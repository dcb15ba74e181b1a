"""Reading one TOML table with care: typed values out, every complaint kept.

A reader never raises for a wrong value. It notes what is wrong, with file and
field, hands back a harmless stand-in and goes on, so that one run names every
mistake. What the values mean to the catalogue does not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with one field of one file."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{place}: {self.message}"


@dataclass
class Problems:
    """All that was found wrong so far."""

    found: list[Problem] = field(default_factory=list)

    def note(self, file: str, where: str, message: str) -> None:
        """Remember one mistake."""
        self.found.append(Problem(file, where, message))


class Table:
    """One table of a file. Ask for each field once, then call `done`."""

    def __init__(self, data: Mapping[str, object], file: str, problems: Problems, prefix: str = "") -> None:
        self.data = data
        self.file = file
        self.problems = problems
        self.prefix = prefix
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self.data

    def note(self, name: str, message: str) -> None:
        """Remember that the field `name` of this table is wrong."""
        self.problems.note(self.file, f"{self.prefix}{name}".rstrip("."), message)

    def done(self) -> None:
        """Complain about every key that nobody asked for."""
        for name in self.data:
            if name not in self._asked:
                self.note(name, "unknown key")

    def _get[T](self, name: str, kind: type[T], default: T | None, stand_in: T) -> T:
        """Return the field as `kind`; a missing one is `default`, or a mistake without one."""
        self._asked.add(name)
        if name not in self.data:
            if default is None:
                self.note(name, "missing")
                return stand_in
            return default
        value = self.data[name]
        # True is an int to Python, but nobody means 1 by it.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.note(name, f"must be {_KINDS[kind]}")
            return stand_in
        return value

    def text(self, name: str, default: str | None = None, *, blank: bool = False, longest: int = 2000) -> str:
        """Return a text; `blank` allows an empty one."""
        value = self._get(name, str, default, "")
        if name in self.data and isinstance(self.data[name], str):
            if not value.strip() and not blank:
                self.note(name, "must not be empty")
            if len(value) > longest:
                self.note(name, f"must be at most {longest} characters, is {len(value)}")
        return value

    def choice(self, name: str, allowed: Collection[str], default: str | None = None) -> str:
        """Return a text that is one of `allowed`."""
        value = self._get(name, str, default, "")
        if value and value not in allowed:
            self.note(name, f"unknown value “{value}”, expected one of {', '.join(sorted(allowed))}")
        return value

    def slug(self, name: str) -> str:
        """Return a text made of small letters, digits and single hyphens."""
        value = self._get(name, str, None, "")
        if value and not SLUG.fullmatch(value):
            self.note(name, f"“{value}” must be small letters, digits and hyphens")
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number from `low` to `high`."""
        value = self._get(name, int, default, low)
        if not low <= value <= high:
            self.note(name, f"must be from {low} to {high}, is {value}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        return self._get(name, bool, default, default)

    def day(self, name: str) -> date:
        """Return a date."""
        return self._get(name, date, None, date.min)

    def texts(
        self,
        name: str,
        allowed: Collection[str] | None = None,
        *,
        empty: bool = True,
        default: list[object] | None = None,
    ) -> tuple[str, ...]:
        """Return a list of distinct texts, each one of `allowed` when that is given."""
        values: list[object] = self._get(name, list, default, [])
        if not values and not empty and name in self.data:
            self.note(name, "must not be empty")
        kept: list[str] = []
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.note(name, "must be a list of texts")
            elif value in kept:
                self.note(name, f"“{value}” is there twice")
            elif allowed is not None and value not in allowed:
                self.note(name, f"unknown value “{value}”")
            else:
                kept.append(value)
        return tuple(kept)

    def span(self, name: str, default: tuple[int, int] | None = None) -> tuple[int, int]:
        """Return a pair [lowest, highest] of whole numbers."""
        if default is not None and name not in self.data:
            return default
        value: list[object] = self._get(name, list, None, [])
        match value:
            case [int() as low, int() as high] if low <= high:
                return low, high
        if name in self.data:
            self.note(name, "must be [lowest, highest]")
        return 0, 0

    def table(self, name: str) -> Table | None:
        """Return a table inside this one, or None where there is none."""
        self._asked.add(name)
        if name not in self.data:
            return None
        value = self.data[name]
        if not isinstance(value, dict):
            self.note(name, "must be a table")
            return None
        return self._inner(value, name)

    def tables(self, name: str, *, required: bool = False) -> list[Table]:
        """Return the tables of a list of tables, in their order."""
        self._asked.add(name)
        value = self.data.get(name)
        if value is None:
            if required:
                self.note(name, "missing")
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.note(name, "must be a list of tables")
            return []
        return [self._inner(item, f"{name}[{number}]") for number, item in enumerate(value, 1)]

    def entries(self, name: str) -> Iterator[tuple[str, Table]]:
        """Yield the name and table of each table inside the table `name`."""
        outer = self.table(name)
        if outer is None:
            return
        for key in outer.data:
            inner = outer.table(key)
            if inner is not None:
                yield key, inner

    def _inner(self, data: Mapping[str, object], name: str) -> Table:
        return Table(data, self.file, self.problems, f"{self.prefix}{name}.")


_KINDS: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    date: "a date",
}
