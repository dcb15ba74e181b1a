// What a session is: what happens when (the timeline the page brings), and where somebody is in it, which is
// a fold over events. tracking/playback.py does the same in Python; tests/vectors hold the two together. Pure: no clock, no page, no sound, no storage.
// Durations are never computed here; the server does that once (routines/timeline.py).

/** @typedef {"prepare" | "move" | "work" | "switch" | "rest"} Kind */
/** @typedef {"left" | "right" | "both" | "none"} Side */

/**
 * One piece of time, in milliseconds from the start of the session. What comes before work
 * carries the side and the set of that work.
 * @typedef {object} Segment
 * @property {number} index
 * @property {number} step
 * @property {string} stretch slug
 * @property {string} label
 * @property {Kind} kind
 * @property {string} phase
 * @property {Side} side
 * @property {number} set
 * @property {number} of_sets
 * @property {number} starts_ms
 * @property {number} lasts_ms
 */

/**
 * @typedef {object} Timeline
 * @property {number} total_ms
 * @property {Segment[]} segments
 * @property {number[]} [reps] steps counted in repetitions
 */

/**
 * The segment at a position; a boundary belongs to the segment that begins there.
 * @param {Timeline} timeline
 * @param {number} position ms
 * @returns {number} index, or the number of segments once all of them are over
 */
export function segmentAt(timeline, position) {
  const { segments, total_ms } = timeline;
  if (position >= total_ms) return segments.length;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (/** @type {Segment} */ (segments[middle]).starts_ms <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Where a segment ends; the whole length for an index past the last one.
 * @param {Timeline} timeline
 * @param {number} index
 * @returns {number} ms
 */
export function endOf(timeline, index) {
  const segment = timeline.segments[index];
  return segment ? segment.starts_ms + segment.lasts_ms : timeline.total_ms;
}

/**
 * The work that is going on at a segment, or else the next that comes.
 * @param {Timeline} timeline
 * @param {number} index
 * @returns {Segment | undefined}
 */
export function workFrom(timeline, index) {
  return timeline.segments.slice(index).find((segment) => segment.kind === "work");
}

/**
 * The work after the one at a segment: what to announce as "next".
 * @param {Timeline} timeline
 * @param {number} index
 * @returns {Segment | undefined}
 */
export function workAfter(timeline, index) {
  const current = workFrom(timeline, index);
  return current && workFrom(timeline, current.index + 1);
}

/** @param {Timeline} timeline */
export function stepCount(timeline) {
  return (timeline.segments.at(-1)?.step ?? -1) + 1;
}

/**
 * The same segments with other lengths, one after the other.
 * @param {Timeline} timeline
 * @param {number[]} lengths ms
 * @returns {Timeline}
 */
export function lasting(timeline, lengths) {
  let total_ms = 0;
  const segments = timeline.segments.map((segment, index) => {
    const starts_ms = total_ms;
    const lasts_ms = lengths[index] ?? segment.lasts_ms;
    total_ms += lasts_ms;
    return { ...segment, starts_ms, lasts_ms };
  });
  return { ...timeline, total_ms, segments };
}

// --- Where somebody is ------------------------------------------------------------------------------
// Time is never counted. A state is anchored at an instant, and everything else follows from
// how far the clock has moved since: a late tick, a sleeping tab or a reload changes nothing.

/**
 * @typedef {"start" | "pause" | "resume" | "skip" | "back" | "mark" | "end" | "finish" | "hand" | "more" | "seek"
 *   | "pace" | "tap" | "taps" | "instead" | "take"} EventKind
 */

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
 * really run. `timeline` is the plan as the person has stretched it, `lead` how many ms of getting
 * ready come before the position moves on. With `taps` on, work waits for a tap ("reps": repetitions
 * only), and `ticked` are the segments that got one. `reasons` and `instead` say by step why it was
 * skipped and which stretch took its place. `device` is the one that holds the session. `how` says what ended the session, `overAt` when,
 * `startedAt` when it began.
 * @typedef {object} State
 * @property {"ready" | "running" | "paused" | "done"} status
 * @property {number} position
 * @property {number} at
 * @property {number[]} spent
 * @property {Timeline} timeline
 * @property {number} lead
 * @property {string} taps
 * @property {number[]} ticked
 * @property {Record<number, string>} reasons
 * @property {Record<number, string>} instead
 * @property {string} device
 * @property {"" | "finish" | "end" | "hand"} how
 * @property {number | null} startedAt
 * @property {number | null} overAt
 */

/** Back within this many ms of a segment's start goes to the segment before. */
export const BACK_GRACE_MS = 2000;
const LONGEST_MS = 3_600_000;
const WHY = ["hurts", "cant_reach", "no_time"];

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
    timeline,
    lead: 0,
    taps: "",
    ticked: [],
    reasons: {},
    instead: {},
    device: "",
    how: "",
    startedAt: null,
    overAt: null,
  };
}

