// What is said in a session, word by word, and when: for the voice, the captions, whoever reads it
// beforehand, and screen readers. Pure: no clock, no page, no sound; voice.js speaks it.
//
// Sentences never overlap, as far as their length can be guessed. How a stretch is done is told
// while somebody gets there and then spread over the hold, around what must be said on time.

import { workFrom } from "./timeline.js";
import { fill } from "./words.js";

/** @typedef {import("./timeline.js").Timeline} Timeline */
/** @typedef {import("./timeline.js").Segment} Segment */
/** @typedef {import("./words.js").Words} Words */

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
  const say = (/** @type {string} */ name, values = {}) => fill(words[name] ?? "", values);
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
  return fill(words.time_left ?? "", { time: lengthInWords(words, ms) });
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
  return fill(words[whole ? "minutes" : "seconds"] ?? "", { count: whole ? seconds / 60 : seconds });
}
