// What the device remembers: across pages and tabs, with storage that is full, broken or forbidden.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetOld } from "../../static/js/lib/forgetting.js";
import { storeOf } from "../../static/js/player/player.js";
import { FakeRows } from "./fake-rows.js";

/** @param {FakeRows} rows @param {string} [session] */
const keptIn = (rows, session = "s") => storeOf({ session, owner: "ann", rows });

/** @param {number} n @returns {import("../../static/js/player/reducer.js").PlayerEvent} */
const event = (n) => ({ id: `e${n}`, seq: n, kind: "mark", at: 1000 + n });

test("events outlive the page", async () => {
  const rows = new FakeRows();
  await keptIn(rows).add(event(1));
  await keptIn(rows).add(event(2));
  assert.deepEqual(await keptIn(rows).events(), [event(1), event(2)]);
  assert.deepEqual(await keptIn(rows, "other").events(), []);
  assert.deepEqual(
    (await rows.all("events")).map(({ session, owner, sent }) => ({ session, owner, sent })),
    Array(2).fill({ session: "s", owner: "ann", sent: false }),
  );
});

test("only what is acknowledged by name stops being pending", async () => {
  const store = keptIn(new FakeRows());
  await store.add(event(1));
  await store.add(event(2));
  await store.acknowledge(["e1", "unknown"]);
  assert.deepEqual(await store.pending(), [event(2)]);
  assert.equal((await store.events()).length, 2);
});

test("an event is pending only once it is on the disk", async () => {
  const rows = new FakeRows();
  let write = () => {};
  /** @type {Promise<void>} */
  const written = new Promise((done) => {
    write = done;
  });
  const change = rows.change.bind(rows);
  rows.change = async (...told) => {
    await written;
    return change(...told);
  };
  const store = keptIn(rows);
  store.add(event(1));
  const pending = store.pending();
  assert.equal(await Promise.race([pending, new Promise((done) => setTimeout(done, 20, "waits"))]), "waits");
  assert.deepEqual(await store.events(), [event(1)], "the page itself knows at once");
  write();
  assert.deepEqual(await pending, [event(1)]);
});

test("two tabs do not overwrite each other", async () => {
  const rows = new FakeRows();
  const [one, two] = [keptIn(rows), keptIn(rows)];
  await Promise.all([one.add(event(1)), two.add(event(2))]);
  await one.acknowledge(["e1"]);
  assert.deepEqual(await two.events(), [event(1), event(2)]);
  assert.deepEqual(await two.pending(), [event(2)]);
});

test("cleared is cleared", async () => {
  const rows = new FakeRows();
  const store = keptIn(rows);
  await store.add(event(1));
  await store.alive(5000);
  await keptIn(rows, "other").add(event(9));
  assert.equal(await store.aliveAt(), 5000);
  await store.clear();
  assert.deepEqual(await store.events(), []);
  assert.equal(await store.aliveAt(), 0);
  assert.deepEqual(await keptIn(rows, "other").events(), [event(9)]);
});

test("with storage full or forbidden the page still remembers", async () => {
  for (const trouble of /** @type {const} */ (["full", "forbidden"])) {
    const rows = new FakeRows();
    rows[trouble] = true;
    const store = keptIn(rows);
    await store.add(event(1));
    await store.add(event(2));
    await store.acknowledge(["e1"]);
    await store.alive(1);
    assert.deepEqual(await store.pending(), [event(2)]);
    await store.clear();
    assert.deepEqual(await store.pending(), []);
  }
});

test("what did not fit is written once there is room", async () => {
  const rows = new FakeRows();
  const store = keptIn(rows);
  rows.full = true;
  await store.add(event(1));
  rows.full = false;
  await store.add(event(2));
  assert.deepEqual(await keptIn(rows).pending(), [event(1), event(2)]);
});

test("what nobody looked at for a month is forgotten, unless it waits to be saved", async () => {
  const rows = new FakeRows();
  const month = 31 * 24 * 3600 * 1000;
  for (const [name, alive, saved] of /** @type {const} */ ([
    ["old", 1000, true],
    ["unsaved", 1000, false],
    ["new", month, true],
  ])) {
    const store = keptIn(rows, name);
    await store.add({ ...event(1), id: name });
    await store.alive(alive);
    if (saved) await store.acknowledge([name]);
  }
  await forgetOld(month + 2000, rows);
  assert.deepEqual([...(rows.stores.events?.keys() ?? [])], ["unsaved", "new"]);
  assert.deepEqual([...(rows.stores.sessions?.keys() ?? [])], ["unsaved", "new"]);
});
