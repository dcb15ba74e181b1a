// What the device remembers of a session until the server has it: its events, and when the player
// was last alive. Nothing about the person but their key, no names. An event is on the disk before
// it is pending; where the disk is full or forbidden the page itself remembers, and plays on.

import { Database } from "../lib/db.js";

/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */
/** @typedef {import("../lib/db.js").KeptEvent} KeptEvent */
/** @typedef {Pick<Database, "all" | "get" | "change" | "remove">} Rows */

const FORGET_AFTER_MS = 30 * 24 * 3600 * 1000;

export class Store {
  /**
   * @param {object} of
   * @param {string} of.session id
   * @param {string} [of.owner] the person's key
   * @param {boolean} [of.guest]
   * @param {Rows} [of.rows]
   */
  constructor({ session, owner = "", guest = false, rows = new Database() }) {
    this.session = session;
    this.owner = owner;
    this.guest = guest;
    this.rows = rows;
    /** @type {Map<string, KeptEvent>} what is not on the disk: not yet, or never */
    this.unwritten = new Map();
    /** @type {Promise<unknown>} */
    this.writing = Promise.resolve();
  }

  /** @returns {Promise<PlayerEvent[]>} all events of this device, acknowledged ones included */
  async events() {
    return (await this.#kept()).map((kept) => kept.event);
  }

  /** @returns {Promise<PlayerEvent[]>} what the server has not acknowledged yet */
  async pending() {
    await this.writing;
    return (await this.#kept()).filter((kept) => !kept.sent).map((kept) => kept.event);
  }

  /** @param {PlayerEvent} event */
  async add(event) {
    const { session, owner } = this;
    this.unwritten.set(event.id, { id: event.id, session, owner, sent: false, event });
    // Whatever did not fit before is tried again with it.
    const ids = [...this.unwritten.keys()];
    const written = this.rows
      .change("events", ids, (_, id) => this.unwritten.get(id))
      .then(
        () => ids.forEach((id) => void this.unwritten.delete(id)),
        () => {},
      );
    this.writing = Promise.all([this.writing, written]);
    await written;
  }

  /** @param {string[]} ids */
  async acknowledge(ids) {
    for (const id of ids) {
      const kept = this.unwritten.get(id);
      if (kept) kept.sent = true;
    }
    await this.rows.change("events", ids, (old) => old && { ...old, sent: true }).catch(() => {});
  }

  /** @returns {Promise<number>} epoch ms, 0 if never */
  async aliveAt() {
    return (await this.rows.get("sessions", this.session).catch(() => undefined))?.alive ?? 0;
  }

  /** @param {number} instant epoch ms */
  async alive(instant) {
    const { session: id, owner, guest } = this;
    // Every second: worth knowing, not worth a trip to the disk each time.
    await this.rows
      .change("sessions", [id], (old) => ({ ...old, id, owner, guest, alive: instant }), "relaxed")
      .catch(() => {});
  }

  /** Forget all about the session: the server has it, whole. */
  async clear() {
    await this.writing;
    this.unwritten.clear();
    await forget(this.rows, [this.session]).catch(() => {});
  }

  async #kept() {
    const rows = await this.rows.all("events", this.session).catch(() => []);
    return [...new Map([...rows.map((row) => /** @type {const} */ ([row.id, row])), ...this.unwritten]).values()];
  }
}

/**
 * Forget sessions, their events and their pages; a page that was made ready leaves word to be made anew.
 * @param {Rows} rows
 * @param {string[]} sessions ids
 */
export async function forget(rows, sessions) {
  for (const session of sessions) {
    const events = await rows.all("events", session);
    await rows.remove(
      "events",
      events.map((event) => event.id),
    );
  }
  await rows.remove("sessions", sessions);
  /** @type {string[]} */
  const prepared = [];
  await rows.change("pages", sessions, (page, id) => {
    if (!page?.source) return undefined;
    prepared.push(id);
    return { ...page, html: "", assets: [], ready: false, used: true };
  });
  await rows.remove(
    "pages",
    sessions.filter((id) => !prepared.includes(id)),
  );
}

/**
 * Forget sessions that nobody has looked at for a month, unless something still waits to be saved.
 * @param {number} now epoch ms
 * @param {Rows} [rows]
 */
export async function forgetOld(now, rows = new Database()) {
  // Where events were kept before there was a database.
  for (const key of Object.keys(globalThis.localStorage ?? {})) {
    if (key.startsWith("backcare:session:")) localStorage.removeItem(key);
  }
  const waiting = new Set((await rows.all("events")).filter((kept) => !kept.sent).map((kept) => kept.session));
  const old = (await rows.all("sessions")).filter((known) => now - known.alive > FORGET_AFTER_MS);
  await forget(
    rows,
    old.map((known) => known.id).filter((id) => !waiting.has(id)),
  );
}
