#!/usr/bin/env python3
"""Take the pictures of the README: the app as it runs, with a made-up year of practice.

Needs what the browser tests need. Nothing of a real person is ever shown, and no test depends on
what this writes.

    scripts/screenshots.py    write docs/img/{today,catalogue,session,history}.png
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.e2e.server import Server, prepare  # noqa: E402

PICTURES = ROOT / "docs" / "img"
ADDRESS, PASSWORD = "maria@example.org", "a calm sentence"

# Run by `manage.py shell`: an account, and a session on most days of the months before today.
PRACTISE = f"""
import random
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from routines.models import Routine
from tracking.models import Session
chance = random.Random(7)
user = User.objects.create_user({ADDRESS!r}, {PASSWORD!r}, time_zone="Europe/Berlin")
user.goal_changes.create(starts_on="2020-01-06", days_a_week=4)
ready = list(Routine.objects.filter(owner=None))
now = timezone.now()
for back in range(300, -1, -1):
    if back > 3 and chance.random() < 0.38:
        continue
    routine, at = chance.choice(ready), now - timedelta(days=back, hours=2)
    Session.objects.create(owner=user, routine=routine, routine_slug=routine.slug, name=routine.name,
        plan={{"total_ms": 0, "segments": []}}, created_at=at, started_at=at, time_zone="Europe/Berlin",
        utc_offset_s=3600, practice_day=at.date(), seconds=chance.choice([300, 520, 600, 780, 900, 1300]),
        status="done", counts=True, finished_at=at + timedelta(minutes=25))
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
            take(server.url)
        finally:
            server.kill()


def take(url: str) -> None:
    """Photograph the four pages of a running app."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = signed_in(browser, url)
        for name, address in (("today", "/"), ("catalogue", "/stretches/"), ("history", "/history/")):
            page.goto(address)
            page.wait_for_timeout(400)
            page.screenshot(path=PICTURES / f"{name}.png")
        follow(page)
        page.screenshot(path=PICTURES / "session.png")
        browser.close()


def signed_in(browser: Browser, url: str) -> Page:
    """Sign the made-up person in."""
    page = browser.new_context(
        base_url=url, viewport={"width": 1280, "height": 860}, locale="en-GB", timezone_id="Europe/Berlin"
    ).new_page()
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}/")
    return page


def follow(page: Page) -> None:
    """Start a routine and go on to the first hold of a side."""
    page.goto("/routines/ready/desk-break/")
    page.get_by_role("button", name="Start").first.click()
    page.get_by_role("button", name="Start", exact=True).click()
    while page.locator("#session").get_attribute("data-side") != "left":
        page.get_by_role("button", name="Skip").click()
        page.wait_for_timeout(100)
    page.get_by_role("button", name="Skip").click()
    page.wait_for_timeout(2500)


if __name__ == "__main__":
    main()
