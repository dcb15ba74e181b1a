"""Somebody pulls the plug of the server in the middle of a stretch: the session goes on and is logged once."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e import device
from tests.e2e.conftest import serving
from tests.e2e.journeys import NewPage, press, send, start
from tests.e2e.server import Server

CLOCKS = """() => {
  const { segment, kind, state, remainingMs } = document.getElementById('session').dataset;
  return { at: Date.now(), left: Number(remainingMs), segment, kind, state };
}"""


@pytest.fixture
def mortal(tmp_path: Path, made: Path) -> Iterator[Server]:
    """A server of one's own, to kill."""
    with serving(tmp_path, made, clock_speed=1) as server:
        yield server


def begin(page: Page, slug: str = "knee-to-chest") -> str:
    """Into the first hold of one stretch, and everything told to the server; returns the session's id."""
    page.goto(f"/stretches/{slug}/")
    start(page)
    press(page, "Start")
    press(page, "Skip")
    page.wait_for_selector("#session[data-state=running][data-kind=work]")
    until_told(page)
    return page.url.rstrip("/").rpartition("/")[2]


def until_told(page: Page) -> None:
    """Wait until the server has acknowledged everything; the page's policy lets nobody wait inside it."""
    deadline = time.monotonic() + 15
    while device.pending(page):
        assert time.monotonic() < deadline, "the server never answered"
        page.wait_for_timeout(50)


def skip_to_the_end(page: Page) -> None:
    for _ in range(60):
        if page.locator("#session").get_attribute("data-state") == "done":
            return
        press(page, "Skip")
    pytest.fail("the session never ends")


def logged(server: Server) -> list[str]:
    """How each session in the database stands."""
    return [status for (status,) in server.rows("SELECT status FROM tracking_session")]


def test_a_hold_survives_the_death_of_the_server(new_page: NewPage, mortal: Server) -> None:
    page = new_page(mortal, expect_offline=True)
    begin(page)
    before = page.evaluate(CLOCKS)
    mortal.kill()
    page.wait_for_timeout(1500)
    still = page.evaluate(CLOCKS)
    assert still["state"] == "running"
    assert abs((before["left"] - still["left"]) - (still["at"] - before["at"])) < 500, "the timer did not wait"

    time.sleep(1)
    mortal.start()
    page.reload()
    page.wait_for_selector("#session[data-live]")
    after = page.evaluate(CLOCKS)
    assert (after["state"], after["kind"], after["segment"]) == ("running", "work", before["segment"])
    passed = after["at"] - before["at"]
    assert abs((before["left"] - after["left"]) - passed) < 1500, (before, after)

    skip_to_the_end(page)
    page.wait_for_url("**/summary/")
    assert logged(mortal) == ["done"]
    page.goto("/history/")
    expect(page.locator("#session-rows > li")).to_have_count(1)


def test_a_session_that_ends_while_the_server_is_dead_is_logged_once(new_page: NewPage, mortal: Server) -> None:
    page = new_page(mortal, expect_offline=True)
    begin(page, "childs-pose-rest")
    mortal.kill()
    skip_to_the_end(page)
    assert device.pending(page), "the device keeps what the server does not have"
    mortal.start()
    page.wait_for_url("**/summary/", timeout=60_000)
    assert logged(mortal) == ["done"]
    page.goto("/history/")
    expect(page.locator("#session-rows > li")).to_have_count(1)


def test_what_a_server_has_answered_survives_it(new_page: NewPage, mortal: Server) -> None:
    """The device forgets, the server dies: what was acknowledged is in the database all the same."""
    page = new_page(mortal, expect_offline=True)
    begin(page)
    before = page.evaluate(CLOCKS)
    mortal.kill()
    device.forget(page)
    mortal.start()
    page.reload()
    page.wait_for_selector("#session[data-live][data-state=running][data-kind=work]")
    after = page.evaluate(CLOCKS)
    assert abs((before["left"] - after["left"]) - (after["at"] - before["at"])) < 1500, (before, after)


def test_finishing_twice_is_finishing_once(new_page: NewPage, fast_server: Server) -> None:
    page = new_page(fast_server)
    posts: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/events/"):
            posts.append(request.post_data or "")

    page.on("request", note)
    page.goto("/stretches/neck-tilt/")
    start(page)
    session = page.url.rstrip("/").rpartition("/")[2]
    press(page, "Start")
    page.wait_for_url("**/summary/", timeout=30_000)
    last = parse_qs(posts[-1])
    assert json.loads(last["events"][0])[-1]["kind"] == "finish"

    queries = (
        "SELECT status, seconds, finished_at, counts FROM tracking_session WHERE id = ?",
        "SELECT count(*) FROM tracking_sessionevent WHERE session_id = ?",
        "SELECT done_s, outcome FROM tracking_sessionstep WHERE session_id = ?",
    )
    before = [fast_server.rows(query, session.replace("-", "")) for query in queries]
    assert len(before[0]) == 1
    for _ in range(2):
        send(page, f"/sessions/{session}/events/", events=last["events"][0], now=last["now"][0])
    assert [fast_server.rows(query, session.replace("-", "")) for query in queries] == before
    page.goto("/history/")
    expect(page.locator("#session-rows > li")).to_have_count(1)
