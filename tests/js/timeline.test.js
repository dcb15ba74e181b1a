// Looking things up in a plan.
import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, segmentAt, stepCount, workAfter, workFrom } from "../../static/js/player/reducer.js";
import { chance, planOf } from "./helpers.js";

test("a boundary belongs to the segment that begins there", () => {
  const plan = planOf([{ seconds: 30, sides: "each" }]);
  assert.equal(segmentAt(plan, 0), 0);
  assert.equal(segmentAt(plan, 9_999), 0);
  assert.equal(segmentAt(plan, 10_000), 1);
  assert.equal(segmentAt(plan, plan.total_ms - 1), 3);
  assert.equal(segmentAt(plan, plan.total_ms), 4);
  assert.equal(segmentAt(plan, plan.total_ms + 1), 4);
});

test("the search finds what walking finds", () => {
  const luck = chance(7);
  for (let round = 0; round < 300; round++) {
    const plan = planOf(Array.from({ length: luck.whole(1, 30) }, () => ({ seconds: luck.whole(1, 90) })));
    const position = luck.whole(0, plan.total_ms);
    const walked = plan.segments.findIndex((s) => position < s.starts_ms + s.lasts_ms);
    assert.equal(segmentAt(plan, position), walked < 0 ? plan.segments.length : walked);
  }
});

test("an empty plan is over at once", () => {
  const plan = planOf([]);
  assert.equal(segmentAt(plan, 0), 0);
  assert.equal(endOf(plan, 0), 0);
  assert.equal(stepCount(plan), 0);
  assert.equal(workFrom(plan, 0), undefined);
});

test("what comes next is the work after this one", () => {
  const plan = planOf([{ seconds: 30, sides: "each" }, { seconds: 20 }]);
  assert.equal(workFrom(plan, 0)?.index, 1, "getting ready is for the left side");
  assert.equal(workAfter(plan, 0)?.index, 3, "after that comes the right");
  assert.equal(workAfter(plan, 2)?.index, 5, "while switching, the right side is meant");
  assert.equal(workAfter(plan, 5), undefined);
  assert.equal(stepCount(plan), 2);
  assert.equal(endOf(plan, 99), plan.total_ms);
});
