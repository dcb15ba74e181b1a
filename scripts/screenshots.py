#!/usr/bin/env python3
"""Take the pictures of the README and of docs/: the app as it runs, with a made-up year of practice.

Needs what the browser tests need. Nothing of a real person is ever shown, and no test depends on
what this writes.

    scripts/screenshots.py            write docs/img/{today,catalogue,session,history*,stretch*,body-map*,figures-*}.png
    scripts/screenshots.py history    write only docs/img/history-*.png, the history at three lengths
"""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.e2e.server import Server, prepare  # noqa: E402

PICTURES = ROOT / "docs" / "img"
type Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
ADDRESS, PASSWORD = "maria@example.org", "a calm sentence"
WEEK_ADDRESS = "jo@example.org"
# As much of the history as one looks at: the figures, the month, and where the year begins.
SIZES = {"phone": (390, 1960), "desk": (1280, 1240)}

# Run by `manage.py shell`: an account with a session on most days of the year before today, with rest days, freezes
# and a pause; and one that began a week ago.
PRACTISE = f"""
import random
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from routines.models import Routine
from tracking.models import Session
from tracking.services import days
chance = random.Random(7)
ready = list(Routine.objects.filter(owner=None))
now = timezone.now()

def person(email, **choices):
    user = User.objects.create_user(email, {PASSWORD!r}, time_zone="Europe/Berlin", **choices)
    user.goal_changes.create(starts_on="2020-01-06", days_a_week=4)
    return user

def practise(user, back):
    routine, at = chance.choice(ready), now - timedelta(days=back, hours=2)
    seconds = chance.choice([240, 300, 520, 600, 780, 900, 1300])
    Session.objects.create(owner=user, routine=routine, routine_slug=routine.slug, name=routine.name,
        plan={{"total_ms": 0, "segments": []}}, created_at=at, started_at=at, time_zone="Europe/Berlin",
        utc_offset_s=3600, practice_day=at.date(), seconds=seconds,
        status="done", counts=True, finished_at=at + timedelta(seconds=seconds))

user = person({ADDRESS!r}, freeze_cap=2)
user.rest_changes.create(starts_on="2020-01-06", weekdays=[6])
off = range(12, 16)
user.pauses.create(starts_on=(now - timedelta(days=15)).date(), ends_on=(now - timedelta(days=12)).date(), reason="ill")
for back in range(365, -1, -1):
    if back not in off and (back <= 3 or chance.random() < 0.7):
        practise(user, back)
days.rebuild(user)
user = person({WEEK_ADDRESS!r})
for back in (6, 4, 3, 1):
    practise(user, back)
days.rebuild(user)
"""


def main() -> None:
    """Start the app with data of its own, look at four pages, and keep what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        made, data = Path(folder) / "made", Path(folder) / "data"
        made.mkdir()
        data.mkdir()
        prepare(made)
        server = Server(data, made, clock_speed=1)
        subprocess.run([sys.executable, "manage.py", "shell", "-c", PRACTISE], cwd=ROOT, env=server.env, check=True)
        server.start()
        try:
            take(server.url, only=sys.argv[1:])
        finally:
            server.kill()


def take(url: str, only: list[str]) -> None:
    """Photograph the pages of a running app; `only` ["history"] leaves the others as they are."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for theme in THEMES:
            histories(browser, url, theme)
        if only == ["history"]:
            return
        page = signed_in(browser, url)
        for name, address in (("today", "/"), ("catalogue", "/stretches/"), ("history", "/history/")):
            page.goto(address)
            page.wait_for_timeout(400)
            page.screenshot(path=PICTURES / f"{name}.png")
        follow(page)
        page.screenshot(path=PICTURES / "session.png")
        for theme in THEMES:
            figures(browser, url, theme)
        browser.close()


def histories(browser: Browser, url: str, theme: Theme) -> None:
    """The history of somebody new, after a week and after a year, on a phone and on a desk."""
    for length, email in (("empty", None), ("week", WEEK_ADDRESS), ("year", ADDRESS)):
        page = signed_in(browser, url, email, theme) if email else new_page(browser, url, theme)
        for screen, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.goto("/history/")
            page.wait_for_timeout(300)
            path = PICTURES / f"history-{length}-{screen}-{theme}.png"
            page.screenshot(path=path)
            make_small(path)
        page.context.close()


def make_small(path: Path) -> None:
    """Keep 64 colours of a picture, where Pillow happens to be installed; a third of the size, and as clear."""
    try:
        image = importlib.import_module("PIL.Image")
    except ImportError:
        return
    with image.open(path) as picture:
        picture.convert("RGB").quantize(64, dither=0).save(path, optimize=True)


def figures(browser: Browser, url: str, theme: Theme) -> None:
    """The drawn pictures: a stretch's page, the map of the body, and the sheet of all of them."""
    page = browser.new_page(
        base_url=url, viewport={"width": 1280, "height": 860}, color_scheme=theme, reduced_motion="reduce"
    )
    page.goto("/stretches/cat-cow/")
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"stretch-{theme}.png")
    page.goto("/stretches/?area=lower-back")
    page.wait_for_timeout(400)
    page.locator(".body-map").screenshot(path=PICTURES / f"body-map-{theme}.png")
    page.close()
    sheet = [sys.executable, str(ROOT / "scripts" / "figures.py"), "sheet", "--width", "160"]
    dark = ["--dark"] if theme == "dark" else []
    subprocess.run([*sheet, *dark, "--out", str(PICTURES / f"figures-{theme}.png")], check=True)


def new_page(browser: Browser, url: str, theme: Theme = "light") -> Page:
    """A page of somebody whom the app does not know."""
    return browser.new_context(
        base_url=url,
        viewport={"width": 1280, "height": 860},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        color_scheme=theme,
        reduced_motion="reduce",
    ).new_page()


def signed_in(browser: Browser, url: str, email: str = ADDRESS, theme: Theme = "light") -> Page:
    """Sign a made-up person in."""
    page = new_page(browser, url, theme)
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}/")
    return page


def follow(page: Page) -> None:
    """Start a routine and go on to the first hold of a side."""
    page.goto("/routines/ready/desk-break/")
    page.get_by_role("button", name="Start").first.click()
    page.wait_for_selector("#session[data-live]")
    page.get_by_role("button", name="Start", exact=True).click()
    while page.locator("#session").get_attribute("data-side") != "left":
        page.get_by_role("button", name="Skip").click()
        page.wait_for_timeout(100)
    page.get_by_role("button", name="Skip").click()
    page.wait_for_timeout(2500)


if __name__ == "__main__":
    main()
