// "Make ready for offline" on a routine's page: the button, and what is said about it.

import { Database } from "../lib/db.js";
import { prepare } from "./pages.js";

/** @typedef {import("./pages.js").Source} Source */

/** @param {HTMLElement} place */
async function offer(place) {
  const rows = new Database();
  const button = /** @type {HTMLButtonElement} */ (place.querySelector("button"));
  const words = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
  const { path = "", stamp = "", name = "", field = "", value = "" } = place.dataset;
  /** @type {Source} */
  const source = { path, stamp, name, start: [field, value] };
  const make = async () => {
    button.hidden = true;
    words.textContent = words.dataset.working ?? "";
    const isReady = await prepare(rows, source);
    words.textContent = (isReady ? words.dataset.ready : words.dataset.failed) ?? "";
    button.hidden = isReady;
  };
  button.addEventListener("click", make);
  const kept = (await rows.all("pages")).find((page) => page.source?.path === path && page.ready);
  place.hidden = false;
  if (!kept) return;
  button.hidden = true;
  words.textContent = words.dataset.ready ?? "";
  // It has been edited since.
  if (kept.source?.stamp !== stamp) await make();
}

const place = document.getElementById("make-ready");
if (place && "serviceWorker" in navigator) offer(place).catch(() => {});
