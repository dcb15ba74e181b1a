// The player without a page: takes presses and ticks, makes events, keeps them, brings them to the server
// and tells what changed. Everything it needs is given to it, so that tests run a whole session in no time.

import { Database } from "../lib/db.js";
import { forget } from "../lib/forgetting.js";
import { isFinal, tell, whoIsThere } from "../lib/outbox.js";
import { deadline, fold, inOrder, segmentAt, settle } from "./reducer.js";

// --- The clock --------------------------------------------------------------------------------------
// The instant the player lives by: even between ticks, right again after sleep, deaf to somebody
// setting the device's clock. Pure but for the two clocks it is given.
//
// performance.now() never jumps but stands still in sleep on most systems; Date.now() goes on in
// sleep but jumps when set. Where the two part ways, `sample` tells which of both it was.

/**
 * @typedef {object} Sample
 * @property {"ok" | "gap" | "sleep" | "set"} kind nothing happened; ticks were missing; the device
 *   slept; its clock was set
 * @property {number} gap ms for which nobody looked, 0 when all is well
 */

/** @typedef {ReturnType<typeof clockOf>} Clock */

/**
 * `speed` above 1 is for tests: the player's time then runs that many times faster, counted from
 * `origin` (epoch ms), so that a reloaded page agrees with the one before.
 * @param {{ wall?: () => number, mono?: () => number, speed?: number, origin?: number }} [options]
 */
export function clockOf({
  wall: realWall = () => Date.now(),
  mono: realMono = () => performance.now(),
  speed = 1,
  origin = 0,
} = {}) {
  const SLEW_MS = 750;
  const GAP_MS = 1500;
  const wall = () => origin + (realWall() - origin) * speed;
  const mono = () => realMono() * speed;
  let offset = wall() - mono();
  let lastMono = mono();
  let lastWall = wall();
  let isSuspicious = false;
  return { speed, now, suspect, sample, until };

  /** @returns {number} epoch ms, whole, for everything the player does */
  function now() {
    return Math.round(mono() + offset);
  }

  /** The page was frozen or hidden: a jump seen next is sleep even without missing ticks. */
  function suspect() {
    isSuspicious = true;
  }

  /**
   * Compare the two clocks; call on every tick and whenever the page comes back.
   * @returns {Sample}
   */
  function sample() {
    const nowMono = mono();
    const nowWall = wall();
    const ran = nowMono - lastMono;
    const jump = nowWall - lastWall - ran;
    const missed = ran > GAP_MS * speed;
    const slept = jump > SLEW_MS * speed && (missed || isSuspicious);
    const set = !slept && Math.abs(jump) > SLEW_MS * speed;
    if (slept) offset += jump;
    lastMono = nowMono;
    lastWall = nowWall;
    isSuspicious = false;
    if (slept) return { kind: "sleep", gap: ran + jump };
    if (set) return { kind: "set", gap: missed ? ran : 0 };
    return missed ? { kind: "gap", gap: ran } : { kind: "ok", gap: 0 };
  }

  /**
   * How long to wait, in real milliseconds, until an instant of the player's time.
   * @param {number} instant epoch ms
   */
  function until(instant) {
    return Math.max(0, (instant - mono() - offset) / speed);
  }
}

// --- The player -------------------------------------------------------------------------------------

/** @typedef {import("./reducer.js").Timeline} Timeline */
/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */
/** @typedef {import("./reducer.js").EventKind} EventKind */
/** @typedef {import("./reducer.js").State} State */
/** @typedef {Pick<Store, "add" | "alive">} Memory */

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
 * @property {Clock} clock
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
    const { state } = this;
    // The end may pass between a tick and this question; it still has to be told.
    if (state.status === "done" && this.base.status === "running") return state.overAt ?? state.at;
    return deadline(state);
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

// --- Several tabs -----------------------------------------------------------------------------------
// Several tabs of a session tell one story: one of them leads, that is, makes events by itself and
// sends; the others show the same and hear of every event. Whoever presses, leads from then on.

/**
 * @param {string} session id
 * @param {object} told
 * @param {(leads: boolean) => void} told.onLead
 * @param {() => void} told.onNews another tab has written something down
 */
export function tabsOf(session, { onLead, onNews }) {
  const name = `play:${session}`;
  let leads = false;
  const channel = new BroadcastChannel(name);
  channel.onmessage = onNews;
  return { lead, tell: () => channel.postMessage(null) };

  /**
   * Lead as soon as nobody else does; with `steal` at once.
   * @param {boolean} [steal]
   */
  async function lead(steal = false) {
    if (leads) return;
    // Plain http has no locks. Then every tab leads: events carry ids, so that does no harm.
    if (!navigator.locks) return turn(true);
    try {
      await navigator.locks.request(name, { steal }, () => {
        turn(true);
        return new Promise(() => {});
      });
    } catch {
      turn(false);
      lead();
    }
  }

  /** @param {boolean} now */
  function turn(now) {
    leads = now;
    onLead(now);
  }
}

// --- What is kept and sent --------------------------------------------------------------------------
// What the device remembers of a session until the server has it: its events, and when the player
// was last alive. Nothing about the person but their key, no names. An event is on the disk before
// it is pending; where the disk is full or forbidden the page itself remembers, and plays on.

/** @typedef {import("../lib/db.js").KeptEvent} KeptEvent */
/** @typedef {import("../lib/db.js").Rows} Rows */

