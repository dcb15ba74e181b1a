// Deletes from this device what nobody needs any more: sessions that the server has whole, and those that
// nobody came back to. Never what still waits to be saved, unless it is told to by name.

/** @typedef {import("./db.js").Rows} Rows */

const FORGET_AFTER_MS = 30 * 24 * 3600 * 1000;

/**
 * Forget sessions, their events and their pages; a page that was made ready leaves word to be made anew.
 * @param {Rows} rows
 * @param {string[]} sessions ids
 */
export async function forget(rows, sessions) {
  for (const session of sessions) {
    const events = await rows.all("events", session);
    await rows.remove(
      "events",
      events.map((event) => event.id),
    );
  }
  await rows.remove("sessions", sessions);
  /** @type {string[]} */
  const prepared = [];
  await rows.change("pages", sessions, (page, id) => {
    if (!page?.source) return undefined;
    prepared.push(id);
    return { ...page, html: "", assets: [], ready: false, used: true };
  });
  await rows.remove(
    "pages",
    sessions.filter((id) => !prepared.includes(id)),
  );
}

/**
 * Forget sessions that nobody has looked at for a month, unless something still waits to be saved.
 * @param {number} now epoch ms
 * @param {Rows} rows
 */
export async function forgetOld(now, rows) {
  // Where events were kept before there was a database.
  for (const key of Object.keys(globalThis.localStorage ?? {})) {
    if (key.startsWith("backcare:session:")) localStorage.removeItem(key);
  }
  const waiting = new Set((await rows.all("events")).filter((kept) => !kept.sent).map((kept) => kept.session));
  const old = (await rows.all("sessions")).filter((known) => now - known.alive > FORGET_AFTER_MS);
  await forget(
    rows,
    old.map((known) => known.id).filter((id) => !waiting.has(id)),
  );
}
