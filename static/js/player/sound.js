// All that is heard of a session: tones, voice, captions and what a screen reader hears, as the person has
// set them. session.js tells it what happens; it never tells the session anything.

import { captionAt, clockFace, cueAt, cuesOf, fill, hereIs, scriptOf, speakingMs, titles, tonesOf } from "./cues.js";
import { announcerOf, devicesOf, loadSettings, saveSettings } from "./devices.js";
import { segmentAt, waits } from "./reducer.js";

/** @typedef {import("./reducer.js").Timeline} Timeline */
/** @typedef {import("./reducer.js").Segment} Segment */
/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./cues.js").Line} Line */
/** @typedef {import("./devices.js").Settings} Settings */

/** @typedef {ReturnType<typeof soundOf>} Sound */

/**
 * @param {HTMLElement} root
 * @param {object} around
 * @param {Timeline} around.timeline
 * @param {import("./cues.js").Words} around.words
 * @param {number} around.speed
 * @param {Parameters<typeof devicesOf>[1]} around.press
 */
export function soundOf(root, { timeline, words, speed, press }) {
  // How far ahead sounds go onto the audio clock: further while hidden, where ticks may come late.
  const AHEAD_MS = { visible: 500, hidden: 1500 };
  // What is later than this is not said any more.
  const LATE_MS = 1500;
  const SAME_STORY = ["mark", "finish", "more", "pace", "taps"];
  const tones = tonesOf();
  const announce = announcerOf(part("announce"));
  const devices = devicesOf(root, press);
  let isLive = false;
  // Voices may be known at once, before anything can show them.
  const voice = voiceOf({ language: document.documentElement.lang, onChange: () => isLive && show() });
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("[data-setting]"));
  let settings = loadSettings(root.dataset.sound !== "off");
  /** @type {State["status"]} */
  let lastStatus = "ready";
  let heard = -1;
  let hasJumped = false;
  let isWaiting = false;
  let spokenOf = -1;
  /** What is told beside the script, and until when it is. */
  let extra = "";
  let extraUntil = 0;
  /** @type {State["instead"]} */
  let standins = {};
  let steps = read();
  /** @type {Line[]} */
  let lines = [];

  return {
    begin,
    set,
    leave,
    tell,
    changed,
    caption,
    get settings() {
      return settings;
    },
    toggle: () => set({ sound: !settings.sound }),
    announce,
    wentOn: devices.wentOn,
  };

  function begin() {
    // Browsers give sound only to those who touch something; any touch will do.
    for (const touch of ["click", "keydown"]) document.addEventListener(touch, unlock, true);
    for (const input of inputs) {
      input.addEventListener("input", () => {
        const name = /** @type {keyof Settings} */ (input.dataset.setting);
        const isNumber = typeof settings[name] === "number";
        set({ [name]: input.type === "checkbox" ? input.checked : isNumber ? +input.value : input.value });
      });
    }
    for (const button of root.querySelectorAll("[data-try]")) button.addEventListener("click", demonstrate);
    // What sounds after the page was frozen is a ghost.
    for (const gone of ["freeze", "pagehide"]) addEventListener(gone, hush, true);
    isLive = true;
    set({});
  }

  /** @param {Partial<Settings>} changes */
  function set(changes) {
    settings = { ...settings, ...changes };
    if (Object.keys(changes).length) saveSettings(settings);
    const { sound, tones: style, volume, rate, loudness, voice: wanted, speaks, loud } = settings;
    tones.set({ muted: !sound || style === "off", style, volume: volume / 100 });
    voice.set({ wanted, rate, volume: loudness });
    if (!sound || speaks !== "voice") voice.stop();
    if (changes.sound) unlock();
    const session = /** @type {{ audioSession?: { type: string } }} */ (navigator).audioSession;
    // "playback" is heard on a phone set to silent, but stops the music; "ambient" plays beside it.
    if (session) session.type = loud ? "playback" : "ambient";
    part("loud").hidden = !session;
    write();
    show();
  }

  /** Take back what has not been heard yet. */
  function hush() {
    tones.cancel();
    voice.stop();
    extraUntil = 0;
  }

  /** Another tab sounds now. */
  function leave() {
    hush();
    devices.stop();
  }

  /** What a sound and a word are like, as set. */
  function demonstrate() {
    unlock();
    hush();
    tones.once("start");
    tell(words.say_try);
    for (const line of root.querySelectorAll("[data-tried]")) {
      line.textContent = words[speaks() ? "tried" : "tried_tone"] ?? "";
    }
  }

  /**
   * Tell one thing beside the script: by voice, or else to a screen reader.
   * @param {string | undefined} text
   */
  function tell(text = "") {
    const lasts = speakingMs(text, settings.rate);
    extra = text;
    extraUntil = performance.now() + lasts;
    if (speaks()) voice.say({ text, lasts, kind: "call" });
    else announce(text);
  }

  /**
   * @param {State} state
   * @param {import("./reducer.js").PlayerEvent | null} event
   * @param {boolean} leads whether this is the tab that sounds; another only shows
   */
  function changed(state, event, leads) {
    if (state.timeline !== timeline || state.instead !== standins) {
      timeline = state.timeline;
      standins = state.instead;
      steps = read();
      write();
    }
    if (!leads) return;
    // Whatever was about to sound belongs to a story that has changed, but for what only changes its pace.
    const isTurn = event !== null && !SAME_STORY.includes(event.kind);
    if (isTurn) hush();
    else if (event?.kind === "more") tones.cancel();
    speak(state, isTurn);
    if (waits(state) !== isWaiting) {
      isWaiting = !isWaiting;
      if (isWaiting) tell(words.say_waits);
    }
    sound(state, isTurn);
    const segment = timeline.segments[segmentAt(timeline, state.position)];
    const [title, artist] = segment ? titles(segment, steps, words) : ["", ""];
    devices.changed(state, title, artist, !hasJumped);
    lastStatus = state.status;
    note();
  }

  /**
   * What is being said, in writing: also where nobody speaks.
   * @param {State} state
   */
  function caption(state) {
    const { status, position, lead } = state;
    if (performance.now() < extraUntil) return extra;
    if (status !== "running" || waits(state)) return "";
    const index = segmentAt(timeline, position);
    const line = captionAt(lines, index, position);
    const segment = timeline.segments[index];
    if (line || !segment || lead) return line;
    return String(cueAt(cuesOf(segment), position - segment.starts_ms)?.count ?? "");
  }

  /**
   * @param {State} state
   * @param {boolean} isTurn whether somebody pressed something
   */
  function speak({ status, position, how }, isTurn) {
    const from = heard;
    heard = position;
    if (status === "done" && how === "finish" && from < position) heard = timeline.total_ms + 1;
    else if (status !== "running") return;
    const late = LATE_MS * speed;
    hasJumped = isTurn || position < from || position - from > late;
    const after = hasJumped ? position - late / 4 : from;
    const due = lines.filter(({ at }) => at > after && at <= position);
    const index = segmentAt(timeline, position);
    const segment = timeline.segments[index];
    const line = due.findLast(({ kind }) => kind === "call") ?? (hasJumped ? undefined : due.at(-1));
    if (line) say(line);
    else if (segment && hasJumped && (isTurn || index !== spokenOf)) {
      tell(hereIs(timeline, segment, segment.starts_ms + segment.lasts_ms - position, steps, words));
    }
    spokenOf = index;
  }

  /** @param {Line} line */
  function say(line) {
    const { speaks: by } = settings;
    if (speaks()) voice.say(line);
    else if (by === "reader" || (by === "voice" && line.kind !== "cue")) announce(line.text);
  }

  /** Whether the voice is heard, so that a screen reader need not say the same. */
  function speaks() {
    return settings.sound && settings.speaks === "voice" && voice.ready();
  }

  /**
   * Put the tones of the next moments onto the audio clock.
   * @param {State} state
   * @param {boolean} isTurn
   */
  function sound({ status, position, lead, taps, how }, isTurn) {
    // In pocket mode a file has them all.
    if (devices.plays()) return;
    // Where work waits for a tap, nobody knows beforehand when the end will be.
    if (status === "done" && how === "finish" && taps && lastStatus !== "done" && tones.audible()) tones.once("end");
    if (status !== "running") return;
    const { segments } = timeline;
    const index = segmentAt(timeline, position);
    /** @type {import("./cues.js").Due[]} */
    const due = [];
    for (const n of taps ? [index] : [index, index + 1]) {
      const segment = segments[n];
      if (!segment) break;
      for (const { name, at } of cuesOf(segment, !taps && n === segments.length - 1)) {
        const wait = (lead + segment.starts_ms + at - position) / speed;
        due.push({ key: `${n}:${at}:${name}`, name, wait });
      }
    }
    if (lead && isTurn) due.push({ key: "ready", name: "ready", wait: 0 });
    if (lead && position > (segments[index]?.starts_ms ?? 0)) {
      due.push({ key: "again", name: "start", wait: lead / speed });
    }
    tones.schedule(due, document.hidden ? AHEAD_MS.hidden : AHEAD_MS.visible);
  }

  function unlock() {
    if (!settings.sound) return;
    tones.unlock();
    if (settings.speaks === "voice") voice.prime();
  }

  /** What the page knows of every step, or of what is done instead. */
  function read() {
    return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-step]")]).map((planned, n) => {
      const other = /** @type {HTMLElement | null} */ (
        root.querySelector(`[data-instead-of="${n}"][data-key="${CSS.escape(standins[n] ?? "")}"]`)
      );
      const step = other ?? planned;
      const { label = "", getInto = "", mode = "", count = "1", turns } = step.dataset;
      return {
        name: other ? label : "",
        into: getInto,
        amount: count === "1" ? "" : fill(words[`said_${mode}`], { count }),
        turns: turns === undefined ? "" : (words.said_turns ?? ""),
        cues: [...step.querySelectorAll(".step-cues li")].map((cue) => cue.textContent ?? ""),
      };
    });
  }

  /** Write the script anew, and where it can be read beforehand; a file for the pocket, too. */
  function write() {
    devices.set(settings, timeline);
    lines = scriptOf(timeline, steps, words, settings);
    part("script").replaceChildren(
      ...lines.map(({ at, text, kind }) => {
        const item = document.createElement("li");
        const time = document.createElement("span");
        time.textContent = at < 60_000 ? `0:${clockFace(at).padStart(2, "0")}` : clockFace(at);
        item.dataset.kind = kind;
        item.append(time, text);
        return item;
      }),
    );
  }

  /** Let every control show what is set, and only what this device can do. */
  function show() {
    const select = /** @type {HTMLSelectElement} */ (part("voices"));
    select.replaceChildren(
      new Option(words.any_voice, ""),
      ...voice.all().map(({ name, voiceURI }) => new Option(name, voiceURI)),
    );
    for (const input of inputs) {
      const value = settings[/** @type {keyof Settings} */ (input.dataset.setting)];
      if (input.type === "checkbox") input.checked = Boolean(value);
      else if (input.type === "radio") input.checked = input.value === value;
      else input.value = String(value);
    }
    root.dataset.voice = voice.possible() ? "yes" : "no";
    root.toggleAttribute("data-distance", settings.distance);
    part("sound-label").textContent = words[settings.sound ? "sound_on" : "sound_off"] ?? "";
    part("sound-button").dataset.on = String(settings.sound);
    note();
  }

  /** The browser may take the sound away at any time; only a tap brings it back. */
  function note() {
    part("unblock").hidden = lastStatus !== "running" || !tones.blocked();
  }

  /** @param {string} name */
  function part(name) {
    return /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
  }
}

