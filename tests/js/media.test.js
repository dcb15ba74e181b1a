// Lock-screen buttons, what is felt, the screen kept awake: with devices that only write down.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FELT, mediaOf, vibrate, wakeLockOf } from "../../static/js/player/devices.js";

function lockScreen() {
  /** @type {Record<string, (() => void) | null>} */
  const buttons = {};
  return {
    buttons,
    /** @type {unknown[]} */
    positions: [],
    metadata: /** @type {unknown} */ (null),
    playbackState: "none",
    setActionHandler(/** @type {string} */ name, /** @type {(() => void) | null} */ act) {
      if (name === "seekto") throw new TypeError("no such button here");
      buttons[name] = act;
    },
    setPositionState(/** @type {unknown} */ state) {
      this.positions.push(state);
    },
  };
}

const SHOWN = { title: "Knee to chest", artist: "left side", album: "Morning", position: 12_000, total: 60_000 };

test("its buttons press ours, and those for seeking stay away", () => {
  /** @type {string[]} */
  const pressed = [];
  const press = (/** @type {string} */ name) => () => pressed.push(name);
  const screen = lockScreen();
  const actions = {
    play: press("play"),
    pause: press("pause"),
    nexttrack: press("skip"),
    previoustrack: press("back"),
  };
  const media = mediaOf(/** @type {any} */ (actions), /** @type {any} */ (screen));
  for (const name of ["play", "pause", "nexttrack", "previoustrack"]) screen.buttons[name]?.();
  assert.deepEqual(pressed, ["play", "pause", "skip", "back"]);
  assert.equal(screen.buttons.seekforward, null);
  delete screen.buttons.pause;
  media.listen();
  for (const act of Object.values(screen.buttons).slice(-1)) act?.();
  assert.equal(pressed.length, 5, "handed over again once something plays");
});

test("it shows what is done and where, once for every change", () => {
  const screen = lockScreen();
  const media = mediaOf(/** @type {any} */ ({}), /** @type {any} */ (screen), (of) => /** @type {any} */ (of));
  media.show({ ...SHOWN, state: "playing" });
  media.show({ ...SHOWN, state: "playing", position: 12_200 });
  assert.deepEqual(screen.metadata, { title: "Knee to chest", artist: "left side", album: "Morning" });
  assert.deepEqual(screen.positions, [{ duration: 60, position: 12 }]);
  media.show({ ...SHOWN, state: "paused" });
  assert.equal(screen.playbackState, "paused");
  media.show({ ...SHOWN, state: "none" });
  assert.equal(screen.metadata, null);
});

test("a device without a lock screen is no trouble", () => {
  mediaOf(/** @type {any} */ ({}), /** @type {any} */ (null)).show({ ...SHOWN, state: "playing" });
});

test("start, switch and end are felt differently, and only after a tap", () => {
  /** @type {unknown[]} */
  const felt = [];
  const device = {
    vibrate: (/** @type {unknown} */ pattern) => felt.push(pattern),
    userActivation: { hasBeenActive: false },
  };
  vibrate("work", /** @type {any} */ (device));
  assert.equal(felt.length, 0);
  device.userActivation.hasBeenActive = true;
  for (const what of /** @type {const} */ (["work", "switch", "end"])) vibrate(what, /** @type {any} */ (device));
  assert.equal(new Set(felt.map(String)).size, 3);
  vibrate("work", {});
  assert.equal(new Set(Object.values(FELT).map(String)).size, Object.keys(FELT).length);
});

/** A page and a device that gives its lock, or not. */
function screen(gives = true) {
  /** @type {Record<string, () => void>} */
  const listeners = {};
  const page = {
    visibilityState: "visible",
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ run) => {
      listeners[name] = run;
    },
  };
  /** @type {(() => void)[]} */
  const releases = [];
  /** @type {string[]} */
  const told = [];
  const device = {
    wakeLock: {
      async request() {
        if (!gives) throw new Error("low battery");
        return {
          addEventListener: (/** @type {string} */ _, /** @type {() => void} */ run) => releases.push(run),
          release: async () => releases.at(-1)?.(),
        };
      },
    },
  };
  const want = wakeLockOf((state) => told.push(state), /** @type {any} */ (device), /** @type {any} */ (page));
  const settled = () => new Promise((done) => setTimeout(done));
  return {
    want,
    page,
    told,
    settled,
    listeners,
    take: () => releases.at(-1)?.(),
    give: () => {
      gives = true;
    },
  };
}

test("the screen stays on, is asked for again on return, and let go", async () => {
  const { want, page, told, settled, listeners, take } = screen();
  want(true);
  await settled();
  page.visibilityState = "hidden";
  take();
  listeners.visibilitychange?.();
  await settled();
  page.visibilityState = "visible";
  listeners.visibilitychange?.();
  await settled();
  want(false);
  await settled();
  assert.deepEqual(told, ["off", "on", "off", "on", "off"]);
});

test("refused, it is asked for again at the next tap", async () => {
  const { want, told, settled, listeners, give } = screen(false);
  want(true);
  await settled();
  give();
  listeners.click?.();
  await settled();
  assert.deepEqual(told, ["off", "off", "on"]);
});
