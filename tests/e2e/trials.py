"""Trials of what must never happen: an event lost, doubled, or half a session. Long in `make trials`, short in a test.

Everything is driven by a seed, but processes die when they die: a trial that found something finds it
again only by chance. Each trial returns what it did and an audit of the database; it judges nothing.
"""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.e2e.devices import Audit, Device, audit
from tests.e2e.server import Server

# Every event that a page writes down, told to the test before the page goes.
NOTE = """(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...rest) {
    if (value?.event) noteEvent(value.session, value.event.id);
    return put.call(this, value, ...rest);
  };
})()"""
STRETCH = "childs-pose-rest"


@dataclass
class Outcome:
    """What a trial did, and what was found afterwards."""

    done: dict[str, int]
    audit: Audit
    refusals: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def is_clean(self) -> bool:
        return self.audit.is_clean and not self.refusals


def kills(
    server: Server, *, times: int, devices: int, seed: int, tell: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Kill the server again and again while devices play; whatever it has acknowledged must be there."""
    began = time.monotonic()
    chance = random.Random(seed)
    playing = [Device(server, seed * 100 + number) for number in range(devices)]
    for device in playing:
        device.arrive()
    over = threading.Event()
    dead = Audit()

    def live(device: Device) -> None:
        while not over.is_set():
            device.play(device.chance.randrange(4, 14), calm=0.02)

    with ThreadPoolExecutor(devices) as pool:
        lives = [pool.submit(live, device) for device in playing]
        try:
            for number in range(1, times + 1):
                time.sleep(0.05 + 0.6 * chance.random())
                server.kill()
                if number % 25 == 0:
                    tell(f"{number} kills, {sum(len(device.acknowledged) for device in playing)} acknowledged")
                if number == times:
                    # What was acknowledged lies in a database that nobody has opened since.
                    dead = audit(server.data, acknowledged=_acknowledged(playing), made=_made(playing))
                server.start()
        finally:
            over.set()
            if server.process is None:
                server.start()
        for one in lives:
            one.result(timeout=120)
    everything = {event["id"] for device in playing for events in device.made.values() for event in events}
    found = audit(server.data, acknowledged=everything, made=_made(playing))
    found.lost += dead.lost
    done = {"kills": times, "devices": devices, "acknowledged": len(_acknowledged(playing))}
    refusals = [line for device in playing for line in device.refusals]
    return Outcome(done, found, refusals, time.monotonic() - began)


def replays(server: Server, *, posts: int, connections: int, seed: int) -> Outcome:
    """Post events one by one in random order, one to five times each, over several connections at once."""
    began = time.monotonic()
    chance = random.Random(seed)
    device = Device(server, seed)
    device.arrive()
    todo: list[tuple[str, dict[str, Any]]] = []
    while len(todo) < posts:
        session = device.begin()
        device.made[session] = device.story(20)
        todo += [(session, event) for event in device.made[session] for _ in range(chance.randint(1, 5))]
    chance.shuffle(todo)
    # Whatever is cut off here may never be told at all.
    todo = todo[:posts]

    def post(one: tuple[str, dict[str, Any]]) -> str:
        session, event = one
        try:
            return "" if device.post(session, [event]) == [event["id"]] else "not acknowledged"
        except Exception as error:  # noqa: BLE001
            return repr(error)

    with ThreadPoolExecutor(connections) as pool:
        refusals = [answer for answer in pool.map(post, todo) if answer]
    unique = {event["id"] for _, event in todo}
    found = audit(server.data, acknowledged=unique, made=_made([device]))
    done = {"posts": len(todo), "connections": connections, "unique ids": len(unique), "rows": found.events}
    return Outcome(done, found, refusals, time.monotonic() - began)


def cuts(server: Server, browser: Browser, *, sessions: int, at_once: int, seed: int) -> Outcome:
    """Play sessions in the real page while the network comes and goes; all of them must arrive once."""
    began = time.monotonic()
    chance = random.Random(seed)
    noted: dict[str, set[str]] = {}
    cut = 0
    for first in range(0, sessions, at_once):
        contexts = [_context(browser, server, noted) for _ in range(min(at_once, sessions - first))]
        pages = [_playing(context) for context in contexts]
        waiting = dict(zip(pages, contexts, strict=True))
        until = time.monotonic() + 120
        while waiting and time.monotonic() < until:
            for page, context in list(waiting.items()):
                is_offline = chance.random() < 0.5
                cut += is_offline
                context.set_offline(is_offline)
                if chance.random() < 0.3:
                    _press(page, chance.choice(["toggle", "toggle", "skip", "back"]))
                page.wait_for_timeout(chance.randrange(20, 250))
                state = _state(page)
                if state == "paused":
                    _press(page, "toggle")
                elif state == "done":
                    del waiting[page]
        for page, context in zip(pages, contexts, strict=True):
            context.set_offline(False)
            page.wait_for_url("**/summary/", timeout=60_000)
            context.close()
    made = {session: sorted(events) for session, events in noted.items()}
    found = audit(server.data, acknowledged={one for events in made.values() for one in events}, made=made)
    return Outcome({"sessions": sessions, "cuts": cut}, found, seconds=time.monotonic() - began)


def _context(browser: Browser, server: Server, noted: dict[str, set[str]]) -> BrowserContext:
    context = browser.new_context(base_url=server.url, locale="en-GB", timezone_id="Europe/Berlin")
    context.expose_function("noteEvent", lambda session, event: noted.setdefault(session, set()).add(event))
    context.add_init_script(NOTE)
    return context


def _playing(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"/stretches/{STRETCH}/")
    page.locator('form[action="/sessions/"] button').first.click()
    page.wait_for_url("**/sessions/*/")
    page.wait_for_selector("#session[data-live]")
    _press(page, "toggle")
    page.wait_for_selector("#session:not([data-state=ready])")
    return page


def _press(page: Page, name: str) -> None:
    with suppress(Error):  # on its way to the summary
        page.evaluate("(name) => document.querySelector(`[data-do=${name}]`)?.click()", name)


def _state(page: Page) -> str:
    """Where the player says that it is; a page that has gone on to the summary is done."""
    try:
        return str(page.evaluate("document.getElementById('session')?.dataset.state ?? 'done'"))
    except Error:
        return "done"


def _acknowledged(devices: list[Device]) -> set[str]:
    return {event for device in devices for event in device.acknowledged}


def _made(devices: list[Device]) -> dict[str, list[str]]:
    return {session: [event["id"] for event in events] for device in devices for session, events in device.made.items()}