/**
 * Let time pass: only a running session moves, and reaching the end finishes it.
 * @param {State} state
 * @param {number} now
 * @returns {State}
 */
export function settle(state, now) {
  if (state.status === "done") return state;
  if (state.status !== "running") return { ...state, at: now };
  const elapsed = Math.max(0, now - state.at);
  const halt = haltOf(state);
  const left = Math.max(0, halt - state.position);
  const passed = Math.min(left, Math.max(0, elapsed - state.lead));
  const position = state.position + passed;
  const moved = { ...state, at: now, lead: Math.max(0, state.lead - elapsed), position };
  moved.spent = credit(state.timeline, state.spent, state.position, position);
  if (passed < left || halt < state.timeline.total_ms) return moved;
  return over(moved, "finish", state.at + state.lead + left);
}

/** @typedef {(state: State, data: Record<string, any>, timeline: Timeline, at: number) => State} Rule */

/** @type {Partial<Record<EventKind, Rule>>} */
const RULES = {
  start,
  take: (state, { device }) => (state.status !== "ready" && isName(device) ? { ...state, device } : state),
  pause: (state) => (state.status === "running" ? { ...state, status: "paused", lead: 0 } : state),
  resume: (state, data) => (state.status === "paused" ? led({ ...state, status: "running" }, data) : state),
  skip,
  back: (state, data) => led(back(state), data),
  seek: (state, data) => led(seek(state, data.segment), data),
  more,
  pace,
  tap,
  taps: (state, { on }) => (["", "reps", "all"].includes(on) ? { ...state, taps: on } : state),
  instead,
  end: (state, _, __, at) => over(state, "end", at),
  finish: (state, _, __, at) => over(state, "end", at),
  hand: (state, data, timeline, at) => over({ ...state, spent: byHand(timeline, data.steps) }, "hand", at),
};

/**
 * @param {Timeline} timeline the frozen one that the state began with
 * @param {State} state
 * @param {PlayerEvent} event
 * @returns {State}
 */
export function reduce(timeline, state, event) {
  const { device } = event.data ?? {};
  // Whoever has handed the session over to another device has no more say in it, not even in the time.
  if (isName(device) && state.device && device !== state.device && event.kind !== "take") return state;
  const now = settle(state, event.at);
  if (now.status === "done") return now;
  // A mark only lets time pass; a kind from a newer page must not break an older one.
  return RULES[event.kind]?.(now, event.data ?? {}, timeline, event.at) ?? now;
}

/**
 * The state at an instant, from all that happened, in whatever order and however often it was told.
 * @param {Timeline} timeline
 * @param {Iterable<PlayerEvent>} events
 * @param {number} now epoch ms
 * @returns {State}
 */
