// What the device remembers of a session until the server has it: its events, and when the player
// was last alive. Nothing about the person, no names. Every method is async although localStorage is
// not, so that a database can take its place; writes are durable when the method returns.

/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */

/**
 * @typedef {object} Kept
 * @property {PlayerEvent[]} events
 * @property {string[]} sent ids of the events that the server has acknowledged
 */

const PREFIX = "backcare:session:";
const FORGET_AFTER_MS = 30 * 24 * 3600 * 1000;

/** @returns {Storage | null} */
function deviceStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

export class Store {
  /**
   * @param {string} session id
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} [storage]
   */
  constructor(session, storage = deviceStorage()) {
    this.key = PREFIX + session;
    this.storage = storage;
    /** @type {Kept} what this page knows, for storage that is full or forbidden */
    this.memory = { events: [], sent: [] };
  }

  /** @returns {Promise<PlayerEvent[]>} all events of this device, acknowledged ones included */
  async events() {
    return this.#read().events;
  }

  /** @returns {Promise<PlayerEvent[]>} what the server has not acknowledged yet */
  async pending() {
    const { events, sent } = this.#read();
    return events.filter((event) => !sent.includes(event.id));
  }

  /** @param {PlayerEvent} event */
  async add(event) {
    const kept = this.#read();
    this.#write({ ...kept, events: [...kept.events, event] });
  }

  /** @param {string[]} ids */
  async acknowledge(ids) {
    const kept = this.#read();
    this.#write({ ...kept, sent: [...new Set([...kept.sent, ...ids])] });
  }

  /** @returns {Promise<number>} epoch ms, 0 if never */
  async aliveAt() {
    return Number(this.#get(`${this.key}:alive`)) || 0;
  }

  /** @param {number} instant epoch ms */
  async alive(instant) {
    this.#set(`${this.key}:alive`, String(instant));
  }

  /** Forget all about the session: the server has it, whole. */
  async clear() {
    this.memory = { events: [], sent: [] };
    for (const key of [this.key, `${this.key}:alive`]) {
      try {
        this.storage?.removeItem(key);
      } catch {
        // Forbidden storage holds nothing either.
      }
    }
  }

  /** Another tab may have written meanwhile, so nothing is kept between two calls. */
  #read() {
    try {
      /** @type {Kept} */
      const kept = JSON.parse(this.#get(this.key) ?? "null") ?? this.memory;
      const known = new Set(kept.events.map((event) => event.id));
      const ours = this.memory.events.filter((event) => !known.has(event.id));
      return { events: [...kept.events, ...ours], sent: kept.sent };
    } catch {
      return this.memory;
    }
  }

  /** @param {Kept} kept */
  #write(kept) {
    this.memory = kept;
    this.#set(this.key, JSON.stringify(kept));
  }

  /** @param {string} key */
  #get(key) {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {string} value */
  #set(key, value) {
    try {
      this.storage?.setItem(key, value);
    } catch {
      // Full or forbidden: the page itself remembers, and the server soon does.
    }
  }
}

/**
 * Forget sessions that nobody has looked at for a month.
 * @param {number} now epoch ms
 * @param {Storage | null} [storage]
 */
export function forgetOld(now, storage = deviceStorage()) {
  if (!storage) return;
  const keys = Array.from({ length: storage.length }, (_, n) => storage.key(n) ?? "");
  for (const key of keys.filter((name) => name.startsWith(PREFIX) && name.endsWith(":alive"))) {
    if (now - Number(storage.getItem(key)) < FORGET_AFTER_MS) continue;
    storage.removeItem(key);
    storage.removeItem(key.slice(0, -":alive".length));
  }
}
