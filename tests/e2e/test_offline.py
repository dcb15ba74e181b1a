"""Without a network: made ready, done in the air, delivered later; and nothing left for who comes next."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, expect
from playwright.sync_api import Error as PlaywrightError

from tests.e2e import device
from tests.e2e.conftest import FLAGS, serving
from tests.e2e.journeys import NewPage, add_step, create_routine, press, sign_up, start
from tests.e2e.server import Server
from tracking.streaks import practice_day

MARKER = "Zebra of Ann"
DAY_MS = 24 * 3600 * 1000
# Everything that this origin keeps in the browser, as one text.
DUMP = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  const ask = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  for (const { name } of await indexedDB.databases()) {
    const db = await ask(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      found.push(JSON.stringify(await ask(db.transaction(store).objectStore(store).getAll())));
    }
    db.close();
  }
  return found;
}"""


@contextmanager
def profile(playwright: Playwright, folder: Path, url: str) -> Iterator[BrowserContext]:
    """A browser whose profile outlives it."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=path, args=FLAGS, base_url=url, locale="en-GB", timezone_id="Europe/Berlin"
    )
    context.set_default_timeout(20_000)
    try:
        yield context
    finally:
        # It may have been killed.
        with suppress(PlaywrightError):
            context.close()


def watched(context: BrowserContext, complaints: list[str]) -> Page:
    """The browser's first page, whose errors and policy violations are written down."""
    page = context.pages[0]

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def kill(folder: Path) -> None:
    """End the browser of this profile at once, as a flat battery would."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(entry.parent.name), signal.SIGKILL)


def make_ready(page: Page) -> None:
    """Press the button on a routine's page, and wait for the promise."""
    press(page, "Make ready for offline")
    expect(page.locator("#make-ready [role=status]")).to_have_text("Ready for offline", timeout=20_000)


def eventually(page: Page, look: Callable[[], object]) -> None:
    """Wait for something that no element shows."""
    for _ in range(150):
        if look():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never came")


