// The voice: who may cut whom off, what is too late to be said, and giving up without a fuss.
import assert from "node:assert/strict";
import { test } from "node:test";
import { voiceOf } from "../../static/js/player/sound.js";

/** @typedef {import("../../static/js/player/cues.js").Line} Line */

const HERE = { lang: "en-GB", name: "Here", voiceURI: "here", localService: true, default: false };
const NET = { lang: "en_US", name: "Net", voiceURI: "net", localService: false, default: true };
const OTHER = { lang: "de-DE", name: "Andere", voiceURI: "other", localService: true, default: true };

/** A device that speaks when told to, with a clock of its own. */
function device({ voices = [NET, OTHER, HERE] } = {}) {
  /** @type {any[]} */
  const spoken = [];
  /** @type {{ run: () => void, at: number }[]} */
  const waiting = [];
  let now = 0;
  let cancelled = 0;
  let changes = 0;
  const synth = {
    known: voices,
    addEventListener() {},
    getVoices: () => synth.known,
    speak: (/** @type {any} */ utterance) => spoken.push(utterance),
    cancel: () => {
      cancelled++;
    },
  };
  const voice = voiceOf({
    language: "en",
    onChange: () => {
      changes++;
    },
    synth: /** @type {any} */ (synth),
    make: (text) => /** @type {any} */ ({ text }),
    later: (run, ms) => waiting.push({ run, at: now + ms }),
    now: () => now,
  });
  return {
    voice,
    synth,
    spoken,
    texts: () => spoken.map(({ text }) => text).filter(Boolean),
    cancelled: () => cancelled,
    changes: () => changes,
    /** @param {number} ms */
    pass(ms) {
      now += ms;
      for (const one of [...waiting].sort((a, b) => a.at - b.at)) {
        if (one.at > now) continue;
        waiting.splice(waiting.indexOf(one), 1);
        one.run();
      }
    },
    end: () => spoken.at(-1).onend(),
  };
}

/** @param {Line["kind"]} kind @param {string} text */
const line = (kind, text) => ({ kind, text, lasts: 2000 });

test("nothing is said before the first tap, and that tap says nothing aloud", () => {
  const { voice, spoken, texts, pass } = device();
  voice.say(line("call", "Too early"));
  pass(10);
  assert.deepEqual(spoken, []);
  voice.prime();
  voice.prime();
  assert.deepEqual(
    spoken.map(({ text, volume }) => [text, volume]),
    [["", 0]],
  );
  voice.say(line("call", "Now"));
  pass(0);
  assert.deepEqual(texts(), ["Now"]);
});

test("a voice of the page's language, of the device before one from the net, or the chosen one", () => {
  const { voice, spoken, pass, end } = device();
  voice.prime();
  assert.deepEqual(
    voice.all().map(({ name }) => name),
    ["Here", "Net"],
  );
  voice.say(line("call", "One"));
  pass(0);
  assert.equal(spoken.at(-1).voice, HERE);
  end();
  voice.set({ wanted: "net", rate: 120, volume: 50 });
  voice.say(line("call", "Two"));
  pass(0);
  const { voice: used, rate, volume, lang } = spoken.at(-1);
  assert.deepEqual([used, rate, volume, lang], [NET, 1.2, 0.5, "en_US"]);
});

test("a name is never cut off: a half-way call waits a moment, then it is too late", () => {
  const { voice, texts, pass, end, cancelled } = device();
  voice.prime();
  voice.say(line("call", "A very long name"));
  pass(0);
  voice.say(line("mark", "Half-way"));
  pass(3000);
  end();
  assert.deepEqual(texts(), ["A very long name"]);
  assert.equal(cancelled(), 0);
  voice.say(line("call", "Another name"));
  pass(0);
  voice.say(line("mark", "Half-way"));
  pass(1000);
  end();
  pass(0);
  assert.deepEqual(texts(), ["A very long name", "Another name", "Half-way"]);
});

test("a new segment cuts an instruction off, but not the call before it", () => {
  const { voice, texts, pass, end, cancelled } = device();
  voice.prime();
  voice.say(line("cue", "How it is done"));
  pass(0);
  voice.say(line("call", "Switch sides"));
  assert.equal(cancelled(), 1);
  assert.deepEqual(texts(), ["How it is done"], "one tick between cancelling and speaking");
  pass(0);
  voice.say(line("call", "Right side"));
  voice.say(line("cue", "Instruction that may not push a call out"));
  pass(1000);
  end();
  pass(0);
  assert.deepEqual(texts(), ["How it is done", "Switch sides", "Right side"]);
});

test("a pause silences it, and what was waiting is forgotten", () => {
  const { voice, texts, pass, cancelled } = device();
  voice.prime();
  voice.say(line("call", "One"));
  pass(0);
  voice.say(line("call", "Two"));
  voice.stop();
  voice.stop();
  pass(5000);
  assert.deepEqual(texts(), ["One"]);
  assert.equal(cancelled(), 1);
});

test("a voice that never answers is given up quietly after two tries", () => {
  const { voice, texts, pass, changes } = device();
  voice.prime();
  const before = changes();
  voice.say(line("call", "One"));
  pass(0);
  pass(8000);
  assert.ok(voice.ready());
  voice.say(line("call", "Two"));
  pass(0);
  pass(8000);
  assert.equal(voice.ready(), false);
  assert.equal(voice.possible(), false);
  assert.equal(changes(), before + 1);
  voice.say(line("call", "Three"));
  pass(0);
  assert.deepEqual(texts(), ["One", "Two"]);
});

test("an error of the browser's is a failure, being interrupted is not", () => {
  const { voice, spoken, pass } = device();
  voice.prime();
  for (const error of ["interrupted", "canceled", "interrupted"]) {
    voice.say(line("call", "One"));
    pass(0);
    spoken.at(-1).onerror({ error });
  }
  assert.ok(voice.ready());
  for (const error of ["not-allowed", "synthesis-failed"]) {
    voice.say(line("call", "One"));
    pass(0);
    spoken.at(-1).onerror({ error });
  }
  assert.equal(voice.ready(), false);
});

test("voices may come late, or never, or there is no speech at all", () => {
  const late = device({ voices: [] });
  late.voice.prime();
  assert.equal(late.voice.ready(), false);
  late.pass(250);
  late.synth.known = [HERE];
  late.pass(250);
  assert.ok(late.voice.ready());
  const never = device({ voices: [OTHER] });
  for (let n = 0; n < 20; n++) never.pass(250);
  never.synth.known = [HERE];
  never.pass(250);
  assert.equal(never.voice.possible(), false);
  const none = voiceOf({ language: "en", synth: undefined });
  none.prime();
  none.say(line("call", "One"));
  none.stop();
  assert.equal(none.ready(), false);
});
