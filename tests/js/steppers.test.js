import assert from "node:assert/strict";
import { test } from "node:test";
import { next } from "../../static/js/builder/steppers.js";

test("a tap goes to the next value on the grid", () => {
  assert.equal(next(30, 5, 1, 5, 60), 35);
  assert.equal(next(32, 5, 1, 5, 60), 35);
  assert.equal(next(32, 5, -1, 5, 60), 30);
  assert.equal(next(30, 5, -1, 5, 60), 25);
});

test("a tap never leaves the limits", () => {
  assert.equal(next(60, 5, 1, 5, 60), 60);
  assert.equal(next(5, 5, -1, 5, 60), 5);
  assert.equal(next(900, 5, 1, 5, 60), 60);
  assert.equal(next(0, 1, -1, 1, 4), 1);
});
