// What the tests share: vectors, small plans, a chance that repeats itself, clocks that obey.
import { readFileSync } from "node:fs";

/** @typedef {import("../../static/js/player/reducer.js").Timeline} Timeline */
/** @typedef {import("../../static/js/player/reducer.js").Segment} Segment */
/** @typedef {import("../../static/js/player/reducer.js").PlayerEvent} PlayerEvent */

export const vectors = JSON.parse(readFileSync(new URL("../vectors/playback.json", import.meta.url), "utf8"));

/**
 * A plan of one step per entry: get ready, then work; "each" gets two sides with a switch.
 * @param {{ seconds: number, sides?: "each" | "both" }[]} steps
 * @returns {Timeline}
 */
export function planOf(steps) {
  /** @type {Segment[]} */
  const segments = [];
  let clock = 0;
  steps.forEach(({ seconds, sides = "both" }, step) => {
    /** @type {[Segment["kind"], Segment["side"], number][]} */
    const pieces =
      sides === "each"
        ? [
            [step ? "move" : "prepare", "left", 10],
            ["work", "left", seconds],
            ["switch", "right", 5],
            ["work", "right", seconds],
          ]
        : [
            [step ? "move" : "prepare", "both", 10],
            ["work", "both", seconds],
          ];
    for (const [kind, side, lasts] of pieces) {
      segments.push({
        index: segments.length,
        step,
        stretch: `stretch-${step}`,
        label: `Stretch ${step}`,
        kind,
        phase: "main",
        side,
        set: 1,
        of_sets: 1,
        starts_ms: clock,
        lasts_ms: lasts * 1000,
      });
      clock += lasts * 1000;
    }
  });
  return { total_ms: clock, segments };
}

/**
 * A repeatable source of chance (mulberry32).
 * @param {number} seed
 */
export function chance(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** @param {number} low @param {number} high both included */
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: (list) => /** @type {T} */ (list[Math.floor(next() * list.length)]),
    /** @template T @param {readonly T[]} list */
    shuffled: (list) =>
      list
        .map((value) => ({ value, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ value }) => value),
  };
}

export const KINDS = /** @type {const} */ (["pause", "resume", "skip", "back", "mark", "mark"]);

/**
 * A session in which anybody presses anything.
 * @param {ReturnType<typeof chance>} luck
 * @param {number} length
 * @returns {PlayerEvent[]}
 */
export function randomEvents(luck, length) {
  let at = 1_772_625_600_000;
  /** @type {PlayerEvent[]} */
  const events = [{ id: "e0", seq: 1, kind: "start", at }];
  for (let n = 1; n < length; n++) {
    at += luck.whole(0, 40_000);
    events.push({ id: `e${n}`, seq: n + 1, kind: luck.pick(KINDS), at });
  }
  return events;
}

/** Two clocks that stand still until told: awake both run, asleep only the wall, set only the wall. */
export function fakeClocks(wall = 1_772_625_600_000, mono = 5_000) {
  return {
    wall: () => wall,
    mono: () => mono,
    /** @param {number} ms */
    awake(ms) {
      wall += ms;
      mono += ms;
    },
    /** @param {number} ms */
    asleep(ms) {
      wall += ms;
    },
    /** @param {number} ms */
    set(ms) {
      wall += ms;
    },
  };
}
