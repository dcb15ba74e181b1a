// On every page: brings what waits to the server when it can, and says calmly what still waits.
// How it is sent is in outbox.js.

import { tend } from "../offline/pages.js";
import { Database } from "./db.js";
import { forget, forgetOld } from "./forgetting.js";
import { deliver } from "./outbox.js";

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;

let wait = FIRST_WAIT_MS;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Try now, whenever the connection or the person comes back, and after a while. */
export function keepDelivering() {
  for (const name of ["online", "pageshow"]) addEventListener(name, () => round());
  document.addEventListener("visibilitychange", () => document.hidden || round());
  round();
}

/**
 * Deliver what waits, unless another tab is about it.
 * @param {boolean} [queue] wait for that tab, and send for open sessions too: the last chance before leaving
 * @returns {Promise<import("./outbox.js").Report | undefined>} what is left
 */
export async function round(queue = false) {
  clearTimeout(timer);
  const rows = new Database();
  try {
    const report = await alone(queue, async () => deliver({ rows, busy: queue ? new Set() : await beingPlayed() }));
    if (!report) return undefined;
    show(report, rows);
    const { owner } = document.body.dataset;
    if (owner !== undefined && !queue) await tend(rows, owner);
    await forgetOld(Date.now(), rows);
    if (report.trouble === "offline") {
      timer = setTimeout(() => round(), wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    } else wait = FIRST_WAIT_MS;
    return report;
  } catch {
    // A browser that keeps nothing has nothing to deliver.
    return undefined;
  } finally {
    rows.close();
  }
}

/**
 * @template T
 * @param {boolean} queue
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>}
 */
async function alone(queue, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request("outbox", { ifAvailable: !queue }, (lock) => (lock ? work() : undefined));
}

async function beingPlayed() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const here = document.getElementById("session")?.dataset.session ?? "";
  return new Set([here, ...held.map((lock) => lock.name?.replace(/^play:/, "") ?? "")]);
}

/**
 * @param {import("./outbox.js").Report} report
 * @param {Database} rows
 */
function show({ waiting, refused, trouble }, rows) {
  const line = document.getElementById("waiting");
  if (!line) return;
  const words = /** @type {HTMLElement} */ (line.querySelector("[role=status]"));
  const { one = "", many = "", lost = "" } = words.dataset;
  const count = waiting || refused.length;
  line.hidden = !count;
  words.textContent = (waiting ? (waiting === 1 ? one : many) : count ? lost : "").replace("{count}", String(count));
  /** @type {HTMLElement} */ (line.querySelector("a")).hidden = trouble !== "sign_in";
  const button = /** @type {HTMLElement} */ (line.querySelector("button"));
  button.hidden = !refused.length || waiting > 0;
  button.onclick = async () => {
    await forget(rows, refused);
    line.hidden = true;
  };
}
