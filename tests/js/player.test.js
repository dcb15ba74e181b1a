// Whole sessions without a page: presses, ticks that come late or never, sleep, reloads, other tabs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AWAY_MS, clockOf, Player } from "../../static/js/player/player.js";
import { fold } from "../../static/js/player/reducer.js";
import { chance, fakeClocks, planOf } from "./helpers.js";

/** @typedef {import("../../static/js/player/reducer.js").PlayerEvent} PlayerEvent */

const PLAN = planOf([{ seconds: 30, sides: "each" }, { seconds: 20 }]);

/** A player with obedient clocks, and what it wrote down. */
function rig({
  plan = PLAN,
  clocks = fakeClocks(),
  events = /** @type {PlayerEvent[]} */ ([]),
  alive = 0,
  device = "",
} = {}) {
  /** @type {PlayerEvent[]} */
  const kept = [];
  const seen = { alive };
  let ids = 0;
  const player = new Player({
    timeline: plan,
    clock: clockOf(clocks),
    memory: {
      add: async (event) => void kept.push(event),
      alive: async (instant) => {
        seen.alive = instant;
      },
    },
    device,
    newId: () => `id-${clocks.wall()}-${ids++}`,
    zone: "Europe/Berlin",
    onChange: () => {},
  });
  player.load(events, alive);
  /** @param {number} ms @param {number} [every] */
  const run = (ms, every = 200) => {
    for (let left = ms; left > 0; left -= every) {
      clocks.awake(Math.min(every, left));
      player.tick();
    }
  };
  return { player, clocks, kept, seen, run };
}

/** @param {PlayerEvent[]} events */
const kinds = (events) => events.map((event) => event.kind);

test("a session tells its start with the zone, a mark every 45 s and at each new step, and its end once", () => {
  const { player, kept, run } = rig();
  player.do("start");
  run(PLAN.total_ms + 5_000);
  assert.deepEqual(kinds(kept), ["start", "mark", "mark", "finish"]);
  assert.deepEqual(kept[0]?.data, { zone: "Europe/Berlin" });
  assert.equal(player.state.status, "done");
  assert.equal(
    (kept.at(-1)?.at ?? 0) - (kept[0]?.at ?? 0),
    PLAN.total_ms,
    "the end is told exact, however late the tick",
  );
  assert.deepEqual(
    fold(PLAN, kept).spent,
    PLAN.segments.map((s) => s.lasts_ms),
  );
});

test("the next deadline is that of the segment under way, also where no event was told", () => {
  const { player, clocks, kept, run } = rig();
  player.do("start");
  const began = clocks.wall();
  for (const segment of PLAN.segments) {
    const ends = segment.starts_ms + segment.lasts_ms;
    run(ends - 50 - (clocks.wall() - began));
    assert.equal(player.deadline, began + ends, `segment ${segment.index}`);
    run(100);
  }
  assert.equal(player.deadline, null);
  assert.ok(kept.length < PLAN.segments.length);
});

test("an end that passes between a tick and the question for the next deadline is still due", () => {
  const { player, clocks, kept, run } = rig();
  player.do("start");
  const ends = clocks.wall() + PLAN.total_ms;
  run(PLAN.total_ms - 1);
  clocks.awake(5);
  assert.equal(player.state.status, "done", "as the picture already shows");
  assert.equal(player.deadline, ends, "else nothing wakes the player to tell it");
  player.tick();
  assert.equal(kept.at(-1)?.kind, "finish");
  assert.equal(player.deadline, null);
});

test("numbers go up and every instant is a whole one", () => {
  const { player, kept, run } = rig();
  for (const kind of /** @type {const} */ (["start", "pause", "resume", "skip", "back", "end"])) {
    player.do(kind);
    run(777, 100.3);
  }
  assert.deepEqual(
    kept.map((event) => event.seq),
    [1, 2, 3, 4, 5, 6],
  );
  assert.ok(kept.every((event) => Number.isInteger(event.at)));
});

test("what makes no sense is neither done nor told", () => {
  const { player, kept } = rig();
  for (const kind of /** @type {const} */ (["pause", "resume", "skip", "back", "end"])) player.do(kind);
  assert.deepEqual(kept, []);
  player.do("start");
  player.do("start");
  player.do("resume");
  player.do("end");
  player.do("start");
  player.do("back");
  assert.deepEqual(kinds(kept), ["start", "end"]);
});

test("a long step is marked now and then, so that little is lost with the device", () => {
  const plan = planOf([{ seconds: 40, sides: "each" }]);
  const { player, kept, run } = rig({ plan });
  player.do("start");
  run(80_000);
  assert.deepEqual(kinds(kept), ["start", "mark"]);
});

test("late ticks change nothing but the moment one notices", () => {
  const { player, kept, clocks } = rig();
  player.do("start");
  clocks.awake(14_000);
  player.tick();
  assert.equal(player.state.position, 14_000);
  clocks.awake(14_900);
  player.tick();
  assert.equal(player.state.position, 28_900);
  assert.deepEqual(kinds(kept), ["start"]);
});

test("asleep for minutes, it waits where it was last alive", () => {
  const { player, kept, clocks, run } = rig();
  player.do("start");
  run(20_000);
  clocks.awake(2_000);
  clocks.asleep(600_000);
  player.tick();
  assert.deepEqual(kinds(kept), ["start", "pause"]);
  assert.equal(player.state.position, 20_000);
  assert.equal(player.wasAway, true);
  player.do("resume");
  run(4_000); // three of them to get back into it
  assert.equal(player.state.position, 21_000);
  assert.equal(player.wasAway, false);
});

