"""What a session's events add up to: where the player is, and what was really done of each step.

The twin of static/js/player/reducer.js. Both fold the same append-only events over the same frozen
plan, and tests/vectors hold the two together, so that the page, the log and any other device tell
the same story whatever got lost, repeated or came late.

All times are whole milliseconds; instants are epoch milliseconds of the device that made the event.
Only differences between them are used here: how they relate to the server's clock is the caller's
business. What must not go here: Django, the database, the clock, wording beyond the errors.
"""

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Status = Literal["ready", "running", "paused", "done"]
How = Literal["", "finish", "end", "hand"]
Outcome = Literal["done", "part", "skipped"]

DEVICE_KINDS = frozenset({"start", "pause", "resume", "skip", "back", "mark", "end", "finish"})
"""What a device may tell. A session ticked off by hand is told by the server alone."""

MOST_EVENTS = 2000
MOST_SEQ = 1_000_000
# A device's clock may be years off, and its session is still worth keeping; nonsense is not.
EARLIEST_MS = 946_684_800_000  # 2000-01-01
LATEST_MS = 4_102_444_800_000  # 2100-01-01
MOST_DATA = 8
MOST_TEXT = 100

BACK_GRACE_MS = 2000
"""Back within this long of a segment's start goes to the segment before."""

# Letting go of a hold a second early, or at nine tenths of it, is having done it.
LATE_MS = 1000
LATE_SHARE = 10

COUNTS_FROM_S = 60


class PlaybackError(ValueError):
    """What a device told makes no sense; the message is a sentence for whoever mends the device."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a plan's segment that matters here."""

    step: int
    kind: str
    side: str
    starts_ms: int
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The frozen timeline of a session, without gap or overlap, from 0 to `total_ms`."""

    total_ms: int
    segments: tuple[Segment, ...]
    starts: tuple[int, ...] = field(repr=False)
    steps: int
    # Steps in which the sides take turns: their work is one window, half of it for each side.
    turns: frozenset[int] = frozenset()

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> "Plan":
        """Read the stored form, {"total_ms", "segments": [...]}, with "steps": [{"sides"}] where known."""
        segments = tuple(
            Segment(s["step"], s["kind"], s["side"], s["starts_ms"], s["lasts_ms"]) for s in plan["segments"]
        )
        sided = {number for number, step in enumerate(plan.get("steps", ())) if step["sides"] == "each"}
        return cls(
            plan["total_ms"],
            segments,
            tuple(s.starts_ms for s in segments),
            max((s.step for s in segments), default=-1) + 1,
            frozenset(s.step for s in segments if s.side == "both" and s.step in sided),
        )

    def at(self, position: int) -> int:
        """Return the segment at a position; a boundary belongs to the one that begins there.

        Once all are over it is the number of segments.
        """
        if position >= self.total_ms:
            return len(self.segments)
        return bisect_right(self.starts, position) - 1

    def end_of(self, index: int) -> int:
        """Return where a segment ends; the whole length for an index past the last one."""
        if index >= len(self.segments):
            return self.total_ms
        return self.segments[index].starts_ms + self.segments[index].lasts_ms


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done: written once, never changed."""

    id: uuid.UUID
    seq: int
    kind: str
    at: int
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """Where a session is: `position` was true at the instant `at`.

    `spent` is how long each segment has really run, `how` what ended the session and `over_at`
    when, `started_at` when it began.
    """

    status: Status
    position: int
    at: int
    spent: tuple[int, ...]
    how: How = ""
    started_at: int | None = None
    over_at: int | None = None


@dataclass(frozen=True, slots=True)
class StepResult:
    """What was done of one step, in whole seconds of work; rests and switches are none."""

    planned_s: int
    done_s: int
    done_left_s: int
    done_right_s: int
    outcome: Outcome


def init(plan: Plan) -> State:
    """Return the state before anything happened."""
    return State("ready", 0, 0, (0,) * len(plan.segments))


def settle(plan: Plan, state: State, now: int) -> State:
    """Let time pass: only a running session moves, and reaching the end finishes it."""
    if state.status == "done":
        return state
    if state.status != "running":
        return replace(state, at=now)
    left = plan.total_ms - state.position
    passed = min(left, max(0, now - state.at))
    position = state.position + passed
    moved = replace(state, at=now, position=position, spent=_credit(plan, state.spent, state.position, position))
    return moved if passed < left else _over(moved, "finish", state.at + left)


