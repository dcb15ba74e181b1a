"""The catalogue, a stretch, the guide and the checklist in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.server import Server

NewPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def count(page: Page) -> str:
    return page.locator("data#result-count").get_attribute("value") or ""


def test_results_follow_the_typing_and_the_cursor_stays(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    page.goto("/stretches/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("hamstr", delay=30)
    expect(page.locator("data#result-count")).not_to_have_text("34")
    expect(field).to_be_focused()
    expect(field).to_have_value("hamstr")
    expect(page).to_have_url(re.compile(r"\?q=hamstr$"))
    field.fill("")
    expect(page.locator("data#result-count")).to_have_text("34")
    expect(page).to_have_url(re.compile(r"/stretches/$"))


def test_filters_combine_by_keyboard_and_go_back(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    page.goto("/stretches/")
    page.get_by_role("checkbox", name=re.compile("^Neck ")).focus()
    page.keyboard.press("Space")
    expect(page.locator("data#result-count")).to_have_text("6")
    expect(page.locator("input[value=neck]")).to_be_focused()
    # The counts of the other choices follow.
    assert page.get_by_role("checkbox", name=re.compile("^Sitting ")).count() == 1
    page.get_by_role("checkbox", name=re.compile("^Sitting ")).press("Space")
    expect(page).to_have_url(re.compile(r"area=neck&position=seated"))
    both = count(page)
    page.go_back()
    expect(page.locator("data#result-count")).to_have_text("6")
    expect(page.locator("input[value=neck]")).to_be_checked()
    expect(page.locator("input[value=seated]")).not_to_be_checked()
    assert int(both) <= 6


def test_two_quick_choices_are_both_kept(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    page.goto("/stretches/")
    page.locator("label.chip", has=page.locator("input[value=chest]")).click()
    page.locator("label.chip", has=page.locator("input[value=standing]")).click()
    expect(page).to_have_url(re.compile(r"area=chest&position=standing"))
    expect(page.locator("#filters input:checked")).to_have_count(2)


def test_on_a_phone_the_filters_unfold_and_stay_unfolded(server: Server, new_page: NewPage) -> None:
    page = new_page(server, viewport=PHONE)
    page.goto("/stretches/")
    box = page.locator("label.chip", has=page.locator("input[value=neck]"))
    expect(box).to_be_hidden()
    page.locator("summary", has_text="filters").click()
    box.click()
    expect(page.locator("data#result-count")).to_have_text("6")
    expect(box).to_be_visible()
    page.get_by_role("link", name="Show 6 stretches").click()
    expect(page.locator("#result-heading")).to_be_in_viewport()


def test_one_tap_keeps_what_was_chosen(server: Server, new_page: NewPage) -> None:
    page = new_page(server, viewport=PHONE)
    page.goto("/stretches/?area=hips")
    page.get_by_role("link", name="No floor").click()
    expect(page).to_have_url(re.compile(r"place=no-floor&area=hips"))
    page.get_by_role("searchbox").fill("leg")
    expect(page).to_have_url(re.compile(r"q=leg&place=no-floor&area=hips"))


def test_without_script_it_searches_filters_and_loosens(server: Server, new_page: NewPage) -> None:
    page = new_page(server, java_script_enabled=False)
    page.goto("/stretches/")
    page.get_by_role("searchbox").fill("figure four")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("[data-stretch]").first).to_have_attribute("data-stretch", "piriformis-figure-4")
    page.goto("/stretches/?q=xyzzy&area=neck")
    page.get_by_role("link", name="without “xyzzy”").click()
    expect(page.locator("data#result-count")).to_have_text("6")
    page.locator("label.chip", has=page.locator("input[value=seated]")).click()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"area=neck&position=seated"))


def test_ticking_a_condition_warns_from_then_on(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    page.goto("/account/conditions/")
    page.get_by_role("checkbox", name=re.compile("^Hip replacement")).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. We adapt what we show you.")).to_be_visible()
    page.goto("/stretches/knee-to-chest/")
    expect(page.get_by_role("heading", name="Not for you now")).to_be_visible()
    page.get_by_role("link", name="Try Cat-cow instead").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cat-cow")


def test_links_from_a_note_land_on_the_correction(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    page.goto("/guide/warm-up/")
    page.get_by_role("link", name=re.compile("^Why")).first.click()
    expect(page).to_have_url(re.compile(r"/guide/about/#C\d\d$"))
    expect(page.locator(f"#{page.url.rsplit('#')[-1]}")).to_be_in_viewport()
