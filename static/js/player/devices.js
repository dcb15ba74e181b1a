// What a device has beyond the page, each only where it exists and is wanted: lock-screen buttons,
// vibration, a small window, sounds that go on in the pocket. Told by sound.js what happens.

import { Media, vibrate } from "./media.js";
import { waits } from "./reducer.js";
import { segmentAt } from "./timeline.js";

/** @typedef {import("./reducer.js").State} State */
/** @typedef {import("./settings.js").Settings} Settings */

// How far the file may be from where it should be, to count as having played all the while.
const HEARD_MS = 2000;

export class Devices {
  /**
   * @param {HTMLElement} root
   * @param {(kind: "pause" | "skip" | "back") => void} press
   */
  constructor(root, press) {
    this.root = root;
    this.press = press;
    this.album = root.querySelector("h1")?.textContent ?? "";
    /** @type {State["status"]} */
    this.status = "ready";
    this.index = -1;
    this.position = 0;
    /** @type {import("./pocket.js").Pocket | null} */
    this.pocket = null;
    this.wantsPocket = false;
    this.vibrates = false;
    const toggle = () => /** @type {HTMLElement} */ (root.querySelector('[data-do="toggle"]')).click();
    this.media = new Media({
      play: () => this.status !== "running" && toggle(),
      pause: () => press("pause"),
      nexttrack: () => press("skip"),
      previoustrack: () => press("back"),
    });
    const small = /** @type {HTMLElement} */ (root.querySelector("[data-small-window]"));
    small.hidden = !("documentPictureInPicture" in window);
    small.addEventListener("click", async () => {
      const { openSmallWindow } = await import("./pip.js");
      await openSmallWindow(root, toggle);
    });
    const hand = /** @type {HTMLElement} */ (root.querySelector("[data-hand]"));
    hand.hidden = !("vibrate" in navigator && matchMedia("(any-pointer: coarse)").matches);
  }

  /**
   * @param {Settings} settings
   * @param {State["timeline"]} timeline
   */
  async set({ sound, tones, volume, pocket, vibrate }, timeline) {
    this.vibrates = vibrate;
    this.wantsPocket = pocket && sound;
    if (!this.wantsPocket) this.pocket?.stop();
    else {
      const { Pocket } = await import("./pocket.js");
      this.pocket ??= new Pocket({
        element: new Audio(),
        onPlaying: () => this.media.listen(),
        onStopped: () => this.press("pause"),
      });
      await this.pocket.make(timeline, { style: tones, volume: volume / 100 });
    }
  }

  /** Whether the file sounds instead of the tones. */
  get plays() {
    return this.wantsPocket && this.pocket !== null;
  }

  /**
   * Whether the sounds went on while nobody looked: then nobody was away.
   * @param {number} gap ms
   */
  wentOn(gap) {
    const at = this.plays ? (this.pocket?.at ?? -1) : -1;
    return at >= 0 && Math.abs(at - this.position - gap) < HEARD_MS;
  }

  /**
   * @param {State} state
   * @param {string} title
   * @param {string} artist
   * @param {boolean} fresh whether the segment has only just begun
   */
  changed(state, title, artist, fresh) {
    const { status, position, timeline, how } = state;
    const index = segmentAt(timeline, position);
    const kind = timeline.segments[index]?.kind;
    if (this.vibrates && fresh && !document.hidden) {
      if (status === "running" && index !== this.index && kind) vibrate(kind);
      if (status === "done" && this.status !== "done" && how === "finish") vibrate("end");
    }
    this.index = index;
    this.status = status;
    this.position = position;
    // What waits for a tap may wait for long, and in silence.
    if (this.plays) this.pocket?.follow({ ...state, status: waits(state) ? "paused" : status });
    this.media.show({
      title,
      artist,
      album: this.album,
      state: status === "running" ? "playing" : status === "paused" ? "paused" : "none",
      position,
      total: timeline.total_ms,
    });
  }
}