def test_a_routine_made_ready_is_done_in_the_air_and_logged_once_for_its_day(
    playwright: Playwright, tmp_path: Path, made: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    folder = tmp_path / "profile"
    with serving(data, made, 20) as server:
        complaints: list[str] = []
        with profile(playwright, folder, server.url) as context:
            page = watched(context, complaints)
            page.goto("/routines/ready/desk-break/")
            make_ready(page)
            assert server.rows("SELECT status FROM tracking_session") == [("ready",)]

        # The browser's own offline mode forgets workers that were there before it.
        server.kill()
        with profile(playwright, folder, server.url) as context:
            page = watched(context, complaints)
            page.goto("/")
            expect(page.get_by_role("link", name=re.compile("^Start "))).to_have_count(1)
            page.goto("/routines/ready/desk-break/")
            expect(page.locator("#session[data-live]")).to_be_visible(timeout=20_000)
            assert "/sessions/" in page.url
            expect(page.locator("[data-offline]")).to_have_text("Ready for offline.")
            assert page.evaluate("[...document.images].every((img) => !img.complete || img.naturalWidth > 0)")
            press(page, "Start")
            page.wait_for_selector("#session[data-state=done]", timeout=60_000)
            expect(page.locator("[data-trouble]")).to_contain_text("Done. It is kept on this device")
            # As if all that had been yesterday.
            device.age(page, DAY_MS)
            kill(folder)

        server.start()
        assert server.rows("SELECT status FROM tracking_session") == [("ready",)], "nobody could know yet"
        # By the person's own day, which begins at three: a test run in the small hours counts as the evening before.
        yesterday = practice_day(datetime.now(UTC) - timedelta(milliseconds=DAY_MS), "Europe/Berlin").isoformat()
        with profile(playwright, folder, server.url) as context:
            page = watched(context, complaints)
            page.goto("/")
            eventually(page, lambda: server.rows("SELECT 1 FROM tracking_session WHERE status = 'done'"))
            for _ in range(2):
                page.reload()
            day = server.rows("SELECT practice_day, status FROM tracking_session WHERE status != 'ready'")
            assert day == [(yesterday, "done")]
            assert server.rows("SELECT count(*) FROM tracking_sessionevent WHERE kind = 'finish'") == [(1,)]
            page.goto("/history/")
            expect(page.locator("#session-rows > li")).to_have_count(1)
            # What was used up is made ready again, without a word.
            eventually(page, lambda: [row["ready"] for row in device.rows(page, "pages")] == [True])
            assert device.rows(page, "events") == []
        assert not complaints


def test_a_session_begun_online_goes_on_without_a_network(new_page: NewPage, fast_server: Server) -> None:
    page = new_page(fast_server, service_workers="allow", expect_offline=True)
    page.goto("/stretches/knee-to-chest/")
    start(page)
    expect(page.locator("[data-offline]")).to_have_text("Ready for offline.", timeout=20_000)
    press(page, "Start")
    page.wait_for_selector("#session[data-kind=work]")
    page.context.set_offline(True)
    press(page, "Pause")
    expect(page.locator("[data-trouble]")).to_contain_text("No connection")
    page.reload()
    page.wait_for_selector("#session[data-live][data-state=paused][data-kind=work]")
    press(page, "Resume")
    page.wait_for_selector("#session[data-state=done]")
    expect(page.locator("[data-trouble]")).to_contain_text("Done. It is kept on this device")
    page.context.set_offline(False)
    page.wait_for_url("**/summary/", timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")


def fill_every_place(page: Page, email: str) -> str:
    """Ann makes an account, a routine and a note, and has the routine ready; returns the routine's path."""
    sign_up(page, email)
    path = create_routine(page, f"{MARKER} routine")
    add_step(page, "cat", "cat-cow")
    page.goto(path)
    make_ready(page)
    page.locator(".routine-actions").get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector("#session[data-live]")
    press(page, "Start")
    press(page, "End")
    page.wait_for_url("**/summary/")
    page.get_by_label("A note for yourself").fill(f"{MARKER} note")
    press(page, "Keep the note")
    expect(page.locator("#own-note .saved")).to_have_text("Saved")
    page.goto(path)
    page.goto("/history/")
    assert MARKER in "".join(page.evaluate(DUMP)), "it is there while she is"
    return path


def test_who_signs_out_leaves_nothing_behind(new_page: NewPage, fast_server: Server) -> None:
    page = new_page(fast_server, service_workers="allow", expect_offline=True)
    path = fill_every_place(page, "ann-leaves@example.org")
    page.goto("/account/")
    press(page, "Sign out")
    page.wait_for_url(fast_server.url + "/")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert MARKER not in "".join(page.evaluate(DUMP))
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert MARKER not in page.content()
    page.goto("/")
    # The next person wants to be offline, too.
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => {})")
    page.context.set_offline(True)
    for address in (path, "/", "/history/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection just now")
        assert MARKER not in page.content()
    assert MARKER not in "".join(page.evaluate(DUMP))


def test_what_cannot_be_saved_is_not_thrown_away_at_signing_out(new_page: NewPage, server: Server) -> None:
    page = new_page(server, service_workers="allow", expect_offline=True)
    sign_up(page, "ann-waits@example.org")
    page.goto("/stretches/knee-to-chest/")
    start(page)
    account = page.context.new_page()
    account.goto("/account/")
    page.context.set_offline(True)
    press(page, "Start")
    press(page, "End")
    eventually(page, lambda: any(row["event"]["kind"] == "end" for row in device.rows(page, "events")))
    page.close()
    press(account, "Sign out")
    expect(account.get_by_role("button", name="Sign out and lose it")).to_be_visible()
    assert device.pending(account)
    account.context.set_offline(False)
    press(account, "Sign out")
    account.wait_for_url(server.url + "/")
    email = "ann-waits@example.org"
    assert server.rows(
        "SELECT status FROM tracking_session JOIN accounts_user u ON u.id = owner_id WHERE u.email = ?", email
    ) == [("ended",)]


def test_who_comes_next_finds_nothing_of_who_did_not_sign_out(new_page: NewPage, fast_server: Server) -> None:
    page = new_page(fast_server, service_workers="allow", expect_offline=True)
    path = fill_every_place(page, "ann-expires@example.org")
    page.context.clear_cookies(name="backcare_session")
    sign_up(page, "ben@example.org")
    eventually(page, lambda: MARKER not in "".join(page.evaluate(DUMP)))
    page.go_back()
    assert MARKER not in page.content()
    page.context.set_offline(True)
    for address in (path, "/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection just now")
    assert MARKER not in "".join(page.evaluate(DUMP))


def test_full_storage_does_not_stop_a_session(new_page: NewPage, fast_server: Server) -> None:
    page = new_page(fast_server, service_workers="allow")
    page.goto("/stretches/knee-to-chest/")
    full: Any = {"origin": fast_server.url, "quotaSize": 1}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", full)
    start(page)
    press(page, "Start")
    page.wait_for_selector("#session[data-kind=work]")
    assert device.rows(page, "events") == [], "there is no room, or this test shows nothing"
    page.wait_for_url("**/summary/", timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
