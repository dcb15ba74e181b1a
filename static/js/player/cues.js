// What a session says and sounds like: which words and which tones belong to which instant, and the tones
// themselves, made by synthesis. What is heard of it, and when it is too late, is decided in sound.js.

import { workFrom } from "./reducer.js";

/** @typedef {Record<string, string>} Words */

/**
 * @param {string | undefined} sentence with gaps such as {name}
 * @param {Record<string, string | number>} values
 */
export function fill(sentence = "", values = {}) {
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

// --- What is said -----------------------------------------------------------------------------------
// Word by word, for the voice, the captions, whoever reads it beforehand, and screen readers. Pure.
//
// Sentences never overlap, as far as their length can be guessed. How a stretch is done is told
// while somebody gets there and then spread over the hold, around what must be said on time.

/** @typedef {import("./reducer.js").Timeline} Timeline */
/** @typedef {import("./reducer.js").Segment} Segment */

/**
 * What the page knows of a step: its name if another stretch took its place, how to get into it, how
 * it is done sentence by sentence, how much of it where that is not a time, and what is said of the
 * side where both take turns.
 * @typedef {object} Told
 * @property {string} name
 * @property {string} into
 * @property {string[]} cues
 * @property {string} amount
 * @property {string} turns
 */

/**
 * One thing to say: `at` ms of the session, for about `lasts` ms, in the segment `index`.
 * A call opens its segment and goes before everything; a mark tells the time; a cue tells how.
 * @typedef {object} Line
 * @property {number} at
 * @property {number} lasts
 * @property {number} index
 * @property {"call" | "mark" | "cue"} kind
 * @property {string} text
 */

/** @typedef {{ amount?: string, rate?: number, count?: boolean }} Choice `rate` in percent */

/** Nothing longer is said in one go: some voices fall silent after fifteen seconds. */
export const LONGEST_MS = 8000;
const HALF_FROM_MS = 20_000;
const LEFT_FROM_MS = 40_000;
const LEFT_MS = 10_000;
const COUNT_FROM_MS = 5000;
const BREATH_MS = 600;
// The last three seconds belong to the tones.
const QUIET_MS = 3200;
const LETTER_MS = 70;

/**
 * About how long a sentence takes to say.
 * @param {string} text
 * @param {number} [rate] percent
 */
export function speakingMs(text, rate = 100) {
  return Math.round(((300 + text.length * LETTER_MS) * 100) / rate);
}

/**
 * The whole script, in order.
 * @param {Timeline} timeline
 * @param {Told[]} steps
 * @param {Words} words
 * @param {Choice} [choice]
 * @returns {Line[]}
 */
export function scriptOf(timeline, steps, words, { amount = "short", rate = 100, count = false } = {}) {
  /** @type {Line[]} */
  const lines = [];
  const left = steps.map(({ cues }) => {
    const chosen = cues.slice(0, amount === "full" ? cues.length : amount === "short" ? 1 : 0);
    return chosen.flatMap((cue) => breaths(cue, rate));
  });
  for (const segment of timeline.segments) {
    const { index, kind, starts_ms, lasts_ms } = segment;
    const end = starts_ms + lasts_ms;
    /** @param {number} at @param {Line["kind"]} of @param {string} text @returns {Line} */
    const line = (at, of, text) => ({ at, lasts: speakingMs(text, rate), index, kind: of, text });
    const call = line(starts_ms, "call", calling(timeline, segment, steps, words));
    const marks = kind === "work" ? marksOf(segment, words).map(([at, text]) => line(at, "mark", text)) : [];
    const from = starts_ms + call.lasts + BREATH_MS;
    const told = marks.filter(({ at }) => at >= from);
    const queue = kind === "switch" || kind === "rest" ? [] : (left[segment.step] ?? []);
    const cues = spread(queue, from, end - (kind === "work" || count ? QUIET_MS : BREATH_MS), told, rate);
    const numbers = count && lasts_ms >= COUNT_FROM_MS ? [3, 2, 1] : [];
    lines.push(
      ...[call, ...told, ...cues.map(([at, text]) => line(at, "cue", text))].sort((a, b) => a.at - b.at),
      ...numbers.map((n) => line(end - n * 1000, "mark", String(n))).filter(({ at }) => at >= from),
    );
  }
  const text = words.say_done ?? "";
  const index = timeline.segments.length;
  lines.push({ at: timeline.total_ms, lasts: speakingMs(text, rate), index, kind: "call", text });
  return lines;
}

/**
 * The words on screen at a position: what is being said there, or was until just now.
 * @param {Line[]} lines
 * @param {number} index of the segment
 * @param {number} position
 */
export function captionAt(lines, index, position) {
  const line = lines.findLast((one) => one.index === index && one.at <= position);
  return line && position < line.at + Math.max(line.lasts + BREATH_MS, 2500) ? line.text : "";
}

/**
 * Where somebody is who comes back to the middle of a segment, with `left` ms of it to go.
 * @param {Timeline} timeline
 * @param {Segment} segment
 * @param {number} left
 * @param {Told[]} steps
 * @param {Words} words
 */
export function hereIs(timeline, segment, left, steps, words) {
  const work = workFrom(timeline, segment.index) ?? segment;
  return sentence([...titles(work, steps, words), work === segment && leftInWords(words, left)]);
}

/**
 * What a lock screen shows: the name, and the side.
 * @param {Segment} segment
 * @param {Told[]} steps
 * @param {Words} words
 * @returns {[string, string]}
 */
export function titles({ step, label, side }, steps, words) {
  return [steps[step]?.name || label, words[`said_${side}`] ?? steps[step]?.turns ?? ""];
}

/**
 * @param {Timeline} timeline
 * @param {Segment} segment
 * @param {Told[]} steps
 * @param {Words} words
 */
function calling(timeline, segment, steps, words) {
  const { kind, step, set, of_sets, side, index, lasts_ms } = segment;
  const [label, from] = titles(segment, steps, words);
  const say = (/** @type {string} */ name, values = {}) => fill(words[name], values);
  if (kind === "switch") return say(`say_switch_${side}`);
  if (kind === "rest")
    return say(of_sets > 1 && lasts_ms >= COUNT_FROM_MS ? "say_rest_set" : "say_rest", { set, sets: of_sets });
  if (kind !== "work") {
    const name = [label, from].filter(Boolean).join(", ");
    return [say(kind === "prepare" ? "say_first" : "say_next", { name }), sentence([steps[step]?.into])]
      .join(" ")
      .trim();
  }
  const before = timeline.segments.slice(0, index).findLast((one) => one.kind === "work" && one.step === step);
  const again = before && before.set !== set && say("set_of", { set, sets: of_sets });
  const long = !before || lasts_ms >= 10_000;
  return sentence([before ? again : label, from, long && (steps[step]?.amount || lengthInWords(words, lasts_ms))]);
}

/** @param {Segment} segment @param {Words} words @returns {[number, string][]} */
function marksOf({ starts_ms, lasts_ms }, words) {
  /** @type {[number, string][]} */
  const marks = [];
  if (lasts_ms >= HALF_FROM_MS) {
    const half = lasts_ms / 2;
    marks.push([starts_ms + half, `${words.say_half} ${sentence([leftInWords(words, half)])}`]);
  }
  if (lasts_ms >= LEFT_FROM_MS) marks.push([starts_ms + lasts_ms - LEFT_MS, sentence([leftInWords(words, LEFT_MS)])]);
  return marks;
}

/** @param {Words} words @param {number} ms */
function leftInWords(words, ms) {
  return fill(words.time_left, { time: lengthInWords(words, ms) });
}

/**
 * Take from the queue what fits between two instants, with room to breathe and clear of the marks.
 * @param {string[]} queue is emptied as far as it fits
 * @param {number} from
 * @param {number} to
 * @param {Line[]} marks
 * @param {number} rate
 * @returns {[number, string][]}
 */
function spread(queue, from, to, marks, rate) {
  const speech = [...queue, ...marks.map(({ text }) => text)].reduce((sum, text) => sum + speakingMs(text, rate), 0);
  const pause = Math.min(4000, Math.max(BREATH_MS, (to - from - speech) / (queue.length + marks.length + 1)));
  /** @type {[number, string][]} */
  const placed = [];
  let at = from;
  while (queue[0]) {
    const lasts = speakingMs(queue[0], rate);
    // A later mark may be in the way of where an earlier one sends it.
    for (const mark of marks) {
      if (at < mark.at + mark.lasts + BREATH_MS && at + lasts + BREATH_MS > mark.at)
        at = mark.at + mark.lasts + BREATH_MS;
    }
    if (at + lasts > to) break;
    placed.push([Math.round(at), queue[0]]);
    at += lasts + pause;
    queue.shift();
  }
  return placed;
}

/**
 * Cut what takes too long to say, where a reader would breathe.
 * @param {string} text
 * @param {number} rate
 */
function breaths(text, rate) {
  const most = Math.floor(((LONGEST_MS * rate) / 100 - 300) / LETTER_MS) - 1;
  const pieces = new RegExp(`.{1,${most}}(?:[.!?;:,](?=\\s)|(?=\\s\\()|$)|.{1,${most}}(?=\\s|$)`, "g");
  return (text.match(pieces) ?? [text]).map((piece) => piece.trim());
}

/** @param {(string | false | undefined)[]} parts */
function sentence(parts) {
  const text = parts.filter(Boolean).join(", ");
  return text && `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}.`;
}

/**
 * @param {Words} words
 * @param {number} ms
 */
export function lengthInWords(words, ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds === 60) return words.one_minute ?? "";
  const whole = seconds > 60 && seconds % 60 === 0;
  return fill(words[whole ? "minutes" : "seconds"], { count: whole ? seconds / 60 : seconds });
}

