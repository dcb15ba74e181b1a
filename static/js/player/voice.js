// Speaks the lines of script.js with a voice of this device. Never on the timing path: whatever
// happens here, or does not, the session goes on. Where there is no voice, or it fails twice in a
// row, it gives up quietly, and tones and captions remain. What is said when is decided elsewhere.

/** @typedef {Pick<import("./script.js").Line, "text" | "kind" | "lasts">} Spoken */

// Some browsers know their voices late, and some never tell.
const LOOK_MS = 2000;
// How long a line that comes while another is spoken may wait: a call is worth it, the rest is not.
const CALL_WAITS_MS = 5000;
const MARK_WAITS_MS = 1500;
const FAILURES = 2;

export class Voice {
  /**
   * @param {object} options
   * @param {string} options.language of the page
   * @param {() => void} [options.onChange] voices were found, or speaking failed
   * @param {SpeechSynthesis} [options.synth]
   * @param {(text: string) => SpeechSynthesisUtterance} [options.make]
   * @param {(run: () => void, ms: number) => any} [options.later]
   * @param {() => number} [options.now]
   */
  constructor({
    language,
    onChange = () => {},
    synth = globalThis.speechSynthesis,
    make = (text) => new SpeechSynthesisUtterance(text),
    later = (run, ms) => setTimeout(run, ms),
    now = () => performance.now(),
  }) {
    this.language = language;
    this.onChange = onChange;
    this.synth = synth;
    this.make = make;
    this.later = later;
    this.now = now;
    this.rate = 100;
    this.volume = 100;
    this.wanted = "";
    this.primed = false;
    this.failures = 0;
    /** @type {SpeechSynthesisVoice[]} those of the page's language, those of the device first */
    this.voices = [];
    /** @type {(Spoken & { utterance?: SpeechSynthesisUtterance }) | null} what is being said; kept, or its end is never heard of */
    this.current = null;
    /** @type {(Spoken & { until: number }) | null} */
    this.waiting = null;
    if (!synth) return;
    synth.addEventListener?.("voiceschanged", () => this.#look(0));
    this.#look(LOOK_MS);
  }

  /** Whether there is a voice at all, as far as can be told. */
  get possible() {
    return this.voices.length > 0 && this.failures < FAILURES;
  }

  /** Whether words would be heard now. */
  get ready() {
    return this.primed && this.possible;
  }

  /** Browsers let a page speak only after a tap; the first words, in silence, are for that. */
  prime() {
    if (this.primed || !this.synth) return;
    this.primed = true;
    const silence = this.make("");
    silence.volume = 0;
    this.synth.speak(silence);
  }

  /**
   * Say a line, now or as soon as the one before is over. A call cuts off everything but a call;
   * nothing else cuts off anything. @param {Spoken} line
   */
  say(line) {
    if (!this.ready) return;
    const isCall = line.kind === "call";
    if (!this.current) this.#speak(line);
    else if (isCall && this.current.kind !== "call") {
      this.stop();
      this.#speak(line);
    } else if (isCall || this.waiting?.kind !== "call") {
      this.waiting = { ...line, until: this.now() + (isCall ? CALL_WAITS_MS : MARK_WAITS_MS) };
    }
  }

  /** Fall silent at once. */
  stop() {
    this.waiting = null;
    if (!this.current) return;
    this.current = null;
    this.synth.cancel();
  }

  /** @param {Spoken} line */
  #speak(line) {
    /** @type {Spoken & { utterance?: SpeechSynthesisUtterance }} */
    const current = { ...line };
    this.current = current;
    const over = () => {
      if (this.current !== current) return;
      this.current = null;
      const next = this.waiting;
      this.waiting = null;
      if (next && this.now() < next.until) this.#speak(next);
    };
    const failed = () => {
      if (this.current !== current) return;
      // In the background some systems are silent; that is no reason to give up.
      if (!globalThis.document?.hidden && ++this.failures === FAILURES) this.onChange();
      this.synth.cancel();
      over();
    };
    // Right after cancel() a browser may swallow the next words.
    this.later(() => {
      if (this.current !== current) return;
      const utterance = this.make(line.text);
      current.utterance = utterance;
      const voice = this.voices.find(({ voiceURI }) => voiceURI === this.wanted) ?? this.voices[0];
      if (voice) {
        utterance.voice = voice;
        utterance.lang = voice.lang;
      }
      utterance.rate = this.rate / 100;
      utterance.volume = this.volume / 100;
      utterance.onend = () => {
        this.failures = 0;
        over();
      };
      utterance.onerror = ({ error }) => (error === "canceled" || error === "interrupted" ? over() : failed());
      this.synth.speak(utterance);
      this.later(failed, line.lasts * 2 + 3000);
    }, 0);
  }

  /** @param {number} left ms for which to go on looking */
  #look(left) {
    const own = this.language.slice(0, 2).toLowerCase();
    this.voices = this.synth
      .getVoices()
      .filter(({ lang }) => lang.toLowerCase().startsWith(own))
      .sort((a, b) => rank(b) - rank(a));
    if (this.voices.length) this.onChange();
    else if (left > 0) this.later(() => this.#look(left - 250), 250);
  }
}

/** Voices from the net stop halfway and need a network. @param {SpeechSynthesisVoice} voice */
function rank(voice) {
  return (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
}
