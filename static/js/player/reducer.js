// What has happened so far, folded into where we are. Pure: no clock, no page, no storage.
// tracking/playback.py does the same in Python; tests/vectors hold the two together.
//
// Time is never counted. A state is anchored at an instant, and everything else follows from
// how far the clock has moved since: a late tick, a sleeping tab or a reload changes nothing.

import { endOf, segmentAt } from "./timeline.js";

/** @typedef {import("./timeline.js").Timeline} Timeline */
/** @typedef {"start" | "pause" | "resume" | "skip" | "back" | "mark" | "end" | "finish" | "hand"} EventKind */

/**
 * Something that was done: written once, never changed. `at` is in whole epoch milliseconds.
 * @typedef {object} PlayerEvent
 * @property {string} id
 * @property {number} seq
 * @property {EventKind} kind
 * @property {number} at
 * @property {Record<string, unknown>} [data]
 */

/**
 * `position` in the timeline was true at the instant `at`; `spent` is how long each segment has
 * really run. `how` says what ended the session, `overAt` when, `startedAt` when it began.
 * @typedef {object} State
 * @property {"ready" | "running" | "paused" | "done"} status
 * @property {number} position
 * @property {number} at
 * @property {number[]} spent
 * @property {"" | "finish" | "end" | "hand"} how
 * @property {number | null} startedAt
 * @property {number | null} overAt
 */

/** Back within this many ms of a segment's start goes to the segment before. */
export const BACK_GRACE_MS = 2000;

/**
 * @param {Timeline} timeline
 * @returns {State}
 */
export function init(timeline) {
  return {
    status: "ready",
    position: 0,
    at: 0,
    spent: timeline.segments.map(() => 0),
    how: "",
    startedAt: null,
    overAt: null,
  };
}

/**
 * Let time pass: only a running session moves, and reaching the end finishes it.
 * @param {Timeline} timeline
 * @param {State} state
 * @param {number} now
 * @returns {State}
 */
export function settle(timeline, state, now) {
  if (state.status === "done") return state;
  if (state.status !== "running") return { ...state, at: now };
  const left = timeline.total_ms - state.position;
  const passed = Math.min(left, Math.max(0, now - state.at));
  const moved = { ...state, at: now, position: state.position + passed };
  moved.spent = credit(timeline, state.spent, state.position, moved.position);
  return passed < left ? moved : over(moved, "finish", state.at + left);
}

/**
 * @param {Timeline} timeline
 * @param {State} state
 * @param {PlayerEvent} event
 * @returns {State}
 */
export function reduce(timeline, state, event) {
  const now = settle(timeline, state, event.at);
  if (now.status === "done") return now;
  switch (event.kind) {
    case "start":
      return now.status === "ready" ? { ...now, status: "running", startedAt: event.at } : now;
    case "pause":
      return now.status === "running" ? { ...now, status: "paused" } : now;
    case "resume":
      return now.status === "paused" ? { ...now, status: "running" } : now;
    case "skip":
      return jump(timeline, now, endOf(timeline, segmentAt(timeline, now.position)));
    case "back":
      return jump(timeline, now, backFrom(timeline, now.position));
    case "end":
    case "finish":
      return over(now, "end", event.at);
    case "hand":
      return over({ ...now, spent: byHand(timeline, event) }, "hand", event.at);
    default:
      // A mark only lets time pass; a kind from a newer page must not break an older one.
      return now;
  }
}

/**
 * The state at an instant, from all that happened, in whatever order and however often it was told.
 * @param {Timeline} timeline
 * @param {Iterable<PlayerEvent>} events
 * @param {number} now epoch ms
 * @returns {State}
 */
export function stateAt(timeline, events, now) {
  return settle(timeline, fold(timeline, events), now);
}

/**
 * @param {Timeline} timeline
 * @param {Iterable<PlayerEvent>} events
 * @returns {State}
 */
export function fold(timeline, events) {
  return inOrder(events).reduce((state, event) => reduce(timeline, state, event), init(timeline));
}

/**
 * Each event once, in the order they were made.
 * @param {Iterable<PlayerEvent>} events
 * @returns {PlayerEvent[]}
 */
export function inOrder(events) {
  /** @type {Map<string, PlayerEvent>} */
  const unique = new Map();
  for (const event of events) if (!unique.has(event.id)) unique.set(event.id, event);
  return [...unique.values()].sort((a, b) => a.seq - b.seq || a.at - b.at || (a.id < b.id ? -1 : 1));
}

/**
 * The instant at which the segment under way ends, or null while time stands still.
 * @param {Timeline} timeline
 * @param {State} state
 * @returns {number | null} epoch ms
 */
export function deadline(timeline, state) {
  if (state.status !== "running") return null;
  return state.at + endOf(timeline, segmentAt(timeline, state.position)) - state.position;
}

/**
 * Milliseconds really practised: work only, without getting there, switching and resting.
 * @param {Timeline} timeline
 * @param {State} state
 */
export function practised(timeline, state) {
  return timeline.segments.reduce(
    (sum, segment) => sum + (segment.kind === "work" ? (state.spent[segment.index] ?? 0) : 0),
    0,
  );
}

/**
 * @param {Timeline} timeline
 * @param {number[]} spent
 * @param {number} from
 * @param {number} to
 */
function credit(timeline, spent, from, to) {
  return timeline.segments.map((segment, index) => {
    const ran = Math.min(to, segment.starts_ms + segment.lasts_ms) - Math.max(from, segment.starts_ms);
    return (spent[index] ?? 0) + Math.max(0, ran);
  });
}

/**
 * @param {State} state
 * @param {"finish" | "end" | "hand"} how
 * @param {number} overAt
 * @returns {State}
 */
function over(state, how, overAt) {
  return { ...state, status: "done", how, at: overAt, overAt };
}

/**
 * @param {Timeline} timeline
 * @param {State} state
 * @param {number} position
 * @returns {State}
 */
function jump(timeline, state, position) {
  if (state.status === "ready") return state;
  const moved = { ...state, position };
  return position < timeline.total_ms ? moved : over(moved, "finish", state.at);
}

/**
 * @param {Timeline} timeline
 * @param {number} position
 */
function backFrom(timeline, position) {
  const index = segmentAt(timeline, position);
  const start = timeline.segments[index]?.starts_ms ?? 0;
  if (position - start > BACK_GRACE_MS) return start;
  return timeline.segments[index - 1]?.starts_ms ?? 0;
}

/**
 * All the work of the steps that somebody ticked off, and of no other.
 * @param {Timeline} timeline
 * @param {PlayerEvent} event
 */
function byHand(timeline, event) {
  const steps = Array.isArray(event.data?.steps) ? event.data.steps : [];
  return timeline.segments.map((segment) =>
    segment.kind === "work" && steps.includes(segment.step) ? segment.lasts_ms : 0,
  );
}
