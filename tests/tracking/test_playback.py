"""What a session's events add up to: shared vectors, and what holds for any session whatever."""

import json
import random
import uuid
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tests.vectors import make
from tracking.playback import (
    Event,
    Plan,
    State,
    StepResult,
    counts,
    fold,
    in_order,
    init,
    practised_s,
    reduce,
    state_at,
    step_results,
)
from tracking.told import DEVICE_KINDS, PlaybackError, parse_events

START = make.START
VECTORS = json.loads(make.PATH.read_text(encoding="utf-8"))
PLANS = {name: Plan.from_json(plan) for name, plan in VECTORS["plans"].items()}


def events_of(told: list[dict[str, Any]]) -> list[Event]:
    return [Event(uuid.UUID(e["id"]), e["seq"], e["kind"], e["at"], e.get("data", {})) for e in told]


def spelled(state: State) -> dict[str, Any]:
    plan = state.plan
    segment = plan.at(state.position)
    return {
        "status": state.status,
        "how": state.how,
        "position": state.position,
        "segment": segment,
        "remaining": plan.end_of(segment) - state.position,
        "lead": state.lead,
        "device": state.device,
        "lasts": [segment.lasts_ms for segment in plan.segments],
        "spent": list(state.spent),
        "started_at": state.started_at,
        "over_at": state.over_at,
    }


def test_the_vectors_are_fresh():
    assert make.PATH.read_text(encoding="utf-8") == make.made(), "python -m tests.vectors.make"


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_vector(case):
    plan, events = PLANS[case["plan"]], events_of(case["events"])
    state = fold(plan, events)
    assert spelled(state) == case["state"]
    for probe in case["probes"]:
        assert {"now": probe["now"], **spelled(state_at(plan, events, probe["now"]))} == probe
    results = step_results(plan, state)
    assert [asdict(result) for result in results] == case["steps"]
    assert practised_s(plan, state) == sum(step["done_s"] for step in case["steps"])
    assert counts(results) == case["counts"]


# --- Any session ------------------------------------------------------------------------------

KINDS = st.sampled_from(sorted(DEVICE_KINDS - {"start", "end", "finish"}) * 3 + ["end", "finish", "start"])
# What comes with them, sensible or not; each kind takes what it knows.
DATA = st.fixed_dictionaries(
    {},
    optional={
        "lead": st.sampled_from([0, 3000, 10_001, True]),
        "segment": st.integers(-1, 15),
        "ms": st.sampled_from([15_000, 0, 60_001, "15000"]),
        "percent": st.sampled_from([50, 75, 133, 300, 20]),
        "on": st.sampled_from(["", "reps", "all", "some"]),
        "why": st.sampled_from(["hurts", "no_time", "", "bored"]),
        "step": st.integers(-1, 5),
        "to": st.sampled_from(["cat-cow", ""]),
        "device": st.sampled_from(["phone", "tablet", ""]),
    },
)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Plan, list[Event]]:
    plan = PLANS[draw(st.sampled_from(sorted(PLANS)))]
    at, events = START, [Event(uuid.UUID(int=1), 1, "start", START)]
    for number in range(2, draw(st.integers(2, 16))):
        at += draw(st.integers(0, 90_000))
        events.append(Event(uuid.UUID(int=number), number, draw(KINDS), at, draw(DATA)))
    return plan, events


@given(sessions())
def test_credit_is_bounded_by_the_wall_and_done_stays_done(session):
    plan, events = session
    state, last = init(plan), START
    for event in events:
        before, state = state, reduce(plan, state, event)
        ran = sum(state.spent) - sum(before.spent)
        assert 0 <= ran <= event.at - last
        assert 0 <= state.position <= state.plan.total_ms
        assert reduce(plan, before, event) == state
        if before.status != "running":
            assert ran == 0
        if before.status == "done":
            assert state == before
        if state is not before:
            last = event.at


