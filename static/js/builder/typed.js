// What somebody changes while an answer is on its way stays: the answer knows only what it was sent. On a slow
// line a second tap on plus would otherwise be taken back by the answer to the first.

/** @type {{ id: string, value: string }[]} */
let newer = [];

/** @param {Event} event */
function remember(event) {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const body = ctx?.request?.body;
  if (!(ctx?.sourceElement instanceof HTMLFormElement) || !(body instanceof URLSearchParams)) return;
  const fields = /** @type {HTMLInputElement[]} */ ([...ctx.sourceElement.elements]);
  newer = fields
    .filter(({ id, name, type, value }) => id && type !== "hidden" && body.has(name) && body.get(name) !== value)
    .map(({ id, value }) => ({ id, value }));
}

function restore() {
  for (const { id, value } of newer.splice(0)) {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Remember before each swap, restore after it. */
export function keepTyped() {
  document.addEventListener("htmx:before:swap", remember);
  document.addEventListener("htmx:after:swap", restore);
}
