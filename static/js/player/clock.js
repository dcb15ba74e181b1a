// The instant the player lives by: even between ticks, right again after sleep, deaf to somebody
// setting the device's clock. Pure but for the two clocks it is given.
//
// performance.now() never jumps but stands still in sleep on most systems; Date.now() goes on in
// sleep but jumps when set. Where the two part ways, `sample` tells which of both it was.

/**
 * @typedef {object} Sample
 * @property {"ok" | "gap" | "sleep" | "set"} kind nothing happened; ticks were missing; the device
 *   slept; its clock was set
 * @property {number} gap ms for which nobody looked, 0 when all is well
 */

const SLEW_MS = 750;
const GAP_MS = 1500;

export class Clock {
  /**
   * `speed` above 1 is for tests: the player's time then runs that many times faster, counted from
   * `origin` (epoch ms), so that a reloaded page agrees with the one before.
   * @param {{ wall?: () => number, mono?: () => number, speed?: number, origin?: number }} [options]
   */
  constructor({ wall = () => Date.now(), mono = () => performance.now(), speed = 1, origin = 0 } = {}) {
    this.speed = speed;
    this.wall = () => origin + (wall() - origin) * speed;
    this.mono = () => mono() * speed;
    this.offset = this.wall() - this.mono();
    this.lastMono = this.mono();
    this.lastWall = this.wall();
    this.suspicious = false;
  }

  /** @returns {number} epoch ms, whole, for everything the player does */
  now() {
    return Math.round(this.mono() + this.offset);
  }

  /** The page was frozen or hidden: a jump seen next is sleep even without missing ticks. */
  suspect() {
    this.suspicious = true;
  }

  /**
   * Compare the two clocks; call on every tick and whenever the page comes back.
   * @returns {Sample}
   */
  sample() {
    const mono = this.mono();
    const wall = this.wall();
    const ran = mono - this.lastMono;
    const jump = wall - this.lastWall - ran;
    const missed = ran > GAP_MS * this.speed;
    const slept = jump > SLEW_MS * this.speed && (missed || this.suspicious);
    const set = !slept && Math.abs(jump) > SLEW_MS * this.speed;
    if (slept) this.offset += jump;
    this.lastMono = mono;
    this.lastWall = wall;
    this.suspicious = false;
    if (slept) return { kind: "sleep", gap: ran + jump };
    if (set) return { kind: "set", gap: missed ? ran : 0 };
    return missed ? { kind: "gap", gap: ran } : { kind: "ok", gap: 0 };
  }

  /**
   * How long to wait, in real milliseconds, until an instant of the player's time.
   * @param {number} instant epoch ms
   */
  until(instant) {
    return Math.max(0, (instant - this.mono() - this.offset) / this.speed);
  }
}
