// Puts a state on the page. Reads nothing but what it is given, decides nothing.

import { cueAt, cuesOf } from "./cues.js";
import { segmentAt, stepCount, workAfter, workFrom } from "./timeline.js";
import { clockFace, fill } from "./words.js";

/** @typedef {import("./timeline.js").Timeline} Timeline */
/** @typedef {import("./timeline.js").Segment} Segment */
/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./words.js").Words} Words */

export class View {
  /**
   * @param {HTMLElement} root
   * @param {Timeline} timeline
   * @param {Words} words
   */
  constructor(root, timeline, words) {
    this.root = root;
    this.timeline = timeline;
    this.words = words;
    this.shownStep = -1;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.steps = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-step]"))];
    this.tracks = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-track]"))];
    this.list = [...root.querySelectorAll("[data-list]")];
    this.ring = root.querySelector("[data-ring]");
    this.spans = this.tracks.map((_, step) => {
      const own = timeline.segments.filter((segment) => segment.step === step);
      return { start: own[0]?.starts_ms ?? 0, long: own.reduce((sum, segment) => sum + segment.lasts_ms, 0) };
    });
    this.tracks.forEach((track, step) => {
      track.style.flexGrow = String((this.spans[step]?.long ?? 0) / timeline.total_ms);
    });
  }

  /** @param {State} state */
  show(state) {
    const index = Math.min(segmentAt(this.timeline, state.position), this.timeline.segments.length - 1);
    const segment = /** @type {Segment} */ (this.timeline.segments[index]);
    const into = state.position - segment.starts_ms;
    const left = Math.max(0, segment.lasts_ms - into);
    const { kind, side, stretch } = segment;
    const told = { state: state.status, kind, side, stretch, segment: String(index), remainingMs: String(left) };
    for (const [name, value] of Object.entries(told)) {
      if (this.root.dataset[name] !== value) this.root.dataset[name] = value;
    }
    this.#words(state, segment, into);
    this.#number(state, segment, left);
    this.#progress(state, segment);
  }

  /**
   * @param {State} state
   * @param {Segment} segment
   * @param {number} into ms since the segment began
   */
  #words(state, segment, into) {
    const { words } = this;
    const step = this.steps[segment.step]?.dataset ?? {};
    const isOn = state.status === "running";
    this.text("kind-words", this.#kind(state, segment));
    this.text("name", segment.label);
    this.text("side-words", this.side(segment));
    this.text("care", state.status === "done" ? "" : step.cautions);
    const { set, of_sets } = segment;
    this.text("set", of_sets > 1 ? fill(words.set_of ?? "", { set, sets: of_sets }) : "");
    const cue = isOn ? cueAt(cuesOf(segment), into) : undefined;
    const count = cue?.count ?? "";
    const get_into = step.getInto ?? "";
    const name = cue?.name === "move" && !get_into ? "stay" : cue?.name;
    this.text("caption", fill(words[`cue_${name}`] ?? "", { count, get_into }));
    this.text("next", this.#next(state, segment));
    this.text("toggle", words[{ ready: "start", running: "pause" }[/** @type {string} */ (state.status)] ?? "resume"]);
  }

  /** @param {State} state @param {Segment} segment */
  #kind(state, segment) {
    if (state.status === "done") return this.words[state.how === "end" ? "ended" : "done"];
    if (state.status === "ready" || state.status === "paused") return this.words[state.status];
    const { work, getInto } = this.steps[segment.step]?.dataset ?? {};
    if (segment.kind === "work") return work;
    return this.words[segment.kind === "move" && !getInto ? "stay" : segment.kind];
  }

  /** @param {Segment} segment */
  side(segment) {
    if (segment.side === "left" || segment.side === "right") return this.words[segment.side] ?? "";
    return this.steps[segment.step]?.dataset.turns ? (this.words.turns ?? "") : "";
  }

  /** @param {State} state @param {Segment} segment */
  #next(state, segment) {
    if (state.status === "done") return this.words.saving;
    const work = workFrom(this.timeline, segment.index);
    if (state.status !== "ready" && work && work !== segment) {
      return fill(this.words.then ?? "", { time: lengthInWords(this.words, work.lasts_ms) });
    }
    const next = workAfter(this.timeline, segment.index);
    if (!next) return this.words.last_one;
    const side = this.side(next).toLowerCase();
    const place = next.step === segment.step ? "" : (this.steps[next.step]?.dataset.place ?? "");
    const more = [side, place].filter(Boolean).join(", ");
    const sentence = this.words[more ? "next_side" : "next"] ?? "";
    return fill(sentence, { name: next.label, side: more });
  }

  /** @param {State} state @param {Segment} segment @param {number} left */
  #number(state, segment, left) {
    const isReady = state.status === "ready";
    const face = state.status === "done" ? "" : clockFace(isReady ? this.timeline.total_ms : left);
    this.text("number", face);
    this.text("unit", isReady ? this.words.in_all : "");
    this.root.classList.toggle("long-number", face.length > 2);
    this.root.classList.toggle("longest-number", face.length > 4);
    // Where motion is not wanted the ring stands still: the number says it all.
    const share = this.still.matches || isReady || state.status === "done" ? 1 : left / segment.lasts_ms;
    this.ring?.setAttribute("stroke-dashoffset", String(Math.round(1000 * (1 - share))));
  }

  /** @param {State} state @param {Segment} segment */
  #progress(state, segment) {
    const steps = stepCount(this.timeline);
    if (state.status !== "ready") {
      this.text("place", fill(this.words.step_of ?? "", { step: segment.step + 1, steps }));
      const time = clockFace(this.timeline.total_ms - state.position);
      this.text("left", fill(this.words.time_left ?? "", { time }));
    }
    this.spans.forEach(({ start, long }, step) => {
      const share = Math.min(1, Math.max(0, (state.position - start) / long));
      const bar = /** @type {HTMLElement | null | undefined} */ (this.tracks[step]?.firstElementChild);
      if (bar) bar.style.inlineSize = `${(100 * share).toFixed(1)}%`;
    });
    if (segment.step === this.shownStep) return;
    this.shownStep = segment.step;
    this.steps.forEach((step, n) => {
      step.toggleAttribute("data-current", n === segment.step);
    });
    this.list.forEach((line, n) => {
      if (n === segment.step) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
  }

  /**
   * Change a text only where it differs, so that nothing is repainted or read out for nothing.
   * @param {string} name of the data attribute
   * @param {string | undefined} text
   */
  text(name, text = "") {
    const element = this.root.querySelector(`[data-${name}]`);
    if (element && element.textContent !== text) element.textContent = text;
  }
}

/**
 * What to tell somebody who does not see the page, when a segment begins.
 * @param {View} view
 * @param {Segment} segment
 */
export function spoken(view, segment) {
  const { words } = view;
  const get_into = view.steps[segment.step]?.dataset.getInto ?? "";
  const side = view.side(segment);
  const work = workFrom(view.timeline, segment.index) ?? segment;
  const values = { name: work.label, get_into, side, time: lengthInWords(words, segment.lasts_ms) };
  const kind = segment.kind === "move" && !get_into ? "stay" : segment.kind;
  const name = kind === "work" && side ? "say_work_side" : `say_${kind}`;
  return fill(words[name] ?? "", values);
}

/**
 * @param {Words} words
 * @param {number} ms
 */
function lengthInWords(words, ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds === 60) return words.one_minute ?? "";
  const whole = seconds > 60 && seconds % 60 === 0;
  return fill(words[whole ? "minutes" : "seconds"] ?? "", { count: whole ? seconds / 60 : seconds });
}
