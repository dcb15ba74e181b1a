// Puts a state on the page. Reads nothing but what it is given, decides nothing.

import { clockFace, fill, lengthInWords } from "./cues.js";
import { segmentAt, stepCount, waits, workAfter, workFrom } from "./reducer.js";

/** @typedef {import("./reducer.js").Timeline} Timeline */
/** @typedef {import("./reducer.js").Segment} Segment */
/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./cues.js").Words} Words */

/** @typedef {ReturnType<typeof viewOf>} View */

/**
 * @param {HTMLElement} root
 * @param {Timeline} timeline
 * @param {Words} words
 * @param {(state: State) => string} caption what is being said
 */
export function viewOf(root, timeline, words, caption) {
  const steps = all(root, "[data-step]");
  const others = all(root, "[data-instead-of]");
  const tracks = all(root, "[data-track]");
  const list = all(root, "[data-list]");
  const [ring] = all(root, "[data-ring]");
  const [lungs] = all(root, ".breath");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let shownStep = -1;
  /** @type {State["instead"]} */
  let shownInstead = {};
  /** @type {{ start: number, long: number }[]} */
  let spans = [];
  lay(timeline);

  /**
   * Take over a timeline whose lengths have changed.
   * @param {Timeline} other
   */
  function lay(other) {
    timeline = other;
    spans = tracks.map((track, step) => {
      const own = timeline.segments.filter((segment) => segment.step === step);
      const long = own.reduce((sum, { lasts_ms }) => sum + lasts_ms, 0);
      track.style.flexGrow = String(long / timeline.total_ms);
      return { start: own[0]?.starts_ms ?? 0, long };
    });
  }

  /**
   * The panel of a step, or of what is done instead.
   * @param {number} number
   */
  function panelOf(number) {
    const key = shownInstead[number];
    const other = key && others.find(({ dataset }) => dataset.insteadOf === `${number}` && dataset.key === key);
    return other || steps[number];
  }

  /** @param {Segment} segment @returns {DOMStringMap} what the page knows of its step */
  const known = ({ step }) => panelOf(step)?.dataset ?? {};

  /**
   * What a segment is called.
   * @param {Segment} segment
   */
  const labelOf = (segment) => known(segment).label ?? segment.label;

  /** @param {string} name @param {Parameters<typeof fill>[1]} values */
  const say = (name, values) => fill(words[name], values);

  /** @param {State} state */
  function show(state) {
    const { status, position, lead, taps, instead } = state;
    if (state.timeline !== timeline) lay(state.timeline);
    if (instead !== shownInstead) {
      shownInstead = instead;
      shownStep = -1;
    }
    const index = Math.min(segmentAt(timeline, position), timeline.segments.length - 1);
    const segment = /** @type {Segment} */ (timeline.segments[index]);
    const { kind, side, stretch, step, set, of_sets, starts_ms, lasts_ms } = segment;
    const into = position - starts_ms;
    const left = Math.max(0, lasts_ms - into);
    const isDone = status === "done";
    const isReady = status === "ready";
    const isWaiting = waits(state);
    const open = kind === "work" && taps && (taps === "all" || timeline.reps?.includes(step));
    const told = {
      state: status,
      kind,
      side,
      stretch,
      segment: String(index),
      remainingMs: String(left),
      waits: lead ? "lead" : isWaiting ? "tap" : "",
      open: open ? "true" : "",
    };
    for (const [name, value] of Object.entries(told)) {
      if (root.dataset[name] !== value) root.dataset[name] = value;
    }

    const pacer = pace(state, segment, into);
    text("kind-words", kindOf(state, segment));
    text("name", labelOf(segment));
    text("side-words", sideOf(segment));
    text("care", isDone ? "" : known(segment).cautions);
    text("set", of_sets > 1 ? say("set_of", { set, sets: of_sets }) : "");
    text("caption", caption(state) || (isWaiting ? words.waits_hint : lead ? "" : pacer));
    text("next", isDone ? words.saving : nextOf(status, segment));
    text("toggle", words[isReady ? "start" : status === "running" ? "pause" : "resume"]);

    const face = isDone ? "" : clockFace(isReady ? timeline.total_ms : isWaiting ? 0 : lead || left);
    text("number", face);
    text("unit", isReady ? words.in_all : "");
    root.classList.toggle("long-number", face.length > 2);
    root.classList.toggle("longest-number", face.length > 4);
    // Where motion is not wanted the ring stands still: the number says it all.
    const share = still.matches || isReady || isDone ? 1 : left / lasts_ms;
    ring?.setAttribute("stroke-dashoffset", String(Math.round(1000 * (1 - share))));

    if (!isReady) {
      text("place", say("step_of", { step: step + 1, steps: stepCount(timeline) }));
      text("left", say("time_left", { time: clockFace(timeline.total_ms - position) }));
    }
    progress(step, position);
  }

  /**
   * Which repetition or breath it is, and how full the lungs are.
   * @param {State} state
   * @param {Segment} segment
   * @param {number} into ms since the segment began
   */
  function pace({ status }, segment, into) {
    const { mode, count: counted } = known(segment);
    const count = Number(counted ?? 1);
    const isPaced = status === "running" && segment.kind === "work" && (mode === "breaths" || mode === "reps");
    const unit = segment.lasts_ms / count;
    // Out takes longer than in.
    const [isIn, full] = breath((into % unit) / unit);
    const breathes = isPaced && mode === "breaths" && !still.matches;
    // On the one element that shows it: a property of the whole page would restyle all of it in every frame.
    lungs?.style.setProperty("--breath", breathes ? full.toFixed(3) : "0");
    if (!isPaced || count < 2) return "";
    const which = say("rep", { number: Math.floor(into / unit) + 1, count });
    return mode === "reps" ? which : `${words[isIn ? "breathe_in" : "breathe_out"]}, ${which}`;
  }

  /** @param {State} state @param {Segment} segment */
  function kindOf(state, segment) {
    const { status, how, lead } = state;
    const { work, getInto } = known(segment);
    if (status === "running" && !waits(state) && !lead && segment.kind === "work") return work;
    const name =
      status === "done"
        ? how === "end"
          ? "ended"
          : "done"
        : status !== "running"
          ? status
          : waits(state)
            ? "waits"
            : lead
              ? "lead"
              : segment.kind === "move" && !getInto
                ? "stay"
                : segment.kind;
    return words[name];
  }

  /** @param {Segment} segment */
  function sideOf(segment) {
    const { side } = segment;
    return words[side === "left" || side === "right" ? side : known(segment).turns ? "turns" : ""] ?? "";
  }

  /** @param {State["status"]} status @param {Segment} segment */
  function nextOf(status, segment) {
    const work = workFrom(timeline, segment.index);
    if (status !== "ready" && work && work !== segment) {
      return say("then", { time: lengthInWords(words, work.lasts_ms) });
    }
    const next = workAfter(timeline, segment.index);
    if (!next) return words.last_one;
    const more = [sideOf(next).toLowerCase(), next.step !== segment.step && known(next).place]
      .filter(Boolean)
      .join(", ");
    return say(more ? "next_side" : "next", { name: labelOf(next), side: more });
  }

  /** @param {number} current step @param {number} position */
  function progress(current, position) {
    spans.forEach(({ start, long }, n) => {
      const share = Math.min(1, Math.max(0, (position - start) / long));
      const bar = /** @type {HTMLElement | null | undefined} */ (tracks[n]?.firstElementChild);
      if (bar) bar.style.inlineSize = `${(100 * share).toFixed(1)}%`;
    });
    if (current === shownStep) return;
    shownStep = current;
    const panel = panelOf(current);
    for (const one of [...steps, ...others]) one.toggleAttribute("data-current", one === panel);
    list.forEach((line, n) => {
      if (n === current) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
  }

  /**
   * Change a text only where it differs, so that nothing is repainted or read out for nothing.
   * @param {string} name of the data attribute
   * @param {string | undefined} value
   */
  function text(name, value = "") {
    const element = root.querySelector(`[data-${name}]`);
    if (element && element.textContent !== value) element.textContent = value;
  }

  return { show, text };
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

/**
 * All parts of the page that answer to a selector.
 * @param {HTMLElement} root
 * @param {string} selector
 */
export function all(root, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];
}
