// What happens when, read from the page: a flat list of segments without gap or overlap.
// Pure. Durations are never computed here; the server does that once (routines/timeline.py).

/** @typedef {"prepare" | "move" | "work" | "switch" | "rest"} Kind */
/** @typedef {"left" | "right" | "both" | "none"} Side */

/**
 * One piece of time, in milliseconds from the start of the session. What comes before work
 * carries the side and the set of that work.
 * @typedef {object} Segment
 * @property {number} index
 * @property {number} step
 * @property {string} stretch slug
 * @property {string} label
 * @property {Kind} kind
 * @property {string} phase
 * @property {Side} side
 * @property {number} set
 * @property {number} of_sets
 * @property {number} starts_ms
 * @property {number} lasts_ms
 */

/**
 * @typedef {object} Timeline
 * @property {number} total_ms
 * @property {Segment[]} segments
 * @property {number[]} [reps] steps counted in repetitions
 */

/**
 * The segment at a position; a boundary belongs to the segment that begins there.
 * @param {Timeline} timeline
 * @param {number} position ms
 * @returns {number} index, or the number of segments once all of them are over
 */
export function segmentAt(timeline, position) {
  const { segments, total_ms } = timeline;
  if (position >= total_ms) return segments.length;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (/** @type {Segment} */ (segments[middle]).starts_ms <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Where a segment ends; the whole length for an index past the last one.
 * @param {Timeline} timeline
 * @param {number} index
 * @returns {number} ms
 */
export function endOf(timeline, index) {
  const segment = timeline.segments[index];
  return segment ? segment.starts_ms + segment.lasts_ms : timeline.total_ms;
}

/**
 * The work that is going on at a segment, or else the next that comes.
 * @param {Timeline} timeline
 * @param {number} index
 * @returns {Segment | undefined}
 */
export function workFrom(timeline, index) {
  return timeline.segments.slice(index).find((segment) => segment.kind === "work");
}

/**
 * The work after the one at a segment: what to announce as "next".
 * @param {Timeline} timeline
 * @param {number} index
 * @returns {Segment | undefined}
 */
export function workAfter(timeline, index) {
  const current = workFrom(timeline, index);
  return current && workFrom(timeline, current.index + 1);
}

/** @param {Timeline} timeline */
export function stepCount(timeline) {
  return (timeline.segments.at(-1)?.step ?? -1) + 1;
}

/**
 * The same segments with other lengths, one after the other.
 * @param {Timeline} timeline
 * @param {number[]} lengths ms
 * @returns {Timeline}
 */
export function lasting(timeline, lengths) {
  let total_ms = 0;
  const segments = timeline.segments.map((segment, index) => {
    const starts_ms = total_ms;
    const lasts_ms = lengths[index] ?? segment.lasts_ms;
    total_ms += lasts_ms;
    return { ...segment, starts_ms, lasts_ms };
  });
  return { ...timeline, total_ms, segments };
}
