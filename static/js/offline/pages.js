// Session pages kept on this device, so that they open without a network: keeping them, renewing those
// that are used up, and deleting them as soon as somebody else is here. Never in a cache, which knows
// no owner. Opening them is the shell's business.

import { Database } from "../lib/db.js";
import { uuid7 } from "../lib/ids.js";
import { whoIsThere } from "../lib/outbox.js";
import { keepFiles } from "../lib/worker.js";

/** @typedef {import("../lib/db.js").KeptPage} KeptPage */
/** @typedef {import("../lib/db.js").Rows} Rows */
/** @typedef {{ path: string, stamp: string, name: string, start: [string, string] }} Source a routine's page */

const OWNER = "backcare:owner";
const FORGET_AFTER_MS = 30 * 24 * 3600 * 1000;

/** @returns {string} whose pages may be shown while nobody can be asked */
export function lastOwner() {
  try {
    return localStorage.getItem(OWNER) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} owner */
function noteOwner(owner) {
  try {
    localStorage.setItem(OWNER, owner);
  } catch {
    // Then nothing is offered offline.
  }
}

/**
 * Keep a page and all it needs.
 * @param {Rows} rows
 * @param {Omit<KeptPage, "assets" | "ready" | "used" | "at">} page
 * @param {string} text all of its source, which names its files
 * @returns {Promise<boolean>} whether it will open without a network
 */
export async function keep(rows, page, text) {
  try {
    const assets = await keepFiles([...new Set(text.match(/\/static\/[^"'#?&<>\s)]+/g))]);
    if (!assets) return false;
    await rows.change("pages", [page.id], () => ({ ...page, assets, ready: true, used: false, at: Date.now() }));
    noteOwner(page.owner);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keep the page of the session that has just been opened, as it is before the player touches it.
 * @param {HTMLElement} root
 * @param {Rows} [rows]
 * @returns {Promise<boolean>}
 */
export async function keepThis(root, rows = new Database()) {
  const { session: id = "", owner = "" } = root.dataset;
  const html = mainOf(document);
  const text = document.documentElement.outerHTML;
  const kept = await rows.get("pages", id).catch(() => undefined);
  // In the shell it is this very page that is shown.
  if (document.body.dataset.owner === undefined) return kept?.ready ?? false;
  const name = root.querySelector("h1")?.textContent ?? "";
  return keep(rows, { id, owner, path: location.pathname, source: kept?.source ?? null, name, html }, text);
}

/**
 * Make a session of a routine and keep its page; the server shows it nowhere until it is begun.
 * @param {Rows} rows
 * @param {Source} source
 * @returns {Promise<boolean>}
 */
export async function prepare(rows, source) {
  const who = await whoIsThere();
  if (!who) return false;
  const [field, value] = source.start;
  const body = new URLSearchParams({ csrfmiddlewaretoken: who.token, id: uuid7(), [field]: value });
  const response = await fetch("/sessions/", { method: "POST", body }).catch(() => null);
  if (!response?.ok) return false;
  const text = await response.text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const root = fresh.getElementById("session");
  if (!root) return false;
  const { session: id = "", owner = "" } = root.dataset;
  const page = { id, owner, path: new URL(response.url).pathname, source, name: source.name, html: mainOf(fresh) };
  if (!(await keep(rows, page, text))) return false;
  const others = (await rows.all("pages")).filter((old) => old.source?.path === source.path && old.id !== id);
  await rows.remove(
    "pages",
    others.map((old) => old.id),
  );
  return true;
}

/**
 * Look after what is kept: nothing of anybody else stays, and what is used up is made anew.
 * @param {Rows} rows
 * @param {string} owner the person of this page, "" for nobody
 */
export async function tend(rows, owner) {
  const pages = await rows.all("pages");
  const old = Date.now() - FORGET_AFTER_MS;
  const gone = pages.filter((page) => page.owner !== owner || (!page.source && page.at < old));
  if (gone.length)
    await rows.remove(
      "pages",
      gone.map((page) => page.id),
    );
  if (lastOwner() && lastOwner() !== owner) noteOwner(owner);
  for (const page of pages) {
    if (page.owner === owner && page.used && page.source) await prepare(rows, page.source);
  }
}

/**
 * What of a page is kept: all but what asks how somebody feels, which stays off the disk with its answer.
 * @param {Document} page
 */
function mainOf(page) {
  const main = /** @type {HTMLElement | undefined} */ (page.querySelector("main")?.cloneNode(true));
  for (const part of main?.querySelectorAll("[data-not-kept]") ?? []) part.remove();
  return main?.innerHTML ?? "";
}
