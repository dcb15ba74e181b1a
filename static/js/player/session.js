// The session page: reads it, brings the player to life, and wires it to everything around.
// The rules are in reducer.js and player.js, what is shown in view.js, what is sent in outbox.js.

import { Announcer } from "./announce.js";
import { Clock } from "./clock.js";
import { Cues, cueAt, cuesOf } from "./cues.js";
import { uuid7 } from "./ids.js";
import { listenToKeys } from "./keys.js";
import { Outbox } from "./outbox.js";
import { Player } from "./player.js";
import { loadSettings, saveSettings } from "./settings.js";
import { forgetOld, Store } from "./store.js";
import { segmentAt } from "./timeline.js";
import { spoken, View } from "./view.js";
import { WakeLock } from "./wake-lock.js";

/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */

// Long enough for the last tone, and for a breath, before the summary opens.
const LINGER_MS = 2000;
// A short pause keeps the screen on; a long one lets it rest.
const PAUSE_AWAKE_MS = 120_000;
// Half-way is worth saying only where there is time to hear it.
const SAY_HALF_FROM_MS = 30_000;
// How far ahead sounds go onto the audio clock: further while hidden, where ticks may come late.
const AHEAD_MS = { visible: 500, hidden: 1500 };

class Session {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.timeline = json("timeline");
    this.words = json("words");
    const { session = "", clockSpeed, clockOrigin, ticker = "", sound } = root.dataset;
    this.clock = new Clock({ speed: Number(clockSpeed ?? 1), origin: Number(clockOrigin ?? 0) });
    this.memory = new Store(session);
    this.settings = loadSettings(sound !== "off");
    this.view = new View(root, this.timeline, this.words);
    this.cues = new Cues();
    this.announcer = new Announcer(find(root, "[data-announce]"));
    /** @type {import("./wake-lock.js").WakeState} */
    this.wakeState = "off";
    this.wake = new WakeLock((state) => this.#showWake(state));
    this.player = new Player({
      timeline: this.timeline,
      clock: this.clock,
      memory: this.memory,
      newId: uuid7,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      onChange: (state, event) => this.#changed(state, event),
    });
    this.outbox = new Outbox({
      form: /** @type {HTMLFormElement} */ (find(root, "#progress")),
      memory: this.memory,
      now: () => this.clock.now(),
      onAnswer: (answer) => this.#answered(answer),
      onTrouble: (trouble) => this.#showTrouble(trouble),
    });
    this.ticker = new Worker(ticker);
    this.shown = -1;
    this.halved = -1;
    this.painting = 0;
    this.leaving = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.dozing = undefined;
    this.anchor = "";
    this.overSince = 0;
  }

  async begin() {
    const events = [...json("events"), ...(await this.memory.events())];
    this.ticker.onmessage = () => this.player.tick();
    this.#listen();
    this.#showSound();
    this.player.load(events, await this.memory.aliveAt());
    this.root.dataset.live = "";
    this.#paint();
    this.outbox.send();
    forgetOld(Date.now());
  }

