// The session page: reads it, brings the player to life, and wires it to everything around: buttons, keys,
// and everybody's own way through. The rules are in reducer.js and player.js, what is shown in view.js.

import { uuid7 } from "../lib/ids.js";
import { keepThis } from "../offline/pages.js";
import { deviceId, wakeLockOf } from "./devices.js";
import { clockOf, outboxOf, Player, storeOf, tabsOf } from "./player.js";
import { soundOf } from "./sound.js";
import { all, viewOf } from "./view.js";

/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./reducer.js").PlayerEvent} PlayerEvent */
/** @typedef {import("./devices.js").Settings} Settings */

/** What is chosen for every session on a device: its event, what that tells, and what is usual. */
const WAYS = /** @type {const} */ ([
  ["pace", "percent", 100],
  ["taps", "on", ""],
]);

/** @param {HTMLElement} root */
function sessionOf(root) {
  const timeline = json("timeline");
  const words = json("words");
  const { session = "", owner = "", guest, clockSpeed, clockOrigin, ticker: source = "", summary = "/" } = root.dataset;
  const clock = clockOf({ speed: Number(clockSpeed ?? 1), origin: Number(clockOrigin ?? 0) });
  const device = deviceId();
  const memory = storeOf({ session, owner, guest: guest !== undefined });
  const sound = soundOf(root, { timeline, words, speed: clock.speed, press: (kind) => player.do(kind) });
  const view = viewOf(root, timeline, words, sound.caption);
  const player = new Player({
    timeline,
    clock,
    memory,
    newId: uuid7,
    device,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    onChange: changed,
  });
  player.leads = false;
  /** @type {import("./devices.js").WakeState} */
  let wakeState = "off";
  const keepOn = wakeLockOf((state) => {
    wakeState = state;
    showWake();
  });
  const tabs = tabsOf(session, { onLead: lead, onNews: hear });
  const send = outboxOf({
    root,
    token: /** @type {HTMLInputElement} */ (find("[name=csrfmiddlewaretoken]")).value,
    memory,
    leads: () => player.leads,
    device,
    now: clock.now,
    onAnswer: answered,
    onTrouble: showTrouble,
  });
  const ticker = new Worker(source);
  let painting = 0;
  let isLeaving = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let dozing;
  /** @type {number | null | undefined} */
  let armedFor;
  let overSince = 0;

  return { begin, view, words };

  async function begin() {
    const events = [...json("events"), ...(await memory.events())];
    ticker.onmessage = tick;
    listen();
    sound.begin();
    player.load(events, await memory.aliveAt());
    root.dataset.live = "";
    paint();
    tabs.lead();
  }

  /** Nobody was away who went on hearing the session in a pocket. */
  function tick() {
    clock.sample();
    const now = clock.now();
    if (sound.wentOn(now - player.aliveAt)) player.aliveAt = now;
    player.tick();
  }

  /** @param {boolean} leads */
  function lead(leads) {
    player.leads = leads;
    if (!leads) return sound.leave();
    player.tick();
    send();
  }

  /** Another tab has something new. */
  async function hear() {
    player.merge(await memory.events());
    player.tick();
    if (player.base.status === "done") leave();
  }

  function listen() {
    /** @type {Record<State["status"], import("./reducer.js").EventKind>} */
    const TOGGLE = { ready: "start", running: "pause", paused: "resume", done: "finish" };
    const MORE_MS = 15_000;
    /** @param {import("./reducer.js").EventKind} kind @param {Record<string, unknown>} [data] */
    const doing = (kind, data) => () => player.do(kind, data);
    const act = {
      toggle: () => {
        takeOver(player, sound.settings);
        player.do(TOGGLE[player.base.status]);
      },
      back: doing("back"),
      skip: doing("skip"),
      end: doing("end"),
      more: doing("more", { ms: MORE_MS }),
      tap: doing("tap"),
      take: doing("take"),
    };
    for (const button of root.querySelectorAll("[data-do]")) {
      const name = /** @type {keyof typeof act} */ (/** @type {HTMLElement} */ (button).dataset.do);
      button.addEventListener("click", act[name]);
    }
    const { toggle, back, skip, more, tap } = act;
    const keys = {
      " ": toggle,
      ArrowLeft: back,
      ArrowRight: skip,
      "+": more,
      d: tap,
      m: sound.toggle,
      "?": () => find("#session-sound").showPopover(),
    };
    listenToKeys(document, keys, () => sound.settings.keys);
    listenToWays(root, player, words, () => sound.settings);
    // Whoever reads the stop signs is not holding a stretch.
    find("#stop-signs").addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") player.do("pause");
    });
    for (const name of ["visibilitychange", "resume"]) {
      document.addEventListener(name, () => {
        clock.suspect();
        tick();
        paint();
      });
    }
    document.addEventListener("freeze", clock.suspect);
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /**
   * @param {State} state
   * @param {PlayerEvent | null} event
   */
  function changed(state, event) {
    const { status, how } = state;
    sound.changed(state, event, player.leads && !player.elsewhere);
    view.show(state);
    showElsewhere();
    keepAwake(status);
    if (event) {
      const { kind } = event;
      tabs.lead(true);
      spread();
      // Whoever begins from further down the page wants to see the number.
      if (kind === "start" || kind === "end") root.scrollIntoView({ block: "start" });
      if (kind === "more") sound.tell(words.say_more);
      if (kind === "pause") sound.tell(words[player.wasAway ? "say_away" : "say_paused"]);
      if (status === "done" && how === "end") sound.tell(words.say_ended);
    }
    arm();
    paint();
    if (status === "done" && !overSince) {
      overSince = performance.now();
      send();
      leave();
    }
  }

  /** Once the event is on the disk, send it, or let the tab that leads do so. */
  async function spread() {
    await memory.written();
    tabs.tell();
    send();
  }

  function showElsewhere() {
    const { elsewhere } = player;
    if (elsewhere === "elsewhere" in root.dataset) return;
    root.toggleAttribute("data-elsewhere", elsewhere);
    if (!elsewhere) return;
    sound.leave();
    sound.announce(words.say_elsewhere ?? "");
  }

  /** @param {State["status"]} status */
  function keepAwake(status) {
    // A short pause keeps the screen on; a long one lets it rest.
    const PAUSE_AWAKE_MS = 120_000;
    if (status === "paused") dozing ??= setTimeout(() => keepOn(false), PAUSE_AWAKE_MS);
    else {
      clearTimeout(dozing);
      dozing = undefined;
      keepOn(status === "running");
    }
    showWake();
  }

  /** Wake up again when something changes by itself. */
  function arm() {
    const { deadline } = player;
    if (deadline === armedFor) return;
    armedFor = deadline;
    ticker.postMessage(deadline === null ? null : clock.until(deadline));
  }

  /** Between ticks only the picture moves, and only while somebody can see it. */
  function paint() {
    if (document.hidden || player.base.status !== "running" || painting) return;
    painting = requestAnimationFrame(() => {
      painting = 0;
      view.show(player.state);
      paint();
    });
  }

  /** @param {import("./player.js").Answer} answer */
  function answered({ events, over }) {
    tabs.tell();
    if (events) {
      player.merge(events);
      player.tick();
    }
    if (over) leave();
  }

  /** To the summary, once the server has everything; also if it was ended on another device. */
  async function leave() {
    // Long enough for the last tone, and for a breath, before the summary opens.
    const LINGER_MS = 2000;
    if (isLeaving || (await memory.pending()).length) return;
    isLeaving = true;
    const linger = Math.max(0, overSince + LINGER_MS - performance.now());
    setTimeout(async () => {
      await memory.clear();
      location.assign(summary);
    }, linger);
  }

  function showWake() {
    view.text("wake", player.base.status === "running" ? words[wakeState === "on" ? "awake" : "may_sleep"] : "");
  }

  /** @param {import("./player.js").Trouble} trouble */
  function showTrouble(trouble) {
    const isKept = trouble === "offline" && player.base.status === "done";
    view.text("trouble", trouble ? words[isKept ? "done_offline" : trouble] : "");
  }

  /** @param {string} selector */
  function find(selector) {
    return /** @type {HTMLElement} */ (root.querySelector(selector));
  }
}

