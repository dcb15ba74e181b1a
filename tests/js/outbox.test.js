// What is delivered from other pages: all of it, once, in the right name; and what is kept, and for how long.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deliver, WHO } from "../../static/js/lib/outbox.js";
import { storeOf } from "../../static/js/player/player.js";
import { FakeRows } from "./fake-rows.js";
import { chance } from "./helpers.js";

/** @param {number} n @returns {import("../../static/js/player/reducer.js").PlayerEvent} */
const event = (n) => ({ id: `e${n}`, seq: n, kind: "mark", at: 1000 + n });

/** @param {FakeRows} rows @param {number[]} numbers @param {{ owner?: string, guest?: boolean, session?: string }} [of] */
async function keep(rows, numbers, { owner = "ann", guest = false, session = "s" } = {}) {
  const store = storeOf({ session, owner, guest, rows });
  await store.alive(1);
  for (const n of numbers) await store.add(event(n));
}

/** A server that knows who is signed in, and wants the newest token. */
class Server {
  constructor(person = "ann") {
    this.person = person;
    this.token = "old";
    this.over = false;
    this.status = 200;
    this.dead = false;
    /** @type {Map<string, string>} id to the person in whose name it came */
    this.taken = new Map();
    this.posts = 0;
    /** @param {any} url @param {any} [request] */
    this.fetch = async (url, request) => {
      if (this.dead) throw new TypeError("Failed to fetch");
      if (url === WHO) return Response.json({ person: this.person, token: this.token });
      this.posts++;
      if (!this.person) return Response.json({}, { status: 401 });
      if (request.body.get("csrfmiddlewaretoken") !== this.token) return new Response("", { status: 403 });
      if (this.status !== 200) return new Response("", { status: this.status });
      const events = JSON.parse(request.body.get("events"));
      for (const { id } of events) this.taken.set(id, this.person);
      return Response.json({ acked: events.map((/** @type {any} */ { id }) => id), over: this.over });
    };
  }

  /** @param {FakeRows} rows @param {Set<string>} [busy] */
  visit(rows, busy) {
    return deliver({ rows, fetch: this.fetch, now: () => 5, busy });
  }
}

/** @param {FakeRows} rows */
const unsent = async (rows) => (await rows.all("events")).filter((kept) => !kept.sent).map((kept) => kept.id);

test("with nothing to deliver nobody is asked", async () => {
  const server = new Server();
  server.dead = true;
  assert.deepEqual(await server.visit(new FakeRows()), { waiting: 0, refused: [], trouble: "" });
});

test("what waits is delivered, and a session that is over is forgotten", async () => {
  const [rows, server] = [new FakeRows(), new Server()];
  await keep(rows, [1, 2]);
  assert.deepEqual(await server.visit(rows), { waiting: 0, refused: [], trouble: "" });
  assert.deepEqual([...server.taken.keys()], ["e1", "e2"]);
  assert.equal((await rows.all("events")).length, 2, "it still runs somewhere");
  await keep(rows, [3]);
  server.over = true;
  await server.visit(rows);
  assert.deepEqual([await rows.all("events"), await rows.all("sessions")], [[], []]);
});

test("without a connection, and while the server is ill, everything is kept", async () => {
  const [rows, server] = [new FakeRows(), new Server()];
  await keep(rows, [1]);
  server.dead = true;
  assert.deepEqual(await server.visit(rows), { waiting: 1, refused: [], trouble: "offline" });
  server.dead = false;
  for (server.status of [500, 503, 429, 408]) {
    assert.deepEqual(await server.visit(rows), { waiting: 1, refused: [], trouble: "offline" });
  }
  assert.deepEqual(await unsent(rows), ["e1"]);
});

test("signed out, it waits for somebody to sign in", async () => {
  const [rows, server] = [new FakeRows(), new Server("")];
  await keep(rows, [1]);
  assert.deepEqual(await server.visit(rows), { waiting: 1, refused: [], trouble: "sign_in" });
  assert.equal(server.posts, 0);
});

test("nothing is sent in somebody else's name, nor are they told of it", async () => {
  const [rows, server] = [new FakeRows(), new Server("ben")];
  await keep(rows, [1]);
  assert.deepEqual(await server.visit(rows), { waiting: 0, refused: [], trouble: "" });
  assert.equal(server.posts, 0);
  server.person = "ann";
  await server.visit(rows);
  assert.equal(server.taken.get("e1"), "ann");
});

test("what a guest did is offered once to the account that the guest signed in to", async () => {
  const [rows, server] = [new FakeRows(), new Server("ann")];
  await keep(rows, [1], { owner: "guest-7", guest: true });
  server.status = 404;
  assert.deepEqual(await server.visit(rows), { waiting: 0, refused: [], trouble: "" });
  await server.visit(rows);
  assert.equal(server.posts, 1);
  assert.deepEqual(await unsent(rows), ["e1"], "another account may know it");
  [server.person, server.status] = ["ben", 200];
  await server.visit(rows);
  assert.equal(server.taken.get("e1"), "ben");
});

test("a token that has changed is fetched again, once", async () => {
  const [rows, server] = [new FakeRows(), new Server()];
  await keep(rows, [1]);
  const { fetch } = server;
  server.fetch = async (url, request) => {
    const answer = await fetch(url, request);
    // It changes between asking and sending.
    if (url === WHO && server.token === "old") server.token = "new";
    return answer;
  };
  assert.deepEqual(await server.visit(rows), { waiting: 0, refused: [], trouble: "" });
  assert.equal(server.posts, 2);
});

test("what the server will never take is kept and told, not tried for ever", async () => {
  for (const status of [404, 422]) {
    const [rows, server] = [new FakeRows(), new Server()];
    await keep(rows, [1]);
    server.status = status;
    for (let n = 0; n < 3; n++) assert.deepEqual((await server.visit(rows)).refused, ["s"]);
    assert.equal(server.posts, 1);
    assert.deepEqual(await unsent(rows), ["e1"]);
  }
});

test("a session that is being played sends for itself", async () => {
  const [rows, server] = [new FakeRows(), new Server()];
  await keep(rows, [1]);
  await server.visit(rows, new Set(["s"]));
  assert.equal(server.posts, 0);
});

test("through a hundred visits on a bad line, nothing is lost and nothing goes astray", async () => {
  const luck = chance(7);
  const [rows, server] = [new FakeRows(), new Server()];
  for (let n = 0; n < 300; n++) await keep(rows, [n], { owner: n % 2 ? "ann" : "ben", session: `s${n % 6}` });
  for (let visit = 0; visit < 100; visit++) {
    server.dead = luck.next() < 0.4;
    server.status = luck.pick([200, 200, 500, 503]);
    server.person = luck.pick(["ann", "ben", ""]);
    server.token = luck.pick(["one", "two"]);
    await server.visit(rows);
  }
  assert.equal(server.taken.size, 300);
  for (const [id, person] of server.taken) assert.equal(person, Number(id.slice(1)) % 2 ? "ann" : "ben");
});
