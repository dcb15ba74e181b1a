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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeGuard

Status = Literal["ready", "running", "paused", "done"]
How = Literal["", "finish", "end", "hand"]
Outcome = Literal["done", "part", "skipped"]

BACK_GRACE_MS = 2000
"""Back within this long of a segment's start goes to the segment before."""

# Letting go of a hold a second early, or at nine tenths of it, is having done it.
LATE_MS = 1000
LATE_SHARE = 10

COUNTS_FROM_S = 60

# What a person may change under way, each within reason; anything else is passed over.
MORE_MS = range(1000, 60_001)
LONGEST_MS = 3_600_000
PACE = range(50, 301)
LEAD_MS = range(10_001)
WHY = frozenset({"hurts", "cant_reach", "no_time"})
TAPS = frozenset({"", "reps", "all"})


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
    # Steps counted in repetitions: somebody may want to say when they are done.
    reps: frozenset[int] = frozenset()

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> "Plan":
        """Read the stored form, {"total_ms", "segments": [...]}, with "steps": [{"sides"}] where known."""
        segments = tuple(
            Segment(s["step"], s["kind"], s["side"], s["starts_ms"], s["lasts_ms"]) for s in plan["segments"]
        )
        steps = list(enumerate(plan.get("steps", ())))
        sided = {number for number, step in steps if step["sides"] == "each"}
        return cls(
            plan["total_ms"],
            segments,
            tuple(s.starts_ms for s in segments),
            max((s.step for s in segments), default=-1) + 1,
            frozenset(s.step for s in segments if s.side == "both" and s.step in sided),
            frozenset(number for number, step in steps if step.get("dose", {}).get("mode") == "reps"),
        )

    def lasting(self, lengths: Sequence[int]) -> "Plan":
        """Return the same segments with other lengths, in ms, one after the other."""
        segments: list[Segment] = []
        clock = 0
        for segment, lasts_ms in zip(self.segments, lengths, strict=True):
            segments.append(replace(segment, starts_ms=clock, lasts_ms=lasts_ms))
            clock += lasts_ms
        return replace(self, total_ms=clock, segments=tuple(segments), starts=tuple(s.starts_ms for s in segments))

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
    when, `started_at` when it began. `plan` is the plan as the person has stretched it, `lead` how
    many ms of getting ready come before the position moves on. With `taps` on, work waits for a tap
    ("reps": repetitions only), and `ticked` are the segments that got one. `reasons` and `instead`
    say by step why it was skipped and which stretch took its place. `device` is the one that holds
    the session.
    """

    status: Status
    position: int
    at: int
    spent: tuple[int, ...]
    plan: Plan
    how: How = ""
    started_at: int | None = None
    over_at: int | None = None
    lead: int = 0
    taps: str = ""
    ticked: frozenset[int] = frozenset()
    reasons: Mapping[int, str] = field(default_factory=dict)
    instead: Mapping[int, str] = field(default_factory=dict)
    device: str = ""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What was done of one step, in whole seconds of work; rests and switches are none."""

    planned_s: int
    done_s: int
    done_left_s: int
    done_right_s: int
    outcome: Outcome
    reason: str = ""
    instead: str = ""


def init(plan: Plan) -> State:
    """Return the state before anything happened."""
    return State("ready", 0, 0, (0,) * len(plan.segments), plan)


def settle(state: State, now: int) -> State:
    """Let time pass: only a running session moves, and reaching the end finishes it."""
    if state.status == "done":
        return state
    if state.status != "running":
        return replace(state, at=now)
    elapsed = max(0, now - state.at)
    halt = _halt(state)
    left = max(0, halt - state.position)
    passed = min(left, max(0, elapsed - state.lead))
    position = state.position + passed
    moved = replace(
        state,
        at=now,
        lead=max(0, state.lead - elapsed),
        position=position,
        spent=_credit(state.plan, state.spent, state.position, position),
    )
    if passed < left or halt < state.plan.total_ms:
        return moved
    return _over(moved, "finish", state.at + state.lead + left)


def reduce(plan: Plan, state: State, event: Event) -> State:
    """Return the state after one more event; `plan` is the frozen one that `state` began with."""
    device = event.data.get("device")
    # Whoever has handed the session over to another device has no more say in it, not even in the time.
    if _is_name(device) and state.device and device != state.device and event.kind != "take":
        return state
    now = settle(state, event.at)
    if now.status == "done":
        return now
    rule = _RULES.get(event.kind)
    # A mark only lets time pass; a kind from a newer page must not break an older server.
    return rule(plan, now, event) if rule else now


