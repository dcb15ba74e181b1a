// The service worker as pages see it: registered where somebody wants to be offline, asked to keep
// files. A first visit to the catalogue is not made to load the player. What the worker does is in
// static/js/offline/worker.js. Without one (plain http, old browsers) the site works, but only online.

const ANSWERS_WITHIN_MS = 60_000;

/** Keep the worker fresh that is there, and have one where the site is installed. */
export function renewWorker() {
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  if (isInstalled || navigator.serviceWorker?.controller) registerWorker();
}

/** Register it when the page has all it needs itself. */
function registerWorker() {
  const register = async () => {
    const registration = await navigator.serviceWorker.register("/sw.js").catch(() => undefined);
    registration?.waiting?.postMessage("take over");
  };
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}

/**
 * Have files kept for offline.
 * @param {string[]} files addresses of static files
 * @returns {Promise<string[] | null>} all that is kept for them, once it is; null if that failed
 */
export async function keepFiles(files) {
  if (!("serviceWorker" in navigator)) return null;
  registerWorker();
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = (event) => resolve(event.data);
    setTimeout(resolve, ANSWERS_WITHIN_MS, null);
  });
  navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ files }, [port2]));
  const kept = /** @type {string[] | null} */ (await answer);
  port1.close();
  return kept;
}
