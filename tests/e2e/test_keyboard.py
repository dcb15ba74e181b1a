"""With the keyboard alone: the ways through the pages, and a focus that never gets lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import journeys
from tests.e2e.journeys import NewPage, add_step, number, order
from tests.e2e.server import Server

FOCUSED = """() => {
  const element = document.activeElement;
  return element === document.body ? '' : element.innerText?.trim() || element.value || element.id;
}"""
# What a person sees: an outline around what has the focus, or around the label of a box that cannot be seen itself.
RING = """() => {
  const element = document.activeElement;
  return [element, ...element.labels ?? []].some((seen) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(seen);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
}"""
# WCAG 2.4.11: nothing that sticks to an edge may cover it all.
IN_VIEW = """() => {
  const element = document.activeElement;
  const seen = element.getBoundingClientRect().width > 2 ? element : element.labels?.[0] ?? element;
  const { left, top, width, height } = seen.getBoundingClientRect();
  return [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].some(([x, y]) => {
    const hit = document.elementFromPoint(left + x * width, top + y * height);
    return hit && (seen.contains(hit) || hit.contains(seen) && hit.closest('a, label, button') === seen);
  });
}"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(new_page: NewPage, fast_server: Server) -> Page:
    return new_page(fast_server)


def focused(page: Page) -> str:
    return str(page.evaluate(FOCUSED))


def tab_to(page: Page, name: str | re.Pattern[str], *, most: int = 60) -> None:
    """Press Tab until what has the focus is called that."""
    wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
    for _ in range(most):
        if wanted.search(focused(page)):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {name}")


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/stretches/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_four_rooms_are_reached_by_tab(page: Page) -> None:
    page.goto("/")
    for room, path in (
        ("Stretches", "/stretches/"),
        ("Routines", "/routines/"),
        ("History", "/history/"),
        ("Today", "/"),
    ):
        page.locator("body").press("Home")
        tab_to(page, re.compile(f"^{room}$"), most=8)
        assert page.evaluate(RING)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{path}")


@pytest.mark.parametrize(
    "path", ["/", "/stretches/", "/stretches/knee-to-chest/", "/routines/new/", "/account/", "/history/"]
)
def test_every_stop_is_seen_on_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(path)
    last = page.locator("footer a").last
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(IN_VIEW), focused(page)
        assert page.evaluate(RING), focused(page)
        if last.evaluate("link => link === document.activeElement"):
            return
    pytest.fail("Tab never comes to the end of the page")


def test_the_catalogue_is_filtered_without_losing_the_focus(page: Page) -> None:
    page.goto("/stretches/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("hip")
    page.wait_for_url(re.compile("q=hip"))
    assert page.evaluate("document.activeElement.id") == "q", "typing goes on where it was"
    found = number(page, "result-count")
    box = page.get_by_role("group", name="Position").get_by_label("Kneeling")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("position=kneeling"))
    assert number(page, "result-count") < found
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: "position=" not in url)
    expect(page.locator("#result-count")).to_have_attribute("value", str(found))
    expect(box).to_be_focused()


def test_the_focus_moves_with_the_step(page: Page) -> None:
    journeys.create_routine(page, "By keyboard")
    for words, slug in (("neck tilt", "neck-tilt"), ("knee", "knee-to-chest"), ("child", "childs-pose-rest")):
        add_step(page, words, slug)
    up = page.get_by_role("button", name="Move Child's pose: resting up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-step='2']")).to_have_attribute("data-stretch", "childs-pose-rest")
    expect(up).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-step='1']")).to_have_attribute("data-stretch", "childs-pose-rest")
    expect(up).to_be_focused()
    assert page.evaluate(IN_VIEW)
    expect(page.get_by_role("status").filter(has_text="Child's pose: resting")).to_have_count(1)

    page.get_by_role("button", name="Remove Child's pose: resting").focus()
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo and put Child's pose: resting back")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-step]")).to_have_count(3)
    assert order(page) == ["childs-pose-rest", "neck-tilt", "knee-to-chest"]
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost"


def test_a_session_is_led_by_keys(page: Page) -> None:
    page.goto("/stretches/childs-pose-rest/")
    tab_to(page, "Try it now")
    page.keyboard.press("Enter")
    page.wait_for_selector("#session[data-live]")
    session = page.locator("#session")
    page.keyboard.press("Space")
    expect(session).to_have_attribute("data-state", "running")
    page.keyboard.press("Space")
    expect(session).to_have_attribute("data-state", "paused")
    page.keyboard.press("ArrowRight")
    expect(session).to_have_attribute("data-segment", "1")
    page.keyboard.press("ArrowLeft")
    expect(session).to_have_attribute("data-segment", "0")
    expect(session).to_have_attribute("data-state", "paused")
    page.keyboard.press("Space")
    page.wait_for_url("**/summary/", timeout=30_000)
    tab_to(page, "Finish")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)


def test_the_days_of_the_year_are_one_stop(page: Page) -> None:
    for days in (1, 2):
        journeys.practise_ago(page, days)
    page.goto("/history/")
    stops = page.locator("[data-calendar] td [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    today = page.evaluate("document.activeElement.closest('td').dataset.day")
    page.keyboard.press("ArrowLeft")
    yesterday = page.evaluate("document.activeElement.closest('td').dataset.day")
    assert yesterday < today
    assert page.evaluate(RING)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/history/{yesterday}/")
    page.go_back()
    page.locator("[data-calendar] td [tabindex='0']").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('td')"), (
        "Tab leaves the days, of the month and of the year"
    )
