"""What the browser keeps of a session: reads and changes its database beside the player."""

from typing import Any

from playwright.sync_api import Page

# Opening a database that is not there would make an empty one, so it is asked for first.
_OPEN = """
  if (!(await indexedDB.databases()).some(({name}) => name === 'backcare')) return [];
  const ask = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const db = await ask(indexedDB.open('backcare'));
"""
_ROWS = f"async (store) => {{ {_OPEN} const rows = await ask(db.transaction(store).objectStore(store).getAll()); db.close(); return rows; }}"
_EMPTY = f"async () => {{ {_OPEN} for (const s of ['events', 'sessions']) await ask(db.transaction(s, 'readwrite').objectStore(s).clear()); db.close(); return []; }}"
_AGE = f"""async (ms) => {{ {_OPEN}
  const tx = db.transaction(['events', 'sessions'], 'readwrite', {{ durability: 'strict' }});
  const written = new Promise((done, fail) => {{ tx.oncomplete = done; tx.onabort = () => fail(tx.error); }});
  // The page lives on until it is loaded anew; what it says of being alive must not count.
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {{}};
  for (const row of await ask(tx.objectStore('events').getAll())) {{
    await ask(put.call(tx.objectStore('events'), {{...row, sent: false, event: {{...row.event, at: row.event.at - ms}}}}));
  }}
  for (const row of await ask(tx.objectStore('sessions').getAll())) {{
    await ask(put.call(tx.objectStore('sessions'), {{...row, alive: row.alive - ms}}));
  }}
  // A request that went well is not yet on the disk; the browser may be killed next.
  await written;
  db.close();
  return [];
}}"""


def rows(page: Page, store: str) -> list[dict[str, Any]]:
    """All rows of `events`, `sessions` or `pages`."""
    found: list[dict[str, Any]] = page.evaluate(_ROWS, store)
    return found


def pending(page: Page) -> bool:
    """Whether anything waits for the server."""
    return any(not row["sent"] for row in rows(page, "events"))


def sent(page: Page) -> bool:
    """Whether the server has acknowledged anything."""
    return any(row["sent"] for row in rows(page, "events"))


def forget(page: Page) -> None:
    """Lose what the device remembers of its sessions."""
    page.evaluate(_EMPTY)


def age(page: Page, ms: int) -> None:
    """Make everything that happened older, and not sent; then the page writes nothing any more."""
    page.evaluate(_AGE, ms)
