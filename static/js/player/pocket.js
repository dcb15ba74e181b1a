// For a locked phone, whose browser silences everything but a playing file: the tones of the whole
// session in one sound file, played beside the session and pushed to wherever it is. The session
// leads, this follows. Loaded only for those who switch it on.

import { cuesOf, play } from "./cues.js";

/** @typedef {import("./reducer.js").Timeline} Timeline */
/** @typedef {import("./cues.js").ToneName} ToneName */

const RATE = 8000;
const HEADER = 44;
/** Off by more than this, the file is pushed to where the session is. */
export const OFF_MS = 150;
const TAIL_MS = 2500;
const TONE_S = 2;
// Not quite silence: some systems stop what is silent.
const BED = 6;
const BED_PERIOD = 80;

/**
 * The session's tones as samples.
 * @param {Timeline} timeline
 * @param {(name: ToneName) => Promise<Float32Array>} toneOf its samples at 8 kHz
 * @param {string} style "full" or "tick"
 * @returns {Promise<Int16Array<ArrayBuffer>>}
 */
export async function mix(timeline, toneOf, style) {
  const samples = new Int16Array(Math.ceil(((timeline.total_ms + TAIL_MS) * RATE) / 1000));
  for (let n = 0; n < samples.length; n++) samples[n] = n % BED_PERIOD < BED_PERIOD / 2 ? BED : -BED;
  /** @type {Map<ToneName, Float32Array>} */
  const tones = new Map();
  for (const segment of timeline.segments) {
    for (const { name, at } of cuesOf(segment, segment === timeline.segments.at(-1))) {
      if (style === "off" || (style === "tick" && name === "half")) continue;
      const heard = style === "tick" ? "soft" : name;
      if (!tones.has(heard)) tones.set(heard, await toneOf(heard));
      const from = Math.round(((segment.starts_ms + at) * RATE) / 1000);
      tones.get(heard)?.forEach((sample, n) => {
        const whole = (samples[from + n] ?? 0) + sample * 32767;
        if (from + n < samples.length) samples[from + n] = Math.max(-32768, Math.min(32767, whole));
      });
    }
  }
  return samples;
}

/**
 * A WAV file: mono, 16 bit.
 * @param {Int16Array<ArrayBuffer>} samples
 */
export function wav(samples) {
  const size = samples.byteLength;
  // "RIFF", size, "WAVE", "fmt ", 16 bytes: plain samples, mono, rate, bytes per second, 2 per sample, 16 bit; "data", size.
  const header = [0x46464952, HEADER - 8 + size, 0x45564157, 0x20746d66, 16, 0x10001, RATE, RATE * 2, 0x100002];
  return new Blob([Uint32Array.of(...header, 0x61746164, size), samples], { type: "audio/wav" });
}

export class Pocket {
  /**
   * @param {object} options
   * @param {HTMLAudioElement} options.element always the same one: some phones let only one play
   * @param {() => void} options.onPlaying
   * @param {() => void} options.onStopped the system stopped it, e.g. for a call
   */
  constructor({ element, onPlaying, onStopped }) {
    this.element = element;
    this.url = "";
    this.made = "";
    this.wanted = false;
    element.addEventListener("playing", onPlaying);
    element.addEventListener("pause", () => {
      if (this.wanted && !element.ended) onStopped();
    });
  }

  /**
   * Make the file for a timeline, if it is not the one that is there.
   * @param {Timeline} timeline
   * @param {{ style: string, volume: number }} how
   */
  async make(timeline, { style, volume }) {
    const key = JSON.stringify([timeline.segments.map((segment) => segment.lasts_ms), style, volume]);
    if (key === this.made) return;
    this.made = key;
    const file = wav(await mix(timeline, (name) => rendered(name, volume), style));
    if (key !== this.made) return;
    URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(file);
    this.element.src = this.url;
    if (this.wanted) this.#play();
  }

  /**
   * Follow the session. The time to get ready again is played from what came before.
   * @param {{ status: string, position: number, lead: number }} state
   */
  follow({ status, position, lead }) {
    const { element } = this;
    this.wanted = status === "running";
    const there = Math.max(0, position - lead);
    if (Math.abs(element.currentTime * 1000 - there) > OFF_MS && status !== "done") element.currentTime = there / 1000;
    if (this.wanted && element.paused) this.#play();
    else if (!this.wanted && !element.paused && status !== "done") element.pause();
  }

  /** @returns {number} ms into the session, or -1 while nothing plays */
  get at() {
    return this.element.paused ? -1 : this.element.currentTime * 1000;
  }

  stop() {
    this.wanted = false;
    this.element.pause();
  }

  #play() {
    this.element.play().catch(() => {});
  }
}

/**
 * @param {ToneName} name
 * @param {number} volume
 */
async function rendered(name, volume) {
  const context = new OfflineAudioContext(1, RATE * TONE_S, RATE);
  play(context, name, 0, volume);
  return (await context.startRendering()).getChannelData(0);
}
