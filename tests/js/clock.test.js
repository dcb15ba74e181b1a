// The clock: sleep, a device's clock being set, missing ticks, faster time for tests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf } from "../../static/js/player/player.js";
import { chance, fakeClocks } from "./helpers.js";

test("awake, it goes with the wall and says all is well", () => {
  const fake = fakeClocks();
  const clock = clockOf(fake);
  for (let n = 0; n < 10; n++) {
    fake.awake(250);
    assert.deepEqual(clock.sample(), { kind: "ok", gap: 0 });
    assert.equal(clock.now(), fake.wall());
  }
});

for (const hours of [1, -1, 24 * 365]) {
  test(`somebody setting the clock by ${hours} h moves nothing`, () => {
    const fake = fakeClocks();
    const clock = clockOf(fake);
    fake.awake(250);
    clock.sample();
    const before = clock.now();
    fake.set(hours * 3_600_000);
    fake.awake(250);
    assert.equal(clock.sample().kind, "set");
    assert.equal(clock.now() - before, 250);
    fake.awake(250);
    assert.equal(clock.sample().kind, "ok");
    assert.equal(clock.now() - before, 500);
  });
}

test("sleep with the monotonic clock standing still is caught up with", () => {
  const fake = fakeClocks();
  const clock = clockOf(fake);
  const before = clock.now();
  clock.suspect();
  fake.asleep(1_200_000);
  fake.awake(300);
  assert.deepEqual(clock.sample(), { kind: "sleep", gap: 1_200_300 });
  assert.equal(clock.now() - before, 1_200_300);
});

test("sleep is known by missing ticks, too", () => {
  const fake = fakeClocks();
  const clock = clockOf(fake);
  fake.awake(5_000);
  fake.asleep(60_000);
  assert.equal(clock.sample().kind, "sleep");
  assert.equal(clock.now(), fake.wall());
});

test("missing ticks alone are a gap", () => {
  const fake = fakeClocks();
  const clock = clockOf(fake);
  fake.awake(20_000);
  assert.deepEqual(clock.sample(), { kind: "gap", gap: 20_000 });
});

test("the network's small corrections are left alone", () => {
  const fake = fakeClocks();
  const clock = clockOf(fake);
  const before = clock.now();
  fake.set(-700);
  fake.awake(250);
  assert.equal(clock.sample().kind, "ok");
  assert.equal(clock.now() - before, 250);
});

test("whatever is done to the device's clock, time while awake never goes back", () => {
  const luck = chance(11);
  const fake = fakeClocks();
  const clock = clockOf(fake);
  let last = clock.now();
  for (let n = 0; n < 5000; n++) {
    if (luck.next() < 0.1) fake.set(luck.whole(-4_000_000, 4_000_000));
    const ms = luck.whole(1, 900);
    fake.awake(ms);
    clock.sample();
    assert.ok(Math.abs(clock.now() - last - ms) <= 1, `${clock.now() - last} instead of ${ms}`);
    last = clock.now();
  }
});

test("faster time runs from an origin, so that a reloaded page agrees", () => {
  const fake = fakeClocks();
  const origin = fake.wall() - 1_000;
  const one = clockOf({ ...fake, speed: 20, origin });
  fake.awake(500);
  const two = clockOf({ wall: fake.wall, mono: () => fake.mono() - 77_000, speed: 20, origin });
  assert.equal(one.now(), origin + 1_500 * 20);
  assert.equal(two.now(), one.now());
  assert.equal(one.until(one.now() + 2_000), 100);
  fake.awake(1_000);
  assert.equal(one.sample().kind, "ok", "a second is a second, however much happens in it");
});
