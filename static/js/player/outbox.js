// Brings events to the server through the page's own form, for as long as it takes. htmx sends it; an
// event is forgotten only when the server has named its id, so nothing is lost and repeats do no harm.

import { whoIsThere } from "../lib/outbox.js";

/** @typedef {"" | "offline" | "sign_in" | "refused" | "gone"} Trouble */
/** @typedef {{ acked: string[], status: string, seconds: number, over: boolean,
 *   events?: import("./reducer.js").PlayerEvent[] }} Answer `events` of all devices, if another one holds the session */

const FIRST_WAIT_MS = 500;
// Somebody may be looking at the page, waiting for the summary.
const LONGEST_WAIT_MS = 15_000;
const BATCH = 200;
// htmx takes the form up at once, or has not come to life yet.
const TAKEN_UP_MS = 1000;

export class Outbox {
  /**
   * @param {object} parts
   * @param {HTMLFormElement} parts.form sent by htmx on "player:save"
   * @param {Pick<import("./store.js").Store, "pending" | "acknowledge">} parts.memory
   * @param {() => boolean} parts.leads whether this tab is the one that sends
   * @param {string} [parts.device] this one's id, so that the server can tell who holds the session
   * @param {() => number} parts.now the player's clock, so that the server can tell a wrong one
   * @param {(answer: Answer) => void} parts.onAnswer
   * @param {(trouble: Trouble) => void} parts.onTrouble
   */
  constructor({ form, memory, leads, device = "", now, onAnswer, onTrouble }) {
    this.form = form;
    this.memory = memory;
    this.leads = leads;
    this.device = device;
    this.now = now;
    this.onAnswer = onAnswer;
    this.onTrouble = onTrouble;
    this.wait = FIRST_WAIT_MS;
    this.busy = false;
    this.again = false;
    this.answered = false;
    this.taken = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    form.addEventListener("htmx:config:request", (event) => {
      this.taken = true;
      // Being offline is nothing out of the ordinary here: an answer like any other, not an error.
      /** @type {CustomEvent} */ (event).detail.ctx.fetch = (
        /** @type {string} */ url,
        /** @type {RequestInit} */ request,
      ) => fetch(url, request).catch(() => new Response(null, { status: 503 }));
    });
    for (const name of ["htmx:after:request", "htmx:error", "htmx:response:error", "htmx:finally:request"]) {
      form.addEventListener(name, (event) => this.#heard(name, /** @type {CustomEvent} */ (event)));
    }
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
  }

  /** Send what is pending, if anything is and nothing is under way. */
  async send() {
    if (this.busy) {
      this.again = true;
      return;
    }
    if (!this.leads()) return;
    const pending = await this.memory.pending();
    if (!pending.length || this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.again = pending.length > BATCH;
    this.answered = false;
    this.taken = false;
    this.#field("events").value = JSON.stringify(pending.slice(0, BATCH));
    this.#field("now").value = String(this.now());
    this.#field("device").value = this.device;
    this.form.dispatchEvent(new CustomEvent("player:save"));
    setTimeout(() => {
      if (this.taken || !this.busy) return;
      this.busy = false;
      this.send();
    }, TAKEN_UP_MS);
  }

  /**
   * @param {string} name
   * @param {CustomEvent} event
   */
  async #heard(name, event) {
    // The page's own toast about failed requests would only disturb: the player has its own words.
    event.stopPropagation();
    if (name === "htmx:after:request") {
      this.answered = true;
      const { response, text } = event.detail.ctx;
      await this.#answer(response.status, text);
    } else if (name === "htmx:finally:request") {
      if (!this.answered) this.#later("offline");
      this.busy = false;
      if (this.again) this.send();
    }
  }

  /**
   * @param {number} status
   * @param {string} text
   */
  async #answer(status, text) {
    if (status === 401) return this.#later("sign_in");
    if (status === 403) return this.#renewToken();
    if (status === 404) return this.#give("gone");
    if (status >= 400 && status < 500) return this.#give("refused");
    /** @type {Answer | null} */
    let answer = null;
    try {
      answer = JSON.parse(text);
    } catch {
      // A proxy's error page in our place.
    }
    if (status >= 300 || !Array.isArray(answer?.acked)) return this.#later("offline");
    this.wait = FIRST_WAIT_MS;
    await this.memory.acknowledge(answer.acked);
    this.onTrouble("");
    this.onAnswer(answer);
  }

  /** Try again later, and later still. @param {Trouble} trouble */
  #later(trouble) {
    this.again = false;
    this.onTrouble(trouble);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  /** Stop trying: the same again would only fail the same. @param {Trouble} trouble */
  #give(trouble) {
    this.again = false;
    this.onTrouble(trouble);
  }

  /** Signing in elsewhere changes the form's token. Nobody's events go out in somebody else's name. */
  async #renewToken() {
    this.#later("offline");
    const who = await whoIsThere();
    const { owner, guest } = /** @type {HTMLElement} */ (this.form.closest("[data-owner]")).dataset;
    if (!who) return;
    if (who.person === owner || guest !== undefined) this.#field("csrfmiddlewaretoken").value = who.token;
    else this.onTrouble("sign_in");
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }
}
