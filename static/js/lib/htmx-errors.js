// When a background request fails, say so in words; htmx itself stays silent.

/** @param {string} text */
function say(text) {
  const region = document.getElementById("live");
  if (!region) return;
  region.classList.remove("visually-hidden");
  region.classList.add("toast");
  region.textContent = text;
}

/** Listen for failed requests of the whole page. Statuses below 500 bring a page or fragment of their own. */
export function announceErrors() {
  document.addEventListener("htmx:error", () => {
    say("That did not reach the server. Check your connection and try again.");
  });
  document.addEventListener("htmx:response:error", (event) => {
    const status = /** @type {CustomEvent} */ (event).detail?.ctx?.response?.status ?? 0;
    if (status >= 500) say("Something went wrong on our side. Nothing you typed is lost; try again.");
    else if (status === 403) say("This page is too old. Reload it and try again.");
  });
}
