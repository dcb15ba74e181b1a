// A database of the device in memory, for tests: the same few methods as static/js/lib/db.js.

/** @typedef {import("../../static/js/lib/db.js").Stores} Stores */

export class FakeRows {
  constructor() {
    /** @type {Record<string, Map<string, any>>} */
    this.stores = { events: new Map(), sessions: new Map(), pages: new Map() };
    this.full = false;
    this.forbidden = false;
  }

  /** @template {keyof Stores} K @param {K} store @param {string} [session] @returns {Promise<Stores[K][]>} */
  async all(store, session) {
    const rows = [...this.#store(store).values()];
    return session === undefined ? rows : rows.filter((row) => row.session === session);
  }

  /** @template {keyof Stores} K @param {K} store @param {string} id @returns {Promise<Stores[K] | undefined>} */
  async get(store, id) {
    return this.#store(store).get(id);
  }

  /**
   * @template {keyof Stores} K
   * @param {K} store
   * @param {string[]} ids
   * @param {(old: Stores[K] | undefined, id: string) => Stores[K] | undefined} make
   */
  async change(store, ids, make) {
    const rows = this.#store(store);
    if (this.full) throw new Error("QuotaExceededError");
    for (const id of ids) {
      const row = make(rows.get(id), id);
      if (row) rows.set(id, structuredClone(row));
    }
  }

  /** @param {keyof Stores} store @param {string[]} ids */
  async remove(store, ids) {
    for (const id of ids) this.#store(store).delete(id);
  }

  /** @param {string} store @returns {Map<string, any>} */
  #store(store) {
    if (this.forbidden) throw new Error("SecurityError");
    return this.stores[store] ?? new Map();
  }
}
