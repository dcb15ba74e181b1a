"""The whole path of a newcomer: browse, build, follow, look back, make an account, and come again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import journeys
from tests.e2e.journeys import NewPage, add_step, number, order, press, start
from tests.e2e.server import Server

THREE = ["side-neck-stretch", "neck-tilt", "childs-pose-rest"]

# A day of practice starts at three in the morning.
PRACTICE_DAY = "new Date(Date.now() - 3 * 3_600_000).toLocaleDateString('sv')"

RECORD = """() => {
  const root = document.getElementById('session'); window.seen = [];
  const note = () => {
    const { state, segment, kind, side, stretch } = root.dataset;
    const now = [state, segment, kind, side, stretch].join(' ');
    if (window.seen.at(-1) !== now) window.seen.push(now);
  };
  note();
  new MutationObserver(note).observe(root, { attributes: true });
}"""


@pytest.fixture
def page(new_page: NewPage, fast_server: Server) -> Page:
    return new_page(fast_server, statuses=(404, 422))


def test_a_newcomer_gets_from_the_catalogue_to_an_account(page: Page) -> None:
    browse(page)
    path = build(page)
    seconds = number(page, "total-time")
    follow(page, seconds)
    look_back(page)
    see_it_counted(page)

    journeys.sign_up(page, "newcomer@example.org")
    everything_is_there(page, path)
    journeys.sign_out(page)
    nothing_is_there(page, path)
    journeys.sign_in(page, "newcomer@example.org")
    everything_is_there(page, path)


def browse(page: Page) -> None:
    """Type and tick; the list, its number and the address follow without a new page."""
    page.goto("/")
    page.get_by_role("link", name="Stretches", exact=True).click()
    page.wait_for_url("**/stretches/")
    assert number(page, "result-count") == page.locator("[data-stretch]").count() == 34
    page.evaluate("window.stayed = true")

    page.get_by_role("searchbox", name="Search stretches").press_sequentially("hamstrng", delay=30)
    page.wait_for_url("**/stretches/?*q=hamstrng*")
    found = number(page, "result-count")
    assert 0 < found < 34
    assert page.locator("[data-stretch]").count() == found
    expect(page.locator("[data-stretch]").first).to_contain_text("amstring")

    page.get_by_role("group", name="Position").get_by_label("Sitting").check()
    page.wait_for_url(re.compile("position=seated"))
    expect(page.locator("#result-count")).not_to_have_attribute("value", str(found))
    narrowed = number(page, "result-count")
    assert 0 < narrowed < found
    assert page.locator("[data-stretch]").count() == narrowed
    page.get_by_role("searchbox", name="Search stretches").fill("neck")
    page.wait_for_url(re.compile("(?=.*q=neck)(?=.*position=seated)"))
    assert page.evaluate("window.stayed") is True, "the page was not loaded anew"

    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("neck")
    expect(page.get_by_role("group", name="Position").get_by_label("Sitting")).to_be_checked()
    page.locator('[data-stretch="side-neck-stretch"] a').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side neck stretch")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("neck")
    page.go_back()


def build(page: Page) -> str:
    """Three steps, the neck on both sides; returns the routine's path."""
    path = journeys.create_routine(page, "Three for my neck")
    add_step(page, "neck tilt", "neck-tilt")
    add_step(page, "child's pose", "childs-pose-rest")
    add_step(page, "side neck", "side-neck-stretch")
    assert order(page) == ["neck-tilt", "childs-pose-rest", "side-neck-stretch"]

    before = number(page, "total-time")
    step = page.locator('[data-step][data-stretch="side-neck-stretch"]')
    step.get_by_role("link", name="Change").click()
    step.get_by_label("Sets", exact=True).fill("1")
    step.get_by_role("button", name="less: Hold").click()
    expect(step).to_contain_text("29 seconds each side")
    expect(page.locator("#total-time")).not_to_have_attribute("value", str(before))
    assert number(page, "total-time") < before
    step.get_by_role("button", name="Save").click()
    expect(page.locator(".step-form")).to_have_count(0)

    step.get_by_role("button", name="Move Side neck stretch up").click()
    expect(page.locator("[data-step='2']")).to_have_attribute("data-stretch", "side-neck-stretch")
    drag(page, step.locator(".grip"), page.locator("[data-step='1']"))
    expect(page.locator("[data-step='1']")).to_have_attribute("data-stretch", "side-neck-stretch")
    expect(page.locator("#build-said")).not_to_be_empty()
    total = number(page, "total-time")

    page.get_by_role("link", name="Done", exact=True).click()
    page.wait_for_url(f"**{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Three for my neck")
    assert order(page) == THREE
    assert number(page, "total-time") == total
    return path


