// Words for those who listen to a screen reader: one polite region, never chattering.

const GAP_MS = 3000;

export class Announcer {
  /**
   * @param {{ textContent: string | null }} region present and empty when the page loads
   * @param {{ now?: () => number, later?: (run: () => void, ms: number) => unknown }} [options]
   */
  constructor(region, { now = () => performance.now(), later = (run, ms) => setTimeout(run, ms) } = {}) {
    this.region = region;
    this.now = now;
    this.later = later;
    this.last = Number.NEGATIVE_INFINITY;
    this.waiting = "";
  }

  /**
   * Say something now, or once the last thing has been heard; of several that wait, only the newest
   * is still true. @param {string} text
   */
  say(text) {
    const wait = this.last + GAP_MS - this.now();
    if (wait <= 0 && !this.waiting) {
      this.#speak(text);
      return;
    }
    const idle = !this.waiting;
    this.waiting = text;
    if (idle) {
      this.later(() => {
        const due = this.waiting;
        this.waiting = "";
        if (due) this.#speak(due);
      }, wait);
    }
  }

  /** @param {string} text */
  #speak(text) {
    this.last = this.now();
    this.region.textContent = text;
  }
}
