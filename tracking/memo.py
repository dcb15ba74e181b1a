"""What was worked out once, kept in this process for as long as the question stays the same.

A key has to hold everything that the answer follows from, so that nothing is ever thrown away in
time: what has changed is asked for under another key, and the old answer falls out at the end.
What must not go here: the database, the clock, and what a key is made of.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Memo[Value]:
    """Values by key, the least recently used ones dropped when they weigh more than `most` together.

    Safe between threads. Two that ask for the same at once may both work it out; they get the same.
    """

    def __init__(self, most: int, weight: Callable[[Value], int]) -> None:
        """`weight` says how much of `most` a value takes; one that is heavier than all is not kept."""
        self._most = most
        self._weight = weight
        self._held = 0
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value kept under `key`, or what `make` returns."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        # Outside the lock: others must not wait for the database.
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._held += self._weight(value)
            while self._held > self._most:
                _, dropped = self._values.popitem(last=False)
                self._held -= self._weight(dropped)
        return value

    def __len__(self) -> int:
        """How many values are kept."""
        return len(self._values)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._held = 0
