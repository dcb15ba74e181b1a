"""Valid files made wrong in ways that keep their form: values dropped, replaced, doubled, nested, bytes changed."""

import copy
import json
import random
from typing import Any

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    10**17,
    1.5,
    "",
    "x" * 3000,
    "\x00",
    "\ud800",
    "\u202e",
    "../..",
    "2026-02-30",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31",
    "2026-03-04T06:00:00+23:59",
    "Nowhere/Land",
    "00000000-0000-0000-0000-000000000000",
    [],
    {},
    [[]],
    {"id": 1},
    float("nan"),
    float("inf"),
]


def mutant(text: str, chance: random.Random) -> bytes:
    """Return a file like `text` with one to three things wrong."""
    if not text.startswith("{") or chance.random() < 0.25:
        return _bytes_changed(text.encode(), chance)
    value = json.loads(text)
    for _ in range(chance.randint(1, 3)):
        _change(value, chance)
    # ASCII escapes let through what no encoder would write.
    return json.dumps(value).encode()


def _change(value: Any, chance: random.Random) -> None:
    places = list(_places(value))
    holder, key = chance.choice(places)
    kind = chance.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = copy.deepcopy(chance.choice(VALUES))
    elif kind == 2:
        other, name = chance.choice(places)
        holder[key] = copy.deepcopy(other[name]) if name in other or isinstance(other, list) else None
    elif kind == 3:
        for _ in range(chance.choice([1, 1, 12])):
            holder[key] = [holder[key]] if chance.random() < 0.5 else {"a": holder[key]}
    elif kind == 4 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif isinstance(holder[key], str):
        letters = list(holder[key]) or [""]
        letters[chance.randrange(len(letters))] = chance.choice(["\x00", "\ud801", "\u2066", "é", "9", "", "Z", "-"])
        holder[key] = "".join(letters)
    else:
        holder[key] = chance.choice([holder[key], str(holder[key])])


def _places(value: Any) -> Any:
    """Yield (holder, key) of every value within, the outside in."""
    for key, one in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(one, dict | list):
            yield from _places(one)


def _bytes_changed(content: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(4)
    place = chance.randrange(len(content))
    if kind == 0:
        return content[:place]
    if kind == 1:
        return content[:place] + content[place + chance.randint(1, 40) :]
    if kind == 2:
        return content[:place] + content[max(0, place - 30) :]
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
