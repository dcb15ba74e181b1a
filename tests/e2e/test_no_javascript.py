"""Everything but the timer, in a browser that runs no scripts: plain links, plain forms, whole pages."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import journeys
from tests.e2e.journeys import NewPage, number, order
from tests.e2e.server import Server


@pytest.fixture
def page(new_page: NewPage, fast_server: Server) -> Page:
    return new_page(fast_server, java_script_enabled=False)


def follow(link: Locator) -> None:
    """Press what leads to another page, and wait for all of it: the address may be the same as before."""
    with link.page.expect_navigation():
        link.click()


def test_the_catalogue_is_searched_and_filtered_by_form(page: Page) -> None:
    page.goto("/stretches/")
    assert number(page, "result-count") == page.locator("[data-stretch]").count() == 34
    page.get_by_role("searchbox", name="Search stretches").fill("low back pain")
    follow(page.get_by_role("button", name="Search"))
    page.wait_for_url("**/stretches/?*q=low+back+pain*")
    found = number(page, "result-count")
    assert 0 < found < 34
    expect(page.get_by_role("searchbox")).to_have_value("low back pain")

    page.get_by_role("group", name="Position").get_by_label("Lying on the back").check()
    page.get_by_role("group", name="Level").get_by_label("Easy").check()
    follow(page.get_by_role("button", name="Show", exact=True))
    page.wait_for_url(re.compile("(?=.*q=low)(?=.*position=supine)(?=.*level=1)"))
    narrowed = number(page, "result-count")
    assert 0 < narrowed < found
    assert page.locator("[data-stretch]").count() == narrowed

    follow(page.get_by_role("link", name="Easy (remove)"))
    page.wait_for_url(lambda url: "level=" not in url)
    expect(page.get_by_role("group", name="Position").get_by_label("Lying on the back")).to_be_checked()
    follow(page.get_by_role("link", name="Clear all"))
    follow(page.get_by_role("link", name="At my desk"))
    page.wait_for_url("**place=*")
    assert 0 < number(page, "result-count") < 34


def test_an_empty_result_says_what_to_loosen(page: Page) -> None:
    page.goto("/stretches/?area=breathing&level=3")
    assert number(page, "result-count") == 0
    expect(page.get_by_text("Loosen one thing:")).to_be_visible()
    loosened = page.get_by_role("link", name=re.compile("^without ")).first
    promised = int(loosened.locator(".count").inner_text())
    follow(loosened)
    assert number(page, "result-count") == promised > 0


def test_a_routine_is_built_by_plain_posts(page: Page) -> None:
    page.goto("/routines/new/")
    page.get_by_label("Name", exact=True).fill("On paper")
    follow(page.get_by_role("button", name="Add Neck nod"))
    page.wait_for_url("**/edit/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("On paper")
    page.get_by_label("Search", exact=True).fill("knee to chest")
    follow(page.get_by_role("button", name="Search"))
    follow(page.get_by_role("button", name="Add Knee to chest"))
    follow(page.get_by_role("button", name="Add Knee to chest"))
    assert order(page) == ["neck-tilt", "knee-to-chest", "knee-to-chest"]
    before = number(page, "total-time")

    follow(page.get_by_role("button", name="Move Neck nod down"))
    assert order(page) == ["knee-to-chest", "neck-tilt", "knee-to-chest"]
    last = page.locator("[data-step='3']")
    follow(last.get_by_role("link", name="Change"))
    last.get_by_label("Sets", exact=True).fill("1")
    last.get_by_label("Note to yourself").fill("Cushion under the head")
    follow(last.get_by_role("button", name="Save"))
    expect(last).to_contain_text("Cushion under the head")
    assert number(page, "total-time") < before

    follow(page.get_by_role("button", name="Remove Knee to chest").first)
    assert order(page) == ["neck-tilt", "knee-to-chest"]
    follow(page.get_by_role("button", name="Undo and put Knee to chest back"))
    assert order(page) == ["knee-to-chest", "neck-tilt", "knee-to-chest"]

    follow(page.get_by_role("link", name="Done", exact=True))
    assert len(order(page)) == 3
    follow(page.get_by_role("button", name="Delete", exact=True))
    follow(page.get_by_role("button", name="Undo"))
    page.goto("/routines/")
    expect(page.get_by_role("region", name="Yours")).to_contain_text("On paper")


def test_a_ready_made_routine_is_done_by_the_clock_on_the_wall(page: Page) -> None:
    page.goto("/routines/ready/desk-break/")
    seconds, steps = number(page, "total-time"), order(page)
    assert seconds > 0
    follow(page.get_by_role("button", name="Start", exact=True))
    page.wait_for_url("**/sessions/*/")
    shown = page.locator("ol.session-steps > li[data-step]")
    expect(shown).to_have_count(len(steps))
    for item in shown.all():
        expect(item.get_by_role("heading")).to_be_visible()
        expect(item.locator(".by-hand-only").first).to_contain_text(re.compile(r"\d+ (s|min)"))
    for name in ("Start", "Pause", "Skip", "End"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    shown.last.get_by_label("Done").uncheck()
    follow(page.get_by_role("button", name="Mark as done", exact=True))
    page.wait_for_url("**/summary/")
    expect(page.locator('.done-list > [data-outcome="done"]')).to_have_count(len(steps) - 1)
    for name in ("Pain now", "Stiffness now"):
        page.get_by_role("group", name=name).get_by_label("4", exact=True).check()
    follow(page.locator("#feeling-after").get_by_role("button", name="Save"))
    for name in ("Pain now", "Stiffness now"):
        expect(page.get_by_role("group", name=name).get_by_label("4", exact=True)).to_be_checked()

    follow(page.get_by_role("link", name="History", exact=True))
    assert number(page, "current-streak") == number(page, "week-done") == 1
    today = page.locator("[data-day][aria-current]")
    assert int(today.get_attribute("data-minutes") or "") > 0
    today.get_by_role("link").click()
    expect(page.get_by_role("article")).to_contain_text("Pain 4 after, stiffness 4 after")


def test_a_ready_made_routine_becomes_ones_own(page: Page) -> None:
    page.goto("/routines/ready/bedtime/")
    seconds, steps = number(page, "total-time"), order(page)
    follow(page.get_by_role("button", name="Make it mine"))
    page.wait_for_url("**/edit/*")
    assert (number(page, "total-time"), order(page)) == (seconds, steps)


def test_the_checklist_speaks_on_the_pages_of_stretches(page: Page) -> None:
    page.goto("/stretches/upward-facing-dog/")
    expect(page.locator("#own-care")).to_have_count(0)
    page.goto("/account/conditions/")
    boxes = page.get_by_role("checkbox")
    assert boxes.count() == 14
    for box in boxes.all():
        box.check()
    follow(page.get_by_role("button", name="Save"))
    page.goto("/account/conditions/")
    assert page.get_by_role("checkbox", checked=True).count() == 14
    page.goto("/stretches/upward-facing-dog/")
    expect(page.locator("#own-care")).to_be_visible()


def test_an_account_is_made_changed_and_left(page: Page) -> None:
    journeys.sign_up(page, "plain@example.org")
    page.goto("/account/")
    page.get_by_label("Weekly goal").select_option("5")
    page.get_by_label("Time zone", exact=True).select_option("Asia/Tokyo")
    page.get_by_role("group", name="Planned rest days").get_by_label("Sunday").check()
    follow(page.get_by_role("button", name="Save"))
    page.goto("/account/")
    expect(page.get_by_label("Weekly goal")).to_have_value("5")
    expect(page.get_by_label("Time zone", exact=True)).to_have_value("Asia/Tokyo")
    expect(page.get_by_role("group", name="Planned rest days").get_by_label("Sunday")).to_be_checked()
    journeys.sign_out(page)
    journeys.sign_in(page, "plain@example.org")
    page.goto("/account/")
    follow(page.get_by_role("link", name="Delete everything"))
    page.get_by_label("Yes, delete everything.").check()
    follow(page.get_by_role("button", name="Delete everything"))
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill("plain@example.org")
    page.get_by_label("Password").fill(journeys.PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    expect(page.locator(".errorlist").first).to_be_visible()
