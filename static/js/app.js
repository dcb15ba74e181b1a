// What every page needs: the device's time zone, plain words when a request fails, whatever was done
// without a connection brought to the server, and the worker that lets pages open without one.
// Page-specific behaviour lives in its own modules.
import { announceErrors } from "./lib/htmx-errors.js";
import { renewWorker } from "./lib/worker.js";
import { tellZone } from "./lib/zone.js";

tellZone();
announceErrors();
carryOn().catch(() => {});
renewWorker();
// What the browser froze when it was left may belong to somebody who has signed out since.
addEventListener("pageshow", (event) => event.persisted && location.reload());
// Leaving takes along what this device keeps; without this the server still asks the browser to.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-leaving]")) return;
  event.preventDefault();
  import("./lib/leaving.js").then(({ leave }) => leave(form)).catch(() => form.submit());
});

/** Most visitors keep nothing on this device, and need not load what looks after it. */
async function carryOn() {
  const kept = await indexedDB.databases?.();
  if (kept?.every(({ name }) => name !== "backcare")) return;
  const { keepDelivering } = await import("./lib/waiting.js");
  keepDelivering();
}
