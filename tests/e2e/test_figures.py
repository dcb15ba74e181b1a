"""The pictures in a real browser: what moves and when, which side is shown, in whose clothes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.server import Server

NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]
# Where the drawn body is now; a picture that moves gives another answer a moment later.
SHAPES = """() => {
  const svg = document.querySelector('.figure-live svg');
  return [...svg.querySelectorAll('path')].map((path) => {
    const box = path.getBBox();
    return `${box.x.toFixed(2)} ${box.y.toFixed(2)} ${box.width.toFixed(2)}`;
  }).join();
}"""
PAINT = "() => getComputedStyle(document.querySelector('.figure-live .skin')).fill"
PAUSED = "document.querySelector('.figure-live svg').animationsPaused()"


def opened(page: Page, slug: str = "cat-cow") -> Page:
    page.goto(f"/stretches/{slug}/")
    return page


def moves(page: Page) -> bool:
    """Whether the picture changes within two seconds."""
    before = page.evaluate(SHAPES)
    try:
        page.wait_for_function(f"before => ({SHAPES})() !== before", arg=before, timeout=4000)
    except Exception:  # noqa: BLE001 - the browser's own word for "it did not"
        return False
    return True


def test_it_moves_until_somebody_pauses_it(server: Server, new_page: NewPage, axe: Axe) -> None:
    page = opened(new_page(server))
    expect(page.locator(".figure-live svg")).to_be_visible()
    assert moves(page)
    page.get_by_role("button", name="Pause the movement").click()
    assert page.evaluate(PAUSED)
    assert axe(page) == []
    play = page.get_by_role("button", name="Play the movement")
    expect(play).to_be_focused()
    play.press("Enter")
    assert not page.evaluate(PAUSED)
    expect(
        page.get_by_role("img", name=re.compile("all fours|hands and knees|back", re.IGNORECASE)).first
    ).to_be_visible()


def test_where_less_motion_is_wanted_it_waits(server: Server, new_page: NewPage, axe: Axe) -> None:
    page = opened(new_page(server, reduced_motion="reduce"))
    expect(page.get_by_text("Start", exact=True)).to_be_visible()
    expect(page.get_by_text("End", exact=True)).to_be_visible()
    expect(page.locator(".figure-live")).to_be_hidden()
    assert axe(page) == []
    page.get_by_role("button", name="Play the movement").click()
    expect(page.locator(".figure-live svg")).to_be_visible()
    assert moves(page)


def test_without_script_both_poses_are_there(server: Server, new_page: NewPage) -> None:
    page = opened(new_page(server, java_script_enabled=False))
    expect(page.locator(".figure-poses img")).to_have_count(2)
    expect(page.get_by_text("Start", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("movement"))).to_be_hidden()


def test_nothing_moves_in_the_catalogue(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/stretches/")
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if ".plain." in url]
    assert not [url for url in fetched if ".moving." in url]
    assert page.evaluate("document.querySelectorAll('animate, video').length") == 0
    assert page.evaluate("[...document.images].filter((i) => i.complete && !i.naturalWidth).map((i) => i.src)") == []


def test_nothing_jumps_when_the_movement_comes(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        " }).observe({ type: 'layout-shift', buffered: true });"
    )
    opened(page)
    expect(page.locator(".figure-live svg")).to_be_visible()
    assert page.evaluate("window.shift") < 0.02


def test_the_session_shows_the_side(server: Server, new_page: NewPage) -> None:
    page = opened(new_page(server), "standing-quad")
    page.get_by_role("button", name="Try it now").click()
    session = page.locator("#session")
    expect(session).to_have_attribute("data-side", "left")
    picture = page.locator("[data-current] .figure-still img")
    expect(picture).to_have_css("scale", "-1 1")
    expect(page.locator("[data-current] .figure-side:visible")).to_have_text("Left")
    page.get_by_role("button", name="Start", exact=True).click()
    while session.get_attribute("data-side") == "left":
        page.get_by_role("button", name="Skip").click()
    expect(session).to_have_attribute("data-side", "right")
    expect(picture).to_have_css("scale", "none")
    expect(page.locator("[data-current] .figure-side:visible")).to_have_text("Right")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_choice_shows_everywhere(server: Server, new_page: NewPage, axe: Axe, scheme: str) -> None:
    page = new_page(server, color_scheme=scheme)
    opened(page)
    expect(page.locator(".figure-live svg")).to_be_visible()
    before = page.evaluate(PAINT)
    page.goto("/account/pictures/")
    page.get_by_role("radio", name="An older man with short hair").check()
    page.get_by_role("radio", name="Deep brown").check()
    assert axe(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. This is how the pictures look from now on.")).to_be_visible()
    expect(page.get_by_role("radio", name="Deep brown")).to_be_checked()
    page.goto("/stretches/")
    expect(page.locator("img.thumb").first).to_have_attribute("src", re.compile(r"\.man\.thumb\..*#s5c\d$"))
    opened(page)
    expect(page.locator(".figure-live svg")).to_be_visible()
    assert page.evaluate(PAINT) != before