// --- What sounds ------------------------------------------------------------------------------------
//
// A tone is scheduled on the audio clock shortly ahead of its instant, never from the callback of a
// timer, which comes late in background tabs. Whatever was scheduled and has not sounded is taken
// back as soon as somebody pauses or skips. Without Web Audio everything here does nothing.

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

const TICKS_FROM_MS = 5_000;

/** @type {Record<import("./reducer.js").Kind, CueName>} */
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

/**
 * @param {{ make?: () => AudioContext, now?: () => number }} [options] `now` in real milliseconds
 */
export function tonesOf({ make = () => new AudioContext(), now = () => performance.now() } = {}) {
  // A cue that is later than this belongs to the past: a ghost, not a signal.
  const TOO_LATE_MS = -150;
  let volume = 0.7;
  let isMuted = false;
  let style = "full";
  let isUnavailable = false;
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {Map<string, OscillatorNode[]>} */
  const scheduled = new Map();
  /** @type {{ at: number, lead: number }[]} */
  let readings = [];
  return { set, unlock, audible, blocked, schedule, once, cancel };

  /** @param {{ volume: number, style: string, muted: boolean }} how volume from 0 to 1, style "full" or "tick" */
  function set(how) {
    ({ volume, style, muted: isMuted } = how);
    if (isMuted) cancel();
  }

  /** Make or wake the audio; browsers allow it only while somebody taps or types. */
  function unlock() {
    try {
      // One that was taken away for a call may never sound again.
      if (/** @type {string | undefined} */ (context?.state) === "interrupted") context = null;
      context ??= watched(make());
      context.resume().catch(() => {});
    } catch {
      // No Web Audio here: the captions say everything, too.
      isUnavailable = true;
    }
  }

  /** Whether sounds would be heard if they were due. */
  function audible() {
    return context?.state === "running" && !isMuted && volume > 0;
  }

  /** Whether the browser holds the sound back until the next tap. */
  function blocked() {
    return !isUnavailable && !isMuted && context?.state !== "running";
  }

  /**
   * Put what is due within `ahead` ms on the audio clock; what is there already stays as it is.
   * @param {Due[]} due
   * @param {number} ahead real ms
   */
  function schedule(due, ahead) {
    if (!context || !audible()) return;
    const lead = leadOf(context);
    for (const { key, name, wait } of due) {
      if (wait > ahead || wait < TOO_LATE_MS || scheduled.has(key)) continue;
      if (style === "tick" && name === "half") continue;
      const at = (now() + Math.max(0, wait) + lead) / 1000;
      scheduled.set(key, sound(context, name, Math.max(at, context.currentTime)));
    }
  }

  /** Let one sound be heard at once, e.g. to try the volume. @param {CueName} name */
  function once(name) {
    unlock();
    if (context) sound(context, name, context.currentTime + 0.02);
  }

  /** Take back everything that has not been heard to its end. */
  function cancel() {
    for (const nodes of scheduled.values()) for (const node of nodes) node.stop();
    scheduled.clear();
  }

  /**
   * Milliseconds by which the audio clock is ahead of ours. Single readings of it lag behind by up to
   * 40 ms, so the furthest one of the last second is the freshest.
   * @param {AudioContext} audio
   */
  function leadOf(audio) {
    const at = now();
    readings = readings.filter((reading) => at - reading.at < 1000);
    readings.push({ at, lead: audio.currentTime * 1000 - at });
    return Math.max(...readings.map(({ lead }) => lead));
  }

  /**
   * When the browser takes the sound away, ask for it back; what was about to sound is past by then.
   * @param {AudioContext} audio
   */
  function watched(audio) {
    audio.onstatechange = () => {
      if (audio !== context || audio.state === "running" || audio.state === "closed") return;
      cancel();
      audio.resume().catch(() => {});
    };
    return audio;
  }

  /**
   * @param {AudioContext} audio
   * @param {CueName} name
   * @param {number} at seconds on the audio clock
   */
  function sound(audio, name, at) {
    return play(audio, style === "tick" ? "soft" : name, at, volume);
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