def fold(plan: Plan, events: Iterable[Event]) -> State:
    """Return the state after all events, in whatever order and however often they were told."""
    state = init(plan)
    for event in in_order(events):
        state = reduce(plan, state, event)
    return state


def state_at(plan: Plan, events: Iterable[Event], now: int) -> State:
    """Return the state at an instant."""
    return settle(fold(plan, events), now)


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
    """Return what was done of each step, in order, measured by the frozen plan.

    A hold that the person shortened is full at its own length, one that was ticked off after a second.
    """
    work: list[list[_Window]] = [[] for _ in range(plan.steps)]
    for index, (segment, own) in enumerate(zip(plan.segments, state.plan.segments, strict=True)):
        if segment.kind == "work":
            spent = state.spent[index]
            asked = min(segment.lasts_ms, own.lasts_ms)
            full = spent >= (min(LATE_MS, asked) if index in state.ticked else _enough(asked))
            work[segment.step].append(_Window(segment.side, segment.lasts_ms, spent, full=full))
    return tuple(
        replace(
            _result(windows, takes_turns=step in plan.turns),
            reason=state.reasons.get(step, ""),
            instead=state.instead.get(step, ""),
        )
        for step, windows in enumerate(work)
    )


def counts(results: Sequence[StepResult]) -> bool:
    """Whether a session counts for its day: a minute practised, or half of its steps done (R3)."""
    done = sum(result.outcome == "done" for result in results)
    practised = sum(result.done_s for result in results)
    return practised >= COUNTS_FROM_S or (done > 0 and done * 2 >= len(results))


@dataclass(frozen=True, slots=True)
class _Window:
    side: str
    lasts_ms: int
    spent: int
    full: bool