// --- The voice --------------------------------------------------------------------------------------
// Speaks lines with a voice of this device. Never on the timing path: whatever happens here, or does
// not, the session goes on. Where there is no voice, or it fails twice in a
// row, it gives up quietly, and tones and captions remain. What is said when is decided elsewhere.

/** @typedef {Pick<Line, "text" | "kind" | "lasts">} Spoken */

/**
 * @param {object} options
 * @param {string} options.language of the page
 * @param {() => void} [options.onChange] voices were found, or speaking failed
 * @param {SpeechSynthesis} [options.synth]
 * @param {(text: string) => SpeechSynthesisUtterance} [options.make]
 * @param {(run: () => void, ms: number) => any} [options.later]
 * @param {() => number} [options.now]
 */
export function voiceOf({
  language,
  onChange = () => {},
  synth = globalThis.speechSynthesis,
  make = (text) => new SpeechSynthesisUtterance(text),
  later = (run, ms) => setTimeout(run, ms),
  now = () => performance.now(),
}) {
  // Some browsers know their voices late, and some never tell.
  const LOOK_MS = 2000;
  // How long a line that comes while another is spoken may wait: a call is worth it, the rest is not.
  const CALL_WAITS_MS = 5000;
  const MARK_WAITS_MS = 1500;
  const FAILURES = 2;
  const own = language.slice(0, 2).toLowerCase();
  let rate = 100;
  let volume = 100;
  let wanted = "";
  let isPrimed = false;
  let failures = 0;
  /** @type {SpeechSynthesisVoice[]} those of the page's language, those of the device first */
  let voices = [];
  /** @type {(Spoken & { utterance?: SpeechSynthesisUtterance }) | null} what is being said; kept, or its end is never heard of */
  let current = null;
  /** @type {(Spoken & { until: number }) | null} */
  let waiting = null;
  if (synth) {
    synth.addEventListener?.("voiceschanged", () => look(0));
    look(LOOK_MS);
  }
  return { all: () => voices, possible, ready, prime, say, set, stop };

  /** @param {{ rate: number, volume: number, wanted: string }} how percent, percent, its URI */
  function set(how) {
    ({ rate, volume, wanted } = how);
  }

  /** Whether there is a voice at all, as far as can be told. */
  function possible() {
    return voices.length > 0 && failures < FAILURES;
  }

  /** Whether words would be heard now. */
  function ready() {
    return isPrimed && possible();
  }

  /** Browsers let a page speak only after a tap; the first words, in silence, are for that. */
  function prime() {
    if (isPrimed || !synth) return;
    isPrimed = true;
    const silence = make("");
    silence.volume = 0;
    synth.speak(silence);
  }

  /**
   * Say a line, now or as soon as the one before is over. A call cuts off everything but a call;
   * nothing else cuts off anything. @param {Spoken} line
   */
  function say(line) {
    if (!ready()) return;
    const isCall = line.kind === "call";
    if (!current) speak(line);
    else if (isCall && current.kind !== "call") {
      stop();
      speak(line);
    } else if (isCall || waiting?.kind !== "call") {
      waiting = { ...line, until: now() + (isCall ? CALL_WAITS_MS : MARK_WAITS_MS) };
    }
  }

  /** Fall silent at once. */
  function stop() {
    waiting = null;
    if (!current) return;
    current = null;
    synth.cancel();
  }

  /** @param {Spoken} line */
  function speak(line) {
    /** @type {Spoken & { utterance?: SpeechSynthesisUtterance }} */
    const mine = { ...line };
    current = mine;
    const over = () => {
      if (current !== mine) return;
      current = null;
      const next = waiting;
      waiting = null;
      if (next && now() < next.until) speak(next);
    };
    const failed = () => {
      if (current !== mine) return;
      // In the background some systems are silent; that is no reason to give up.
      if (!globalThis.document?.hidden && ++failures === FAILURES) onChange();
      synth.cancel();
      over();
    };
    // Right after cancel() a browser may swallow the next words.
    later(() => {
      if (current !== mine) return;
      const utterance = make(line.text);
      mine.utterance = utterance;
      const voice = voices.find(({ voiceURI }) => voiceURI === wanted) ?? voices[0];
      if (voice) {
        utterance.voice = voice;
        utterance.lang = voice.lang;
      }
      utterance.rate = rate / 100;
      utterance.volume = volume / 100;
      utterance.onend = () => {
        failures = 0;
        over();
      };
      utterance.onerror = ({ error }) => (error === "canceled" || error === "interrupted" ? over() : failed());
      synth.speak(utterance);
      later(failed, line.lasts * 2 + 3000);
    }, 0);
  }

  /** @param {number} left ms for which to go on looking */
  function look(left) {
    voices = synth
      .getVoices()
      .filter(({ lang }) => lang.toLowerCase().startsWith(own))
      .sort((a, b) => rank(b) - rank(a));
    if (voices.length) onChange();
    else if (left > 0) later(() => look(left - 250), 250);
  }
}

/** Voices from the net stop halfway and need a network. @param {SpeechSynthesisVoice} voice */
function rank(voice) {
  return (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
}