/** @param {string} id */
function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/**
 * The keyboard, as long as nobody is typing and nothing else wants the key.
 * @param {Document} page
 * @param {Record<string, () => void>} actions by key name, Space as " "
 * @param {() => boolean} enabled
 */
function listenToKeys(page, actions, enabled) {
  const TYPING = "input, textarea, select, [contenteditable]";
  const PRESSABLE = "button, a[href], summary, [role=button]";
  const SHEET = ":popover-open";
  const hasSheets = CSS.supports(`selector(${SHEET})`);
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : page.body;
    if (target.closest(TYPING) || (hasSheets && page.querySelector(SHEET))) return;
    // Space and Enter press what has the focus; that must stay so.
    if (event.key === " " && target.closest(PRESSABLE)) return;
    const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !enabled()) return;
    event.preventDefault();
    act();
  });
}

/**
 * Everybody's own way through a session: another pace, taps, any step, one left out or replaced.
 * @param {HTMLElement} root
 * @param {Player} player
 * @param {import("./cues.js").Words} words
 * @param {() => Settings} settings
 */
function listenToWays(root, player, words, settings) {
  listenToLeavingOut(root, player, words);
  // What holds for every session on this device is kept by sound.js, and told here.
  for (const [kind, told] of WAYS) {
    all(root, `#${kind}`)[0]?.addEventListener("change", () => player.do(kind, { [told]: settings()[kind] }));
  }
  for (const button of all(root, "[data-jump]")) {
    button.addEventListener("click", () => {
      const step = Number(button.dataset.jump);
      const first = player.state.timeline.segments.findIndex((segment) => segment.step === step);
      player.do("seek", { segment: first });
      // Before the start somebody may still look around.
      if (player.base.status !== "ready") root.scrollIntoView({ block: "start" });
    });
  }
  for (const button of all(root, "[data-instead]")) {
    button.addEventListener("click", () => {
      const { instead, inStep } = button.dataset;
      player.do("instead", { step: Number(inStep), to: instead });
      /** @type {HTMLButtonElement} */ (button).disabled = true;
    });
  }
}