def _result(windows: Sequence[_Window], *, takes_turns: bool) -> StepResult:
    spent_ms = sum(window.spent for window in windows)

    def seconds(side: str) -> int:
        if takes_turns:
            return spent_ms // 2000
        return sum(window.spent for window in windows if window.side == side) // 1000

    full = all(window.full for window in windows)
    outcome: Outcome = "done" if full and spent_ms else "part" if spent_ms >= LATE_MS else "skipped"
    return StepResult(
        planned_s=sum(window.lasts_ms for window in windows) // 1000,
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


def _jump(state: State, position: int) -> State:
    if state.status == "ready":
        return state
    moved = replace(state, position=position, lead=0)
    return moved if position < state.plan.total_ms else _over(moved, "finish", state.at)


def _skip(state: State, why: object) -> State:
    """Go on to the next segment; with a reason to the next step, for the other side hurts as well."""
    here = state.plan.at(state.position)
    if why not in WHY or state.status == "ready" or here >= len(state.plan.segments):
        return _jump(state, state.plan.end_of(here))
    step = state.plan.segments[here].step
    last = max(index for index, segment in enumerate(state.plan.segments) if segment.step == step)
    return _jump(replace(state, reasons={**state.reasons, step: str(why)}), state.plan.end_of(last))


def _seek(state: State, segment: object) -> State:
    """Go to the beginning of a segment, also before the start; what was ticked from there on is open again."""
    if not _is_whole(segment, range(len(state.plan.segments))):
        return state
    return replace(
        state,
        position=state.plan.starts[segment],
        lead=0,
        ticked=frozenset(index for index in state.ticked if index < segment),
    )


def _led(state: State, event: Event) -> State:
    """Give somebody who comes back into a hold the time to get into it that the event asks for."""
    lead = event.data.get("lead")
    here = state.plan.at(state.position)
    if state.status != "running" or here >= len(state.plan.segments) or not _is_whole(lead, LEAD_MS):
        return state
    return replace(state, lead=lead if state.plan.segments[here].kind == "work" else 0)


def _start(state: State, event: Event) -> State:
    if state.status != "ready":
        return state
    device = event.data.get("device")
    return replace(state, status="running", started_at=event.at, device=device if _is_name(device) else "")


def _take(state: State, device: object) -> State:
    """Go on with the session on another device."""
    return replace(state, device=device) if state.status != "ready" and _is_name(device) else state


def _pause(state: State) -> State:
    return replace(state, status="paused", lead=0) if state.status == "running" else state


def _resume(state: State, event: Event) -> State:
    return _led(replace(state, status="running"), event) if state.status == "paused" else state


def _more(state: State, ms: object) -> State:
    """Lengthen the segment under way."""
    here = state.plan.at(state.position)
    lengths = [segment.lasts_ms for segment in state.plan.segments]
    if state.status == "ready" or here >= len(lengths) or not _is_whole(ms, MORE_MS):
        return state
    if lengths[here] + ms > LONGEST_MS:
        return state
    lengths[here] += ms
    return replace(state, plan=state.plan.lasting(lengths))


def _pace(plan: Plan, state: State, percent: object) -> State:
    """Make what comes longer or shorter; nothing under way changes, so that no countdown jumps."""
    if not _is_whole(percent, PACE):
        return state
    first = state.plan.at(state.position) + (state.status != "ready")
    lengths = [segment.lasts_ms for segment in state.plan.segments]
    lengths[first:] = [segment.lasts_ms * percent // 100 for segment in plan.segments[first:]]
    return replace(state, plan=state.plan.lasting(lengths))


def _tap(state: State) -> State:
    """Somebody says that the work under way is done."""
    here = state.plan.at(state.position)
    if state.status != "running" or here >= len(state.plan.segments) or state.plan.segments[here].kind != "work":
        return state
    return _jump(replace(state, ticked=state.ticked | {here}), state.plan.end_of(here))


def _taps(state: State, on: object) -> State:
    return replace(state, taps=on) if isinstance(on, str) and on in TAPS else state


def _instead(state: State, event: Event) -> State:
    """Put another stretch in a step's place, and go to the step's beginning once the session runs."""
    step, other = event.data.get("step"), event.data.get("to")
    if not _is_whole(step, range(state.plan.steps)) or not _is_name(other):
        return state
    why = event.data.get("why")
    reasons = {**state.reasons, step: str(why)} if why in WHY else state.reasons
    chosen = replace(state, instead={**state.instead, step: other}, reasons=reasons)
    if state.status == "ready":
        return chosen
    return _seek(chosen, next(index for index, segment in enumerate(state.plan.segments) if segment.step == step))


def _halt(state: State) -> int:
    """Return how far time may move by itself: to the end, or to just before the end of work that waits for a tap."""
    if state.taps:
        for index in range(state.plan.at(state.position), len(state.plan.segments)):
            segment = state.plan.segments[index]
            waits = segment.kind == "work" and (state.taps == "all" or segment.step in state.plan.reps)
            if waits and index not in state.ticked:
                # A boundary belongs to the next segment.
                return max(segment.starts_ms, segment.starts_ms + segment.lasts_ms - 1)
    return state.plan.total_ms


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value != ""


def _is_whole(value: object, allowed: range) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value in allowed


def _back(state: State) -> State:
    """Begin the segment again, or the one before if this one has only just begun."""
    if state.status == "ready" or not state.plan.starts:
        return state
    here = min(state.plan.at(state.position), len(state.plan.starts) - 1)
    if state.position - state.plan.starts[here] <= BACK_GRACE_MS:
        here = max(0, here - 1)
    return _seek(state, here)


def _by_hand(plan: Plan, event: Event) -> tuple[int, ...]:
    steps = event.data.get("steps", [])
    return tuple(s.lasts_ms if s.kind == "work" and s.step in steps else 0 for s in plan.segments)


_RULES: Mapping[str, Callable[[Plan, State, Event], State]] = {
    "start": lambda _, state, event: _start(state, event),
    "take": lambda _, state, event: _take(state, event.data.get("device")),
    "pause": lambda _, state, _event: _pause(state),
    "resume": lambda _, state, event: _resume(state, event),
    "skip": lambda _, state, event: _skip(state, event.data.get("why")),
    "back": lambda _, state, event: _led(_back(state), event),
    "seek": lambda _, state, event: _led(_seek(state, event.data.get("segment")), event),
    "more": lambda _, state, event: _more(state, event.data.get("ms")),
    "pace": lambda plan, state, event: _pace(plan, state, event.data.get("percent")),
    "tap": lambda _, state, _event: _tap(state),
    "taps": lambda _, state, event: _taps(state, event.data.get("on")),
    "instead": lambda _, state, event: _instead(state, event),
    "end": lambda _, state, event: _over(state, "end", event.at),
    "finish": lambda _, state, event: _over(state, "end", event.at),
    "hand": lambda plan, state, event: _over(replace(state, spent=_by_hand(plan, event)), "hand", event.at),
}
