// The script: what is said in which order, at which amount, never two things at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { captionAt, hereIs, LONGEST_MS, scriptOf, speakingMs } from "../../static/js/player/cues.js";
import { chance, planOf } from "./helpers.js";

/** @typedef {import("../../static/js/player/cues.js").Line} Line */

const WORDS = {
  set_of: "Set {set} of {sets}",
  time_left: "{time} left",
  seconds: "{count} seconds",
  minutes: "{count} minutes",
  one_minute: "1 minute",
  said_left: "left side",
  said_right: "right side",
  say_first: "Let's go. First: {name}.",
  say_next: "Next: {name}.",
  say_switch_left: "Switch sides, now left.",
  say_switch_right: "Switch sides, now right.",
  say_rest: "Rest.",
  say_rest_set: "Rest. Then set {set} of {sets}.",
  say_half: "Half-way.",
  say_done: "Well done. That was everything.",
};

const HOW = [
  "Lie on your back; start with both knees bent and feet flat.",
  "Lift one knee and hold behind the thigh.",
  "Breathe out and draw the thigh towards the chest until the lower back and buttock pull gently.",
];
const STEPS = [
  { name: "", into: "Lie on your back", cues: HOW, amount: "", turns: "" },
  { name: "", into: "Stand up", cues: ["Stand tall."], amount: "10 times", turns: "left and right in turn" },
];
const PLAN = planOf([{ seconds: 30, sides: "each" }, { seconds: 20 }]);

/** @param {Line[]} lines */
const told = (lines) => lines.map(({ at, text }) => `${at / 1000} ${text}`);

test("without instructions: who, which side, half, switch, what is next and how to get there", () => {
  assert.deepEqual(told(scriptOf(PLAN, STEPS, WORDS, { amount: "none" })), [
    "0 Let's go. First: Stretch 0, left side. Lie on your back.",
    "10 Stretch 0, left side, 30 seconds.",
    "25 Half-way. 15 seconds left.",
    "40 Switch sides, now right.",
    "45 Right side, 30 seconds.",
    "60 Half-way. 15 seconds left.",
    "75 Next: Stretch 1, left and right in turn. Stand up.",
    "85 Stretch 1, left and right in turn, 10 times.",
    "95 Half-way. 10 seconds left.",
    "105 Well done. That was everything.",
  ]);
});

test("one sentence, or all of them spread over the hold and on into the other side", () => {
  const cues = (/** @type {string} */ amount) =>
    scriptOf(PLAN, STEPS, WORDS, { amount }).filter((line) => line.kind === "cue");
  assert.deepEqual(
    cues("short").map(({ text }) => text),
    [HOW[0], "Stand tall."],
  );
  assert.deepEqual(
    cues("full").map(({ text }) => text),
    [...HOW, "Stand tall."],
  );
  assert.equal(scriptOf(PLAN, STEPS, WORDS).length, scriptOf(PLAN, STEPS, WORDS, { amount: "short" }).length);
});

test("sets are counted, and long holds hear that ten seconds are left", () => {
  const plan = planOf([{ seconds: 60 }]);
  const [ready, first] = plan.segments;
  assert.ok(ready && first);
  const rest = {
    ...first,
    index: 2,
    kind: /** @type {const} */ ("rest"),
    set: 2,
    of_sets: 2,
    starts_ms: 70_000,
    lasts_ms: 10_000,
  };
  const second = { ...first, index: 3, set: 2, of_sets: 2, starts_ms: 80_000, lasts_ms: 5_000 };
  const sets = { total_ms: 85_000, segments: [ready, first, rest, second] };
  assert.deepEqual(told(scriptOf(sets, [{ name: "", into: "", cues: [], amount: "", turns: "" }], WORDS)), [
    "0 Let's go. First: Stretch 0.",
    "10 Stretch 0, 1 minute.",
    "40 Half-way. 30 seconds left.",
    "60 10 seconds left.",
    "70 Rest. Then set 2 of 2.",
    "80 Set 2 of 2.",
    "85 Well done. That was everything.",
  ]);
});

test("the last three seconds are counted only if somebody wants that", () => {
  const numbers = (/** @type {boolean} */ count) =>
    scriptOf(PLAN, STEPS, WORDS, { count }).filter(({ text }) => /^\d$/.test(text)).length;
  assert.equal(numbers(false), 0);
  assert.equal(numbers(true), 3 * 5 + 2, "a switch of five seconds leaves time for two");
});

