// The sounds: which belong to a segment (pure), and playing them by synthesis, with no sound files.
//
// A tone is scheduled on the audio clock shortly ahead of its instant, never from the callback of a
// timer, which comes late in background tabs. Whatever was scheduled and has not sounded is taken
// back as soon as somebody pauses or skips. Without Web Audio everything here does nothing.

/** @typedef {import("./timeline.js").Segment} Segment */
/** @typedef {"ready" | "move" | "start" | "half" | "tick" | "switch" | "rest" | "end"} CueName */
/** @typedef {CueName | "soft"} ToneName */

/**
 * One sound: `at` is in ms from the start of its segment, `count` the seconds left, for ticks.
 * @typedef {object} Cue
 * @property {CueName} name
 * @property {number} at
 * @property {number} [count]
 */

/**
 * What has to sound, `wait` real milliseconds from now; `key` names it once and for all.
 * @typedef {object} Due
 * @property {string} key
 * @property {CueName} name
 * @property {number} wait
 */

const HALF_FROM_MS = 20_000;
const TICKS_FROM_MS = 5_000;
// A cue that is later than this belongs to the past: a ghost, not a signal.
const TOO_LATE_MS = -150;

/** @type {Record<import("./timeline.js").Kind, CueName>} */
const OPENING = { prepare: "ready", move: "move", work: "start", switch: "switch", rest: "rest" };

/**
 * The sounds of one segment, in order.
 * @param {Segment} segment
 * @param {boolean} last whether the session ends with it
 * @returns {Cue[]}
 */
export function cuesOf(segment, last = false) {
  const length = segment.lasts_ms;
  /** @type {Cue[]} */
  const cues = [{ name: OPENING[segment.kind], at: 0 }];
  if (segment.kind === "work" && length >= HALF_FROM_MS) cues.push({ name: "half", at: length / 2 });
  if (length >= TICKS_FROM_MS) {
    for (const count of [3, 2, 1]) cues.push({ name: "tick", at: length - count * 1000, count });
  }
  if (last) cues.push({ name: "end", at: length });
  return cues;
}

/**
 * The sound heard last, if it was heard just now: its caption is shown as long.
 * @param {Cue[]} cues
 * @param {number} position ms in the segment
 * @param {number} [within] ms
 */
export function cueAt(cues, position, within = 3000) {
  return cues.findLast((cue) => cue.at <= position && position - cue.at < within);
}

/**
 * What each cue sounds like: [frequency in Hz, delay in s, length in s, loudness].
 * Rising into a hold, falling out of it; "soft" stands for all of them where only a tick is wanted.
 * @type {Record<ToneName, [number, number, number, number][]>}
 */
const TONES = {
  ready: [[392, 0, 0.35, 0.5]],
  move: [
    [392, 0, 0.3, 0.5],
    [330, 0.16, 0.4, 0.5],
  ],
  start: [
    [523, 0, 0.18, 0.7],
    [784, 0.13, 0.5, 0.8],
  ],
  half: [
    [659, 0, 0.14, 0.45],
    [659, 0.2, 0.3, 0.45],
  ],
  tick: [[587, 0, 0.09, 0.5]],
  soft: [[880, 0, 0.05, 0.35]],
  switch: [
    [784, 0, 0.16, 0.7],
    [523, 0.15, 0.16, 0.7],
    [784, 0.3, 0.4, 0.7],
  ],
  rest: [
    [523, 0, 0.2, 0.6],
    [392, 0.17, 0.55, 0.6],
  ],
  end: [
    [523, 0, 0.25, 0.6],
    [659, 0.18, 0.25, 0.6],
    [784, 0.36, 0.25, 0.6],
    [1047, 0.54, 1.1, 0.7],
  ],
};

