"""Reading what a stranger may have written: JSON within bounds, and fields that are what they claim to be.

Pure. Whatever is wrong is raised as `Refused` with a code and the place; `tracking.told_imports` has
the sentences. Nothing else is ever raised here, whatever the text is.
"""

import json
import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from accounts.zones import is_zone
from tracking.exchange.characters import is_clean
from tracking.exchange.limits import FIRST_DAY, FIRST_INSTANT, MOST_DEPTH, MOST_DIGITS, MOST_ROWS

Place = tuple[str | int, ...]
"""Keys and places in lists (from 0) that lead to a value, from the outside in."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SLUG = re.compile(r"[\w-]+", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


class Refused(Exception):  # noqa: N818  (it is a normal outcome, not an error)
    """Something in a file cannot be taken: what (a code), where, and what the sentence needs."""

    def __init__(self, code: str, place: Place = (), **values: object) -> None:
        super().__init__(code, place)
        self.code, self.place, self.values = code, place, values


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which instants and days things can lie; `planned` is the last day of what may lie ahead."""

    latest: datetime
    last_day: date
    planned: date


def load(text: str) -> Any:
    """Return what a JSON text says: no doubled key, no number without an end, no poisoned text, not too deep.

    Raises:
        Refused: the text is no such JSON.

    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_int=_short_int,
            parse_float=_finite,
        )
    except Refused:
        raise
    except json.JSONDecodeError as error:
        raise Refused("json", line=error.lineno) from None
    except RecursionError:
        raise Refused("deep") from None
    except ValueError:
        raise Refused("json", line=1) from None
    _walk(value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused("twice")
    return found


def _no_constant(name: str) -> Any:
    raise Refused("number")


def _short_int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise Refused("number")
    return int(digits)


def _finite(digits: str) -> float:
    found = float(digits)
    if not math.isfinite(found):
        raise Refused("number")
    return found


def _walk(value: Any) -> None:
    """Look at every value, without recursion, for depth, rows and characters."""
    rows = 0
    waiting: list[tuple[Any, Place]] = [(value, ())]
    while waiting:
        here, place = waiting.pop()
        if isinstance(here, str):
            if not is_clean(here):
                raise Refused("characters", place)
            continue
        if not isinstance(here, dict | list):
            continue
        if len(place) >= MOST_DEPTH:
            raise Refused("deep", place)
        if isinstance(here, dict):
            rows += 1
            if rows > MOST_ROWS:
                raise Refused("rows", most=MOST_ROWS)
            if not all(map(is_clean, here)):
                raise Refused("characters", place)
            waiting += [(one, (*place, name)) for name, one in here.items()]
        else:
            waiting += [(one, (*place, index)) for index, one in enumerate(here)]


class Fields:
    """An object whose values are asked for one by one, each with what it has to be."""

    def __init__(self, value: Any, place: Place = ()) -> None:
        if not isinstance(value, dict):
            raise Refused("object", place)
        self._value: dict[str, Any] = value
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._value

    def is_null(self, key: str) -> bool:
        """Whether there is null or nothing under `key`."""
        return self._value.get(key) is None

    def wrong(self, code: str, key: str, **values: object) -> Refused:
        """Return what to raise about the value of `key`."""
        return Refused(code, (*self.place, key), **values)

    def _get(self, key: str) -> Any:
        if key not in self._value:
            raise self.wrong("missing", key)
        return self._value[key]

    def text(self, key: str, most: int, *, least: int = 0, default: str | None = None) -> str:
        """Return a text of up to `most` characters; `default` where the key is missing."""
        if default is not None and key not in self:
            return default
        found = self._get(key)
        if not isinstance(found, str):
            raise self.wrong("text", key)
        if len(found) > most or len(found.strip()) < least:
            raise self.wrong("length", key, most=most)
        return found

    def slug(self, key: str, most: int = 80) -> str:
        """Return a name as addresses have it, or nothing."""
        found = self.text(key, most, default="")
        if found and not _SLUG.fullmatch(found):
            raise self.wrong("slug", key)
        return found

    def choice(self, key: str, choices: Collection[str], *, default: str | None = None) -> str:
        """Return one of `choices`."""
        found = self.text(key, 100, default=default)
        if found not in choices:
            raise self.wrong("choice", key)
        return found

    def whole(self, key: str, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        found = self._get(key)
        if type(found) is not int or not least <= found <= most:
            raise self.wrong("whole", key, least=least, most=most)
        return found

    def whole_or_none(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number within bounds, or None for null and nothing."""
        return None if self._value.get(key) is None else self.whole(key, least, most)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        if default is not None and key not in self:
            return default
        found = self._get(key)
        if not isinstance(found, bool):
            raise self.wrong("flag", key)
        return found

    def id(self, key: str) -> UUID:
        """Return a UUID."""
        found = self._get(key)
        if not isinstance(found, str) or not _UUID.fullmatch(found):
            raise self.wrong("id", key)
        return UUID(found)

    def id_or_none(self, key: str) -> UUID | None:
        """Return a UUID, or None for null and nothing."""
        return None if self._value.get(key) is None else self.id(key)

    def instant(self, key: str, bounds: Bounds) -> datetime:
        """Return an instant in UTC that something can have been done at."""
        found = self._get(key)
        if not isinstance(found, str) or not _INSTANT.fullmatch(found):
            raise self.wrong("instant", key)
        try:
            instant = datetime.fromisoformat(found).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.wrong("instant", key) from None
        if not FIRST_INSTANT <= instant <= bounds.latest:
            raise self.wrong("when", key)
        return instant

    def day(self, key: str, last: date) -> date:
        """Return a day from 2000 up to `last`."""
        found = self._get(key)
        if not isinstance(found, str) or not _DAY.fullmatch(found):
            raise self.wrong("day", key)
        try:
            day = date.fromisoformat(found)
        except ValueError:
            raise self.wrong("day", key) from None
        if not FIRST_DAY <= day <= last:
            raise self.wrong("when", key)
        return day

    def day_or_none(self, key: str, last: date) -> date | None:
        """Return a day up to `last`, or None for null and nothing."""
        return None if self._value.get(key) is None else self.day(key, last)

    def zone(self, key: str, *, is_optional: bool = False) -> str:
        """Return the name of a known time zone."""
        found = self.text(key, 64)
        if not is_zone(found) and not (is_optional and not found):
            raise self.wrong("zone", key)
        return found

    def items(self, key: str, most: int) -> list[Any]:
        """Return a list of up to `most` things; nothing is an empty one."""
        found = self._value.get(key, [])
        if not isinstance(found, list):
            raise self.wrong("list", key)
        if len(found) > most:
            raise self.wrong("many", key, most=most)
        return found

    def each(self, key: str, most: int = MOST_ROWS) -> "Iterator[Fields]":
        """Yield the objects of a list."""
        for index, one in enumerate(self.items(key, most)):
            yield Fields(one, (*self.place, key, index))

    def object(self, key: str) -> "Fields":
        """Return the object under `key`; nothing is an empty one."""
        return Fields(self._value.get(key, {}), (*self.place, key))
