// The controls of the device itself: what its lock screen and headphones show and press, and what
// can be felt in the hand. Each does nothing where it does not exist.

/**
 * One thing to feel for each thing that happens, in ms on, off, on...: told apart with closed eyes.
 * @type {Partial<Record<import("./timeline.js").Kind | "end", number[]>>}
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

export class Media {
  /**
   * @param {Record<"play" | "pause" | "nexttrack" | "previoustrack", () => unknown>} actions
   * @param {MediaSession | undefined} [session]
   * @param {(of: MediaMetadataInit) => MediaMetadata} [describe]
   */
  constructor(actions, session = navigator.mediaSession, describe = (of) => new MediaMetadata(of)) {
    this.actions = actions;
    this.session = session;
    this.describe = describe;
    this.shown = "";
    this.listen();
  }

  /** Hand over what the buttons do; to be repeated once something plays, for some forget it. */
  listen() {
    /** @type {Record<string, (() => unknown) | null>} */
    const all = { ...this.actions, seekforward: null, seekbackward: null, seekto: null };
    for (const [name, act] of Object.entries(all)) {
      try {
        this.session?.setActionHandler(/** @type {MediaSessionAction} */ (name), act && (() => void act()));
      } catch {
        // A button that this device does not have.
      }
    }
  }

  /** Once for every change, not for every tick. @param {Shown} shown */
  show({ title, artist, album, state, position, total }) {
    const key = [title, artist, album, state, total].join();
    if (!this.session || key === this.shown) return;
    this.shown = key;
    this.session.playbackState = state;
    this.session.metadata = state === "none" ? null : this.describe({ title, artist, album });
    if (total > 0)
      this.session.setPositionState?.({ duration: total / 1000, position: Math.min(position, total) / 1000 });
  }
}
