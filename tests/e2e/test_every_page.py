"""Every page, light and dark, narrow and wide: accessible, no wider than the screen, one h1, nothing to complain of.

A page is loaded once and then shown anew, because what differs is style alone: dark on a narrow screen, light on a
wide one. Colours do not follow from the width nor sizes from the colours, so nothing is gained by all four.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journeys
from tests.e2e.conftest import Launch
from tests.e2e.journeys import NewPage, press, send
from tests.e2e.server import Server

Axe = Callable[[Page], list[str]]
Check = Callable[[Page, str], list[str]]

WAYS = ((320, "dark"), (1280, "light"))
# Longer than a narrow screen, in one word.
LONG = "Wirbelsäulenmobilisationsübungsprogramm für den Morgen"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What sticks out furthest, to be told beside the number.
WIDEST = """() => {
  const scrolls = (e) => e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  return [...document.body.querySelectorAll('*')].filter((e) => !scrolls(e.parentElement))
    .map((e) => [e.getBoundingClientRect().right, e.outerHTML.slice(0, 120)])
    .sort((a, b) => b[0] - a[0])[0];
}"""
UNFOLD = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
MOVING = """() => document.getAnimations()
  .filter((a) => a.playState === 'running' && a.effect.getComputedTiming().activeDuration > 20)
  .map((a) => `${a.animationName ?? a.transitionProperty} on ${a.effect.target.outerHTML.slice(0, 80)}`)"""

OPEN_TO_ALL = {
    "first visit": ["/", "/routines/", "/routines/new/", "/history/", "/account/", "/account/sign-in/"],
    "doors": [
        "/account/sign-up/",
        "/account/password/forgotten/",
        "/account/conditions/",
        "/account/pictures/",
        "/nowhere/",
        "/offline/",
    ],
    "catalogue": ["/stretches/", "/stretches/?q=hamstrng&position=seated", "/stretches/?q=xyzzy&area=neck"],
    "stretches": [
        "/stretches/knee-to-chest/",
        "/stretches/cat-cow/",
        "/stretches/childs-pose-rest/",
        "/routines/add/?stretch=knee-to-chest",
    ],
    "guide": ["/guide/", "/guide/benefits/", "/guide/types/", "/guide/warm-up/", "/guide/how-much/"],
    "more guide": ["/guide/safety/", "/guide/cool-down/", "/guide/questions/", "/guide/about/"],
    "ready-made": ["/routines/ready/full-back-15/", "/routines/ready/full-back-15/print/"],
}


@pytest.fixture
def check(axe: Axe) -> Check:
    """Show a page as it stands in both ways; returns what is wrong with it."""

    def look(page: Page, name: str) -> list[str]:
        found = []
        page.evaluate(UNFOLD)
        if (headings := page.locator("h1").count()) != 1:
            found.append(f"{name}: {headings} h1")
        for width, scheme in WAYS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(PAINTED)
            where = f"{name} at {width} px, {scheme}"
            if page.evaluate(OVERFLOW) > 0:
                found.append(f"{where}: wider than the screen, {page.evaluate(WIDEST)}")
            found += [f"{where}: {line}" for line in axe(page)]
        return found

    return look


@pytest.fixture
def page(new_page: NewPage, server: Server) -> Page:
    # Without motion, so that no colour is looked at half way to another.
    return new_page(server, statuses=(404, 422), reduced_motion="reduce")


@pytest.mark.parametrize("group", OPEN_TO_ALL)
def test_pages_that_are_open_to_all(page: Page, check: Check, group: str) -> None:
    assert not walk(page, check, OPEN_TO_ALL[group])


def walk(page: Page, check: Check, paths: Iterable[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        found += check(page, path)
    return found


@pytest.fixture
def guest(page: Page) -> Page:
    """Somebody with long names, many conditions and some days behind them."""
    send(page, "/account/conditions/", conditions=["osteoporosis", "pregnancy", "knee", "balance"])
    for days in (1, 2, 9):
        journeys.practise_ago(page, days)
    journeys.practise_ago(page, 3, minutes=1)
    return page


@pytest.fixture
def own(guest: Page) -> str:
    """The path of a routine of the guest's own."""
    edit = send(guest, "/routines/new/", name=LONG, context="any", stretch="knee-to-chest", sure="1")
    return edit.removesuffix("edit/")


def test_pages_of_a_guest(guest: Page, own: str, check: Check) -> None:
    found = walk(guest, check, ["/", "/account/", "/account/delete/", "/account/sign-in/"])
    session = send(guest, "/sessions/", routine=own.rstrip("/").rpartition("/")[2])
    send(guest, f"{session}events/", **journeys.story(("start", time.time())))
    found += walk(guest, check, ["/history/trends/", "/history/body/", "/history/report/", "/", "/history/"])
    guest.locator("#session-rows a").last.click()
    found += check(guest, "a session of days ago")
    assert not found


def test_a_catalogue_that_calls_for_care(guest: Page, check: Check) -> None:
    paths = ["/account/conditions/", "/stretches/", "/stretches/upward-facing-dog/", "/stretches/pigeon-pose/"]
    assert not walk(guest, check, paths)


