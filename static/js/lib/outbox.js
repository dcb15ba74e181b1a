// Delivers, from whatever page, what sessions left on this device. Nothing is ever dropped: an event
// goes only when the server has named its id, and nobody's events are sent in somebody else's name.
// What is shown of it is in waiting.js; a session that is being played sends for itself.

import { forget } from "./forgetting.js";

/** @typedef {import("./db.js").KeptEvent} KeptEvent */
/** @typedef {import("./db.js").KeptSession} KeptSession */
/** @typedef {"" | "offline" | "sign_in"} Trouble */
/** @typedef {{ waiting: number, refused: string[], trouble: Trouble }} Report what the person may know */
/** @typedef {{ person: string, token: string }} Who */
/** @typedef {{ acked: string[], status: string, seconds: number, over: boolean,
 *   events?: import("./db.js").PlayerEvent[] }} Answer `events` of all devices, if another one holds the session */

export const WHO = "/account/token/";
const BATCH = 200;
const PATIENCE_MS = 10_000;

/**
 * Go once over everything that waits.
 * @param {object} parts
 * @param {import("./db.js").Rows} parts.rows
 * @param {typeof globalThis.fetch} [parts.fetch]
 * @param {() => number} [parts.now]
 * @param {ReadonlySet<string>} [parts.busy] sessions that are open in some tab
 * @returns {Promise<Report>}
 */
export async function deliver({ rows, fetch = globalThis.fetch.bind(globalThis), now = Date.now, busy = new Set() }) {
  /** @type {Report} */
  const report = { waiting: 0, refused: [], trouble: "" };
  /** @type {Map<string, KeptEvent[]>} */
  const waiting = new Map();
  for (const kept of await rows.all("events")) {
    if (!kept.sent && !busy.has(kept.session)) waiting.set(kept.session, [...(waiting.get(kept.session) ?? []), kept]);
  }
  if (!waiting.size) return report;
  let who = await whoIsThere(fetch);
  for (const [session, events] of waiting) {
    const known = await rows.get("sessions", session);
    const owner = events[0]?.owner ?? "";
    const isOwn = !who?.person || owner === who.person;
    if (who?.person && known?.refused?.includes(who.person)) {
      if (isOwn) report.refused.push(session);
      continue;
    }
    // A guest's sessions move into the account that the guest signs in to; the server knows whether.
    if (!isOwn && !known?.guest) continue;
    let trouble = troubleOf(who);
    if (who && !trouble) {
      let status = await post(rows, fetch, session, events, who, now());
      if (status === 403) {
        who = await whoIsThere(fetch);
        status = who?.person ? await post(rows, fetch, session, events, who, now()) : 0;
      }
      if (status === 200) continue;
      if (isFinal(status)) {
        await refuse(rows, session, events, who?.person ?? "");
        if (isOwn) report.refused.push(session);
        continue;
      }
      trouble = status === 401 ? "sign_in" : "offline";
    }
    report.trouble = trouble;
    report.waiting++;
  }
  return report;
}

/** @param {Who | null} who @returns {Trouble} */
function troubleOf(who) {
  if (!who) return "offline";
  return who.person ? "" : "sign_in";
}

/**
 * Who is signed in, as the server sees it, with a token that holds; null without a connection.
 * @param {typeof globalThis.fetch} [fetch]
 * @returns {Promise<Who | null>}
 */
export async function whoIsThere(fetch = globalThis.fetch.bind(globalThis)) {
  try {
    const answer = await fetch(WHO, { cache: "no-store", redirect: "error" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/**
 * Whether the server will never take what it answered so.
 * @param {number} status
 */
export function isFinal(status) {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}

/**
 * Tell the server of events of a session, once.
 * @param {string} session
 * @param {string} token
 * @param {import("./db.js").PlayerEvent[]} events
 * @param {{ now: string, device?: string }} more
 * @param {typeof globalThis.fetch} [fetch]
 * @returns {Promise<{ status: number, answer?: Answer }>} 0 if nothing was heard, or not from our server
 */
export async function tell(session, token, events, more, fetch = globalThis.fetch.bind(globalThis)) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, events: JSON.stringify(events), ...more });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(`/sessions/${session}/events/`, { method: "POST", body, redirect: "error", signal });
    const { status } = response;
    if (!response.ok) return { status };
    const answer = await response.json();
    return Array.isArray(answer?.acked) ? { status, answer } : { status: 0 };
  } catch {
    return { status: 0 };
  }
}

/**
 * @param {import("./db.js").Rows} rows
 * @param {typeof globalThis.fetch} fetch
 * @param {string} session
 * @param {KeptEvent[]} events
 * @param {Who} who
 * @param {number} now
 * @returns {Promise<number>} 200 once all are acknowledged, 0 if nothing was heard, else the server's answer
 */
async function post(rows, fetch, session, events, who, now) {
  let over = false;
  for (let from = 0; from < events.length; from += BATCH) {
    const batch = events.slice(from, from + BATCH);
    const told = batch.map((kept) => kept.event);
    const { status, answer } = await tell(session, who.token, told, { now: String(now) }, fetch);
    if (!answer) return status;
    const acked = new Set(answer.acked);
    try {
      await rows.change("events", [...acked], (old) => old && { ...old, sent: true });
    } catch {
      return 0;
    }
    if (batch.some((kept) => !acked.has(kept.id))) return 422;
    over = answer.over;
  }
  if (over) await forget(rows, [session]);
  return 200;
}

/**
 * Keep it, but do not try again in the name of this person.
 * @param {import("./db.js").Rows} rows
 * @param {string} session
 * @param {KeptEvent[]} events
 * @param {string} person
 */
async function refuse(rows, session, events, person) {
  const owner = events[0]?.owner ?? "";
  await rows.change("sessions", [session], (old) => ({
    ...(old ?? { id: session, owner, guest: false, alive: 0 }),
    refused: [...(old?.refused ?? []), person],
  }));
}
