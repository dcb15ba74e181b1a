// What the device remembers: across pages and tabs, with storage that is full, broken or forbidden.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetOld, Store } from "../../static/js/player/store.js";

/** @returns {Storage} */
function fakeStorage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    key: (n) => [...kept.keys()][n] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** @param {number} n @returns {import("../../static/js/player/reducer.js").PlayerEvent} */
const event = (n) => ({ id: `e${n}`, seq: n, kind: "mark", at: 1000 + n });

test("events outlive the page", async () => {
  const storage = fakeStorage();
  await new Store("s", storage).add(event(1));
  await new Store("s", storage).add(event(2));
  assert.deepEqual(await new Store("s", storage).events(), [event(1), event(2)]);
  assert.deepEqual(await new Store("other", storage).events(), []);
});

test("only what is acknowledged by name stops being pending", async () => {
  const store = new Store("s", fakeStorage());
  await store.add(event(1));
  await store.add(event(2));
  await store.acknowledge(["e1", "unknown"]);
  assert.deepEqual(await store.pending(), [event(2)]);
  assert.equal((await store.events()).length, 2);
});

test("two tabs do not overwrite each other", async () => {
  const storage = fakeStorage();
  const [one, two] = [new Store("s", storage), new Store("s", storage)];
  await one.add(event(1));
  await two.add(event(2));
  await one.acknowledge(["e1"]);
  assert.deepEqual(await two.events(), [event(1), event(2)]);
  assert.deepEqual(await two.pending(), [event(2)]);
});

test("cleared is cleared", async () => {
  const storage = fakeStorage();
  const store = new Store("s", storage);
  await store.add(event(1));
  await store.alive(5000);
  assert.equal(await store.aliveAt(), 5000);
  await store.clear();
  assert.deepEqual(await store.events(), []);
  assert.equal(await store.aliveAt(), 0);
  assert.equal(storage.length, 0);
});

test("with storage full, forbidden or full of nonsense the page still remembers", async () => {
  const refuse = () => {
    throw new Error("QuotaExceededError");
  };
  for (const storage of [
    null,
    { getItem: () => null, setItem: refuse, removeItem: refuse },
    { getItem: refuse, setItem: refuse, removeItem: refuse },
    { getItem: () => "{nonsense", setItem() {}, removeItem() {} },
  ]) {
    const store = new Store("s", storage);
    await store.add(event(1));
    await store.add(event(2));
    await store.acknowledge(["e1"]);
    await store.alive(1);
    assert.deepEqual(await store.pending(), [event(2)]);
    await store.clear();
    assert.deepEqual(await store.pending(), []);
  }
});

test("what nobody looked at for a month is forgotten", async () => {
  const storage = fakeStorage();
  const month = 31 * 24 * 3600 * 1000;
  for (const [name, alive] of /** @type {const} */ ([
    ["old", 1000],
    ["new", month],
  ])) {
    const store = new Store(name, storage);
    await store.add(event(1));
    await store.alive(alive);
  }
  storage.setItem("something else", "x");
  forgetOld(month + 2000, storage);
  assert.deepEqual(await new Store("old", storage).events(), []);
  assert.equal((await new Store("new", storage).events()).length, 1);
  assert.equal(storage.getItem("something else"), "x");
});
