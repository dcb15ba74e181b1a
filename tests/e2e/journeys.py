"""What people do on the way to what a test is about. Waits for each outcome, asserts nothing beyond it."""

import json
import re
import time
import uuid
from collections.abc import Callable, Sequence
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, expect

NewPage = Callable[..., Page]
PASSWORD = "a calm and sunny morning"


def number(page: Page, name: str) -> int:
    """The value of a `<data id=name>`, as other programs read it."""
    return int(page.locator(f"data#{name}").get_attribute("value") or "")


def send(page: Page, path: str, **fields: str | Sequence[str]) -> str:
    """Post a form without walking to it; returns the address of the page that answered."""
    token = next((c["value"] for c in page.context.cookies() if c.get("name") == "backcare_csrf"), "")
    if not token:
        page.context.request.get("/account/sign-in/")
        return send(page, path, **fields)
    answer = page.context.request.post(
        path,
        data=urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.ok, f"{path}: {answer.status} {answer.text()[:500]}"
    return answer.url


def practise(page: Page, ready: str = "neck-and-shoulders") -> str:
    """Do a ready-made routine by the clock on the wall and tick it off; returns its summary's address."""
    session = send(page, "/sessions/", ready=ready)
    return send(page, f"{session}by-hand/", done=[str(step) for step in range(20)])


def create_routine(page: Page, name: str) -> str:
    """Open the builder with a new, empty routine; returns the routine's path."""
    page.goto("/routines/new/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/edit/")
    return urlsplit(page.url).path.removesuffix("edit/")


def add_step(page: Page, words: str, slug: str) -> None:
    """Find a stretch in the builder's picker by typing and add it to the end."""
    with page.expect_response(lambda answer: "q=" in answer.url):
        page.get_by_label("Search", exact=True).fill(words)
    choice = page.locator(f'[data-choice="{slug}"]')
    expect(choice).to_be_visible()
    before = page.locator("[data-step]").count()
    choice.get_by_role("button", name="Add").click()
    expect(page.locator("[data-step]")).to_have_count(before + 1)


def order(page: Page) -> list[str]:
    """The stretches of the routine on the page, in order."""
    found: Sequence[str] = page.locator("[data-step]").evaluate_all("steps => steps.map(s => s.dataset.stretch)")
    return list(found)


def sign_up(page: Page, email: str) -> None:
    page.goto("/account/sign-up/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(lambda url: "/sign-up/" not in url)


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def start(page: Page) -> None:
    """Press Start on the page of a routine or stretch and wait for a living player."""
    page.get_by_role("button", name=re.compile("^(Start|Try it now)")).first.click()
    page.wait_for_url("**/sessions/*/")
    page.wait_for_selector("#session[data-live]")


def press(page: Page, name: str) -> None:
    """A button of the player, by its exact name."""
    page.get_by_role("button", name=name, exact=True).click()


def story(*kinds_at: tuple[str, float]) -> dict[str, str]:
    """Events as a device tells them, from (kind, epoch seconds), as the fields of the form that carries them."""
    events = [
        {"id": str(uuid.uuid4()), "seq": seq, "kind": kind, "at": int(at * 1000), "data": {}}
        for seq, (kind, at) in enumerate(kinds_at, 1)
    ]
    return {"events": json.dumps(events), "now": str(int(time.time() * 1000))}


def practise_ago(page: Page, days: int, *, minutes: int = 6, ready: str = "desk-break") -> None:
    """Begin a routine some days ago and leave it after some minutes, as a device tells that was offline since."""
    session = send(page, "/sessions/", ready=ready)
    began = time.time() - days * 86_400 - 3600
    send(page, f"{session}events/", **story(("start", began), ("end", began + minutes * 60)))
