// The service worker, served as /sw.js with `precache` set before it: {version, files, shell}.
// Files with the hash of their content in their name come from the cache; pages come from the network
// and, only without one, from the impersonal shell. No page of a person is ever put into a cache, nor
// an answer to a POST, a redirect or an error.

const worker = /** @type {any} */ (globalThis);
/** @type {{ version: string, files: string[], shell: string }} */
const precache = worker.precache;
const FILES = "files";
const SHELL = `shell-${precache.version}`;
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (HASHED.test(url.pathname)) event.respondWith(file(request));
});
// A page names what it needs; the answer is all that is kept for it, or null if something is missing.
worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "take over") return event.waitUntil(takeOver());
  const [port] = event.ports;
  const named = event.data.files.filter((/** @type {string} */ name) => HASHED.test(name));
  event.waitUntil(
    fill([...precache.files, ...named]).then(
      (files) => port.postMessage(files),
      () => port.postMessage(null),
    ),
  );
});

async function install() {
  await fill(precache.files);
  const shell = await fetch(precache.shell, { credentials: "omit", cache: "no-store" });
  if (!isGood(shell)) throw new Error("The shell did not come.");
  await (await caches.open(SHELL)).put(precache.shell, shell);
  await takeOver();
}

/** Whoever is in the middle of a session keeps the worker that it began with; a later page asks again. */
async function takeOver() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  if (!held.some((lock) => lock.name?.startsWith("play:"))) await worker.skipWaiting();
}

/** Let go of what neither this version nor a page that was made ready needs. */
async function activate() {
  for (const name of await caches.keys()) {
    if (name !== SHELL && name !== FILES) await caches.delete(name);
  }
  const needed = new Set([...precache.files, ...(await keptAssets())]);
  const files = await caches.open(FILES);
  for (const request of await files.keys()) {
    if (!needed.has(new URL(request.url).pathname)) await files.delete(request);
  }
  await worker.clients.claim();
}

/** @returns {Promise<string[]>} */
function keptAssets() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("backcare");
    // There is none yet, and making one is not our business.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
      const rows = opening.result.transaction("pages").objectStore("pages").getAll();
      rows.onsuccess = () => {
        opening.result.close();
        resolve(rows.result.flatMap((row) => row.assets));
      };
    };
  });
}

/** @param {string[]} names */
async function fill(names) {
  const files = await caches.open(FILES);
  const wanted = [...new Set(names)];
  await Promise.all(
    wanted.map(async (name) => {
      if (await files.match(name)) return;
      const answer = await fetch(name);
      if (!isGood(answer)) throw new Error(name);
      await files.put(name, answer);
    }),
  );
  return wanted;
}

/** @param {Request} request */
async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  // Full storage is no reason to show nothing.
  if (isGood(answer)) await files.put(request.url, answer.clone()).catch(() => {});
  return answer;
}

/** @param {Request} request */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await caches.match(precache.shell);
    if (shell) return shell;
    throw error;
  }
}

/** @param {Response} answer */
function isGood(answer) {
  return answer.status === 200 && !answer.redirected && answer.type === "basic";
}