export class Cues {
  /**
   * @param {{ make?: () => AudioContext, now?: () => number }} [options] `now` in real milliseconds
   */
  constructor({ make = () => new AudioContext(), now = () => performance.now() } = {}) {
    this.make = make;
    this.now = now;
    this.volume = 0.7;
    this.muted = false;
    this.style = "full";
    this.unavailable = false;
    /** @type {AudioContext | null} */
    this.context = null;
    /** @type {Map<string, OscillatorNode[]>} */
    this.scheduled = new Map();
    /** @type {{ at: number, lead: number }[]} */
    this.readings = [];
  }

  /** Make or wake the audio; browsers allow it only while somebody taps or types. */
  unlock() {
    try {
      // One that was taken away for a call may never sound again.
      if (/** @type {string | undefined} */ (this.context?.state) === "interrupted") this.context = null;
      this.context ??= this.#watched(this.make());
      this.context.resume().catch(() => {});
    } catch {
      // No Web Audio here: the captions say everything, too.
      this.unavailable = true;
    }
  }

  /** Whether sounds would be heard if they were due. */
  get audible() {
    return this.context?.state === "running" && !this.muted && this.volume > 0;
  }

  /** Whether the browser holds the sound back until the next tap. */
  get blocked() {
    return !this.unavailable && !this.muted && this.context?.state !== "running";
  }

  /**
   * Put what is due within `ahead` ms on the audio clock; what is there already stays as it is.
   * @param {Due[]} due
   * @param {number} ahead real ms
   */
  schedule(due, ahead) {
    if (!this.context || !this.audible) return;
    const lead = this.#lead(this.context);
    for (const { key, name, wait } of due) {
      if (wait > ahead || wait < TOO_LATE_MS || this.scheduled.has(key)) continue;
      if (this.style === "tick" && name === "half") continue;
      const at = (this.now() + Math.max(0, wait) + lead) / 1000;
      this.scheduled.set(key, this.#play(this.context, name, Math.max(at, this.context.currentTime)));
    }
  }

  /** Let one sound be heard at once, e.g. to try the volume. @param {CueName} name */
  try(name) {
    this.unlock();
    if (this.context) this.#play(this.context, name, this.context.currentTime + 0.02);
  }

  /** Take back everything that has not been heard to its end. */
  cancel() {
    for (const nodes of this.scheduled.values()) for (const node of nodes) node.stop();
    this.scheduled.clear();
  }

  /**
   * Milliseconds by which the audio clock is ahead of ours. Single readings of it lag behind by up to
   * 40 ms, so the furthest one of the last second is the freshest.
   * @param {AudioContext} context
   */
  #lead(context) {
    const at = this.now();
    this.readings = this.readings.filter((reading) => at - reading.at < 1000);
    this.readings.push({ at, lead: context.currentTime * 1000 - at });
    return Math.max(...this.readings.map((reading) => reading.lead));
  }

  /**
   * When the browser takes the sound away, ask for it back; what was about to sound is past by then.
   * @param {AudioContext} context
   */
  #watched(context) {
    context.onstatechange = () => {
      if (context !== this.context || context.state === "running" || context.state === "closed") return;
      this.cancel();
      context.resume().catch(() => {});
    };
    return context;
  }

  /**
   * @param {AudioContext} context
   * @param {CueName} name
   * @param {number} at seconds on the audio clock
   */
  #play(context, name, at) {
    return play(context, this.style === "tick" ? "soft" : name, at, this.volume);
  }
}

/**
 * Put one sound onto an audio clock.
 * @param {BaseAudioContext} context
 * @param {ToneName} name
 * @param {number} at seconds
 * @param {number} volume 0 to 1
 */
export function play(context, name, at, volume) {
  return TONES[name].map(([frequency, delay, length, loudness]) => {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const peak = Math.max(0.0001, loudness * volume * 0.5);
    tone.type = "triangle";
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, at + delay);
    gain.gain.exponentialRampToValueAtTime(peak, at + delay + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + delay + length);
    tone.connect(gain).connect(context.destination);
    tone.start(at + delay);
    tone.stop(at + delay + length + 0.05);
    return tone;
  });
}
