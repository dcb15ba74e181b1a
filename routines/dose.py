"""How long, how often and with how much rest one stretch is done.

Pure: plain values in, plain values out, no Django and no clock. Together with
`timeline.py` this is the only place that computes a duration. Sentences about
a dose live in `wording.py`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

Mode = Literal["hold", "reps", "breaths", "time"]
Sides = Literal["each", "both", "none"]
Side = Literal["left", "right", "both", "none"]

MODES: tuple[Mode, ...] = get_args(Mode)
ALL_SIDES: tuple[Sides, ...] = get_args(Sides)

# The widest values any stretch may ask for. A stretch's own range is narrower;
# these bounds hold for everything that reaches the database by any road.
LIMITS: Mapping[str, tuple[int, int]] = {
    "seconds": (1, 3600),
    "repetitions": (1, 200),
    "sets": (1, 20),
    "rest_s": (0, 300),
    "switch_s": (0, 60),
}

# The longest that one step may take as a whole, in seconds.
LONGEST_STEP_S = 3600


@dataclass(frozen=True, slots=True)
class Dose:
    """One prescription.

    `seconds` is the length of one hold, one repetition, one breath, or the whole
    time; `repetitions` counts the repetitions or breaths of a set (1 otherwise).
    `rest_s` lies between sets, `switch_s` between the two sides. With `alternate`
    the sides take turns within a set, so that there is no switch.
    """

    mode: Mode
    seconds: int
    repetitions: int = 1
    sets: int = 1
    rest_s: int = 0
    switch_s: int = 5
    alternate: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Dose":
        """Read the stored form; ValueError names what is wrong with it."""
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"unknown key {unknown[0]!r} in a dose")
        if missing := sorted({"mode", "seconds"} - set(data)):
            raise ValueError(f"a dose needs {missing[0]!r}")
        if data["mode"] not in MODES:
            raise ValueError(f"unknown mode {data['mode']!r} in a dose")
        for name in LIMITS:
            if type(data.get(name, 1)) is not int:
                raise ValueError(f"{name!r} of a dose must be a whole number")
        if type(data.get("alternate", False)) is not bool:
            raise ValueError("'alternate' of a dose must be true or false")
        return cls(**data)

    def as_json(self) -> dict[str, Any]:
        """Return the stored form: every field, by name."""
        return asdict(self)

    @property
    def set_seconds(self) -> int:
        """Seconds of work in one set, on one side."""
        return self.seconds * self.repetitions

    @property
    def side_seconds(self) -> int:
        """Seconds of work on one side over all sets, without switches and rests."""
        return self.set_seconds * self.sets


@dataclass(frozen=True, slots=True)
class DoseRange:
    """The lowest and highest value a stretch offers for each part of its dose."""

    seconds: tuple[int, int]
    repetitions: tuple[int, int] = (1, 1)
    sets: tuple[int, int] = (1, 1)
    rest_s: tuple[int, int] = (0, 0)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "DoseRange":
        """Read the stored form: two whole numbers by name; ValueError says what is wrong."""
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"unknown key {unknown[0]!r} in a range of doses")
        if "seconds" not in data:
            raise ValueError("a range of doses needs 'seconds'")
        return cls(**{name: _pair(name, data[name]) for name in data})

    def as_json(self) -> dict[str, list[int]]:
        """Return the stored form: a list of two numbers by name."""
        return {field.name: list(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Problem:
    """One part of a dose that lies outside what is allowed: `low` to `high`."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Window:
    """One uninterrupted stretch of work: a side and its seconds."""

    side: Side
    seconds: int


def windows(dose: Dose, sides: Sides) -> tuple[Window, ...]:
    """Return the windows of one set in the order they are done, left before right."""
    if sides != "each":
        return (Window(sides, dose.set_seconds),)
    if dose.alternate:
        return (Window("both", 2 * dose.set_seconds),)
    return (Window("left", dose.set_seconds), Window("right", dose.set_seconds))


def work_seconds(dose: Dose, sides: Sides) -> int:
    """Return the seconds of a whole step, with switches and rests, without its transition."""
    one_set = windows(dose, sides)
    work = dose.sets * sum(window.seconds for window in one_set)
    switches = dose.sets * (len(one_set) - 1) * dose.switch_s
    return work + switches + (dose.sets - 1) * dose.rest_s


def problems(dose: Dose, within: DoseRange | None = None) -> tuple[Problem, ...]:
    """Return every part of `dose` outside the general limits or the stretch's own range.

    The rest between sets is only looked at where there is one: a single set has
    none, and a stored value for it does no harm.
    """
    found = []
    for name, (least, most) in LIMITS.items():
        low, high = least, most
        if within is not None and hasattr(within, name) and not (name == "rest_s" and dose.sets == 1):
            own_low, own_high = getattr(within, name)
            low, high = max(low, own_low), min(high, own_high)
        if not low <= getattr(dose, name) <= high:
            found.append(Problem(name, low, high))
    return tuple(found)


def fitted(dose: Dose, within: DoseRange) -> Dose:
    """Return `dose` with every part moved to the nearest value inside the range.

    For a dose that was fine once and no longer is, because the stretch was reviewed.
    """
    values = dose.as_json()
    for name in ("seconds", "repetitions", "sets", "rest_s"):
        low, high = getattr(within, name)
        values[name] = min(max(values[name], low), high)
    return Dose(**values)


def _pair(name: str, value: object) -> tuple[int, int]:
    match value:
        case [int(low), int(high)] if low <= high:
            return (low, high)
    raise ValueError(f"{name!r} of a range of doses must be two whole numbers, low then high")