  #listen() {
    const act = {
      toggle: () => this.player.do(TOGGLE[this.player.base.status]),
      back: () => this.player.do("back"),
      skip: () => this.player.do("skip"),
      end: () => this.player.do("end"),
    };
    for (const button of this.root.querySelectorAll("[data-do]")) {
      const name = /** @type {keyof typeof act} */ (/** @type {HTMLElement} */ (button).dataset.do);
      button.addEventListener("click", () => act[name]());
    }
    listenToKeys(
      document,
      {
        " ": act.toggle,
        ArrowLeft: act.back,
        ArrowRight: act.skip,
        m: () => this.#set({ sound: !this.settings.sound }),
      },
      () => this.settings.keys,
    );
    // Browsers give sound only to those who touch something; any touch will do.
    for (const touch of ["click", "keydown"]) {
      document.addEventListener(touch, () => this.settings.sound && this.cues.unlock(), true);
    }
    this.#listenToSettings();
    // Whoever reads the stop signs is not holding a stretch.
    find(this.root, "#stop-signs").addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") this.player.do("pause");
    });
    for (const name of ["visibilitychange", "resume"]) {
      document.addEventListener(name, () => {
        this.clock.suspect();
        this.player.tick();
        this.#paint();
      });
    }
    document.addEventListener("freeze", () => this.clock.suspect());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("storage", async () => {
      this.player.merge(await this.memory.events());
      this.player.tick();
    });
  }

  #listenToSettings() {
    for (const name of /** @type {const} */ (["sound", "keys", "volume"])) {
      const input = /** @type {HTMLInputElement} */ (find(this.root, `[data-setting="${name}"]`));
      input.addEventListener("input", () =>
        this.#set(name === "volume" ? { volume: Number(input.value) / 100 } : { [name]: input.checked }),
      );
    }
    find(this.root, "[data-try]").addEventListener("click", () => this.cues.try("start"));
  }

  /**
   * @param {State} state
   * @param {PlayerEvent | null} event
   */
  #changed(state, event) {
    this.view.show(state);
    this.#keepAwake(state);
    if (event) {
      // Whatever was about to sound belongs to a story that has changed; a mark changes none.
      if (event.kind !== "mark" && event.kind !== "finish") this.cues.cancel();
      this.outbox.send();
      this.#tellEvent(event, state);
    }
    this.#enter(state);
    this.#sound(state);
    this.#arm();
    this.#paint();
    if (state.status === "done" && !this.overSince) this.#over();
  }

  /** @param {State} state */
  #enter(state) {
    const index = segmentAt(this.timeline, state.position);
    if (state.status !== "running" || index === this.shown) return;
    this.shown = index;
    const segment = this.timeline.segments[index];
    if (segment) this.announcer.say(spoken(this.view, segment));
  }

  /** @param {State} state */
  #half(state) {
    const index = segmentAt(this.timeline, state.position);
    const segment = this.timeline.segments[index];
    if (segment?.kind !== "work" || segment.lasts_ms < SAY_HALF_FROM_MS || index === this.halved) return;
    if (cueAt(cuesOf(segment), state.position - segment.starts_ms)?.name !== "half") return;
    this.halved = index;
    this.announcer.say(this.words.say_half);
  }

  /** @param {State} state */
  #keepAwake(state) {
    if (state.status === "paused") this.dozing ??= setTimeout(() => this.wake.want(false), PAUSE_AWAKE_MS);
    else {
      clearTimeout(this.dozing);
      this.dozing = undefined;
      this.wake.want(state.status === "running");
    }
    this.#showWake(this.wakeState);
  }

  /** @param {PlayerEvent} event @param {State} state */
  #tellEvent(event, state) {
    if (event.kind === "resume") this.shown = -1;
    // Whoever begins from further down the page wants to see the number.
    if (event.kind === "start" || event.kind === "end") this.root.scrollIntoView({ block: "start" });
    if (event.kind === "pause") this.announcer.say(this.words[this.player.wasAway ? "say_away" : "say_paused"]);
    if (state.status === "done") this.announcer.say(this.words[state.how === "end" ? "say_ended" : "say_done"]);
  }

  /** Put the sounds of the next moments onto the audio clock. @param {State} state */
  #sound(state) {
    if (state.status !== "running") return;
    this.#half(state);
    const { segments } = this.timeline;
    const index = segmentAt(this.timeline, state.position);
    const due = [index, index + 1].flatMap((n) => {
      const segment = segments[n];
      if (!segment) return [];
      return cuesOf(segment, n === segments.length - 1).map(({ name, at }) => ({
        key: `${n}:${at}:${name}`,
        name,
        wait: (segment.starts_ms + at - state.position) / this.clock.speed,
      }));
    });
    this.cues.schedule(due, document.hidden ? AHEAD_MS.hidden : AHEAD_MS.visible);
    this.#showSound();
  }

  /** Wake up again when something changes by itself. */
  #arm() {
    const { deadline } = this.player;
    const anchor = String(deadline);
    if (anchor === this.anchor) return;
    this.anchor = anchor;
    this.ticker.postMessage(deadline === null ? null : this.clock.until(deadline));
  }

  /** Between ticks only the picture moves, and only while somebody can see it. */
  #paint() {
    if (document.hidden || this.player.base.status !== "running" || this.painting) return;
    this.painting = requestAnimationFrame(() => {
      this.painting = 0;
      this.view.show(this.player.state);
      this.#paint();
    });
  }

  #over() {
    this.overSince = performance.now();
    this.outbox.send();
    this.#leave();
  }

  /** @param {import("./outbox.js").Answer} answer */
  #answered(answer) {
    if (answer.over) this.#leave();
  }

  /** To the summary, once the server has everything; also if it was ended on another device. */
  async #leave() {
    if (this.leaving || (await this.memory.pending()).length) return;
    this.leaving = true;
    const linger = Math.max(0, this.overSince + LINGER_MS - performance.now());
    setTimeout(async () => {
      await this.memory.clear();
      location.assign(this.root.dataset.summary ?? "/");
    }, linger);
  }

  /** @param {Partial<import("./settings.js").Settings>} changes */
  #set(changes) {
    this.settings = { ...this.settings, ...changes };
    saveSettings(this.settings);
    if (changes.sound) this.cues.unlock();
    else if (changes.sound === false) this.cues.cancel();
    this.#showSound();
  }

  #showSound() {
    const { sound, volume, keys } = this.settings;
    this.cues.muted = !sound;
    this.cues.volume = volume;
    const isBlocked = this.cues.blocked && this.player.base.status === "running";
    this.view.text("sound-label", this.words[sound ? "sound_on" : "sound_off"]);
    find(this.root, "[data-sound-button]").dataset.on = String(sound);
    this.view.text("sound-note", isBlocked ? this.words.sound_blocked : "");
    for (const [name, on] of Object.entries({ sound, keys })) {
      /** @type {HTMLInputElement} */ (find(this.root, `[data-setting="${name}"]`)).checked = on;
    }
    /** @type {HTMLInputElement} */ (find(this.root, '[data-setting="volume"]')).value = String(volume * 100);
  }

  /** @param {import("./wake-lock.js").WakeState} state */
  #showWake(state) {
    this.wakeState = state;
    const isOn = this.player?.base.status === "running";
    this.view.text("wake", isOn ? this.words[state === "on" ? "awake" : "may_sleep"] : "");
  }

  /** @param {import("./outbox.js").Trouble} trouble */
  #showTrouble(trouble) {
    this.view.text("trouble", trouble ? this.words[trouble] : "");
    if (trouble === "gone" && this.player.base.status === "done") this.memory.clear();
  }
}

/** @type {Record<State["status"], import("./reducer.js").EventKind>} */
const TOGGLE = { ready: "start", running: "pause", paused: "resume", done: "finish" };

/** @param {string} id */
function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 */
function find(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

const root = document.getElementById("session");
if (root) {
  new Session(root).begin().catch((error) => {
    // The list to tick off by hand is still there, and better than a dead timer.
    root.dataset.broken = "";
    throw error;
  });
}
