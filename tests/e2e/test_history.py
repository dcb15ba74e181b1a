"""Today, history and the pages of days in a real browser: without script, by keyboard, on a phone."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.server import Server

NewPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def practise_by_hand(page: Page) -> None:
    """Start what today offers and tick it off, as the page without its timer asks for."""
    page.goto("/")
    page.get_by_role("button", name=re.compile("^Start ")).first.click()
    page.get_by_role("button", name="Mark as done").click()
    page.wait_for_url("**/summary/")


def number(page: Page, name: str) -> str:
    return page.locator(f"data#{name}").get_attribute("value") or ""


def without_script_then_with(new_page: NewPage, server: Server) -> Page:
    """A page with script of somebody who has practised today, signed in as the guest they became."""
    plain = new_page(server, java_script_enabled=False)
    practise_by_hand(plain)
    page = new_page(server)
    page.context.add_cookies(plain.context.cookies())  # type: ignore[arg-type]
    return page


def focused_day(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('td')?.dataset.day ?? ''"))


def test_everything_works_without_script(server: Server, new_page: NewPage) -> None:
    page = new_page(server, java_script_enabled=False)
    practise_by_hand(page)
    page.goto("/history/")
    assert (number(page, "week-done"), number(page, "current-streak")) == ("1", "1")
    page.locator("td[aria-current] a").click()
    expect(page.locator("#why")).to_contain_text("This day counts.")

    page.get_by_role("button", name=re.compile("^Delete ")).click()
    expect(page.locator("#why")).to_contain_text("Today is still open.")
    page.get_by_role("button", name=re.compile("^Bring it back")).click()
    expect(page.locator("#why")).to_contain_text("This day counts.")

    page.goto("/")
    expect(page.locator(".week-figure")).to_have_text(re.compile(r"1\s+of 3 days"))


def test_arrow_keys_walk_through_the_days(server: Server, new_page: NewPage) -> None:
    page = without_script_then_with(new_page, server)
    page.goto("/history/")
    today = date.fromisoformat(page.locator("td[aria-current]").get_attribute("data-day") or "")
    expect(page.locator("[data-calendar] [tabindex='0']")).to_have_count(1)
    page.locator("[data-calendar] [tabindex='0']").focus()
    assert focused_day(page) == today.isoformat()
    expect(page.locator("[data-said]")).to_contain_text(f"{today.day} {today:%B}: today, ")

    page.keyboard.press("ArrowRight")
    assert focused_day(page) == today.isoformat(), "tomorrow has not come"
    if today.timetuple().tm_yday > 8:
        page.keyboard.press("ArrowUp")
        assert focused_day(page) == (today - timedelta(days=7)).isoformat()
        page.keyboard.press("ArrowLeft")
        assert focused_day(page) == (today - timedelta(days=8)).isoformat()
        expect(page.locator("[data-said]")).to_contain_text("no session")
    page.keyboard.press("Home")
    assert focused_day(page) == f"{today.year}-01-01"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/history/{today.isoformat()}/")


def settles_in_view(page: Page) -> bool:
    """Whether this month comes to stand at the left edge; a busy machine scrolls a moment after loading."""
    for _ in range(60):
        box = page.locator("table[data-now]").bounding_box()
        if box and 0 <= box["x"] < 60:
            return True
        page.wait_for_timeout(50)
    return False


@pytest.mark.parametrize("scripted", [True, False])
def test_a_phone_opens_the_year_at_this_month(server: Server, new_page: NewPage, scripted: bool) -> None:
    page = new_page(server, viewport=PHONE, java_script_enabled=scripted)
    page.goto("/history/")
    assert settles_in_view(page), "this month is the one in view"
    if scripted:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_day_is_reached_by_touch(server: Server, new_page: NewPage) -> None:
    page = without_script_then_with(new_page, server)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/history/")
    link = page.locator("td[aria-current] a")
    box = link.bounding_box()
    assert box
    assert box["width"] >= 40
    assert box["height"] >= 44
    link.click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"20\d\d"))
