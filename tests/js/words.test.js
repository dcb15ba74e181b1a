// Sentences, big numbers, announcements, and the lock on the screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockFace, fill } from "../../static/js/player/cues.js";
import { announcerOf, wakeLockOf } from "../../static/js/player/devices.js";

test("gaps are filled, unknown ones stay", () => {
  assert.equal(fill("Next: {name}, {side}", { name: "Cat-cow", side: "left side" }), "Next: Cat-cow, left side");
  assert.equal(fill("{a} {b}", { a: 0 }), "0 {b}");
  assert.equal(fill("Next: {name}", { name: "$& {side}" }), "Next: $& {side}");
});

test("the big number counts down to one and never shows nothing", () => {
  for (const [ms, face] of /** @type {const} */ ([
    [59_999, "1:00"],
    [60_001, "1:01"],
    [59_000, "59"],
    [10_000, "10"],
    [9_999, "10"],
    [1, "1"],
    [0, "0"],
    [-5, "0"],
    [600_000, "10:00"],
  ])) {
    assert.equal(clockFace(ms), face);
  }
});

/** An announcer whose time passes by hand. */
function listener() {
  const region = { textContent: "" };
  let now = 0;
  /** @type {{ at: number, run: () => void }[]} */
  const waiting = [];
  const announce = announcerOf(region, {
    now: () => now,
    later: (run, ms) => waiting.push({ at: now + ms, run }),
  });
  return {
    region,
    announce,
    /** @param {number} ms */
    pass(ms) {
      now += ms;
      for (const one of waiting.splice(0)) one.at <= now ? one.run() : waiting.push(one);
    },
  };
}

test("announcements leave time to be heard, and only the newest waits", () => {
  const { region, announce, pass } = listener();
  announce("one");
  assert.equal(region.textContent, "one");
  announce("two");
  announce("three");
  assert.equal(region.textContent, "one");
  pass(2_999);
  assert.equal(region.textContent, "one");
  pass(1);
  assert.equal(region.textContent, "three");
  pass(10_000);
  announce("four");
  assert.equal(region.textContent, "four");
});

/** A device with a lock, and a page that can be hidden. */
function device() {
  /** @type {{ released: boolean, release: () => Promise<void>, addEventListener: Function, tell: () => void }[]} */
  const locks = [];
  /** @type {string[]} */
  const told = [];
  const page = { visibilityState: /** @type {DocumentVisibilityState} */ ("visible"), listen: () => {} };
  const navigator = {
    wakeLock: {
      async request() {
        const lock = {
          released: false,
          tell: () => {},
          addEventListener: (/** @type {string} */ _, /** @type {() => void} */ run) => {
            lock.tell = run;
          },
          async release() {
            lock.released = true;
            lock.tell();
          },
        };
        locks.push(lock);
        return lock;
      },
    },
  };
  const keepOn = wakeLockOf((state) => told.push(state), /** @type {any} */ (navigator), {
    get visibilityState() {
      return page.visibilityState;
    },
    addEventListener: (/** @type {string} */ _, /** @type {any} */ run) => {
      page.listen = run;
    },
  });
  return { keepOn, locks, told, page };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the screen is kept awake while wanted, and again after coming back", async () => {
  const { keepOn, locks, told, page } = device();
  keepOn(true);
  keepOn(true);
  await settled();
  assert.equal(locks.length, 1);
  assert.deepEqual(told, ["off", "on"]);
  await locks[0]?.release(); // the system hides the page
  page.visibilityState = "hidden";
  page.listen();
  await settled();
  assert.equal(locks.length, 1);
  page.visibilityState = "visible";
  page.listen();
  await settled();
  assert.equal(locks.length, 2);
  keepOn(false);
  await settled();
  assert.equal(locks[1]?.released, true);
  assert.equal(told.at(-1), "off");
});

test("a device without such a lock says so and goes on", async () => {
  /** @type {string[]} */
  const told = [];
  const keepOn = wakeLockOf((state) => told.push(state), {}, { visibilityState: "visible", addEventListener() {} });
  keepOn(true);
  await settled();
  assert.deepEqual(told, ["unsupported"]);
});
