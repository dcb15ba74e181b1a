"""The map of the body in a real browser: pressed, by keyboard, on a phone, without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.server import Server

NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def area(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=re.compile(f"^{name}, "))


def press(page: Page, name: str) -> None:
    """Press an area where no other lies over it."""
    shape = area(page, name).locator("path")
    shape.scroll_into_view_if_needed()
    x, y = shape.evaluate(
        """path => {
          const box = path.getBoundingClientRect();
          for (let x = box.x + 2; x < box.right; x += 2)
            for (let y = box.y + 4; y < box.bottom; y += 4)
              if (document.elementFromPoint(x, y) === path) return [x, y];
        }"""
    )
    page.mouse.click(x, y)


def test_an_area_brings_its_stretches_in_place(server: Server, new_page: NewPage, axe: Axe) -> None:
    page = new_page(server, viewport={"width": 1280, "height": 860})
    page.goto("/stretches/")
    page.evaluate("window.stayed = true")
    press(page, "Lower back")
    expect(page).to_have_url(re.compile(r"\?area=lower-back$"))
    expect(page.locator("#result-heading")).to_contain_text("9 stretches")
    expect(page.get_by_role("checkbox", name="Lower back")).to_be_checked()
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    assert axe(page) == []


def test_the_keyboard_stays_where_it_was_and_takes_the_area_back(server: Server, new_page: NewPage) -> None:
    page = new_page(server, viewport={"width": 1280, "height": 860})
    page.goto("/stretches/")
    area(page, "Calves").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#result-heading")).to_contain_text("4 stretches")
    expect(area(page, "Calves")).to_be_focused()
    expect(area(page, "Calves")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#result-heading")).to_contain_text("34 stretches")


def test_on_a_phone_it_waits_in_the_fold(server: Server, new_page: NewPage, axe: Axe) -> None:
    page = new_page(server, viewport={"width": 390, "height": 844})
    page.goto("/stretches/")
    expect(page.locator(".body-map")).to_be_hidden()
    page.get_by_text("Body map and filters").click()
    expect(page.locator(".body-map")).to_be_visible()
    press(page, "Hips")
    expect(page.locator("#result-heading")).to_contain_text("12 stretches")
    assert axe(page) == []


def test_without_javascript_it_is_a_map_of_links(server: Server, new_page: NewPage) -> None:
    page = new_page(server, java_script_enabled=False, viewport={"width": 1280, "height": 860})
    page.goto("/stretches/")
    area(page, "Chest").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?area=chest$"))