/**
 * Bring a session that has not begun into this device's way.
 * @param {Player} player
 * @param {Settings} settings
 */
function takeOver(player, settings) {
  if (player.base.status !== "ready" || player.events.length) return;
  for (const [kind, told, usual] of WAYS) {
    if (settings[kind] !== usual) player.do(kind, { [told]: settings[kind] });
  }
}

/**
 * @param {HTMLElement} root
 * @param {Player} player
 * @param {import("./cues.js").Words} words
 */
function listenToLeavingOut(root, player, words) {
  const sheet = /** @type {HTMLElement} */ (root.querySelector("#leave-out"));
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (sheet.querySelector(`[data-${name}]`));
  const [reasons, offer, offers] = [part("reasons"), part("offer"), part("offers")];
  let why = "";
  const goOn = () => {
    sheet.hidePopover();
    player.do("resume");
  };
  const leaveOut = () => {
    player.do("skip", { why });
    goOn();
  };
  sheet.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    player.do("pause");
    reasons.hidden = false;
    offer.hidden = true;
  });
  part("go-on").addEventListener("click", leaveOut);
  for (const button of all(sheet, "[data-why]")) {
    button.addEventListener("click", () => {
      why = button.dataset.why ?? "";
      const { timeline, position, instead } = player.state;
      const step = timeline.segments.findLast((segment) => segment.starts_ms <= position)?.step ?? 0;
      const others = all(root, `[data-instead-of="${step}"]`).filter(({ dataset }) => dataset.key !== instead[step]);
      if (why === "no_time" || (why !== "hurts" && !others.length)) {
        leaveOut();
        return;
      }
      part("offer-hurts").hidden = why !== "hurts";
      part("offer-words").textContent = others.length ? (words.offer ?? "") : "";
      offers.replaceChildren(...others.map((other) => offerOf(other, step)));
      reasons.hidden = true;
      offer.hidden = false;
      sheet.querySelector("h2")?.focus();
    });
  }

  /** @param {HTMLElement} other @param {number} step */
  function offerOf(other, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button big primary";
    button.textContent = other.dataset.label ?? "";
    button.addEventListener("click", () => {
      player.do("instead", { step, to: other.dataset.key, why });
      goOn();
    });
    return button;
  }
}

const root = document.getElementById("session");
if (root) {
  const kept = keepThis(root);
  const session = sessionOf(root);
  kept.then((isReady) => session.view.text("offline", isReady ? session.words.offline_ready : ""));
  session.begin().catch((error) => {
    // The list to tick off by hand is still there, and better than a dead timer.
    root.dataset.broken = "";
    throw error;
  });
}