test("setting the device's clock does not move a hold", () => {
  for (const jump of [3_600_000, -3_600_000]) {
    const { player, kept, clocks, run } = rig();
    player.do("start");
    run(12_000);
    clocks.set(jump);
    run(3_000);
    assert.equal(player.state.position, 15_000);
    assert.deepEqual(kinds(kept), ["start"]);
  }
});

test("a reload goes on where the first page would be", () => {
  const clocks = fakeClocks();
  const first = rig({ clocks });
  first.player.do("start");
  first.run(17_300);
  clocks.awake(900);
  const second = rig({ clocks, events: first.kept, alive: first.seen.alive });
  assert.equal(second.player.state.position, 18_200);
  assert.equal(second.player.state.status, "running");
});

test("a page that comes back much later waits at the last living moment", () => {
  const clocks = fakeClocks();
  const first = rig({ clocks });
  first.player.do("start");
  first.run(17_000);
  clocks.awake(AWAY_MS + 5_000);
  const second = rig({ clocks, events: first.kept, alive: first.seen.alive });
  assert.equal(second.player.state.status, "paused");
  assert.ok(Math.abs(second.player.state.position - 17_000) <= 1_000);
});

test("another device knows only the events, and waits at the last of them", () => {
  const clocks = fakeClocks();
  const first = rig({ clocks });
  first.player.do("start");
  first.run(90_000);
  clocks.awake(60_000);
  const other = rig({ clocks, events: first.kept });
  assert.equal(other.player.state.status, "paused");
  assert.equal(other.player.state.position, first.player.base.position);
});

test("a mirror that slept through a long pause goes on when the other tab resumes", () => {
  const clocks = fakeClocks();
  const leader = rig({ clocks });
  const mirror = rig({ clocks });
  leader.player.do("start");
  mirror.player.merge(leader.kept);
  leader.player.do("pause");
  mirror.player.merge(leader.kept);
  clocks.awake(300_000);
  leader.player.do("resume");
  mirror.player.merge(leader.kept);
  mirror.player.tick();
  assert.equal(mirror.player.state.status, "running");
  assert.deepEqual(mirror.kept, []);
});

test("any session: what the device kept is what the player believes", () => {
  const luck = chance(21);
  for (let round = 0; round < 300; round++) {
    const clocks = fakeClocks();
    let { player, kept, seen } = rig({ clocks });
    /** @type {PlayerEvent[]} */
    let all = [];
    let alive = 0;
    player.do("start");
    for (let n = 0; n < 30; n++) {
      const what = luck.next();
      if (what < 0.15) player.do(luck.pick(/** @type {const} */ (["pause", "resume", "skip", "back"])));
      else if (what < 0.2) clocks.set(luck.whole(-10_000_000, 10_000_000));
      else if (what < 0.25) {
        all = [...all, ...kept];
        alive = seen.alive;
        ({ player, kept, seen } = rig({ clocks, events: all, alive }));
      } else {
        clocks.awake(luck.whole(1, 9_000));
        player.tick();
      }
      const { status, position, spent } = player.state;
      assert.ok(position >= 0 && position <= PLAN.total_ms);
      assert.deepEqual(fold(PLAN, [...all, ...kept]), player.base);
      assert.ok(spent.every((ms) => ms >= 0));
      if (status === "done") break;
    }
  }
});

test("a tab that only follows makes no event by itself, and takes over where the other was lost", () => {
  const { player, clocks, kept, run } = rig();
  player.do("start");
  player.leads = false;
  run(60_000);
  assert.deepEqual(kinds(kept), ["start"]);
  assert.ok(player.state.position >= 60_000);
  player.do("pause");
  assert.deepEqual(kinds(kept), ["start", "pause"], "a press counts in every tab");
  player.do("resume");
  clocks.awake(2_000);
  clocks.asleep(600_000);
  player.tick();
  player.leads = true;
  player.tick();
  assert.deepEqual(kinds(kept), ["start", "pause", "resume", "pause"]);
});

test("while work waits for a tap the device counts as alive", () => {
  const { player, kept, run } = rig();
  player.do("taps", { on: "all" });
  player.do("start");
  run(100_000);
  assert.equal(player.deadline, Number.POSITIVE_INFINITY);
  player.do("tap");
  assert.deepEqual(kinds(kept).slice(0, 4), ["taps", "start", "mark", "tap"]);
});

test("who looks on makes nothing up, and takes over with the first press", () => {
  const clocks = fakeClocks();
  const phone = rig({ clocks, device: "phone" });
  const tablet = rig({ clocks, device: "tablet" });
  phone.player.do("start");
  tablet.player.merge(phone.kept);
  tablet.run(60_000);
  assert.equal(tablet.player.elsewhere, true);
  assert.deepEqual(tablet.kept, []);
  tablet.player.do("skip");
  assert.deepEqual(kinds(tablet.kept), ["take", "skip"]);
  phone.player.merge(tablet.kept);
  phone.run(1_000);
  assert.equal(phone.player.elsewhere, true);
  assert.deepEqual(kinds(phone.kept), ["start"]);
});
