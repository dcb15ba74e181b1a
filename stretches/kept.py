"""Finished pieces of the catalogue's pages, kept in this process while they hold.

Only what follows from the loaded catalogue alone may be kept, under a key that
starts with its version: then copies in several processes cannot disagree, and
nothing has to be thrown away. A name, a token or anything else of one person
must not go in.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings

type Key = tuple[str, ...]


class Kept[V]:
    """A bounded store: what was asked for longest ago makes room."""

    def __init__(self, *, most: int) -> None:
        """Hold at most `most` values."""
        self._most = most
        self._values: OrderedDict[Key, V] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key, make: Callable[[], V]) -> V:
        """Return what is kept under `key` (the catalogue's version first), else make and keep it.

        Without a version nothing is loaded and nothing kept; while debugging every
        change of a template shows at once. Two threads may both make a missing value:
        that is cheaper than letting one wait for the other.
        """
        if settings.DEBUG or not key[0]:
            return make()
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value