def test_a_history_put_right(guest: Page, check: Check) -> None:
    send(guest, "/history/pauses/", starts_on="2026-01-05", ends_on="2026-01-11", reason="ill")
    paths = ["/history/add/", "/history/pauses/", "/account/export/", "/account/import/"]
    assert not walk(guest, check, paths)


def test_days_of_a_guest(guest: Page, check: Check) -> None:
    guest.goto("/history/")
    days = [
        str(cell.get_attribute("data-day"))
        for state in ("done", "short")
        for cell in guest.locator(f"td[data-day][data-state={state}]").all()[:1]
    ]
    assert days
    found = walk(guest, check, [f"/history/{day}/" for day in [*days, "2025-01-01"]])
    guest.goto(f"/history/{days[0]}/")
    guest.get_by_role("button", name="Delete").first.click()
    guest.get_by_role("button", name="Bring it back").first.wait_for()
    assert not found + check(guest, "a day with a deleted session")


def test_routines_of_a_guest(guest: Page, own: str, check: Check) -> None:
    path = urlsplit(own).path
    assert not walk(guest, check, ["/routines/", path, f"{path}print/", "/routines/add/?stretch=upward-facing-dog"])


def test_the_builder(guest: Page, own: str, check: Check) -> None:
    guest.goto(f"{own}edit/")
    found = check(guest, "the builder")
    guest.get_by_role("button", name="Add", exact=False).and_(guest.locator("[data-choice] button")).last.click()
    expect(guest.locator("[data-step], #caveat")).not_to_have_count(1)
    found += check(guest, "the builder after another step")
    guest.get_by_role("link", name="Change").first.click()
    guest.locator(".step-form").wait_for()
    found += check(guest, "the builder with an open step")
    guest.get_by_role("button", name="Remove").first.click()
    guest.get_by_role("button", name="Undo").wait_for()
    assert not found + check(guest, "the builder after a removal")


def test_forms_that_come_back(page: Page, check: Check) -> None:
    page.goto("/account/sign-up/")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Password").fill("short")
    press(page, "Make my account")
    page.locator(".errorlist").first.wait_for()
    found = check(page, "a sign-up that came back")
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Password").fill("wrong")
    press(page, "Sign in")
    page.locator(".errorlist").first.wait_for()
    found += check(page, "a sign-in that came back")
    journeys.sign_up(page, "somebody@example.org")
    assert not found + walk(page, check, ["/account/", "/account/password/"])


def test_a_session(guest: Page, own: str, check: Check) -> None:
    guest.goto(own)
    journeys.start(guest)
    found = check(guest, "a session before its start")
    session = guest.locator("#session")
    for go_on, state in (("Start", "running"), ("Pause", "paused"), ("Resume", "running")):
        press(guest, go_on)
        expect(session).to_have_attribute("data-state", state)
        if go_on != "Resume":
            found += check(guest, f"a session, {state}")
    press(guest, "Skip")
    press(guest, "Skip")
    found += check(guest, "a session, further on")
    press(guest, "End")
    guest.wait_for_url("**/summary/")
    assert not found + check(guest, "a summary")


@pytest.fixture
def large_print(launch: Launch, new_page: NewPage, server: Server) -> Iterator[Page]:
    """A phone whose owner has set the browser's text to twice the usual size."""
    browser = launch("--blink-settings=defaultFontSize=32,defaultFixedFontSize=26")
    yield new_page(server, browser=browser, viewport={"width": 640, "height": 900}, reduced_motion="reduce")
    browser.close()


def test_text_twice_as_large_fits(large_print: Page) -> None:
    page = large_print
    own = send(page, "/routines/new/", name=LONG, context="any", stretch="knee-to-chest").removesuffix("edit/")
    journeys.practise_ago(page, 1)
    page.goto("/")
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= 32, "the browser's setting counts"
    found = []
    paths = ["/", "/stretches/", "/stretches/knee-to-chest/", "/guide/how-much/", "/routines/", f"{own}edit/", own]
    for path in [*paths, "/history/", "/account/", "/account/conditions/", "/routines/ready/desk-break/"]:
        page.goto(path)
        if page.evaluate(OVERFLOW) > 0:
            found.append(f"{path}: {page.evaluate(WIDEST)}")
    journeys.start(page)
    press(page, "Start")
    expect(page.locator("#session")).to_have_attribute("data-state", "running")
    if page.evaluate(OVERFLOW) > 0:
        found.append(f"a session: {page.evaluate(WIDEST)}")
    assert not found


def test_nothing_moves_for_those_who_asked_for_rest(page: Page) -> None:
    found = []
    for path in ["/", "/stretches/", "/routines/new/", "/history/", "/routines/ready/desk-break/"]:
        page.goto(path)
        found += page.evaluate(MOVING)
    journeys.start(page)
    press(page, "Start")
    for _ in range(3):
        found += page.evaluate(MOVING)
        press(page, "Skip")
    assert not found
