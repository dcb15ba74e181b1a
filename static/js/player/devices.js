// What a device has beyond the page, each only where it exists and is wanted: what was set on it, a screen
// reader's ear, a screen that stays on, lock-screen buttons, vibration, a small window, a pocket. Told by
// sound.js and session.js what happens; decides nothing about the session.

import { uuid7 } from "../lib/ids.js";
import { segmentAt, waits } from "./reducer.js";

/**
 * How this device sounds and listens: kept on the device, because a phone is not a desk.
 * @typedef {object} Settings
 * @property {boolean} sound whether anything is heard at all
 * @property {string} tones "full", "tick" (transitions and last seconds only) or "off"
 * @property {number} volume of the tones, percent
 * @property {string} speaks who says the words: "voice", "reader" (a screen reader) or "none"
 * @property {string} voice its URI, "" for the first that fits
 * @property {number} rate percent
 * @property {number} loudness of the voice, percent
 * @property {string} amount of how it is done: "none", "short" or "full"
 * @property {boolean} count whether the last three seconds are spoken
 * @property {boolean} vibrate
 * @property {boolean} loud whether to sound even when the phone is set to silent
 * @property {boolean} pocket whether the sounds go on while the phone is locked
 * @property {boolean} keys whether single keys work
 * @property {number} pace percent of the planned time
 * @property {string} taps what waits for a tap: nothing "", repetitions "reps", "all"
 * @property {boolean} distance figures to read from the mat
 */

const KEY = "backcare:player";
const DEVICE = "backcare:device";

/**
 * @param {boolean} sound what the person's account says, until this device knows better
 * @returns {Settings}
 */
export function usualSettings(sound) {
  return {
    sound,
    tones: "full",
    volume: 70,
    speaks: "voice",
    voice: "",
    rate: 100,
    loudness: 100,
    amount: "short",
    count: false,
    vibrate: true,
    loud: false,
    pocket: false,
    keys: true,
    pace: 100,
    taps: "",
    distance: false,
  };
}

/**
 * What is kept counts as far as it is of the kind that is expected: it may be of another version.
 * @param {boolean} sound
 * @param {Pick<Storage, "getItem">} [storage]
 * @returns {Settings}
 */
export function loadSettings(sound, storage) {
  const usual = usualSettings(sound);
  try {
    const kept = JSON.parse((storage ?? localStorage).getItem(KEY) ?? "{}");
    const known = Object.entries(usual).filter(([name, value]) => typeof kept?.[name] === typeof value);
    return { ...usual, ...Object.fromEntries(known.map(([name]) => [name, kept[name]])) };
  } catch {
    return usual;
  }
}

/**
 * @param {Settings} settings
 * @param {Pick<Storage, "setItem">} [storage]
 */
export function saveSettings(settings, storage) {
  try {
    (storage ?? localStorage).setItem(KEY, JSON.stringify(settings));
  } catch {
    // Then it holds for this page only.
  }
}

/** What tells this device from a person's others: made once, says nothing about anybody. */
export function deviceId() {
  const made = uuid7().slice(-12);
  try {
    const kept = localStorage.getItem(DEVICE) ?? made;
    localStorage.setItem(DEVICE, kept);
    return kept;
  } catch {
    return made;
  }
}

const GAP_MS = 3000;

/**
 * Words for those who listen to a screen reader: one polite region, never chattering.
 * @param {{ textContent: string | null }} region present and empty when the page loads
 * @param {{ now?: () => number, later?: (run: () => void, ms: number) => unknown }} [options]
 * @returns {(text: string) => void} says something now, or once the last thing has been heard; of several
 *   that wait, only the newest is still true
 */
export function announcerOf(region, { now = () => performance.now(), later = (run, ms) => setTimeout(run, ms) } = {}) {
  let last = Number.NEGATIVE_INFINITY;
  let waiting = "";
  return (text) => {
    const wait = last + GAP_MS - now();
    const isIdle = !waiting;
    if (wait <= 0 && isIdle) return say(text);
    waiting = text;
    if (isIdle) later(() => say(waiting), wait);
  };

  /** @param {string} text */
  function say(text) {
    waiting = "";
    last = now();
    if (text) region.textContent = text;
  }
}

/** @typedef {"on" | "off" | "unsupported"} WakeState */

/**
 * Keeps the screen from going dark while somebody stretches.
 * @param {(state: WakeState) => void} tell called whenever the state changes
 * @param {Pick<Navigator, "wakeLock"> | Record<string, never>} [device]
 * @param {Pick<Document, "visibilityState" | "addEventListener">} [page]
 * @returns {(wanted: boolean) => void} asks for it, or lets it go
 */
export function wakeLockOf(tell, device = navigator, page = document) {
  const locks = "wakeLock" in device ? device.wakeLock : undefined;
  let isWanted = false;
  /** @type {WakeLockSentinel | null} */
  let held = null;
  // The system takes the lock away whenever the page is hidden, and may give it only for a tap.
  for (const chance of ["visibilitychange", "click"]) page.addEventListener(chance, ask);
  tell(locks ? "off" : "unsupported");
  return (wanted) => {
    if (wanted === isWanted) return;
    isWanted = wanted;
    if (wanted) ask();
    else held?.release().catch(() => {});
  };

  async function ask() {
    if (!locks || !isWanted || held || page.visibilityState !== "visible") return;
    try {
      const lock = await locks.request("screen");
      held = lock;
      lock.addEventListener("release", () => {
        held = null;
        tell("off");
      });
      tell("on");
      if (!isWanted) lock.release().catch(() => {});
    } catch {
      // Refused, e.g. to save power: said beside the timer, and asked again at the next chance.
      tell("off");
    }
  }
}