@given(sessions(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(session, chance: random.Random):
    plan, events = session
    told = [*events, *chance.choices(events, k=5)]
    chance.shuffle(told)
    assert in_order(told) == events
    assert fold(plan, told) == fold(plan, events)


@given(sessions(), st.integers(0, 3_000_000))
def test_looking_changes_nothing(session, later: int):
    plan, events = session
    now = events[-1].at + later
    half = state_at(plan, events, events[-1].at + later // 2)
    looked = reduce(plan, half, Event(uuid.UUID(int=99), 99, "mark", now))
    assert looked == state_at(plan, events, now)


@given(sessions())
def test_the_log_adds_up(session):
    plan, events = session
    state = fold(plan, events)
    results = step_results(plan, state)
    work = sum(spent for s, spent in zip(plan.segments, state.spent, strict=True) if s.kind == "work")
    assert 0 <= work - practised_s(plan, state) * 1000 < 1000 * max(1, plan.steps)
    for result in results:
        assert result.done_left_s + result.done_right_s <= result.done_s
        if result.planned_s > 2:
            assert (result.outcome == "skipped") == (result.done_s == 0)


# --- What counts (R3) ---------------------------------------------------------------------------


def result(outcome: str, done_s: int = 0) -> StepResult:
    return StepResult(30, done_s, 0, 0, outcome)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([], False),
        ([result("skipped")], False),
        ([result("part", 59)], False),
        ([result("part", 60)], True),
        ([result("part", 30), result("part", 30)], True),
        ([result("done", 20), result("skipped")], True),
        ([result("done", 20), result("skipped"), result("skipped")], False),
        ([result("done", 20), result("done", 20), result("skipped"), result("skipped")], True),
    ],
)
def test_a_minute_or_half_of_the_steps_counts(results, expected):
    assert counts(results) is expected


# --- What a device may tell ---------------------------------------------------------------------

GOOD: dict[str, Any] = {"id": "0196e000-0000-7000-8000-000000000001", "seq": 1, "kind": "start", "at": START}


def test_good_events_are_taken():
    told = [GOOD, {**GOOD, "seq": 2.0, "kind": "mark", "data": {"segment": 3, "why": "away", "zone": None, "on": True}}]
    first, second = parse_events(told)
    assert (first.id, first.seq, first.kind, first.at, first.data) == (uuid.UUID(GOOD["id"]), 1, "start", START, {})
    assert second.seq == 2
    assert type(second.seq) is int
    assert second.data == {"segment": 3, "why": "away", "zone": None, "on": True}


WRONG: list[dict[str, Any]] = [
    {"id": None},
    {"id": "x"},
    {"id": "{0196e000-0000-7000-8000-00000000000}"},
    {"id": "0196e0000-000-7000-8000-000000000001"},
    {"id": "g" * 36},
    {"seq": 0},
    {"seq": 1.5},
    {"seq": True},
    {"seq": 10**30},
    {"kind": "hand"},
    {"kind": "later"},
    {"kind": ["start"]},
    {"at": "now"},
    {"at": None},
    {"at": 0},
    {"at": 10**18},
    {"at": float("inf")},
    {"at": float("nan")},
    {"data": []},
    {"data": {str(n): n for n in range(9)}},
    {"data": {"why": "x" * 101}},
    {"data": {"why": "line\nbreak"}},
    {"data": {"why": "\x00"}},
    {"data": {"why": "\ud800"}},
    {"data": {"n\x00": 1}},
    {"data": {"n": 1.5}},
    {"data": {"n": 10**20}},
    {"data": {"n": {"deep": 1}}},
]


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        "events",
        [None],
        [[]],
        [GOOD] * 2001,
        *([{**GOOD, **wrong}] for wrong in WRONG),
        [{}],
    ],
)
def test_nonsense_is_refused_with_a_sentence(told):
    with pytest.raises(PlaybackError, match=r"\.$"):
        parse_events(told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(GOOD, JSON) | {"data": JSON}) | JSON, max_size=4) | JSON
)
def test_nothing_a_device_tells_breaks_more_than_a_sentence(told):
    try:
        events = parse_events(told)
    except PlaybackError:
        return
    assert fold(PLANS["routine"], events).status in {"ready", "running", "paused", "done"}