def reduce(plan: Plan, state: State, event: Event) -> State:
    """Return the state after one more event."""
    now = settle(plan, state, event.at)
    if now.status == "done":
        return now
    match event.kind:
        case "start" if now.status == "ready":
            now = replace(now, status="running", started_at=event.at)
        case "pause" if now.status == "running":
            now = replace(now, status="paused")
        case "resume" if now.status == "paused":
            now = replace(now, status="running")
        case "skip":
            now = _jump(plan, now, plan.end_of(plan.at(now.position)))
        case "back":
            now = _jump(plan, now, _back_from(plan, now.position))
        case "end" | "finish":
            now = _over(now, "end", event.at)
        case "hand":
            now = _over(replace(now, spent=_by_hand(plan, event)), "hand", event.at)
    # A mark only lets time pass; a kind from a newer page must not break an older server.
    return now


def fold(plan: Plan, events: Iterable[Event]) -> State:
    """Return the state after all events, in whatever order and however often they were told."""
    state = init(plan)
    for event in in_order(events):
        state = reduce(plan, state, event)
    return state


def state_at(plan: Plan, events: Iterable[Event], now: int) -> State:
    """Return the state at an instant."""
    return settle(plan, fold(plan, events), now)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return each event once, in the order they were made."""
    unique: dict[uuid.UUID, Event] = {}
    for event in events:
        unique.setdefault(event.id, event)
    return sorted(unique.values(), key=lambda event: (event.seq, event.at, str(event.id)))


def practised_s(plan: Plan, state: State) -> int:
    """Return the whole seconds practised: the sum over the steps, so that the log adds up."""
    return sum(result.done_s for result in step_results(plan, state))


def step_results(plan: Plan, state: State) -> tuple[StepResult, ...]:
    """Return what was done of each step, in order."""
    work: list[list[tuple[Segment, int]]] = [[] for _ in range(plan.steps)]
    for segment, spent in zip(plan.segments, state.spent, strict=True):
        if segment.kind == "work":
            work[segment.step].append((segment, spent))
    return tuple(_result(windows, takes_turns=step in plan.turns) for step, windows in enumerate(work))


def counts(results: Sequence[StepResult]) -> bool:
    """Whether a session counts for its day: a minute practised, or half of its steps done (R3)."""
    done = sum(result.outcome == "done" for result in results)
    practised = sum(result.done_s for result in results)
    return practised >= COUNTS_FROM_S or (done > 0 and done * 2 >= len(results))


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


def _result(windows: Sequence[tuple[Segment, int]], *, takes_turns: bool) -> StepResult:
    spent_ms = sum(spent for _, spent in windows)

    def seconds(side: str) -> int:
        if takes_turns:
            return spent_ms // 2000
        return sum(spent for segment, spent in windows if segment.side == side) // 1000

    full = all(spent >= _enough(segment.lasts_ms) for segment, spent in windows)
    outcome: Outcome = "done" if full and spent_ms else "part" if spent_ms >= LATE_MS else "skipped"
    return StepResult(
        planned_s=sum(segment.lasts_ms for segment, _ in windows) // 1000,
        done_s=spent_ms // 1000,
        done_left_s=seconds("left"),
        done_right_s=seconds("right"),
        outcome=outcome,
    )


def _enough(lasts_ms: int) -> int:
    return lasts_ms - min(max(LATE_MS, lasts_ms // LATE_SHARE), lasts_ms // 2)


def _credit(plan: Plan, spent: Sequence[int], start: int, stop: int) -> tuple[int, ...]:
    return tuple(
        have + max(0, min(stop, segment.starts_ms + segment.lasts_ms) - max(start, segment.starts_ms))
        for segment, have in zip(plan.segments, spent, strict=True)
    )


def _over(state: State, how: How, at: int) -> State:
    return replace(state, status="done", how=how, at=at, over_at=at)


def _jump(plan: Plan, state: State, position: int) -> State:
    if state.status == "ready":
        return state
    moved = replace(state, position=position)
    return moved if position < plan.total_ms else _over(moved, "finish", state.at)


def _back_from(plan: Plan, position: int) -> int:
    if not plan.starts:
        return 0
    index = plan.at(position)
    if position - plan.starts[index] > BACK_GRACE_MS:
        return plan.starts[index]
    return plan.starts[max(0, index - 1)]


def _by_hand(plan: Plan, event: Event) -> tuple[int, ...]:
    steps = event.data.get("steps", [])
    return tuple(s.lasts_ms if s.kind == "work" and s.step in steps else 0 for s in plan.segments)
