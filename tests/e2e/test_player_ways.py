"""Everybody's own way through a session: more time, any step, taps, something else instead, keys, big figures."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e import device
from tests.e2e.server import Server
from tests.e2e.test_player import data, open_session, press, skip_to, timeline, until

ROUTINE = "desk-break"
# It has an easier relative with the same sides.
DEMANDING = "pigeon-pose"


def left(page: Page) -> int:
    return int(data(page)["remainingMs"])


def delivered(page: Page) -> None:
    """Wait until the server has everything that was done here."""
    for _ in range(100):
        if not device.pending(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never arrived")


def ends(page: Page) -> int:
    """When the hold is over, by a fresh look."""
    instant: int = page.evaluate("""() => {
      document.dispatchEvent(new Event('visibilitychange'));
      return Date.now() + Number(document.getElementById('session').dataset.remainingMs);
    }""")
    return instant


def test_fifteen_seconds_more_by_button_and_by_key(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch="knee-to-chest")
    press(page, "Start")
    skip_to(page, "work", "left")
    press(page, "15 s more")
    assert 43_000 < left(page) <= 45_000
    page.keyboard.press("+")
    assert 57_000 < left(page) <= 60_000


def test_any_step_from_the_list(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, ready=ROUTINE)
    third = next(s for s in timeline(page)["segments"] if s["step"] == 2)
    press(page, "Start")
    page.get_by_text("All steps").click()
    page.locator('[data-jump="2"]').click()
    until(page, segment=str(third["index"]), state="running")
    expect(page.locator(".session-title [data-place]")).to_have_text(re.compile("Step 3"))


def test_a_slower_pace_is_kept_on_the_device(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch="knee-to-chest")
    page.get_by_role("button", name="Your way").click()
    page.get_by_label("Time for everything").select_option("150")
    page.keyboard.press("Escape")
    expect(page.locator("[data-number]")).to_have_text("3:45")
    open_session(page, stretch="knee-to-chest")
    press(page, "Start")
    skip_to(page, "work", "left")
    assert 44_000 < left(page) <= 45_000


def test_work_waits_for_a_tap(new_page: Callable[..., Page], fast_server: Server) -> None:
    page = new_page(fast_server)
    open_session(page, stretch="knee-to-chest")
    page.get_by_role("button", name="Your way").click()
    page.get_by_label("Going on").select_option("all")
    page.keyboard.press("Escape")
    press(page, "Start")
    until(page, waits="tap", side="left")
    page.wait_for_timeout(500)
    assert data(page)["waits"] == "tap"
    expect(page.locator("[data-announce]")).to_contain_text("Press Done")
    press(page, "Done")
    until(page, waits="tap", side="right")
    page.keyboard.press("d")
    until(page, waits="tap", side="left")  # the second set
    press(page, "Done")
    until(page, waits="tap", side="right")
    press(page, "Done")
    page.wait_for_url("**/summary/")
    expect(page.locator('.done-list > [data-outcome="done"]')).to_have_count(1)


def test_something_easier_at_once_and_next_time(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=DEMANDING)
    press(page, "Start")
    skip_to(page, "work", "left")
    press(page, "Leave it out…")
    until(page, state="paused")
    press(page, "It hurts")
    page.locator("[data-offers] button").first.click()
    expect(page.locator("[data-name]")).to_have_text(re.compile("figure 4"))
    expect(page.locator(".session-step[data-current] h3")).to_have_text(re.compile("figure 4"))
    until(page, state="running", segment="0")
    press(page, "End")
    page.wait_for_url("**/summary/")
    expect(page.locator(".done-list")).to_contain_text("figure 4")
    expect(page.locator(".done-list")).to_contain_text("It hurt")
    open_session(page, stretch=DEMANDING)
    expect(page.locator("#last-time + p")).to_contain_text("because it hurt")
    page.get_by_role("button", name=re.compile("Do Piriformis")).click()
    expect(page.locator("[data-name]")).to_have_text(re.compile("figure 4"))


def test_left_out_for_lack_of_time_goes_on_with_the_next_step(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, ready=ROUTINE)
    press(page, "Start")
    skip_to(page, "work")
    press(page, "Leave it out…")
    press(page, "No time for it")
    until(page, state="running", kind="move")
    expect(page.locator(".session-title [data-place]")).to_have_text(re.compile("Step 2"))


def test_big_figures_can_be_read_from_the_mat(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server, viewport={"width": 390, "height": 844})
    open_session(page, stretch="knee-to-chest")
    page.get_by_role("button", name="Your way").click()
    page.get_by_label("Big figures").check()
    page.keyboard.press("Escape")
    press(page, "Start")
    skip_to(page, "work", "left")
    height = page.locator("[data-number]").evaluate("(el) => parseFloat(getComputedStyle(el).fontSize)")
    assert height > 844 * 0.2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".step-picture").first).to_be_hidden()


def test_the_question_mark_shows_the_keys(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch="knee-to-chest")
    page.keyboard.press("?")
    expect(page.get_by_text("15 seconds more", exact=True)).to_be_visible()


def test_another_device_goes_on_and_the_first_looks_on(new_page: Callable[..., Page], server: Server) -> None:
    phone, tablet = new_page(server), new_page(server)
    open_session(phone, stretch="knee-to-chest")
    press(phone, "Start")
    skip_to(phone, "work", "left")
    delivered(phone)
    saved: Any = phone.context.cookies()
    tablet.context.add_cookies(saved)
    tablet.goto(phone.url)
    until(tablet, state="running", kind="work")
    assert abs(ends(tablet) - ends(phone)) < 1500, "both tell the same end of the hold"
    press(tablet, "Continue here")
    expect(tablet.locator(".stage-elsewhere")).to_be_hidden()
    press(tablet, "Pause")
    until(tablet, state="paused")
    delivered(tablet)
    # The first one learns of it when it next has something to tell; what it told changes nothing.
    press(phone, "15 s more")
    expect(phone.locator(".stage-elsewhere")).to_be_visible()
    until(phone, state="paused")
    assert data(phone)["remainingMs"] == data(tablet)["remainingMs"]
    press(phone, "Resume")
    expect(phone.locator(".stage-elsewhere")).to_be_hidden()
    until(phone, state="running")
    delivered(phone)
    tablet.reload()
    expect(tablet.locator(".stage-elsewhere")).to_be_visible()
    until(tablet, state="running")
