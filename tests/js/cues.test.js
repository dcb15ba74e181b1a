// Which sounds belong where, when they go onto the audio clock, and that no ghost sounds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cueAt, cuesOf, tonesOf } from "../../static/js/player/cues.js";
import { planOf } from "./helpers.js";

/** @typedef {import("../../static/js/player/reducer.js").Segment} Segment */

const PLAN = planOf([{ seconds: 30, sides: "each" }, { seconds: 4 }]);

/** @param {number} index */
const names = (index, last = false) =>
  cuesOf(/** @type {Segment} */ (PLAN.segments[index]), last).map(({ name, at }) => `${name} ${at}`);

test("each kind of segment has its sounds", () => {
  assert.deepEqual(names(0), ["ready 0", "tick 7000", "tick 8000", "tick 9000"]);
  assert.deepEqual(names(1), ["start 0", "half 15000", "tick 27000", "tick 28000", "tick 29000"]);
  assert.deepEqual(names(2), ["switch 0", "tick 2000", "tick 3000", "tick 4000"]);
  assert.deepEqual(names(4), ["move 0", "tick 7000", "tick 8000", "tick 9000"]);
  assert.deepEqual(names(5, true), ["start 0", "end 4000"], "too short for counting down");
});

test("a caption stays while its sound is fresh", () => {
  const cues = cuesOf(/** @type {Segment} */ (PLAN.segments[1]));
  assert.equal(cueAt(cues, 0)?.name, "start");
  assert.equal(cueAt(cues, 2_999)?.name, "start");
  assert.equal(cueAt(cues, 3_000), undefined);
  assert.equal(cueAt(cues, 15_000)?.name, "half");
  assert.equal(cueAt(cues, 28_500)?.count, 2);
});

/** An audio context that only writes down. */
function fakeAudio(state = "running") {
  /** @type {{ from: number, until: number }[]} */
  const played = [];
  const param = { setValueAtTime() {}, exponentialRampToValueAtTime() {}, value: 0 };
  const context = {
    state,
    currentTime: 100,
    destination: {},
    resume: async () => {},
    createGain: () => ({ gain: param, connect() {} }),
    createOscillator() {
      const sound = { from: Number.NaN, until: Number.NaN };
      played.push(sound);
      return {
        frequency: param,
        connect: (/** @type {unknown} */ next) => next,
        start: (/** @type {number} */ at) => {
          sound.from = at;
        },
        stop: (/** @type {number | undefined} */ at) => {
          sound.until = at ?? 0;
        },
      };
    },
  };
  let now = 5_000;
  const cues = tonesOf({ make: () => /** @type {any} */ (context), now: () => now });
  cues.unlock();
  return {
    cues,
    played,
    context,
    /** @param {number} ms */
    pass(ms) {
      now += ms;
      context.currentTime += ms / 1000;
    },
  };
}

test("a tone goes onto the audio clock at its instant, once", () => {
  const { cues, played } = fakeAudio();
  const due = [{ key: "a", name: /** @type {const} */ ("tick"), wait: 400 }];
  cues.schedule(due, 500);
  cues.schedule(due, 500);
  assert.equal(played.length, 1);
  assert.ok(Math.abs((played[0]?.from ?? 0) - 100.4) < 1e-6);
});

test("what is further off than the look-ahead waits, what is long past is dropped", () => {
  const { cues, played } = fakeAudio();
  cues.schedule([{ key: "far", name: "tick", wait: 900 }], 500);
  cues.schedule([{ key: "ghost", name: "tick", wait: -2_000 }], 500);
  assert.equal(played.length, 0);
  cues.schedule([{ key: "just", name: "tick", wait: -80 }], 500);
  assert.equal(played.length, 1);
});

test("a pause takes back what has not sounded", () => {
  const { cues, played } = fakeAudio();
  cues.schedule([{ key: "a", name: "tick", wait: 400 }], 500);
  cues.cancel();
  assert.equal(played[0]?.until, 0);
  cues.schedule([{ key: "a", name: "tick", wait: 300 }], 500);
  assert.equal(played.length, 2, "the same cue may come again");
});

test("the freshest reading of the audio clock counts", () => {
  const { cues, played, context, pass } = fakeAudio();
  cues.schedule([], 500);
  pass(100);
  context.currentTime -= 0.03; // a stale reading
  cues.schedule([{ key: "a", name: "tick", wait: 200 }], 500);
  assert.ok(Math.abs((played[0]?.from ?? 0) - 100.3) < 1e-6);
});

test("muted, blocked or without audio nothing happens, and that can be told", () => {
  const muted = fakeAudio();
  muted.cues.set({ muted: true, style: "full", volume: 0.7 });
  muted.cues.schedule([{ key: "a", name: "tick", wait: 100 }], 500);
  assert.equal(muted.played.length, 0);
  assert.equal(muted.cues.blocked(), false);
  const blocked = fakeAudio("suspended");
  blocked.cues.schedule([{ key: "a", name: "tick", wait: 100 }], 500);
  assert.equal(blocked.played.length, 0);
  assert.equal(blocked.cues.blocked(), true);
  const none = tonesOf({
    make: () => {
      throw new Error("no audio here");
    },
    now: () => 0,
  });
  none.unlock();
  none.schedule([{ key: "a", name: "tick", wait: 100 }], 500);
  none.once("start");
  none.cancel();
  assert.equal(none.blocked(), false);
});
