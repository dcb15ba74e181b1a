"""Browser, server and a page that forgives nothing: no console error, no foreign request, no CSP violation."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.e2e.server import ROOT, Server, prepare

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
PICTURES = ROOT / "build" / "e2e"
FAST = 20
# Without a graphics card its imitation costs more than plain drawing.
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-gpu"]
# Of the rules that are off by default, the one that WCAG 2.2 AA asks for.
RUN_AXE = """async () => JSON.stringify((await axe.run(document, {
  rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
})).violations)"""
STATUS = re.compile(r"status of (\d{3})")

Launch = Callable[..., Browser]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared database and the static files, made once however many processes run the tests."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "made"
    with (shared / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            folder.mkdir(exist_ok=True)
            prepare(folder)
            (folder / "done").touch()
    return folder


@contextmanager
def serving(data: Path, made: Path, clock_speed: int) -> Iterator[Server]:
    """Serve for as long as it is needed."""
    server = Server(data, made, clock_speed=clock_speed)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, made: Path) -> Iterator[Server]:
    """The app with real time."""
    with serving(tmp_path_factory.mktemp("server"), made, 1) as server:
        yield server


@pytest.fixture(scope="session")
def fast_server(tmp_path_factory: pytest.TempPathFactory, made: Path) -> Iterator[Server]:
    """The app in which sessions play twenty times faster."""
    with serving(tmp_path_factory.mktemp("fast"), made, FAST) as server:
        yield server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Launch:
    """Start the system's Chromium, headless, with more flags if need be."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "The browser tests need Chromium or Chrome."

    def start(*flags: str) -> Browser:
        return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])

    return start


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Iterator[Browser]:
    """The browser that most tests share; each page has a profile of its own."""
    browser = launch()
    yield browser
    browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Build pages in a browser profile of their own; any complaint of the browser fails the test.

    `statuses` are those answers of 400 and above that the test asks for; `expect_offline` forgives what the
    console says while the server is dead. Further options are the context's.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def build(
        server: Server, *, statuses: tuple[int, ...] = (422,), expect_offline: bool = False, **options: Any
    ) -> Page:
        settings = {
            "viewport": {"width": 1280, "height": 900},
            "locale": "en-GB",
            "timezone_id": "Europe/Berlin",
            # It would answer what tests put in a request's way; test_offline.py is about it.
            "service_workers": "block",
        }
        within = options.pop("browser", browser)
        context = within.new_context(base_url=server.url, **{**settings, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, server, complaints, statuses=statuses, offline=expect_offline)
        return page

    yield build
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False):
            PICTURES.mkdir(parents=True, exist_ok=True)
            for page in context.pages:
                page.screenshot(path=PICTURES / f"{request.node.name[:80]}-{number}.png", full_page=True)
        context.close()
    assert not complaints, complaints


def _watch(page: Page, server: Server, complaints: list[str], *, statuses: tuple[int, ...], offline: bool) -> None:
    def on_console(message: ConsoleMessage) -> None:
        # The browser itself writes down each failed request; only those that the test is about may fail.
        status = STATUS.search(message.text)
        blocked = message.text == "Service Worker registration blocked by Playwright"
        expected = blocked or (status and int(status[1]) in statuses) or (offline and "ERR_" in message.text)
        if message.type in {"error", "warning"} and not expected:
            complaints.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{server.url}/", "data:", "blob:")):
            complaints.append(f"foreign request: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", on_request)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Find what axe-core objects to on the page as it stands, one line each."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        raw = page.evaluate(RUN_AXE)
        return [
            f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
            for violation in json.loads(raw)
            for node in violation["nodes"]
        ]

    return check