def drag(page: Page, handle: Locator, onto: Locator) -> None:
    """Pull by hand, in many small moves, to the upper half of something."""
    target = onto.bounding_box()
    assert target
    handle.hover()
    page.mouse.down()
    page.mouse.move(target["x"] + 30, target["y"] + target["height"] / 2, steps=8)
    page.mouse.move(target["x"] + 30, target["y"] + 8, steps=4)
    with page.expect_response(lambda answer: answer.url.endswith("/order/")) as answer:
        page.mouse.up()
    assert answer.value.ok


def follow(page: Page, seconds: int) -> None:
    """Press Start once; the rest happens by itself, in the order of the timeline."""
    start(page)
    session = page.locator("#session")
    expect(session).to_have_attribute("data-state", "ready")
    plan = page.evaluate("JSON.parse(document.getElementById('timeline').textContent)")
    assert plan["total_ms"] == 1000 * seconds
    page.evaluate(RECORD)
    press(page, "Start")
    page.wait_for_selector("#session[data-state=done]", timeout=60_000)
    seen = [line.split() for line in page.evaluate("window.seen")]
    assert [line[0] for line in seen if line[0] != "running"] == ["ready", "done"]
    played = [line[1:] for line in seen if line[0] == "running"]
    assert played == [[str(s["index"]), s["kind"], s["side"], s["stretch"]] for s in plan["segments"]]
    assert {"prepare", "work", "switch", "rest", "move"} == {kind for _, kind, _, _ in played}
    neck = [(kind, side) for _, kind, side, stretch in played if stretch == THREE[0]]
    assert neck == [("prepare", "left"), ("work", "left"), ("switch", "right"), ("work", "right")]
    page.wait_for_url("**/summary/")


def look_back(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
    expect(page.locator('[data-outcome="done"]')).to_have_count(3)
    pain = page.get_by_role("group", name="Pain now")
    pain.get_by_text("2", exact=True).click()
    expect(page.locator("#feeling-after .saved")).to_have_text("Saved")
    page.reload()
    expect(pain.get_by_label("2", exact=True)).to_be_checked()


def see_it_counted(page: Page) -> None:
    page.goto("/history/")
    for name in ("current-streak", "longest-streak", "week-done"):
        assert number(page, name) == 1, name
    assert number(page, "week-goal") == 3
    assert number(page, "strength") > 0
    today = page.locator("[data-day][aria-current]")
    assert int(today.get_attribute("data-minutes") or "") > 0
    assert today.get_attribute("data-day") == page.evaluate(PRACTICE_DAY)
    expect(page.locator("#session-rows > li")).to_have_count(1)
    expect(page.locator("#session-rows")).to_contain_text("Three for my neck")


def everything_is_there(page: Page, path: str) -> None:
    page.goto("/routines/")
    expect(page.get_by_role("region", name="Yours")).to_contain_text("Three for my neck")
    page.goto(path)
    assert order(page) == THREE
    see_it_counted(page)


def nothing_is_there(page: Page, path: str) -> None:
    """After signing out the browser knows nothing of the person any more."""
    page.goto("/routines/")
    expect(page.get_by_role("heading", name="Ready-made")).to_be_visible()
    expect(page.get_by_text("Three for my neck")).to_have_count(0)
    page.goto("/history/")
    assert number(page, "current-streak") == number(page, "week-done") == 0
    expect(page.locator("#session-rows")).to_have_count(0)
    page.goto(path)
    expect(page).to_have_url(re.compile("/account/sign-in/"))
    page.go_back()
    expect(page.locator("#session-rows")).to_have_count(0)


def test_what_a_guest_made_joins_what_the_account_has(new_page: Callable[..., Page], fast_server: Server) -> None:
    first = new_page(fast_server)
    journeys.create_routine(first, "From my desk")
    journeys.practise(first, "desk-break")
    journeys.sign_up(first, "two-devices@example.org")

    second = new_page(fast_server)
    journeys.create_routine(second, "From my phone")
    journeys.practise(second, "bedtime")
    expect_both = ("From my desk", "From my phone")
    second.goto("/account/sign-in/")
    expect(second.get_by_text("What you made here as a guest moves into your account.")).to_be_visible()
    journeys.sign_in(second, "two-devices@example.org")

    for page in (second, first):
        page.goto("/routines/")
        for name in expect_both:
            expect(page.get_by_role("region", name="Yours").get_by_role("heading", name=name)).to_have_count(1)
        page.goto("/history/")
        expect(page.locator("#session-rows > li")).to_have_count(2)
        assert number(page, "current-streak") == 1, "two sessions on one day are one day"
