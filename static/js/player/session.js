// The session page: reads it, brings the player to life, and wires it to everything around.
// The rules are in reducer.js and player.js, what is shown in view.js, what is sent in outbox.js.

import { keepThis } from "../offline/pages.js";
import { Clock } from "./clock.js";
import { uuid7 } from "./ids.js";
import { listenToKeys } from "./keys.js";
import { Outbox } from "./outbox.js";
import { Player } from "./player.js";
import { deviceId } from "./settings.js";
import { Sound } from "./sound.js";
import { forgetOld, Store } from "./store.js";
import { Tabs } from "./tabs.js";
import { View } from "./view.js";
import { WakeLock } from "./wake-lock.js";
import { listenToWays, takeOver } from "./ways.js";

/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */

// Long enough for the last tone, and for a breath, before the summary opens.
const LINGER_MS = 2000;
// A short pause keeps the screen on; a long one lets it rest.
const PAUSE_AWAKE_MS = 120_000;
const MORE_MS = 15_000;

class Session {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.timeline = json("timeline");
    this.words = json("words");
    const { session = "", owner = "", guest, clockSpeed, clockOrigin, ticker = "" } = root.dataset;
    this.clock = new Clock({ speed: Number(clockSpeed ?? 1), origin: Number(clockOrigin ?? 0) });
    const device = deviceId();
    this.memory = new Store({ session, owner, guest: guest !== undefined });
    this.sound = new Sound(root, {
      timeline: this.timeline,
      words: this.words,
      speed: this.clock.speed,
      press: (kind) => this.player.do(kind),
    });
    this.view = new View(root, this.timeline, this.words, (state) => this.sound.caption(state));
    /** @type {import("./wake-lock.js").WakeState} */
    this.wakeState = "off";
    this.wake = new WakeLock((state) => this.#showWake(state));
    this.player = new Player({
      timeline: this.timeline,
      clock: this.clock,
      memory: this.memory,
      newId: uuid7,
      device,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      onChange: (state, event) => this.#changed(state, event),
    });
    this.player.leads = false;
    this.tabs = new Tabs(session, {
      onLead: (leads) => this.#lead(leads),
      onNews: () => this.#hear(),
    });
    this.outbox = new Outbox({
      form: /** @type {HTMLFormElement} */ (find(root, "#progress")),
      memory: this.memory,
      leads: () => this.tabs.leads,
      device,
      now: () => this.clock.now(),
      onAnswer: (answer) => this.#answered(answer),
      onTrouble: (trouble) => this.#showTrouble(trouble),
    });
    this.ticker = new Worker(ticker);
    this.painting = 0;
    this.leaving = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.dozing = undefined;
    this.anchor = "";
    this.overSince = 0;
  }

  async begin() {
    const events = [...json("events"), ...(await this.memory.events())];
    this.ticker.onmessage = () => this.#tick();
    this.#listen();
    this.sound.begin();
    this.player.load(events, await this.memory.aliveAt());
    this.root.dataset.live = "";
    this.#paint();
    this.tabs.lead();
    forgetOld(Date.now()).catch(() => {});
  }

  /** Nobody was away who went on hearing the session in a pocket. */
  #tick() {
    this.clock.sample();
    const now = this.clock.now();
    if (this.sound.devices.wentOn(now - this.player.aliveAt)) this.player.aliveAt = now;
    this.player.tick();
  }

  /** @param {boolean} leads */
  #lead(leads) {
    this.player.leads = leads;
    if (!leads) return this.sound.leave();
    this.player.tick();
    this.outbox.send();
  }

  /** Another tab has something new. */
  async #hear() {
    this.player.merge(await this.memory.events());
    this.player.tick();
    if (this.player.base.status === "done") this.#leave();
  }

  #listen() {
    const act = {
      toggle: () => {
        takeOver(this.player, this.sound.settings);
        this.player.do(TOGGLE[this.player.base.status]);
      },
      back: () => this.player.do("back"),
      skip: () => this.player.do("skip"),
      end: () => this.player.do("end"),
      more: () => this.player.do("more", { ms: MORE_MS }),
      tap: () => this.player.do("tap"),
      take: () => this.player.do("take"),
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
        "+": act.more,
        d: act.tap,
        m: () => this.sound.toggle(),
        "?": () => find(this.root, "#session-sound").showPopover(),
      },
      () => this.sound.settings.keys,
    );
    listenToWays({
      root: this.root,
      player: this.player,
      view: this.view,
      settings: () => this.sound.settings,
      set: (changes) => this.sound.set(changes),
    });
    // Whoever reads the stop signs is not holding a stretch.
    find(this.root, "#stop-signs").addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") this.player.do("pause");
    });
    for (const name of ["visibilitychange", "resume"]) {
      document.addEventListener(name, () => {
        this.clock.suspect();
        this.#tick();
        this.#paint();
      });
    }
    document.addEventListener("freeze", () => this.clock.suspect());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /**
   * @param {State} state
   * @param {PlayerEvent | null} event
   */
  #changed(state, event) {
    this.sound.changed(state, event, this.player.leads && !this.player.elsewhere);
    this.view.show(state);
    this.#showElsewhere();
    this.#keepAwake(state);
    if (event) {
      this.tabs.lead(true);
      this.#spread();
      this.#tellEvent(event, state);
    }
    this.#arm();
    this.#paint();
    if (state.status === "done" && !this.overSince) this.#over();
  }

  /** Once the event is on the disk, send it, or let the tab that leads do so. */
  async #spread() {
    await this.memory.writing;
    this.tabs.tell();
    this.outbox.send();
  }

  #showElsewhere() {
    const { elsewhere } = this.player;
    if (elsewhere === "elsewhere" in this.root.dataset) return;
    this.root.toggleAttribute("data-elsewhere", elsewhere);
    if (!elsewhere) return;
    this.sound.leave();
    this.sound.announcer.say(this.words.say_elsewhere);
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
    // Whoever begins from further down the page wants to see the number.
    if (event.kind === "start" || event.kind === "end") this.root.scrollIntoView({ block: "start" });
    if (event.kind === "more") this.sound.tell(this.words.say_more);
    if (event.kind === "pause") this.sound.tell(this.words[this.player.wasAway ? "say_away" : "say_paused"]);
    if (state.status === "done" && state.how === "end") this.sound.tell(this.words.say_ended);
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
    this.tabs.tell();
    if (answer.events) {
      this.player.merge(answer.events);
      this.player.tick();
    }
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

  /** @param {import("./wake-lock.js").WakeState} state */
  #showWake(state) {
    this.wakeState = state;
    const isOn = this.player?.base.status === "running";
    this.view.text("wake", isOn ? this.words[state === "on" ? "awake" : "may_sleep"] : "");
  }

  /** @param {import("./outbox.js").Trouble} trouble */
  #showTrouble(trouble) {
    const isKept = trouble === "offline" && this.player.base.status === "done";
    this.view.text("trouble", trouble ? this.words[isKept ? "done_offline" : trouble] : "");
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
  const kept = keepThis(root);
  const session = new Session(root);
  kept.then((isReady) => session.view.text("offline", isReady ? session.words.offline_ready : ""));
  session.begin().catch((error) => {
    // The list to tick off by hand is still there, and better than a dead timer.
    root.dataset.broken = "";
    throw error;
  });
}