/** @typedef {ReturnType<typeof storeOf>} Store */

/**
 * @param {object} of
 * @param {string} of.session id
 * @param {string} [of.owner] the person's key
 * @param {boolean} [of.guest]
 * @param {Rows} [of.rows]
 */
export function storeOf({ session, owner = "", guest = false, rows = new Database() }) {
  /** @type {Map<string, KeptEvent>} what is not on the disk: not yet, or never */
  const unwritten = new Map();
  /** @type {Promise<unknown>} */
  let writing = Promise.resolve();
  return { events, pending, add, acknowledge, aliveAt, alive, clear, written: () => writing };

  /** @returns {Promise<PlayerEvent[]>} all events of this device, acknowledged ones included */
  async function events() {
    return (await kept()).map(({ event }) => event);
  }

  /** @returns {Promise<PlayerEvent[]>} what the server has not acknowledged yet */
  async function pending() {
    await writing;
    return (await kept()).filter(({ sent }) => !sent).map(({ event }) => event);
  }

  /** @param {PlayerEvent} event */
  async function add(event) {
    unwritten.set(event.id, { id: event.id, session, owner, sent: false, event });
    // Whatever did not fit before is tried again with it.
    const ids = [...unwritten.keys()];
    const written = rows
      .change("events", ids, (_, id) => unwritten.get(id))
      .then(
        () => ids.forEach((id) => void unwritten.delete(id)),
        () => {},
      );
    writing = Promise.all([writing, written]);
    await written;
  }

  /** @param {string[]} ids */
  async function acknowledge(ids) {
    for (const id of ids) {
      const row = unwritten.get(id);
      if (row) row.sent = true;
    }
    await rows.change("events", ids, (old) => old && { ...old, sent: true }).catch(() => {});
  }

  /** @returns {Promise<number>} epoch ms, 0 if never */
  async function aliveAt() {
    return (await rows.get("sessions", session).catch(() => undefined))?.alive ?? 0;
  }

  /** @param {number} instant epoch ms */
  async function alive(instant) {
    // Every second: worth knowing, not worth a trip to the disk each time.
    await rows
      .change("sessions", [session], (old) => ({ ...old, id: session, owner, guest, alive: instant }), "relaxed")
      .catch(() => {});
  }

  /** Forget all about the session: the server has it, whole. */
  async function clear() {
    await writing;
    unwritten.clear();
    await forget(rows, [session]).catch(() => {});
  }

  async function kept() {
    const found = await rows.all("events", session).catch(() => []);
    return [...new Map([...found.map((row) => /** @type {const} */ ([row.id, row])), ...unwritten]).values()];
  }
}

/** @typedef {"" | "offline" | "sign_in" | "refused" | "gone"} Trouble */
/** @typedef {import("../lib/outbox.js").Answer} Answer */

/**
 * Brings events to the server for as long as it takes. An event is forgotten only when the server has
 * named its id, so nothing is lost and repeats do no harm.
 * @param {object} parts
 * @param {HTMLElement} parts.root whose data tell session and person
 * @param {string} parts.token against forged requests
 * @param {Pick<Store, "pending" | "acknowledge">} parts.memory
 * @param {() => boolean} parts.leads whether this tab is the one that sends
 * @param {string} parts.device this one's id, so that the server can tell who holds the session
 * @param {() => number} parts.now the player's clock, so that the server can tell a wrong one
 * @param {(answer: Answer) => void} parts.onAnswer
 * @param {(trouble: Trouble) => void} parts.onTrouble
 * @returns {() => Promise<void>} sends what is pending, if anything is and nothing is under way
 */
export function outboxOf({ root, token, memory, leads, device, now, onAnswer, onTrouble }) {
  const FIRST_WAIT_MS = 500;
  // Somebody may be looking at the page, waiting for the summary.
  const LONGEST_WAIT_MS = 15_000;
  const BATCH = 200;
  const { session = "", owner, guest } = root.dataset;
  let wait = FIRST_WAIT_MS;
  let isBusy = false;
  let again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  addEventListener("online", send);
  document.addEventListener("visibilitychange", send);
  return send;

  async function send() {
    again = isBusy;
    if (isBusy || !leads()) return;
    isBusy = true;
    try {
      const pending = await memory.pending();
      if (pending.length > BATCH) again = true;
      if (pending.length) await deliver(pending.slice(0, BATCH));
    } finally {
      isBusy = false;
    }
    if (again) send();
  }

  /** @param {import("./reducer.js").PlayerEvent[]} events */
  async function deliver(events) {
    clearTimeout(timer);
    const { status, answer } = await tell(session, token, events, { now: String(now()), device });
    if (answer) {
      wait = FIRST_WAIT_MS;
      await memory.acknowledge(answer.acked);
      onTrouble("");
      onAnswer(answer);
      return;
    }
    again = false;
    // The same again would only fail the same.
    if (isFinal(status)) return onTrouble(status === 404 ? "gone" : "refused");
    onTrouble(status === 401 ? "sign_in" : "offline");
    timer = setTimeout(send, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    if (status !== 403) return;
    // Signing in elsewhere changes the token. Nobody's events go out in somebody else's name.
    const who = await whoIsThere();
    if (!who) return;
    if (who.person === owner || guest !== undefined) token = who.token;
    else onTrouble("sign_in");
  }
}
