"""The session page in a real browser: by itself to the end, by button, by key, through reloads and outages."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import device
from tests.e2e.conftest import FAST, serving
from tests.e2e.server import Server

# Two sides of 30 s with a get-ready and a switch between.
STRETCH = "knee-to-chest"
ROUTINE = "desk-break"

SUBMIT = """([name, value]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const form = Object.assign(document.createElement('form'), {method: 'post', action: '/sessions/'});
  for (const [key, text] of [['csrfmiddlewaretoken', token], [name, value]]) {
    form.append(Object.assign(document.createElement('input'), {type: 'hidden', name: key, value: text}));
  }
  document.body.append(form);
  form.submit();
}"""


def open_session(page: Page, **what: str) -> None:
    """Begin a session of `stretch` or `ready` and wait until its player lives."""
    page.goto("/")
    with page.expect_navigation(url=re.compile("/sessions/")):
        page.evaluate(SUBMIT, next(iter(what.items())))
    page.wait_for_selector("#session[data-live]")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def data(page: Page) -> dict[str, str]:
    """What the player says about itself."""
    found: dict[str, str] = page.evaluate("({...document.getElementById('session').dataset})")
    return found


def timeline(page: Page) -> Any:
    return json.loads(page.locator("#timeline").text_content() or "")


def until(page: Page, **wanted: str) -> None:
    selector = "".join(f'[data-{name}="{value}"]' for name, value in wanted.items())
    page.wait_for_selector(f"#session{selector}", timeout=15_000)


def skip_to(page: Page, kind: str, side: str = "") -> None:
    """Skip until work of that kind comes, as an impatient person would."""
    for _ in range(40):
        here = data(page)
        if here["kind"] == kind and side in ("", here["side"]):
            return
        press(page, "Skip")
    pytest.fail(f"no {kind} {side} in this session")


# --- By itself ------------------------------------------------------------------------------------


def test_it_runs_by_itself_to_the_end_and_is_logged(new_page: Callable[..., Page], fast_server: Server) -> None:
    page = new_page(fast_server)
    open_session(page, stretch=STRETCH)
    plan = timeline(page)
    page.evaluate("""() => {
      const root = document.getElementById('session'); window.seen = [];
      new MutationObserver(() => {
        const now = `${root.dataset.segment} ${root.dataset.kind} ${root.dataset.side}`;
        if (window.seen.at(-1) !== now) window.seen.push(now);
      }).observe(root, {attributes: true});
    }""")
    session = page.url.rstrip("/").rsplit("/", 1)[-1].replace("-", "")
    press(page, "Start")
    until(page, state="done")
    # Twenty times faster a busy machine may miss a short segment; none comes twice or in the wrong order.
    order = [f"{s['index']} {s['kind']} {s['side']}" for s in plan["segments"]]
    seen = page.evaluate("window.seen")
    assert seen == [one for one in order if one in seen]
    assert {one for one in order if " work " in one} <= set(seen)
    page.wait_for_url("**/summary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
    expect(page.locator('[data-outcome="done"]')).to_have_count(1)
    assert device.rows(page, "events") == device.rows(page, "sessions") == []
    told = fast_server.rows("select kind, at from tracking_sessionevent where session_id = ? order by seq", session)
    assert (told[0][0], told[-1][0]) == ("start", "finish")
    assert told[-1][1] - told[0][1] == plan["total_ms"], "the end is told exact, however late it was noticed"


def test_a_whole_routine_counts_for_the_week(new_page: Callable[..., Page], fast_server: Server) -> None:
    page = new_page(fast_server)
    open_session(page, ready=ROUTINE)
    press(page, "Start")
    page.wait_for_url("**/summary/", timeout=40_000)
    steps = page.locator(".done-list > li")
    assert steps.count() == 8
    expect(page.locator('.done-list > [data-outcome="done"]')).to_have_count(8)
    expect(page.locator(".week-figure")).to_contain_text("1")


def test_the_remaining_time_is_fresh(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    assert data(page)["state"] == "ready"
    press(page, "Start")
    until(page, state="running", kind="prepare", side="left")
    changes = page.evaluate("""() => new Promise((done) => {
      const root = document.getElementById('session'); const seen = new Set();
      const watch = setInterval(() => seen.add(root.dataset.remainingMs), 20);
      setTimeout(() => { clearInterval(watch); done(seen.size); }, 2000);
    })""")
    assert changes >= 8
    left = [int(data(page)["remainingMs"]) for _ in range(3)]
    assert left == sorted(left, reverse=True)
    assert 0 < left[0] < 10_000


# --- By button --------------------------------------------------------------------------------------


def test_pause_resume_back_and_skip(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    press(page, "Skip")
    until(page, kind="work", side="left", segment="1")
    expect(page.locator("[data-side-words]")).to_have_text("Left side")
    press(page, "Pause")
    until(page, state="paused")
    stopped = data(page)["remainingMs"]
    page.wait_for_timeout(600)
    assert data(page)["remainingMs"] == stopped
    press(page, "Resume")
    until(page, state="running")
    assert data(page)["remainingMs"] == stopped, "three seconds to get back into it"
    page.wait_for_timeout(5200)
    assert int(data(page)["remainingMs"]) < int(stopped) - 1500
    press(page, "Back")  # more than two seconds in: from the start of this hold
    assert data(page)["segment"] == "1"
    assert int(data(page)["remainingMs"]) > 29_000
    press(page, "Back")  # at once again: one further
    until(page, segment="0", kind="prepare")
    press(page, "Skip")
    press(page, "Skip")
    until(page, kind="switch", side="right")
    expect(page.locator("[data-side-words]")).to_have_text("Right side")
    expect(page.locator("[data-caption]")).to_have_text("Switch sides, now right.")


def test_end_keeps_what_was_done(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    press(page, "Skip")
    until(page, kind="work")
    page.wait_for_timeout(2500)
    press(page, "End")
    until(page, state="done")
    page.wait_for_url("**/summary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What you did is kept")
    row = page.locator(".done-list > li")
    expect(row).to_have_attribute("data-outcome", "part")
    expect(row).to_contain_text(" s left, 0 s right")
    page.go_back()
    expect(page).to_have_url(re.compile("/summary/"))


def test_the_stop_signs_pause_the_session(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    press(page, "Stop if…")
    expect(page.locator("#stop-signs")).to_be_visible()
    until(page, state="paused")
    page.keyboard.press("Escape")
    expect(page.locator("#stop-signs")).to_be_hidden()
    assert data(page)["state"] == "paused"


# --- By key -------------------------------------------------------------------------------------------


def test_space_arrows_and_m(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    page.keyboard.press("Space")
    until(page, state="running")
    page.keyboard.press("Space")
    until(page, state="paused")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    until(page, state="running", segment="1")
    page.keyboard.press("ArrowLeft")
    until(page, segment="0")
    expect(page.locator("[data-sound-label]")).to_have_text("Sound on")
    page.keyboard.press("m")
    expect(page.locator("[data-sound-label]")).to_have_text("Sound off")


def test_space_on_a_button_presses_that_button(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    page.keyboard.press("Space")
    until(page, state="running", segment="0")
    page.get_by_role("button", name="Skip", exact=True).focus()
    page.keyboard.press("Space")
    until(page, segment="1")
    assert data(page)["state"] == "running"


def test_keys_can_be_switched_off_and_leave_other_controls_alone(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Sound on")
    page.get_by_label("Volume of the tones").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("Volume of the tones").input_value() == "75"
    page.get_by_label("Keys work").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("m")
    expect(page.locator("[data-sound-label]")).to_have_text("Sound on")
    page.reload()
    page.wait_for_selector("#session[data-live]")
    page.keyboard.press("Space")
    page.wait_for_timeout(200)
    assert data(page)["state"] == "ready"


def test_the_whole_session_by_keyboard_keeps_the_focus(new_page: Callable[..., Page], fast_server: Server) -> None:
    page = new_page(fast_server)
    open_session(page, stretch=STRETCH)
    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    until(page, kind="work")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Pause"
    page.wait_for_url("**/summary/")


# --- Through everything -----------------------------------------------------------------------------


def test_a_reload_goes_on_at_the_right_second(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    press(page, "Skip")
    until(page, kind="work")
    page.wait_for_timeout(1500)
    look = "[performance.timeOrigin + performance.now(), +document.getElementById('session').dataset.remainingMs]"
    before, left_before = page.evaluate(look)
    page.reload()
    until(page, state="running", kind="work", side="left")
    after, left_after = page.evaluate(look)
    passed = after - before
    assert abs((left_before - left_after) - passed) < 400, (left_before, left_after, passed)


def test_who_was_away_for_long_finds_the_session_waiting(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server, expect_offline=True)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    page.wait_for_timeout(1200)
    # As if the device had slept for a minute since it was last seen alive.
    device.age(page, 60_000)
    page.route("**/events/", lambda route: route.abort())
    page.evaluate("document.getElementById('events').textContent = '[]'")
    session = page.url
    page.route(session, without_events)
    page.reload()
    until(page, state="paused")
    expect(page.locator("[data-announce]")).to_contain_text("You were away")
    assert int(data(page)["remainingMs"]) > 7000


def without_events(route: Any) -> None:
    """Serve the page as if the server had not heard anything yet."""
    response = route.fetch()
    body = re.sub(r'(<script id="events"[^>]*>)(.*?)(</script>)', r"\g<1>[]\g<3>", response.text(), flags=re.DOTALL)
    route.fulfill(response=response, body=body)


def test_a_dead_server_loses_nothing(new_page: Callable[..., Page], tmp_path: Path, made: Path) -> None:
    with serving(tmp_path, made, FAST // 2) as server:
        page = new_page(server, expect_offline=True)
        open_session(page, stretch=STRETCH)
        press(page, "Start")
        until(page, kind="work", side="left")
        server.kill()
        press(page, "Pause")
        expect(page.locator("[data-trouble]")).to_contain_text("No connection")
        server.start()
        page.reload()
        until(page, state="paused")
        press(page, "Resume")
        server.kill()
        until(page, state="done")
        page.wait_for_timeout(500)
        server.start()
        page.wait_for_url("**/summary/", timeout=30_000)
        expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
        expect(page.locator(".done-list > li")).to_have_attribute("data-outcome", "done")


def test_an_expired_sign_in_does_not_stop_the_stretch(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server, statuses=(401,))
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    kept: Any = page.context.cookies()
    page.context.clear_cookies(name="backcare_session")
    press(page, "Skip")
    expect(page.locator("[data-trouble]")).to_contain_text("signed out")
    until(page, state="running", kind="work")
    page.context.add_cookies(kept)
    press(page, "Pause")
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_a_changed_token_is_renewed(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server, statuses=(403,))
    open_session(page, stretch=STRETCH)
    page.context.clear_cookies(name="backcare_csrf")
    press(page, "Start")
    for _ in range(50):
        if device.sent(page):
            return
        page.wait_for_timeout(200)
    pytest.fail("the events never arrived")


def test_two_tabs_tell_one_story(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    other = page.context.new_page()
    other.goto(page.url)
    until(other, state="running")
    press(other, "Pause")
    until(page, state="paused")
    press(page, "Resume")
    until(other, state="running")


# --- For everyone -----------------------------------------------------------------------------------


def test_without_scripts_it_is_a_list_to_tick_off(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server, java_script_enabled=False)
    page.goto(f"/stretches/{STRETCH}/")
    page.locator('form[action="/sessions/"] button').first.click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    expect(page.locator(".session-step")).to_be_visible()
    expect(page.get_by_label("Done")).to_be_checked()
    press(page, "Mark as done")
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
    pain = page.get_by_role("group", name="Pain now")
    pain.get_by_label("3", exact=True).check()
    page.locator("#feeling-after").get_by_role("button", name="Save").click()
    expect(pain.get_by_label("3", exact=True)).to_be_checked()


def test_one_tap_tells_how_it_felt(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    page.get_by_text("How is your back right now?").click()
    page.get_by_role("group", name="Pain now").get_by_text("6", exact=True).click()
    expect(page.locator("#feeling-before .saved")).to_have_text("Saved")
    press(page, "Start")
    press(page, "End")
    page.wait_for_url("**/summary/")
    page.get_by_text("How it was before").click()
    expect(page.get_by_role("group", name="Pain before").get_by_label("6", exact=True)).to_be_checked()
    # Two quick taps: the second one waits for the first, and both are saved.
    for name, rating in (("Pain now", "2"), ("Stiffness now", "3")):
        page.get_by_role("group", name=name).get_by_text(rating, exact=True).click()
    page.get_by_label("Where it is").select_option("Lower back")
    expect(page.locator("#feeling-area .saved")).to_have_text("Saved")
    expect(page.locator("#feeling-after .saved")).to_have_text("Saved")
    page.get_by_label("A note for yourself").fill("Quiet and short.")
    press(page, "Keep the note")
    expect(page.locator("#own-note .saved")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_role("group", name="Pain now").get_by_label("2", exact=True)).to_be_checked()
    expect(page.get_by_role("group", name="Stiffness now").get_by_label("3", exact=True)).to_be_checked()
    expect(page.get_by_label("A note for yourself")).to_have_value("Quiet and short.")


# Colours do not follow from the width, nor sizes from the colours.
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_state_is_accessible(
    new_page: Callable[..., Page], server: Server, axe: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page = new_page(server, viewport={"width": width, "height": 800}, color_scheme=scheme)
    open_session(page, stretch=STRETCH)
    found = axe(page)
    press(page, "Start")
    found += axe(page)
    skip_to(page, "work", "left")
    found += axe(page)
    skip_to(page, "switch")
    press(page, "Stop if…")
    page.wait_for_timeout(100)
    found += axe(page)
    page.keyboard.press("Escape")
    press(page, "Sound on")
    found += axe(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "End")
    page.wait_for_url("**/summary/")
    found += axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not found


def test_reduced_motion_leaves_the_ring_alone(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server, reduced_motion="reduce")
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    page.wait_for_timeout(1500)
    assert page.locator("[data-ring]").get_attribute("stroke-dashoffset") == "0"
    assert int(page.locator("[data-number]").text_content() or "0") < 10


def test_what_is_next_can_be_read(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(server)
    open_session(page, ready=ROUTINE)
    segments = timeline(page)["segments"]
    press(page, "Start")
    expect(page.locator("[data-caption]")).to_contain_text(f"First: {segments[0]['label']}")
    expect(page.locator("[data-announce]")).to_contain_text(segments[0]["label"])
    skip_to(page, "work")
    expect(page.locator("[data-caption]")).to_contain_text(segments[0]["label"])
    following = next(s for s in segments if s["kind"] == "work" and s["step"] == 1)
    expect(page.locator("[data-next]")).to_contain_text(following["label"])
    skip_to(page, "move")
    expect(page.locator("[data-name]")).to_have_text(following["label"])
