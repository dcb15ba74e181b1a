"""A session for ears and fingers alone: what a screen reader is given to say, and every state by keyboard."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.server import Server
from tests.e2e.test_player import open_session, press, skip_to, timeline, until

STRETCH = "knee-to-chest"

# The page's clock stands still but for the steps taken here; looking again is what a tick does.
STEP = "document.dispatchEvent(new Event('visibilitychange'))"
LISTEN = """() => {
  const region = document.querySelector('[data-announce]');
  new MutationObserver(() => {
    if (region.textContent.trim()) window.heard.push([Date.now(), region.textContent.trim()]);
  }).observe(region, {childList: true, characterData: true, subtree: true});
}"""


def stop_time(page: Page) -> None:
    """Open a session whose time passes only while `hear` lets it, however slow the machine is."""
    page.clock.install()
    open_session(page, stretch=STRETCH)
    # A pause is set ahead of the page's own clock, which goes on until then.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 2)
    page.evaluate(LISTEN)


def hear(page: Page, key: str, seconds: int) -> list[tuple[int, str]]:
    """Press a key and let that much time pass; return what was said meanwhile: (seconds since then, words)."""
    began = page.evaluate("window.heard = []; Date.now()")
    page.keyboard.press(key)
    for _ in range(seconds):
        page.clock.run_for(1000)
        page.evaluate(STEP)
    heard: list[Any] = page.evaluate("window.heard")
    return [(round((at - began) / 1000), words) for at, words in heard]


def test_a_whole_session_as_a_screen_reader_says_it(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    stop_time(page)
    # The summary would take along what was heard. An answer without content leaves the page where it is; one
    # that never comes would leave it neither here nor there, and the browser answers no questions then.
    page.route("**/summary/", lambda route: route.fulfill(status=204))
    said = hear(page, "Space", 153)
    assert [words for _, words in said] == [
        "Let's go. First: Knee to chest, left side. Lie on your back.",
        "Knee to chest, left side, 30 seconds.",
        "Half-way. 15 seconds left.",
        "Switch sides, now right.",
        "Right side, 30 seconds.",
        "Half-way. 15 seconds left.",
        "Rest. Then set 2 of 2.",
        "Set 2 of 2, left side, 30 seconds.",
        "Half-way. 15 seconds left.",
        "Switch sides, now right.",
        "Right side, 30 seconds.",
        "Half-way. 15 seconds left.",
        "Well done. That was everything.",
    ]
    # Nothing talks over anything, and nothing over the last three seconds of a hold.
    assert all(later[0] - sooner[0] >= 3 for sooner, later in pairwise(said))
    ends = [(s["starts_ms"] + s["lasts_ms"]) / 1000 for s in timeline(page)["segments"] if s["kind"] == "work"]
    assert not [words for at, words in said for end in ends if end - 3 < at < end]


def test_pausing_coming_back_and_waiting_are_said(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    stop_time(page)
    assert hear(page, "Space", 20)[-1][1].startswith("Knee to chest")
    assert [words for _, words in hear(page, "Space", 8)] == ["Paused."]
    back = hear(page, "Space", 2)
    assert [re.sub(r"\d+", "n", words) for _, words in back] == ["Knee to chest, left side, n seconds left."]
    assert [words for _, words in hear(page, "+", 4)] == ["15 seconds more."]


def test_the_number_is_there_for_who_asks_and_silent_otherwise(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    skip_to(page, "work", "left")
    timer = page.get_by_role("timer")
    expect(timer).to_have_accessible_name("Time left")
    assert timer.get_attribute("aria-live") in {None, "off"}
    snapshot = page.locator("#session").aria_snapshot()
    for wanted in ('heading "Knee to chest"', 'timer "Time left"', 'button "Pause"', 'button "Skip"', "Left side"):
        assert wanted in snapshot, snapshot


def test_every_state_by_keyboard_alone_without_a_complaint(
    new_page: Callable[..., Page], server: Server, axe: Callable[[Page], list[str]]
) -> None:
    page = new_page(server)
    open_session(page, stretch="pigeon-pose")

    def reach(name: str, role: Any = "button") -> None:
        """Come to a control with Tab alone, as somebody without a mouse."""
        for _ in range(80):
            page.keyboard.press("Tab")
            there = page.evaluate("document.activeElement.matches('button,a,input,select,summary')")
            if there and page.get_by_role(role, name=name, exact=True).evaluate("(e) => e === document.activeElement"):
                return
        raise AssertionError(f"no way to {name} with Tab")

    def fine(state: str) -> None:
        assert axe(page) == [], state

    fine("ready")
    reach("Start")
    page.keyboard.press("Enter")
    until(page, state="running")
    fine("getting ready")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Pause", "time moves no focus"
    page.keyboard.press("ArrowRight")
    until(page, kind="work")
    fine("held")
    page.keyboard.press("Space")
    until(page, state="paused")
    fine("paused")
    page.keyboard.press("Enter")
    until(page, state="running", waits="lead")
    fine("back into it")
    reach("Your way")
    page.keyboard.press("Enter")
    fine("ways")
    page.keyboard.press("Escape")
    reach("Leave it out…")
    page.keyboard.press("Enter")
    reach("It hurts")
    fine("why")
    page.keyboard.press("Enter")
    fine("offer")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    fine("sound and keys")
    page.keyboard.press("Escape")
    reach("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/summary/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("kept|Well done"))