test("a long name is said in full: the half-way call gives way, nothing is cut short", () => {
  const label =
    "Hip flexor stretch in half-kneeling with a reach overhead and a slow bend to the side of the front leg, both hands up";
  const segments = planOf([{ seconds: 20 }]).segments.map((segment) => ({ ...segment, label }));
  const lines = scriptOf({ total_ms: 30_000, segments }, [], WORDS, { rate: 70 });
  assert.ok(lines.some(({ text }) => text === `${label}, 20 seconds.`));
  assert.ok(!lines.some(({ text }) => text.startsWith("Half-way")), "it would come in the middle of the name");
});

test("nothing is said over anything else, and no instruction takes more than eight seconds", () => {
  const luck = chance(7);
  const sentence = () =>
    Array.from({ length: luck.whole(2, 60) }, () => luck.pick(["knee", "breathe,", "the", "slowly."])).join(" ");
  for (let round = 0; round < 300; round++) {
    const plan = planOf(
      Array.from({ length: luck.whole(1, 5) }, () => ({
        seconds: luck.whole(5, 120),
        sides: luck.pick(["each", "both"]),
      })),
    );
    const steps = plan.segments.map(() => ({
      name: "",
      into: luck.pick(["", "Stand up", "Lie on your back"]),
      cues: Array.from({ length: luck.whole(0, 6) }, sentence),
      amount: "",
      turns: "",
    }));
    const rate = luck.whole(70, 140);
    const lines = scriptOf(plan, steps, WORDS, { amount: "full", rate, count: luck.pick([true, false]) });
    lines.forEach((line, n) => {
      const next = lines[n + 1];
      const segment = plan.segments[line.index];
      if (line.kind === "cue") assert.ok(line.lasts <= LONGEST_MS, line.text);
      if (segment) assert.ok(line.at >= segment.starts_ms && line.at < segment.starts_ms + segment.lasts_ms);
      if (next && line.text.length > 1) {
        assert.ok(line.at < next.at, `${line.text} | ${next.text}`);
        if (next.kind !== "call") assert.ok(line.at + line.lasts <= next.at, `${line.text} | ${next.text}`);
      }
      if (line.kind === "cue" && segment) {
        assert.ok(line.at + line.lasts <= segment.starts_ms + segment.lasts_ms, "over before the next segment");
      }
    });
    assert.equal(lines.filter(({ kind }) => kind === "call").length, plan.segments.length + 1);
  }
});

test("what is cut into breaths loses no word", () => {
  const long = `${HOW.join(" ")} ${HOW.join(", ")}`;
  const plan = planOf([{ seconds: 120 }]);
  const lines = scriptOf(plan, [{ name: "", into: "", cues: [long], amount: "", turns: "" }], WORDS, {
    amount: "full",
  });
  const cues = lines.filter(({ kind }) => kind === "cue");
  assert.equal(cues.map(({ text }) => text).join(" "), long);
  assert.ok(cues.length > 1);
});

test("a slower voice takes longer", () => {
  assert.ok(speakingMs("Breathe.", 70) > speakingMs("Breathe.", 100));
});

test("the caption is what is being said, until just after", () => {
  const lines = scriptOf(PLAN, STEPS, WORDS, { amount: "none" });
  assert.equal(captionAt(lines, 2, 40_000), "Switch sides, now right.");
  assert.equal(captionAt(lines, 2, 42_400), "Switch sides, now right.");
  assert.equal(captionAt(lines, 2, 44_900), "");
  assert.equal(captionAt(lines, 1, 25_500), "Half-way. 15 seconds left.");
});

test("what is done instead is called by its own name", () => {
  const steps = STEPS.map((step) => ({ ...step, name: "Something easier" }));
  const [first, second] = scriptOf(PLAN, steps, WORDS, { amount: "none" });
  assert.equal(first?.text, "Let's go. First: Something easier, left side. Lie on your back.");
  assert.equal(second?.text, "Something easier, left side, 30 seconds.");
});

test("whoever comes back hears where they are, and how much of it is left", () => {
  const [, , change, right] = PLAN.segments;
  assert.ok(change && right);
  assert.equal(hereIs(PLAN, change, 3000, STEPS, WORDS), "Stretch 0, right side.");
  assert.equal(hereIs(PLAN, right, 12_400, STEPS, WORDS), "Stretch 0, right side, 12 seconds left.");
});
