// What a device remembers of how it sounds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSettings, saveSettings, usualSettings } from "../../static/js/player/devices.js";

/** @param {string} [text] */
function shelf(text) {
  /** @type {Record<string, string>} */
  const kept = text === undefined ? {} : { "backcare:player": text };
  return {
    getItem: (/** @type {string} */ key) => kept[key] ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      kept[key] = value;
    },
  };
}

test("until the device knows better, the account says whether there is sound", () => {
  assert.equal(loadSettings(true, shelf()).sound, true);
  assert.equal(loadSettings(false, shelf()).sound, false);
});

test("what was set is there again", () => {
  const storage = shelf();
  const set = { ...usualSettings(true), tones: "tick", rate: 80, speaks: "reader", count: true };
  saveSettings(set, storage);
  assert.deepEqual(loadSettings(false, storage), set);
});

test("what is broken, of another kind or unknown does not count", () => {
  const usual = usualSettings(true);
  for (const text of ["{", "null", "[]", "7", '{"volume": "loud", "sound": 1, "future": true}']) {
    assert.deepEqual(loadSettings(true, shelf(text)), usual, text);
  }
  assert.deepEqual(loadSettings(true, shelf('{"volume": "loud", "rate": 90}')), { ...usual, rate: 90 });
});

test("storage that is full or forbidden changes nothing", () => {
  const storage = {
    getItem() {
      throw new Error("forbidden");
    },
    setItem() {
      throw new Error("full");
    },
  };
  saveSettings(usualSettings(true), storage);
  assert.deepEqual(loadSettings(true, storage), usualSettings(true));
});
