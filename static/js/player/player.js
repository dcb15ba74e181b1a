// The player without a page: takes presses and ticks, makes events, tells what changed. Everything
// it needs is given to it, so that tests can run a whole session in no time.

import { deadline, fold, inOrder, settle } from "./reducer.js";
import { segmentAt } from "./timeline.js";

/** @typedef {import("./timeline.js").Timeline} Timeline */
/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */
/** @typedef {import("./reducer.js").EventKind} EventKind */
/** @typedef {import("./reducer.js").State} State */
/** @typedef {Pick<import("./store.js").Store, "add" | "alive">} Memory */

/** Away for longer than this, and the session waits where it was last seen alive. */
export const AWAY_MS = 15_000;
// Between two steps progress is told at boundaries, if the last word is older than this.
const MARK_AFTER_MS = 45_000;
const ALIVE_EVERY_MS = 1_000;
// Time to get back into a hold.
export const LEAD_MS = 3_000;
/** @type {Partial<Record<EventKind, State["status"]>>} what makes sense only then */
const NEEDS = { start: "ready", pause: "running", resume: "paused", tap: "running" };
// What can be chosen before the start, too.
const CHOICES = ["seek", "pace", "taps", "instead"];

/**
 * @typedef {object} Parts
 * @property {Timeline} timeline
 * @property {import("./clock.js").Clock} clock
 * @property {Memory} memory
 * @property {() => string} newId
 * @property {string} [device] this one's id, told with every event
 * @property {string} [zone] IANA name of where the device is, told with the start
 * @property {(state: State, event: PlayerEvent | null) => void} onChange after every tick and event
 */

export class Player {
  /** @param {Parts} parts */
  constructor({ timeline, clock, memory, newId, device = "", zone = "", onChange }) {
    this.timeline = timeline;
    this.clock = clock;
    this.memory = memory;
    this.newId = newId;
    this.device = device;
    this.zone = zone;
    this.onChange = onChange;
    /** @type {PlayerEvent[]} */
    this.events = [];
    /** @type {State} what the events add up to, at the instant of the last one */
    this.base = fold(timeline, []);
    this.aliveAt = 0;
    this.aliveKept = 0;
    this.wasAway = false;
    // Of several tabs one makes events by itself; the others only show what they come to.
    this.leads = true;
  }

  /**
   * Begin with what is known: events of the page and of this device, in any order, and the instant
   * the device was last alive. Somebody who was away for long finds the session paused there.
   * @param {PlayerEvent[]} events
   * @param {number} aliveAt epoch ms, 0 if never
   */
  load(events, aliveAt) {
    this.aliveAt = aliveAt;
    this.merge(events);
    this.tick();
  }

  /**
   * Take in events made elsewhere: by another tab, or kept from before.
   * @param {PlayerEvent[]} events
   */
  merge(events) {
    this.events = inOrder([...this.events, ...events]);
    this.base = fold(this.timeline, this.events);
    // Whoever made the last event was there; a mirror must not take that for an absence.
    this.aliveAt = Math.max(this.aliveAt, this.base.at);
  }

  /** @returns {State} as of now */
  get state() {
    return settle(this.base, this.clock.now());
  }

  /** Whether the session goes on on another device, so that this one only looks on. */
  get elsewhere() {
    const { device, status } = this.base;
    return device !== "" && device !== this.device && status !== "done";
  }

  /** @returns {number | null} the instant at which something changes by itself */
  get deadline() {
    // Not that of the last event: most boundaries pass without one.
    return deadline(this.state);
  }

  /**
   * Do something; what makes no sense just now is not done, nor told.
   * @param {EventKind} kind
   * @param {Record<string, unknown>} [data]
   */
  do(kind, data = {}) {
    if (this.tick()) return;
    const { status } = this.base;
    const needed = NEEDS[kind];
    if (status === "done" || (needed ? status !== needed : status === "ready" && !CHOICES.includes(kind))) return;
    if (this.elsewhere && kind !== "take") this.#tell("take", this.clock.now());
    if (kind === "start" || kind === "resume") {
      this.wasAway = false;
      this.#alive(this.clock.now());
    }
    if (kind === "start" && this.zone) data = { ...data, zone: this.zone };
    // Whoever comes back into a hold has to get into it first.
    if (["resume", "back", "seek"].includes(kind)) data = { ...data, lead: LEAD_MS };
    this.#tell(kind, this.clock.now(), data);
    this.tick();
  }

  /**
   * Look at the clock: catch up, mark what is behind, notice the end or a long absence.
   * @returns {boolean} whether the session stopped by itself
   */
  tick() {
    this.clock.sample();
    const now = this.clock.now();
    if (this.base.status !== "running") {
      this.onChange(this.state, null);
      return this.base.status === "done";
    }
    const isAway = now - this.aliveAt > AWAY_MS * this.clock.speed;
    if (!this.leads || this.elsewhere) {
      if (!isAway) this.aliveAt = now;
      this.onChange(this.state, null);
      return false;
    }
    if (isAway) {
      this.wasAway = true;
      this.#tell("pause", this.aliveAt, { why: "away" });
      return true;
    }
    this.#alive(now);
    const state = settle(this.base, now);
    if (state.status === "done") {
      this.#tell("finish", state.overAt ?? now);
      return true;
    }
    if (this.#worthAMark(state, now)) this.#tell("mark", now);
    else this.onChange(state, null);
    return false;
  }

  /**
   * @param {State} state
   * @param {number} now
   */
  #worthAMark(state, now) {
    const before = segmentAt(state.timeline, this.base.position);
    const here = segmentAt(state.timeline, state.position);
    if (before === here) return false;
    const { segments } = state.timeline;
    const isNewStep = segments[before]?.step !== segments[here]?.step;
    return isNewStep || now - this.base.at > MARK_AFTER_MS;
  }

  /** @param {number} now */
  #alive(now) {
    this.aliveAt = now;
    if (now - this.aliveKept < ALIVE_EVERY_MS * this.clock.speed) return;
    this.aliveKept = now;
    this.memory.alive(now);
  }

  /**
   * Write an event down before anything else happens, then let everybody know.
   * @param {EventKind} kind
   * @param {number} at
   * @param {Record<string, unknown>} [data]
   */
  #tell(kind, at, data = {}) {
    const seq = (this.events.at(-1)?.seq ?? 0) + 1;
    /** @type {PlayerEvent} */
    const event = { id: this.newId(), seq, kind, at, data: this.device ? { ...data, device: this.device } : data };
    this.memory.add(event);
    this.merge([event]);
    this.onChange(this.state, event);
  }
}