/**
 * One thing to feel for each thing that happens, in ms on, off, on...: told apart with closed eyes.
 * @type {Partial<Record<import("./reducer.js").Kind | "end", number[]>>}
 */
export const FELT = {
  work: [220],
  switch: [90, 80, 90],
  rest: [60],
  move: [60, 60, 60],
  end: [220, 120, 220, 120, 400],
};

/**
 * @param {keyof typeof FELT} what
 * @param {Pick<Navigator, "vibrate" | "userActivation"> | Record<string, never>} [device]
 */
export function vibrate(what, device = navigator) {
  // Without a tap before, browsers complain.
  if ("vibrate" in device && device.userActivation?.hasBeenActive) device.vibrate(FELT[what] ?? []);
}

/**
 * What the device shows of a session.
 * @typedef {object} Shown
 * @property {string} title
 * @property {string} artist
 * @property {string} album
 * @property {MediaSessionPlaybackState} state
 * @property {number} position ms
 * @property {number} total ms
 */

/**
 * What lock screen and headphones show and press.
 * @param {Record<"play" | "pause" | "nexttrack" | "previoustrack", () => unknown>} actions
 * @param {MediaSession | undefined} [session]
 * @param {(of: MediaMetadataInit) => MediaMetadata} [describe]
 */
export function mediaOf(actions, session = navigator.mediaSession, describe = (of) => new MediaMetadata(of)) {
  let shown = "";
  listen();
  return { listen, show };

  /** Hand over what the buttons do; to be repeated once something plays, for some forget it. */
  function listen() {
    /** @type {Record<string, (() => unknown) | null>} */
    const all = { ...actions, seekforward: null, seekbackward: null, seekto: null };
    for (const [name, act] of Object.entries(all)) {
      try {
        session?.setActionHandler(/** @type {MediaSessionAction} */ (name), act && (() => void act()));
      } catch {
        // A button that this device does not have.
      }
    }
  }

  /** Once for every change, not for every tick. @param {Shown} now */
  function show({ title, artist, album, state, position, total }) {
    const key = [title, artist, album, state, total].join();
    if (!session || key === shown) return;
    shown = key;
    session.playbackState = state;
    session.metadata = state === "none" ? null : describe({ title, artist, album });
    if (total > 0) session.setPositionState?.({ duration: total / 1000, position: Math.min(position, total) / 1000 });
  }
}

/** @typedef {import("./reducer.js").State} State */

/**
 * @param {HTMLElement} root
 * @param {(kind: "pause" | "skip" | "back") => void} press
 */
export function devicesOf(root, press) {
  // How far the file may be from where it should be, to count as having played all the while.
  const HEARD_MS = 2000;
  const album = root.querySelector("h1")?.textContent ?? "";
  /** @type {State["status"]} */
  let lastStatus = "ready";
  let lastIndex = -1;
  let lastPosition = 0;
  /** @type {import("./pocket.js").Pocket | null} */
  let file = null;
  let wantsFile = false;
  let vibrates = false;
  const toggle = () => part("[data-do=toggle]").click();
  const media = mediaOf({
    play: () => lastStatus !== "running" && toggle(),
    pause: () => press("pause"),
    nexttrack: () => press("skip"),
    previoustrack: () => press("back"),
  });
  const small = part("[data-small-window]");
  small.hidden = !("documentPictureInPicture" in window);
  small.addEventListener("click", async () => {
    const { openSmallWindow } = await import("./pip.js");
    await openSmallWindow(root, toggle);
  });
  part("[data-hand]").hidden = !("vibrate" in navigator && matchMedia("(any-pointer: coarse)").matches);
  return { set, plays, wentOn, changed, stop: () => file?.stop() };

  /**
   * @param {Settings} settings
   * @param {State["timeline"]} timeline
   */
  async function set({ sound, tones, volume, pocket, vibrate: wanted }, timeline) {
    vibrates = wanted;
    wantsFile = pocket && sound;
    if (!wantsFile) return file?.stop();
    const { Pocket } = await import("./pocket.js");
    file ??= new Pocket({
      element: new Audio(),
      onPlaying: () => media.listen(),
      onStopped: () => press("pause"),
    });
    await file.make(timeline, { style: tones, volume: volume / 100 });
  }

  /** Whether the file sounds instead of the tones. */
  function plays() {
    return wantsFile && file !== null;
  }

  /**
   * Whether the sounds went on while nobody looked: then nobody was away.
   * @param {number} gap ms
   */
  function wentOn(gap) {
    const at = plays() ? (file?.at ?? -1) : -1;
    return at >= 0 && Math.abs(at - lastPosition - gap) < HEARD_MS;
  }

  /**
   * @param {State} state
   * @param {string} title
   * @param {string} artist
   * @param {boolean} fresh whether the segment has only just begun
   */
  function changed(state, title, artist, fresh) {
    const { status, position, timeline, how } = state;
    const index = segmentAt(timeline, position);
    const kind = timeline.segments[index]?.kind;
    if (vibrates && fresh && !document.hidden) {
      if (status === "running" && index !== lastIndex && kind) vibrate(kind);
      if (status === "done" && lastStatus !== "done" && how === "finish") vibrate("end");
    }
    lastIndex = index;
    lastStatus = status;
    lastPosition = position;
    // What waits for a tap may wait for long, and in silence.
    if (plays()) file?.follow({ ...state, status: waits(state) ? "paused" : status });
    media.show({
      title,
      artist,
      album,
      state: status === "running" ? "playing" : status === "paused" ? "paused" : "none",
      position,
      total: timeline.total_ms,
    });
  }

  /** @param {string} selector */
  function part(selector) {
    return /** @type {HTMLElement} */ (root.querySelector(selector));
  }
}
