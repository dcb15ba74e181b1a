// How this device sounds and listens: kept on the device, because a phone is not a desk.

/**
 * @typedef {object} Settings
 * @property {boolean} sound
 * @property {number} volume 0 to 1
 * @property {boolean} keys whether single keys work
 */

const KEY = "backcare:player";

/**
 * @param {boolean} sound what the person's account says, until this device knows better
 * @returns {Settings}
 */
export function loadSettings(sound) {
  const usual = { sound, volume: 0.7, keys: true };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return usual;
  }
}

/** @param {Settings} settings */
export function saveSettings(settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Then it holds for this page only.
  }
}
