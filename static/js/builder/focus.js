// Focus stays on what was used, also when its step has moved. Where the browser cannot move an element
// without dropping focus, it is put back.

/** @type {string} */
let used = "";

function remember() {
  used = document.activeElement?.id ?? "";
}

function restore() {
  const focused = document.activeElement;
  if (focused && focused !== document.body) return;
  // What was used may be gone, like an "Undo": then the answer says what it was about.
  const about = document.getElementById("builder")?.dataset.about;
  const element = document.getElementById(used) ?? (about ? document.getElementById(about) : null);
  if (!element) return;
  element.focus({ preventScroll: true });
  element.closest("li")?.scrollIntoView({ block: "nearest" });
}

/** Remember before each swap, restore after it. */
export function keepFocus() {
  document.addEventListener("htmx:before:swap", remember);
  document.addEventListener("htmx:after:swap", restore);
}