export function stateAt(timeline, events, now) {
  return settle(fold(timeline, events), now);
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
 * The next instant at which something changes by itself: never while work waits for a tap, null
 * while time stands still.
 * @param {State} state
 * @returns {number | null} epoch ms
 */
export function deadline(state) {
  if (state.status !== "running") return null;
  if (state.lead) return state.at + state.lead;
  const next = Math.min(haltOf(state), endOf(state.timeline, segmentAt(state.timeline, state.position)));
  return next > state.position ? state.at + next - state.position : Number.POSITIVE_INFINITY;
}

/**
 * Whether the work under way has run its time and goes on only with a tap.
 * @param {State} state
 */
export function waits(state) {
  return state.status === "running" && !state.lead && state.position >= haltOf(state);
}

/**
 * Milliseconds really practised: work only, without getting there, switching and resting.
 * @param {State} state
 */
export function practised({ timeline, spent }) {
  return timeline.segments.reduce((sum, { kind, index }) => sum + (kind === "work" ? (spent[index] ?? 0) : 0), 0);
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
 * @param {State} state
 * @param {number} position
 * @returns {State}
 */
function jump(state, position) {
  if (state.status === "ready") return state;
  const moved = { ...state, position, lead: 0 };
  return position < state.timeline.total_ms ? moved : over(moved, "finish", state.at);
}

/** @type {Rule} */
function start(state, { device }, _, at) {
  if (state.status !== "ready") return state;
  return { ...state, status: "running", startedAt: at, device: isName(device) ? device : "" };
}

/**
 * On to the next segment; with a reason to the next step, for the other side hurts as well.
 * @type {Rule}
 */
function skip(state, { why }) {
  const { timeline } = state;
  const here = segmentAt(timeline, state.position);
  const step = timeline.segments[here]?.step;
  if (step === undefined || state.status === "ready" || !WHY.includes(why)) {
    return jump(state, endOf(timeline, here));
  }
  const last = timeline.segments.findLastIndex((segment) => segment.step === step);
  return jump({ ...state, reasons: { ...state.reasons, [step]: why } }, endOf(timeline, last));
}

/**
 * Begin the segment again, or the one before if this one has only just begun.
 * @param {State} state
 */
function back(state) {
  const { segments } = state.timeline;
  if (state.status === "ready" || !segments.length) return state;
  const here = Math.min(segmentAt(state.timeline, state.position), segments.length - 1);
  const into = state.position - (segments[here]?.starts_ms ?? 0);
  return seek(state, into > BACK_GRACE_MS ? here : Math.max(0, here - 1));
}

/**
 * To the beginning of a segment, also before the start; what was ticked from there on is open again.
 * @param {State} state
 * @param {number} index
 * @returns {State}
 */
function seek(state, index) {
  const position = isWhole(index, 0, 10_000) ? state.timeline.segments[index]?.starts_ms : undefined;
  if (position === undefined) return state;
  return { ...state, position, lead: 0, ticked: state.ticked.filter((ticked) => ticked < index) };
}

/**
 * Somebody who comes back into a hold gets the time to get into it that the event asks for.
 * @param {State} state
 * @param {Record<string, any>} data
 */
function led(state, { lead }) {
  const segment = state.timeline.segments[segmentAt(state.timeline, state.position)];
  if (state.status !== "running" || !segment || !isWhole(lead, 0, 10_000)) return state;
  return { ...state, lead: segment.kind === "work" ? lead : 0 };
}

/** Lengthen the segment under way. @type {Rule} */
function more(state, { ms }) {
  const here = segmentAt(state.timeline, state.position);
  const lengths = state.timeline.segments.map((segment) => segment.lasts_ms);
  const length = (lengths[here] ?? LONGEST_MS) + ms;
  if (state.status === "ready" || !isWhole(ms, 1000, 60_000) || length > LONGEST_MS) return state;
  lengths[here] = length;
  return { ...state, timeline: lasting(state.timeline, lengths) };
}

/** Make what comes longer or shorter; nothing under way changes, so that no countdown jumps. @type {Rule} */
function pace(state, { percent }, timeline) {
  if (!isWhole(percent, 50, 300)) return state;
  const first = segmentAt(state.timeline, state.position) + (state.status === "ready" ? 0 : 1);
  const lengths = state.timeline.segments.map(({ lasts_ms }, index) =>
    index < first ? lasts_ms : Math.floor(((timeline.segments[index]?.lasts_ms ?? 0) * percent) / 100),
  );
  return { ...state, timeline: lasting(state.timeline, lengths) };
}

/** Somebody says that the work under way is done. @type {Rule} */
function tap(state) {
  const here = segmentAt(state.timeline, state.position);
  if (state.status !== "running" || state.timeline.segments[here]?.kind !== "work") return state;
  return jump({ ...state, ticked: [...state.ticked, here] }, endOf(state.timeline, here));
}

/** Another stretch in a step's place; once the session runs, from the step's beginning. @type {Rule} */
function instead(state, { step, to, why }) {
  const first = state.timeline.segments.findIndex((segment) => segment.step === step);
  if (first < 0 || !isName(to)) return state;
  const reasons = WHY.includes(why) ? { ...state.reasons, [step]: why } : state.reasons;
  const chosen = { ...state, reasons, instead: { ...state.instead, [step]: to } };
  return state.status === "ready" ? chosen : seek(chosen, first);
}

/**
 * How far time may move by itself: to the end, or to just before the end of work that waits for a tap.
 * @param {State} state
 */
function haltOf({ timeline, taps, ticked, position }) {
  const here = segmentAt(timeline, position);
  const open =
    taps &&
    timeline.segments.find(
      ({ kind, index, step }) =>
        index >= here &&
        kind === "work" &&
        (taps === "all" || timeline.reps?.includes(step)) &&
        !ticked.includes(index),
    );
  // A boundary belongs to the next segment.
  return open ? Math.max(open.starts_ms, open.starts_ms + open.lasts_ms - 1) : timeline.total_ms;
}

/**
 * All the work of the steps that somebody ticked off, and of no other.
 * @param {Timeline} timeline
 * @param {unknown} steps
 */
function byHand(timeline, steps) {
  const ticked = Array.isArray(steps) ? steps : [];
  return timeline.segments.map(({ kind, step, lasts_ms }) => (kind === "work" && ticked.includes(step) ? lasts_ms : 0));
}

/**
 * @param {unknown} value
 * @param {number} low
 * @param {number} high both included
 */
function isWhole(value, low, high) {
  return Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
}

/** @param {unknown} value @returns {value is string} */
function isName(value) {
  return typeof value === "string" && value !== "";
}
