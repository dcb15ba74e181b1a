// Puts a state on the page. Reads nothing but what it is given, decides nothing.

import { waits } from "./reducer.js";
import { lengthInWords } from "./script.js";
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
   * @param {(state: State) => string} caption what is being said
   */
  constructor(root, timeline, words, caption) {
    this.caption = caption;
    this.root = root;
    this.timeline = timeline;
    this.words = words;
    /** @type {{ start: number, long: number }[]} */
    this.spans = [];
    this.shownStep = -1;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.steps = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-step]"))];
    this.others = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-instead-of]"))];
    /** @type {Record<number, string>} */
    this.instead = {};
    this.tracks = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-track]"))];
    this.list = [...root.querySelectorAll("[data-list]")];
    this.ring = root.querySelector("[data-ring]");
    this.lungs = /** @type {HTMLElement | null} */ (root.querySelector(".breath"));
    this.#lay(timeline);
  }

  /**
   * Take over a timeline whose lengths have changed.
   * @param {Timeline} timeline
   */
  #lay(timeline) {
    this.timeline = timeline;
    this.spans = this.tracks.map((_, step) => {
      const own = timeline.segments.filter((segment) => segment.step === step);
      return { start: own[0]?.starts_ms ?? 0, long: own.reduce((sum, segment) => sum + segment.lasts_ms, 0) };
    });
    this.tracks.forEach((track, step) => {
      track.style.flexGrow = String((this.spans[step]?.long ?? 0) / timeline.total_ms);
    });
  }

  /**
   * The panel of a step, or of what is done instead.
   * @param {number} number
   */
  step(number) {
    const key = this.instead[number];
    const other = key && this.others.find(({ dataset }) => dataset.insteadOf === `${number}` && dataset.key === key);
    return other || this.steps[number];
  }

  /** What a segment is called. @param {Segment} segment */
  label(segment) {
    return this.step(segment.step)?.dataset.label ?? segment.label;
  }

  /** @param {State} state */
  show(state) {
    if (state.timeline !== this.timeline) this.#lay(state.timeline);
    if (state.instead !== this.instead) {
      this.instead = state.instead;
      this.shownStep = -1;
    }
    const index = Math.min(segmentAt(this.timeline, state.position), this.timeline.segments.length - 1);
    const segment = /** @type {Segment} */ (this.timeline.segments[index]);
    const into = state.position - segment.starts_ms;
    const left = Math.max(0, segment.lasts_ms - into);
    const { kind, side, stretch } = segment;
    const pause = state.lead ? "lead" : waits(state) ? "tap" : "";
    const open = kind === "work" && state.taps && (state.taps === "all" || this.timeline.reps?.includes(segment.step));
    const told = {
      state: state.status,
      kind,
      side,
      stretch,
      segment: String(index),
      remainingMs: String(left),
      waits: pause,
      open: open ? "true" : "",
    };
    for (const [name, value] of Object.entries(told)) {
      if (this.root.dataset[name] !== value) this.root.dataset[name] = value;
    }
    this.#words(state, segment);
    this.#number(state, segment, left);
    this.#progress(state, segment);
  }

  /**
   * @param {State} state
   * @param {Segment} segment
   */
  #words(state, segment) {
    const { words } = this;
    const step = this.step(segment.step)?.dataset ?? {};
    this.text("kind-words", this.#kind(state, segment));
    this.text("name", this.label(segment));
    this.text("side-words", this.side(segment));
    this.text("care", state.status === "done" ? "" : step.cautions);
    const { set, of_sets } = segment;
    this.text("set", of_sets > 1 ? fill(words.set_of ?? "", { set, sets: of_sets }) : "");
    const pacer = this.#pacer(state, segment, state.position - segment.starts_ms);
    this.text("caption", this.caption(state) || (waits(state) ? words.waits_hint : state.lead ? "" : pacer));
    this.text("next", this.#next(state, segment));
    this.text("toggle", words[{ ready: "start", running: "pause" }[/** @type {string} */ (state.status)] ?? "resume"]);
  }

  /**
   * Which repetition or breath it is, and how full the lungs are.
   * @param {State} state
   * @param {Segment} segment
   * @param {number} into ms since the segment began
   */
  #pacer(state, segment, into) {
    const { mode, count: counted } = this.step(segment.step)?.dataset ?? {};
    const count = Number(counted ?? 1);
    const isPaced = state.status === "running" && segment.kind === "work" && (mode === "breaths" || mode === "reps");
    const unit = segment.lasts_ms / count;
    // Out takes longer than in.
    const [isIn, lungs] = breath((into % unit) / unit);
    const breathes = isPaced && mode === "breaths" && !this.still.matches;
    // On the one element that shows it: a property of the whole page would restyle all of it in every frame.
    this.lungs?.style.setProperty("--breath", breathes ? lungs.toFixed(3) : "0");
    if (!isPaced || count < 2) return "";
    const which = fill(this.words.rep ?? "", { number: Math.floor(into / unit) + 1, count });
    return mode === "reps" ? which : `${this.words[isIn ? "breathe_in" : "breathe_out"]}, ${which}`;
  }

  /** @param {State} state @param {Segment} segment */
  #kind(state, segment) {
    if (state.status === "done") return this.words[state.how === "end" ? "ended" : "done"];
    if (state.status === "ready" || state.status === "paused") return this.words[state.status];
    if (waits(state)) return this.words.waits;
    if (state.lead) return this.words.lead;
    const { work, getInto } = this.step(segment.step)?.dataset ?? {};
    if (segment.kind === "work") return work;
    return this.words[segment.kind === "move" && !getInto ? "stay" : segment.kind];
  }

  /** @param {Segment} segment */
  side(segment) {
    if (segment.side === "left" || segment.side === "right") return this.words[segment.side] ?? "";
    return this.step(segment.step)?.dataset.turns ? (this.words.turns ?? "") : "";
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
    const place = next.step === segment.step ? "" : (this.step(next.step)?.dataset.place ?? "");
    const more = [side, place].filter(Boolean).join(", ");
    const sentence = this.words[more ? "next_side" : "next"] ?? "";
    return fill(sentence, { name: this.label(next), side: more });
  }

  /** @param {State} state @param {Segment} segment @param {number} left */
  #number(state, segment, left) {
    const isReady = state.status === "ready";
    const shown = isReady ? this.timeline.total_ms : waits(state) ? 0 : state.lead || left;
    const face = state.status === "done" ? "" : clockFace(shown);
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
    const current = this.step(segment.step);
    for (const step of [...this.steps, ...this.others]) step.toggleAttribute("data-current", step === current);
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
 * Whether somebody breathes in, and how full the lungs are, at a share of a breath.
 * @param {number} share 0 to 1
 * @returns {[boolean, number]} the second from 0 to 1, gently
 */
export function breath(share) {
  const isIn = share < 0.4;
  const way = isIn ? share / 0.4 : (1 - share) / 0.6;
  return [isIn, (1 - Math.cos(Math.PI * way)) / 2];
}
