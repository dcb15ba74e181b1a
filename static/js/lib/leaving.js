// Signing out: brings what waits to the server, then leaves nothing of the person on this device.
// What cannot be brought is not thrown away without asking.

import { Database } from "./db.js";
import { round } from "./waiting.js";

const OURS = "backcare:";
const PATIENCE_MS = 4_000;

/** @param {HTMLFormElement} form */
export async function leave(form) {
  const asked = document.getElementById("unsaved");
  if (form.dataset.leaving === "drain" && asked && (await round(true))?.waiting) {
    asked.hidden = false;
    const button = /** @type {HTMLButtonElement} */ (asked.querySelector("button"));
    button.onclick = () => wipe().finally(() => form.submit());
    return;
  }
  await wipe().finally(() => form.submit());
}

/** Delete what we keep here: database, settings, files, the worker itself. The next page begins anew. */
async function wipe() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith(OURS)) storage.removeItem(key);
  }
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.map((name) => caches.delete(name)));
  // Another tab may not let go; the server's answer asks the browser as well.
  await Promise.race([new Database().destroy(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
