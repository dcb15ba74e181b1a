"""Did I stretch on the 14th, for how long, and does my streak stand? Answered to three people, each in their way."""

import re
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journeys import NewPage, send
from tests.e2e.server import Server

STATES = ("done", "short", "rest", "paused", "frozen", "travel", "open", "future", "none")
# Only shape and light are left of a day: no colour, and no words.
WITHOUT_COLOUR = """(cell) => {
  document.documentElement.style.filter = 'grayscale(1)';
  cell.querySelector('.mark').style.visibility = 'hidden';
}"""


class Answered(NamedTuple):
    """The page of the month that the last 14th is in, and what it has to say."""

    page: Page
    day: date
    run: int


@pytest.fixture
def answered(server: Server, new_page: NewPage) -> Answered:
    """Somebody who stretched twice on the 14th, for twelve minutes, and yesterday; the 12th was in a pause."""
    page = new_page(server)
    page.goto("/history/")
    page.goto("/history/")  # the first answer did not know the zone yet, so near a day's start its date may be another
    today = date.fromisoformat(page.locator("td[aria-current]").get_attribute("data-day") or "")
    day = today.replace(day=14) if today.day > 15 else (today.replace(day=1) - timedelta(days=1)).replace(day=14)
    yesterday = today - timedelta(days=1)
    for on, minutes in ((day, "5"), (day, "7"), (yesterday, "10")):
        send(page, "/history/add/", day=on.isoformat(), minutes=minutes, name="A class")
    send(page, "/history/pauses/", starts_on=f"{day:%Y-%m}-12", ends_on=f"{day:%Y-%m}-12", reason="ill")
    page.goto("/history/")
    if day.month != today.month:
        page.locator("a[rel=prev]").click()
    return Answered(page, day, 2 if yesterday - day == timedelta(days=1) else 1)


def test_somebody_who_sees_no_colour(answered: Answered) -> None:
    page, day, run = answered
    marks = {n: page.locator(f'[data-day="{day:%Y-%m}-{n}"] .mark').inner_text() for n in (11, 12, 14)}
    assert marks == {11: "–", 12: "pause", 14: "12 min"}  # noqa: RUF001
    expect(page.locator("#current-streak")).to_have_text(str(run))

    cell = page.locator(f'[data-day="{day:%Y-%m}-11"]')
    cell.evaluate(WITHOUT_COLOUR)
    pictures: dict[bytes, str] = {}
    for state in (*STATES, "none"):
        cell.evaluate("(cell, state) => { cell.dataset.state = state; }", state)
        picture = cell.screenshot()
        assert pictures.setdefault(picture, state) == state, "each has a shape of its own, even without its words"


def test_somebody_at_the_keyboard(answered: Answered) -> None:
    page, day, _ = answered
    focused = "document.activeElement.closest('td')?.dataset.day ?? ''"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(focused):
            break
    at = date.fromisoformat(page.evaluate(focused))
    for _ in range((at - day).days):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == day.isoformat()
    expect(page.locator("[data-said]")).to_have_text(f"{day:%A}, 14 {day:%B}: 12 minutes in 2 sessions")

    page.keyboard.press("Enter")
    page.wait_for_url(f"**/history/{day}/")
    expect(page.locator("#why")).to_contain_text("This day counts. 12 minutes in all.")


def test_somebody_who_hears_the_page(answered: Answered) -> None:
    page, day, run = answered
    month = page.get_by_role("table", name=f"{day:%B %Y}")
    expect(month.get_by_role("link", name=f"14 {day:%B}: 12 minutes in 2 sessions")).to_have_count(1)
    heard = month.aria_snapshot()
    assert 'columnheader "Monday"' in heard
    assert f"12 {day:%B}: in a pause, so it breaks nothing" in heard
    assert f"11 {day:%B}: no session" in heard

    streak = page.get_by_role("region", name="Days in a row").aria_snapshot()
    assert re.search(rf"paragraph: \"?{run}\"?$", streak, re.MULTILINE)
    assert "Today is still open" in streak
    assert "do not interrupt a run" in streak
