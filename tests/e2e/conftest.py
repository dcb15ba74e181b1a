"""Browser, server and a page that forgives nothing: no console error, no foreign request, no CSP violation."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.e2e.server import Server

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
FAST = 20


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with real time."""
    yield from _serve(tmp_path_factory.mktemp("server"), clock_speed=1)


@pytest.fixture(scope="session")
def fast_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app in which sessions play twenty times faster."""
    yield from _serve(tmp_path_factory.mktemp("fast"), clock_speed=FAST)


def _serve(data: Path, *, clock_speed: int) -> Iterator[Server]:
    server = Server(data, clock_speed=clock_speed)
    server.prepare()
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "The browser tests need Chromium or Chrome."
    flags = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Build pages in a browser profile of their own; any complaint of the browser fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def build(server: Server, *, expect_offline: bool = False, **options: object) -> Page:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/Berlin"}
        context = browser.new_context(base_url=server.url, **{**settings, **options})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, server, complaints, expect_offline=expect_offline)
        return page

    yield build
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _watch(page: Page, server: Server, complaints: list[str], *, expect_offline: bool) -> None:
    def on_console(message: ConsoleMessage) -> None:
        # A dead server and a form that came back (422) are told in the console by the browser itself.
        expected = "422" in message.text or (expect_offline and "ERR_" in message.text)
        if message.type in {"error", "warning"} and not expected:
            complaints.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            complaints.append(f"foreign request: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", on_request)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Find what axe-core objects to on the page as it stands, one line each."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> list[str]:
        page.evaluate(source)
        raw = page.evaluate("async () => JSON.stringify((await axe.run(document)).violations)")
        return [
            f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
            for violation in json.loads(raw)
            for node in violation["nodes"]
        ]

    return check
