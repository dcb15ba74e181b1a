// The page that stands in for any other without a network: opens the session that was asked for, if it
// is kept on this device, or offers those that are. Nothing here comes from the server but its words.

import { Database } from "../lib/db.js";
import { lastOwner } from "./pages.js";

/** @typedef {import("../lib/db.js").KeptPage} KeptPage */

async function begin() {
  const rows = new Database();
  const events = await rows.all("events");
  const over = new Set(
    events.filter(({ event }) => event.kind === "finish" || event.kind === "end").map(({ session }) => session),
  );
  const owner = lastOwner();
  const pages = (await rows.all("pages")).filter((page) => page.ready && owner && page.owner === owner);
  const here = location.pathname;
  const asked = pages.find((page) => page.path === here || page.source?.path === here);
  const open = pages.filter((page) => !over.has(page.id) && (page.source || events.some((e) => e.session === page.id)));
  if (asked && !over.has(asked.id)) await show(asked);
  else offer(open, asked !== undefined);
}

/**
 * @param {KeptPage[]} pages
 * @param {boolean} isDone whether what was asked for has been done already
 */
function offer(pages, isDone) {
  const shown = { none: !pages.length && !isDone, some: pages.length > 0, done: isDone };
  for (const part of document.querySelectorAll("[data-when]")) {
    const { when } = /** @type {HTMLElement} */ (part).dataset;
    /** @type {HTMLElement} */ (part).hidden = !shown[/** @type {keyof typeof shown} */ (when)];
  }
  const list = /** @type {HTMLElement} */ (document.querySelector("[data-list]"));
  const item = /** @type {HTMLTemplateElement} */ (document.getElementById("offline-item"));
  list.hidden = !pages.length;
  for (const page of pages) {
    const row = /** @type {DocumentFragment} */ (item.content.cloneNode(true));
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
    link.href = page.path;
    link.textContent = (link.textContent ?? "").replace("{name}", page.name);
    list.append(row);
  }
}

/** Become the kept page. @param {KeptPage} page */
async function show(page) {
  const styles = page.assets.filter((name) => name.endsWith(".css"));
  const known = new Set([...document.styleSheets].map((sheet) => sheet.href && new URL(sheet.href).pathname));
  await Promise.all(styles.filter((name) => !known.has(name)).map(addStyle));
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  // Our own server's page, kept as it came; scripts in it do not run, nor would the policy let them.
  main.replaceChildren(...new DOMParser().parseFromString(page.html, "text/html").body.childNodes);
  for (const part of document.querySelectorAll(".site-head, .site-foot, .site-nav")) part.remove();
  document.body.className = "no-tabs session-page";
  document.title = document.title.replace(/^[^·]*/, `${page.name} `);
  history.replaceState(null, "", page.path);
  window.htmx?.process(main);
  // The player of the version that the page was made for.
  await import(page.assets.find((name) => /\/js\/player\/session\./.test(name)) ?? "");
}

/** @param {string} href */
function addStyle(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

addEventListener("online", () => document.getElementById("session") || location.reload());
begin();
