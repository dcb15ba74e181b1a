// The sounds of a whole session in one file, and the file that follows the session.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mix, OFF_MS, Pocket, wav } from "../../static/js/player/pocket.js";
import { planOf } from "./helpers.js";

const PLAN = planOf([{ seconds: 20 }]);

/** Each sound is three samples of its own height. */
function toneOf() {
  /** @type {string[]} */
  const asked = [];
  const heights = { ready: 0.1, start: 0.2, half: 0.3, tick: 0.4, end: 0.5, soft: 0.6 };
  return {
    asked,
    tone: async (/** @type {string} */ name) => {
      asked.push(name);
      return new Float32Array(3).fill(heights[/** @type {keyof typeof heights} */ (name)]);
    },
  };
}

/** @param {Int16Array} samples */
const loud = (samples) => [...samples.entries()].filter(([, sample]) => Math.abs(sample) > 100);

test("every tone sounds at its sample, and the end has time to ring", async () => {
  const { tone, asked } = toneOf();
  const samples = await mix(PLAN, tone, "full");
  assert.equal(samples.length, 8000 * 32.5);
  const starts = loud(samples)
    .map(([n]) => n)
    .filter((n, i, all) => n !== (all[i - 1] ?? -9) + 1);
  assert.deepEqual(
    starts.map((n) => n / 8000),
    [0, 7, 8, 9, 10, 20, 27, 28, 29, 30],
  );
  assert.deepEqual(asked, ["ready", "tick", "start", "half", "end"], "each is made only once");
});

test("only a tick, or nothing at all but a bed that cannot be heard", async () => {
  const { tone, asked } = toneOf();
  await mix(PLAN, tone, "tick");
  assert.deepEqual(asked, ["soft"]);
  const still = await mix(PLAN, tone, "off");
  assert.equal(loud(still).length, 0);
  assert.ok(still.every((sample) => sample !== 0));
});

test("the file says what it is", async () => {
  const bytes = new DataView(await wav(new Int16Array([1, -2])).arrayBuffer());
  const text = (/** @type {number} */ from, /** @type {number} */ long) =>
    Array.from({ length: long }, (_, n) => String.fromCharCode(bytes.getUint8(from + n))).join("");
  assert.deepEqual([text(0, 4), text(8, 8), text(36, 4)], ["RIFF", "WAVEfmt ", "data"]);
  assert.deepEqual([bytes.getUint32(24, true), bytes.getUint32(28, true), bytes.getUint32(40, true)], [8000, 16000, 4]);
  assert.deepEqual([bytes.byteLength, bytes.getInt16(44, true), bytes.getInt16(46, true)], [48, 1, -2]);
});

function player() {
  /** @type {Record<string, () => void>} */
  const listeners = {};
  const element = {
    paused: true,
    ended: false,
    currentTime: 0,
    seeks: 0,
    plays: 0,
    src: "",
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ run) => {
      listeners[name] = run;
    },
    async play() {
      element.plays++;
      element.paused = false;
      listeners.playing?.();
    },
    pause() {
      element.paused = true;
      listeners.pause?.();
    },
  };
  let stopped = 0;
  const pocket = new Pocket({
    element: /** @type {any} */ (element),
    onPlaying: () => {},
    onStopped: () => {
      stopped++;
    },
  });
  return { pocket, element, listeners, stopped: () => stopped };
}

test("it follows: plays, is pushed when off, pauses, and is not pushed for nothing", () => {
  const { pocket, element, stopped } = player();
  pocket.follow({ status: "ready", position: 0, lead: 0 });
  assert.equal(pocket.at, -1);
  pocket.follow({ status: "running", position: 10_000, lead: 0 });
  assert.deepEqual([element.paused, element.currentTime], [false, 10]);
  element.currentTime = 10.1;
  pocket.follow({ status: "running", position: 10_000 + OFF_MS, lead: 0 });
  assert.equal(element.currentTime, 10.1);
  pocket.follow({ status: "running", position: 25_000, lead: 0 });
  assert.equal(element.currentTime, 25);
  assert.equal(pocket.at, 25_000);
  pocket.follow({ status: "running", position: 25_000, lead: 3000 });
  assert.equal(element.currentTime, 22, "getting ready again is played from what came before");
  pocket.follow({ status: "paused", position: 25_000, lead: 0 });
  assert.equal(element.paused, true);
  assert.equal(stopped(), 0);
  assert.equal(element.plays, 1);
});

test("stopped by the system, it says so; at its own end, or by us, it does not", () => {
  const { pocket, element, listeners, stopped } = player();
  pocket.follow({ status: "running", position: 0, lead: 0 });
  element.paused = true;
  listeners.pause?.();
  assert.equal(stopped(), 1);
  element.ended = true;
  listeners.pause?.();
  pocket.stop();
  assert.equal(stopped(), 1);
});
