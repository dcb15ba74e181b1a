// All that a session sounds like: tones, voice, captions and what a screen reader hears, as the
// person has set them. session.js tells it what happens; it never tells the session anything.

import { Announcer } from "./announce.js";
import { Cues, cueAt, cuesOf } from "./cues.js";
import { Devices } from "./devices.js";
import { waits } from "./reducer.js";
import { captionAt, hereIs, scriptOf, speakingMs, titles } from "./script.js";
import { loadSettings, saveSettings } from "./settings.js";
import { segmentAt } from "./timeline.js";
import { Voice } from "./voice.js";
import { clockFace, fill } from "./words.js";

/** @typedef {import("./timeline.js").Timeline} Timeline */
/** @typedef {import("./timeline.js").Segment} Segment */
/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {import("./script.js").Line} Line */

// How far ahead sounds go onto the audio clock: further while hidden, where ticks may come late.
const AHEAD_MS = { visible: 500, hidden: 1500 };
// What is later than this is not said any more.
const LATE_MS = 1500;
const SAME_STORY = ["mark", "finish", "more", "pace", "taps"];

export class Sound {
  /**
   * @param {HTMLElement} root
   * @param {object} around
   * @param {Timeline} around.timeline
   * @param {import("./words.js").Words} around.words
   * @param {number} around.speed
   * @param {ConstructorParameters<typeof Devices>[1]} around.press
   */
  constructor(root, { timeline, words, speed, press }) {
    this.root = root;
    this.timeline = timeline;
    this.words = words;
    this.speed = speed;
    this.settings = loadSettings(root.dataset.sound !== "off");
    this.cues = new Cues();
    this.announcer = new Announcer(find(root, "[data-announce]"));
    this.devices = new Devices(root, press);
    this.voice = new Voice({ language: document.documentElement.lang, onChange: () => this.voice && this.#show() });
    /** @type {State["status"]} */
    this.status = "ready";
    this.heard = -1;
    this.jumped = false;
    this.waiting = false;
    this.spokenOf = -1;
    this.extra = { text: "", until: 0 };
    /** @type {State["instead"]} */
    this.instead = {};
    this.steps = this.#read();
    /** @type {Line[]} */
    this.lines = [];
  }

  begin() {
    // Browsers give sound only to those who touch something; any touch will do.
    for (const touch of ["click", "keydown"]) document.addEventListener(touch, () => this.#unlock(), true);
    for (const input of this.#inputs()) {
      input.addEventListener("input", () => {
        const name = /** @type {keyof Settings} */ (input.dataset.setting);
        const isNumber = typeof this.settings[name] === "number";
        this.set({ [name]: input.type === "checkbox" ? input.checked : isNumber ? +input.value : input.value });
      });
    }
    for (const button of this.root.querySelectorAll("[data-try]")) button.addEventListener("click", () => this.try());
    // What sounds after the page was frozen is a ghost.
    for (const gone of ["freeze", "pagehide"]) addEventListener(gone, () => this.hush(), true);
    this.set({});
  }

  /** @param {Partial<Settings>} changes */
  set(changes) {
    this.settings = { ...this.settings, ...changes };
    if (Object.keys(changes).length) saveSettings(this.settings);
    const { sound, tones, volume, rate, loudness, voice, speaks, loud } = this.settings;
    Object.assign(this.cues, { muted: !sound || tones === "off", style: tones, volume: volume / 100 });
    Object.assign(this.voice, { wanted: voice, rate, volume: loudness });
    if (this.cues.muted) this.cues.cancel();
    if (!sound || speaks !== "voice") this.voice.stop();
    if (changes.sound) this.#unlock();
    const session = /** @type {{ audioSession?: { type: string } }} */ (navigator).audioSession;
    // "playback" is heard on a phone set to silent, but stops the music; "ambient" plays beside it.
    if (session) session.type = loud ? "playback" : "ambient";
    find(this.root, "[data-loud]").hidden = !session;
    this.devices.set(this.settings, this.timeline);
    this.#write();
    this.#show();
  }

  /** Take back what has not been heard yet. */
  hush() {
    this.cues.cancel();
    this.voice.stop();
    this.extra.until = 0;
  }

  /** Another tab sounds now. */
  leave() {
    this.hush();
    this.devices.pocket?.stop();
  }

  toggle() {
    this.set({ sound: !this.settings.sound });
  }

  /** What a sound and a word are like, as set. */
  try() {
    this.#unlock();
    this.hush();
    this.cues.try("start");
    this.tell(this.words.say_try);
    for (const line of this.root.querySelectorAll("[data-tried]")) {
      line.textContent = this.words[this.#speaks() ? "tried" : "tried_tone"] ?? "";
    }
  }

  /**
   * Tell one thing beside the script: by voice, or else to a screen reader.
   * @param {string | undefined} text
   */
  tell(text = "") {
    const lasts = speakingMs(text, this.settings.rate);
    this.extra = { text, until: performance.now() + lasts };
    if (this.#speaks()) this.voice.say({ text, lasts, kind: "call" });
    else this.announcer.say(text);
  }

  /**
   * @param {State} state
   * @param {import("./reducer.js").PlayerEvent | null} event
   * @param {boolean} leads whether this is the tab that sounds; another only shows
   */
  changed(state, event, leads) {
    if (state.timeline !== this.timeline || state.instead !== this.instead) {
      this.timeline = state.timeline;
      this.instead = state.instead;
      this.steps = this.#read();
      this.#write();
      this.devices.set(this.settings, this.timeline);
    }
    if (!leads) return;
    // Whatever was about to sound belongs to a story that has changed, but for what only changes its pace.
    const isTurn = event !== null && !SAME_STORY.includes(event.kind);
    if (isTurn) this.hush();
    else if (event?.kind === "more") this.cues.cancel();
    this.#speak(state, isTurn);
    if (waits(state) !== this.waiting) {
      this.waiting = !this.waiting;
      if (this.waiting) this.tell(this.words.say_waits);
    }
    this.#sound(state, isTurn);
    const segment = this.timeline.segments[segmentAt(this.timeline, state.position)];
    const [title, artist] = segment ? titles(segment, this.steps, this.words) : ["", ""];
    this.devices.changed(state, title, artist, !this.jumped);
    this.status = state.status;
    this.#note();
  }

  /**
   * What is being said, in writing: also where nobody speaks.
   * @param {State} state
   */
  caption(state) {
    if (performance.now() < this.extra.until) return this.extra.text;
    if (state.status !== "running" || waits(state)) return "";
    const index = segmentAt(this.timeline, state.position);
    const line = captionAt(this.lines, index, state.position);
    const segment = this.timeline.segments[index];
    if (line || !segment || state.lead) return line;
    return String(cueAt(cuesOf(segment), state.position - segment.starts_ms)?.count ?? "");
  }

  /**
   * @param {State} state
   * @param {boolean} isTurn whether somebody pressed something
   */
  #speak({ status, position, how }, isTurn) {
    const from = this.heard;
    this.heard = position;
    if (status === "done" && how === "finish" && from < position) this.heard = this.timeline.total_ms + 1;
    else if (status !== "running") return;
    const late = LATE_MS * this.speed;
    this.jumped = isTurn || position < from || position - from > late;
    const after = this.jumped ? position - late / 4 : from;
    const due = this.lines.filter(({ at }) => at > after && at <= position);
    const index = segmentAt(this.timeline, position);
    const segment = this.timeline.segments[index];
    const line = due.findLast(({ kind }) => kind === "call") ?? (this.jumped ? undefined : due.at(-1));
    if (line) this.#say(line);
    else if (segment && this.jumped && (isTurn || index !== this.spokenOf)) {
      const left = segment.starts_ms + segment.lasts_ms - position;
      this.tell(hereIs(this.timeline, segment, left, this.steps, this.words));
    }
    this.spokenOf = index;
  }

  /** @param {Line} line */
  #say(line) {
    const { speaks } = this.settings;
    if (this.#speaks()) this.voice.say(line);
    else if (speaks === "reader" || (speaks === "voice" && line.kind !== "cue")) this.announcer.say(line.text);
  }

  /** Whether the voice is heard, so that a screen reader need not say the same. */
  #speaks() {
    return this.settings.sound && this.settings.speaks === "voice" && this.voice.ready;
  }

  /**
   * Put the tones of the next moments onto the audio clock.
   * @param {State} state
   * @param {boolean} isTurn
   */
  #sound({ status, position, lead, taps, how }, isTurn) {
    // In pocket mode a file has them all.
    if (this.devices.plays) return;
    // Where work waits for a tap, nobody knows beforehand when the end will be.
    if (status === "done" && how === "finish" && taps && this.status !== "done" && this.cues.audible)
      this.cues.try("end");
    if (status !== "running") return;
    const { segments } = this.timeline;
    const index = segmentAt(this.timeline, position);
    /** @type {import("./cues.js").Due[]} */
    const due = [];
    for (const n of taps ? [index] : [index, index + 1]) {
      const segment = segments[n];
      if (!segment) break;
      for (const { name, at } of cuesOf(segment, !taps && n === segments.length - 1)) {
        const wait = (lead + segment.starts_ms + at - position) / this.speed;
        due.push({ key: `${n}:${at}:${name}`, name, wait });
      }
    }
    if (lead && isTurn) due.push({ key: "ready", name: "ready", wait: 0 });
    if (lead && position > (segments[index]?.starts_ms ?? 0)) {
      due.push({ key: "again", name: "start", wait: lead / this.speed });
    }
    this.cues.schedule(due, document.hidden ? AHEAD_MS.hidden : AHEAD_MS.visible);
  }

  #unlock() {
    if (!this.settings.sound) return;
    this.cues.unlock();
    if (this.settings.speaks === "voice") this.voice.prime();
  }

  /** What the page knows of every step, or of what is done instead. */
  #read() {
    const { root, words } = this;
    return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-step]")]).map((planned, n) => {
      const key = CSS.escape(this.instead[n] ?? "");
      const other = /** @type {HTMLElement | null} */ (
        root.querySelector(`[data-instead-of="${n}"][data-key="${key}"]`)
      );
      const step = other ?? planned;
      const { label = "", getInto = "", mode = "", count = "1", turns } = step.dataset;
      return {
        name: other ? label : "",
        into: getInto,
        amount: count === "1" ? "" : fill(words[`said_${mode}`] ?? "", { count }),
        turns: turns === undefined ? "" : (words.said_turns ?? ""),
        cues: [...step.querySelectorAll(".step-cues li")].map((cue) => cue.textContent ?? ""),
      };
    });
  }

  /** Write the script anew, and where it can be read beforehand. */
  #write() {
    const { amount, rate, count } = this.settings;
    this.lines = scriptOf(this.timeline, this.steps, this.words, { amount, rate, count });
    find(this.root, "[data-script]").replaceChildren(
      ...this.lines.map(({ at, text, kind }) => {
        const item = document.createElement("li");
        const time = document.createElement("span");
        time.textContent = at < 60_000 ? `0:${clockFace(at).padStart(2, "0")}` : clockFace(at);
        item.dataset.kind = kind;
        item.append(time, text);
        return item;
      }),
    );
  }

  #inputs() {
    return /** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll("[data-setting]"));
  }

  /** Let every control show what is set, and only what this device can do. */
  #show() {
    const { words, settings, voice } = this;
    const select = /** @type {HTMLSelectElement} */ (find(this.root, "[data-voices]"));
    select.replaceChildren(
      new Option(words.any_voice, ""),
      ...voice.voices.map(({ name, voiceURI }) => new Option(name, voiceURI)),
    );
    for (const input of this.#inputs()) {
      const value = settings[/** @type {keyof Settings} */ (input.dataset.setting)];
      if (input.type === "checkbox") input.checked = Boolean(value);
      else if (input.type === "radio") input.checked = input.value === value;
      else input.value = String(value);
    }
    this.root.dataset.voice = voice.possible ? "yes" : "no";
    find(this.root, "[data-sound-label]").textContent = words[settings.sound ? "sound_on" : "sound_off"] ?? "";
    find(this.root, "[data-sound-button]").dataset.on = String(settings.sound);
    this.#note();
  }

  /** The browser may take the sound away at any time; only a tap brings it back. */
  #note() {
    find(this.root, "[data-unblock]").hidden = this.status !== "running" || !this.cues.blocked;
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 */
function find(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}
