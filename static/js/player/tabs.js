// Several tabs of one session tell one story: one of them leads, that is, makes events by itself and
// sends; the others show the same and hear of every event. Whoever presses, leads from then on.

export class Tabs {
  /**
   * @param {string} session id
   * @param {object} told
   * @param {(leads: boolean) => void} told.onLead
   * @param {() => void} told.onNews another tab has written something down
   */
  constructor(session, { onLead, onNews }) {
    this.name = `play:${session}`;
    this.onLead = onLead;
    this.leads = false;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = onNews;
  }

  /** Tell the other tabs that there is something new. */
  tell() {
    this.channel.postMessage(null);
  }

  /**
   * Lead as soon as nobody else does; with `steal` at once.
   * @param {boolean} [steal]
   */
  async lead(steal = false) {
    if (this.leads) return;
    // Plain http has no locks. Then every tab leads: events carry ids, so that does no harm.
    if (!navigator.locks) return this.#turn(true);
    try {
      await navigator.locks.request(this.name, { steal }, () => {
        this.#turn(true);
        return new Promise(() => {});
      });
    } catch {
      this.#turn(false);
      this.lead();
    }
  }

  /** @param {boolean} leads */
  #turn(leads) {
    this.leads = leads;
    this.onLead(leads);
  }
}
