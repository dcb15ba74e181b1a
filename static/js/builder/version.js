// Changes made quickly one after another wait for each other. Their forms were filled in before the first
// answer came, so each gets the version that this page knows by the time it is really sent. A change made
// elsewhere is still noticed: this page does not know its version.

/** @param {Event} event */
function renew(event) {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const known = document.getElementById("builder")?.dataset.version;
  const body = ctx?.request?.body;
  if (known && body instanceof URLSearchParams && body.has("version")) body.set("version", known);
}

/** Listen on the whole page: the builder itself is replaced by its answers. */
export function sendNewestVersion() {
  document.addEventListener("htmx:before:request", renew);
}
