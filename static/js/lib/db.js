// The database of this device, `backcare`: events of sessions until the server has them, when each
// session was last alive, and session pages made ready for offline. A write is on the disk when its
// promise resolves, and every method rejects where storage is full or forbidden: what then is the
// caller's business. No rule about sessions, no sending.

/** @typedef {import("../player/reducer.js").PlayerEvent} PlayerEvent */
/**
 * @typedef {object} KeptEvent
 * @property {string} id
 * @property {string} session
 * @property {string} owner whose it is: the key of a person, never a name
 * @property {boolean} sent whether the server has acknowledged it
 * @property {PlayerEvent} event
 */
/**
 * @typedef {object} KeptSession
 * @property {string} id
 * @property {string} owner
 * @property {boolean} guest made by a guest, whose sessions move when the guest signs in
 * @property {number} alive epoch ms of when it was last seen running, 0 if never
 * @property {string[]} [refused] persons as whom the server did not take its events
 */
/**
 * @typedef {object} KeptPage
 * @property {string} id of the session
 * @property {string} owner
 * @property {string} path where the page lives
 * @property {import("../offline/pages.js").Source | null} source the routine that it was prepared from
 * @property {string} name
 * @property {string} html of its main element
 * @property {string[]} assets
 * @property {boolean} ready whether everything it needs is on this device
 * @property {boolean} used whether its session is over
 * @property {number} at epoch ms
 */
/** @typedef {{ events: KeptEvent, sessions: KeptSession, pages: KeptPage }} Stores */
/** @typedef {Pick<Database, "all" | "get" | "change" | "remove">} Rows */

export const NAME = "backcare";
const VERSION = 1;

/** @returns {IDBFactory | undefined} */
function deviceFactory() {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

export class Database {
  constructor(factory = deviceFactory()) {
    this.factory = factory;
    /** @type {Promise<IDBDatabase> | undefined} */
    this.opened = undefined;
  }

  /**
   * @template {keyof Stores} K
   * @param {K} store
   * @param {string} [session] all of them without it
   * @returns {Promise<Stores[K][]>}
   */
  all(store, session) {
    return this.#run(store, "readonly", (rows) =>
      session === undefined ? rows.getAll() : rows.index("session").getAll(session),
    );
  }

  /**
   * @template {keyof Stores} K
   * @param {K} store
   * @param {string} id
   * @returns {Promise<Stores[K] | undefined>}
   */
  get(store, id) {
    return this.#run(store, "readonly", (rows) => rows.get(id));
  }

  /**
   * Write rows in one transaction, each made from what stands there; undefined leaves it alone.
   * @template {keyof Stores} K
   * @param {K} store
   * @param {string[]} ids
   * @param {(old: Stores[K] | undefined, id: string) => Stores[K] | undefined} make
   * @param {IDBTransactionDurability} [durability]
   * @returns {Promise<void>}
   */
  change(store, ids, make, durability = "strict") {
    const work = (/** @type {IDBObjectStore} */ rows) => {
      for (const id of ids) {
        const read = rows.get(id);
        read.onsuccess = () => {
          const row = make(read.result, id);
          if (row) rows.put(row);
        };
      }
    };
    return this.#run(store, "readwrite", work, durability);
  }

  /**
   * @param {keyof Stores} store
   * @param {string[]} ids
   * @returns {Promise<void>}
   */
  remove(store, ids) {
    return this.#run(store, "readwrite", (rows) => {
      for (const id of ids) rows.delete(id);
    });
  }

  /** Let go of it until it is needed again. */
  close() {
    this.opened?.then((database) => database.close()).catch(() => {});
    this.opened = undefined;
  }

  /** Leave nothing behind. Other pages let go of the database when they are asked to. */
  async destroy() {
    this.close();
    await new Promise((resolve, reject) => {
      const gone = this.factory?.deleteDatabase(NAME);
      if (!gone) return resolve(undefined);
      gone.onsuccess = resolve;
      gone.onerror = reject;
    });
  }

  /**
   * @param {keyof Stores} store
   * @param {IDBTransactionMode} mode
   * @param {(rows: IDBObjectStore) => IDBRequest | void} work
   * @param {IDBTransactionDurability} [durability]
   * @returns {Promise<any>}
   */
  async #run(store, mode, work, durability = "strict") {
    this.opened ??= open(this.factory);
    const database = await this.opened;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

/**
 * @param {IDBFactory | undefined} factory
 * @returns {Promise<IDBDatabase>}
 */
function open(factory) {
  return new Promise((resolve, reject) => {
    if (!factory) throw new Error("This browser keeps nothing.");
    const request = factory.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore("events", { keyPath: "id" }).createIndex("session", "session");
      database.createObjectStore("sessions", { keyPath: "id" });
      database.createObjectStore("pages", { keyPath: "id" });
    };
    request.onsuccess = () => {
      // Somebody signs out, or a newer page is open: this page goes on with what it remembers.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}
