// Keeps the screen from going dark while somebody stretches. Does nothing where it cannot.

/** @typedef {"on" | "off" | "unsupported"} WakeState */

export class WakeLock {
  /**
   * @param {(state: WakeState) => void} tell called whenever the state changes
   * @param {Pick<Navigator, "wakeLock"> | Record<string, never>} [device]
   * @param {Pick<Document, "visibilityState" | "addEventListener">} [page]
   */
  constructor(tell, device = navigator, page = document) {
    this.tell = tell;
    this.page = page;
    this.device = "wakeLock" in device ? device.wakeLock : undefined;
    this.wanted = false;
    /** @type {WakeLockSentinel | null} */
    this.lock = null;
    // The system takes the lock away whenever the page is hidden, and may give it only for a tap.
    for (const chance of ["visibilitychange", "click"]) page.addEventListener(chance, () => this.#ask());
    tell(this.device ? "off" : "unsupported");
  }

  /** @param {boolean} wanted */
  want(wanted) {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted) this.#ask();
    else this.lock?.release().catch(() => {});
  }

  async #ask() {
    if (!this.device || !this.wanted || this.lock || this.page.visibilityState !== "visible") return;
    try {
      const lock = await this.device.request("screen");
      this.lock = lock;
      lock.addEventListener("release", () => {
        this.lock = null;
        this.tell("off");
      });
      this.tell("on");
      if (!this.wanted) lock.release().catch(() => {});
    } catch {
      // Refused, e.g. to save power: said beside the timer, and asked again at the next chance.
      this.tell("off");
    }
  }
}
