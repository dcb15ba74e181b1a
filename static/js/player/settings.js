// How this device sounds and listens: kept on the device, because a phone is not a desk.

import { uuid7 } from "./ids.js";

/**
 * @typedef {object} Settings
 * @property {boolean} sound whether anything is heard at all
 * @property {string} tones "full", "tick" (transitions and last seconds only) or "off"
 * @property {number} volume of the tones, percent
 * @property {string} speaks who says the words: "voice", "reader" (a screen reader) or "none"
 * @property {string} voice its URI, "" for the first that fits
 * @property {number} rate percent
 * @property {number} loudness of the voice, percent
 * @property {string} amount of how it is done: "none", "short" or "full"
 * @property {boolean} count whether the last three seconds are spoken
 * @property {boolean} vibrate
 * @property {boolean} loud whether to sound even when the phone is set to silent
 * @property {boolean} pocket whether the sounds go on while the phone is locked
 * @property {boolean} keys whether single keys work
 * @property {number} pace percent of the planned time
 * @property {string} taps what waits for a tap: nothing "", repetitions "reps", "all"
 * @property {boolean} distance figures to read from the mat
 */

const KEY = "backcare:player";
const DEVICE = "backcare:device";

/**
 * @param {boolean} sound what the person's account says, until this device knows better
 * @returns {Settings}
 */
export function usualSettings(sound) {
  return {
    sound,
    tones: "full",
    volume: 70,
    speaks: "voice",
    voice: "",
    rate: 100,
    loudness: 100,
    amount: "short",
    count: false,
    vibrate: true,
    loud: false,
    pocket: false,
    keys: true,
    pace: 100,
    taps: "",
    distance: false,
  };
}

/**
 * What is kept counts as far as it is of the kind that is expected: it may be of another version.
 * @param {boolean} sound
 * @param {Pick<Storage, "getItem">} [storage]
 * @returns {Settings}
 */
export function loadSettings(sound, storage) {
  const usual = usualSettings(sound);
  try {
    const kept = JSON.parse((storage ?? localStorage).getItem(KEY) ?? "{}");
    const known = Object.entries(usual).filter(([name, value]) => typeof kept?.[name] === typeof value);
    return { ...usual, ...Object.fromEntries(known.map(([name]) => [name, kept[name]])) };
  } catch {
    return usual;
  }
}

/**
 * @param {Settings} settings
 * @param {Pick<Storage, "setItem">} [storage]
 */
export function saveSettings(settings, storage) {
  try {
    (storage ?? localStorage).setItem(KEY, JSON.stringify(settings));
  } catch {
    // Then it holds for this page only.
  }
}

/** What tells this device from a person's others: made once, says nothing about anybody. */
export function deviceId() {
  const made = uuid7().slice(-12);
  try {
    const kept = localStorage.getItem(DEVICE) ?? made;
    localStorage.setItem(DEVICE, kept);
    return kept;
  } catch {
    return made;
  }
}
