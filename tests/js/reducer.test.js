// The fold: vectors shared with Python, and what must hold for any session whatever.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  deadline,
  endOf,
  fold,
  init,
  inOrder,
  practised,
  reduce,
  segmentAt,
  stateAt,
} from "../../static/js/player/reducer.js";
import { chance, planOf, randomEvents, vectors } from "./helpers.js";

/** @typedef {import("../../static/js/player/reducer.js").State} State */
/** @typedef {import("../../static/js/player/reducer.js").Timeline} Timeline */

const START = 1_772_625_600_000;

/** @param {State} state */
function told(state) {
  const plan = state.timeline;
  const segment = segmentAt(plan, state.position);
  return {
    status: state.status,
    how: state.how,
    position: state.position,
    segment,
    remaining: endOf(plan, segment) - state.position,
    lead: state.lead,
    device: state.device,
    lasts: plan.segments.map((each) => each.lasts_ms),
    spent: state.spent,
    started_at: state.startedAt,
    over_at: state.overAt,
  };
}

for (const one of vectors.cases) {
  test(`vector: ${one.name}`, () => {
    const plan = vectors.plans[one.plan];
    assert.deepEqual(told(fold(plan, one.events)), one.state);
    for (const { now, ...expected } of one.probes) {
      assert.deepEqual(told(stateAt(plan, one.events, now)), expected);
    }
    const worked = one.steps.reduce((/** @type {number} */ sum, /** @type {any} */ step) => sum + step.done_s, 0);
    assert.ok(Math.abs(practised(fold(plan, one.events)) / 1000 - worked) < one.steps.length + 1);
  });
}

test("any session: credit is bounded by the wall, nothing goes backwards, done stays done", () => {
  const luck = chance(1);
  for (let round = 0; round < 3000; round++) {
    const plan = planOf(
      Array.from({ length: luck.whole(1, 6) }, () => ({
        seconds: luck.whole(1, 60),
        sides: luck.pick(/** @type {const} */ (["each", "both"])),
      })),
    );
    let state = init(plan);
    let last = START;
    for (const event of randomEvents(luck, 14)) {
      const before = state;
      state = reduce(plan, state, event);
      const ran = sum(state.spent) - sum(before.spent);
      assert.ok(ran >= 0 && ran <= event.at - last, "credit is bounded by the wall");
      assert.ok(state.position >= 0 && state.position <= state.timeline.total_ms);
      assert.deepEqual(reduce(plan, before, event), state, "the same twice");
      if (before.status === "done") assert.equal(state, before);
      if (before.status === "paused") assert.equal(ran, 0, "a pause is never credited");
      if (event.kind === "skip" && before.status !== "running") assert.equal(ran, 0);
      last = event.at;
    }
  }
});

test("any session: order and repetition of what arrives do not matter", () => {
  const luck = chance(2);
  const plan = planOf([{ seconds: 30, sides: "each" }, { seconds: 20 }, { seconds: 45, sides: "each" }]);
  for (let round = 0; round < 500; round++) {
    const events = randomEvents(luck, luck.whole(1, 20));
    const doubled = luck.shuffled([...events, ...events.slice(luck.whole(0, events.length))]);
    assert.deepEqual(fold(plan, doubled), fold(plan, events));
    assert.deepEqual(inOrder(doubled), events);
  }
});

test("any session: looking in between changes nothing", () => {
  const luck = chance(3);
  const plan = planOf([{ seconds: 30, sides: "each" }, { seconds: 20 }]);
  for (let round = 0; round < 500; round++) {
    const events = randomEvents(luck, 8);
    const looked = events.flatMap((event, n) => [
      { ...event, seq: event.seq * 2 },
      { id: `look${n}`, seq: event.seq * 2 + 1, kind: /** @type {const} */ ("mark"), at: event.at + luck.whole(0, 5) },
    ]);
    // A look must not lie beyond the next event, or it would be another story.
    const sane = looked.filter(
      (event, n) => n + 1 >= looked.length || event.at <= /** @type {any} */ (looked[n + 1]).at,
    );
    const now = START + 600_000;
    assert.deepEqual(stateAt(plan, sane, now), stateAt(plan, events, now));
  }
});

test("the position is derived from the clock, whenever one looks", () => {
  const plan = planOf([{ seconds: 30 }]);
  const events = [{ id: "a", seq: 1, kind: /** @type {const} */ ("start"), at: START }];
  for (const ms of [0, 1, 9_999, 10_000, 10_001, 39_999]) {
    const state = stateAt(plan, events, START + ms);
    assert.equal(state.position, ms);
    assert.equal(deadline(fold(plan, events)), START + 10_000);
  }
  assert.equal(stateAt(plan, events, START + 40_000).status, "done");
  assert.equal(stateAt(plan, events, START + 90_000).overAt, START + 40_000);
});

test("time stands still while ready, paused and done", () => {
  const plan = planOf([{ seconds: 30 }]);
  assert.equal(deadline(init(plan)), null);
  const paused = fold(plan, [
    { id: "a", seq: 1, kind: "start", at: START },
    { id: "b", seq: 2, kind: "pause", at: START + 5_000 },
  ]);
  assert.equal(deadline(paused), null);
  assert.equal(paused.position, 5_000);
});

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, n) => total + n, 0);
}
