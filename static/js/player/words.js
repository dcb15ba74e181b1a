// Sentences from the page, in the reader's language, with their gaps filled. Pure.

/** @typedef {Record<string, string>} Words */

/**
 * @param {string} sentence with gaps such as {name}
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
}

/**
 * A time as a big number: seconds below a minute, else minutes and seconds.
 * @param {number} ms
 */
export function clockFace(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
