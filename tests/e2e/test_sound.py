"""What a session sounds like: every word in writing, a voice or a screen reader but never both, kept settings."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.server import Server
from tests.e2e.test_player import STRETCH, data, open_session, press, timeline, until

# A device whose voice speaks as fast as somebody reads, and writes down what it says.
VOICE = """() => {
  window.spoken = [];
  const synth = {
    addEventListener() {},
    getVoices: () => [{lang: 'en-GB', name: 'Amelia', voiceURI: 'amelia', localService: true, default: true}],
    speak(utterance) {
      if (utterance.text) window.spoken.push(utterance.text);
      setTimeout(() => utterance.onend?.(), 20 * utterance.text.length);
    },
    cancel() {},
  };
  Object.defineProperty(window, 'speechSynthesis', {value: synth});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""

# What there is to hear, for a test to look at.
EARS = """() => {
  window.contexts = []; window.tones = 0; window.files = [];
  window.AudioContext = class extends AudioContext {
    constructor(...options) { super(...options); window.contexts.push(this); }
    createOscillator() { window.tones += 1; return super.createOscillator(); }
  };
  window.Audio = class extends Audio { constructor(...options) { super(...options); window.files.push(this); } };
}"""

Pages = Callable[..., Page]


def listening(new_page: Pages, server: Server, script: str, **options: Any) -> Page:
    page = new_page(server, **options)
    page.add_init_script(f"({script})()")
    return page


def soon(page: Page, expression: str) -> None:
    """Wait until something is true; the page's own policy forbids Playwright's way of waiting."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def script(page: Page) -> list[str]:
    """What will be said, as it can be read beforehand."""
    lines: list[str] = page.locator("[data-script] li").evaluate_all(
        "lines => lines.map((line) => line.lastChild.textContent)"
    )
    return lines


def settings(page: Page) -> None:
    page.locator("[data-sound-button]").click()
    expect(page.locator("#session-sound")).to_be_visible()


# --- In writing -----------------------------------------------------------------------------------


def test_the_whole_script_can_be_read_before_the_start(new_page: Pages, server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    page.get_by_text("Read what will be said").click()
    short = script(page)
    assert short[0] == "Let's go. First: Knee to chest, left side. Lie on your back."
    assert short[1] == "Knee to chest, left side, 30 seconds."
    assert "Switch sides, now right." in short
    assert short[-1] == "Well done. That was everything."
    before = page.locator(".sound-check")
    before.get_by_text("All of it").click()
    full = script(page)
    before.get_by_text("Don't say it").click()
    assert len(script(page)) < len(short) < len(full)
    steps = page.locator(".step-cues li").all_text_contents()
    assert " ".join(steps) in " ".join(line for line in full if any(line in step for step in steps))


def test_every_word_is_shown_as_it_is_said(new_page: Pages, server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    calls = page.locator('[data-script] li[data-kind="call"]').evaluate_all("all => all.map((li) => li.lastChild.data)")
    first_cue = page.locator('[data-script] li[data-kind="cue"]').first.evaluate("li => li.lastChild.data")
    segments = timeline(page)["segments"]
    press(page, "Start")
    for segment, call in zip(segments, calls[:-1], strict=True):
        until(page, segment=str(segment["index"]))
        expect(page.locator("[data-caption]")).to_have_text(call)
        if segment["index"] == 1:
            expect(page.locator("[data-caption]")).to_have_text(first_cue)
        press(page, "Skip")
    until(page, state="done")


# --- By voice, or by screen reader ----------------------------------------------------------------


def test_a_voice_speaks_and_the_screen_reader_is_not_told_the_same(new_page: Pages, server: Server) -> None:
    page = listening(new_page, server, VOICE)
    open_session(page, stretch=STRETCH)
    lines = script(page)
    press(page, "Start")
    soon(page, "window.spoken.length >= 1")
    press(page, "Skip")
    soon(page, "window.spoken.length >= 3")
    assert page.evaluate("window.spoken") == lines[:3]
    expect(page.locator("[data-announce]")).to_be_empty()
    press(page, "Pause")
    soon(page, "window.spoken.at(-1) === 'Paused.'")
    press(page, "Resume")
    soon(page, "/^Knee to chest, left side, .. seconds left/.test(window.spoken.at(-1))")
    settings(page)
    page.get_by_text("My screen reader").click()
    page.keyboard.press("Escape")
    said = page.evaluate("window.spoken.length")
    press(page, "Skip")
    expect(page.locator("[data-announce]")).to_have_text("Switch sides, now right.")
    assert page.evaluate("window.spoken.length") == said


def test_without_a_voice_it_says_so_and_the_sound_check_still_sounds(new_page: Pages, server: Server) -> None:
    page = listening(new_page, server, EARS)
    open_session(page, stretch=STRETCH)
    press(page, "Play the start sound and say a word")
    expect(page.locator("[data-tried]")).to_contain_text("Did you hear a tone?")
    assert page.evaluate("window.tones") == 2
    settings(page)
    expect(page.get_by_text("This device offers no voice")).to_be_visible()
    expect(page.get_by_label("Which voice")).to_be_hidden()


# --- Settings ---------------------------------------------------------------------------------------


def test_settings_stay_on_the_device(new_page: Pages, server: Server) -> None:
    page = listening(new_page, server, VOICE)
    open_session(page, stretch=STRETCH)
    settings(page)
    sheet = page.locator("#session-sound")
    sheet.get_by_text("Only a tick").click()
    sheet.get_by_text("Don't say it").click()
    sheet.get_by_label("Which voice").select_option("amelia")
    sheet.get_by_label("Speed").fill("80")
    sheet.get_by_label("Count the last three seconds aloud").check()
    page.reload()
    page.wait_for_selector("#session[data-live]")
    settings(page)
    expect(sheet.get_by_label("Only a tick")).to_be_checked()
    expect(sheet.get_by_label("Don't say it")).to_be_checked()
    expect(sheet.get_by_label("Which voice")).to_have_value("amelia")
    expect(sheet.get_by_label("Speed")).to_have_value("80")
    expect(sheet.get_by_label("Count the last three seconds aloud")).to_be_checked()
    assert "3" in script(page)


def test_the_sheet_is_usable_on_the_smallest_phone(
    new_page: Pages, server: Server, axe: Callable[[Page], list[str]]
) -> None:
    page = listening(new_page, server, VOICE, viewport={"width": 320, "height": 560}, color_scheme="dark")
    open_session(page, stretch=STRETCH)
    page.get_by_text("Read what will be said").click()
    found = axe(page)
    settings(page)
    found += axe(page)
    sheet = page.locator("#session-sound")
    for control in sheet.locator("input:visible, select:visible, button:visible").all():
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert sheet.evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")
    assert not found


# --- The device -------------------------------------------------------------------------------------


def test_sound_that_is_taken_away_comes_back(new_page: Pages, server: Server) -> None:
    page = listening(new_page, server, EARS)
    open_session(page, stretch=STRETCH)
    press(page, "Start")
    soon(page, "window.contexts[0]?.state === 'running'")
    back = page.get_by_role("button", name="Tap to turn the sound back on")
    page.evaluate("window.contexts[0].suspend()")
    soon(page, "window.contexts[0].state === 'running'")
    page.evaluate("""() => {
      const [context] = window.contexts;
      context.resume = () => Promise.reject(new Error('only for a tap'));
      return context.suspend();
    }""")
    expect(back).to_be_visible()
    page.evaluate("delete window.contexts[0].resume")
    back.click()
    expect(back).to_be_hidden()


def test_in_the_pocket_a_file_follows_the_session(new_page: Pages, server: Server) -> None:
    page = listening(new_page, server, EARS)
    open_session(page, stretch=STRETCH)
    settings(page)
    page.get_by_label("Go on while the phone is locked").check()
    page.keyboard.press("Escape")
    soon(page, "window.files[0]?.src.startsWith('blob:')")
    press(page, "Start")
    total = timeline(page)["total_ms"]

    def in_step() -> None:
        soon(
            page,
            """(() => {
              const root = document.getElementById('session'); const [file] = window.files;
              const plan = JSON.parse(document.getElementById('timeline').textContent).segments;
              const segment = plan[Number(root.dataset.segment)];
              const at = segment.starts_ms + segment.lasts_ms - Number(root.dataset.remainingMs);
              return !file.paused && file.currentTime > 0 && Math.abs(file.currentTime * 1000 - at) < 400;
            })()""",
        )

    in_step()
    tones = page.evaluate("window.tones")
    press(page, "Skip")
    until(page, kind="work")
    in_step()
    assert page.evaluate("window.files[0].duration") == pytest.approx(total / 1000 + 2.5, abs=0.1)
    assert page.evaluate("window.tones") == tones, "nothing sounds twice"
    assert page.evaluate("navigator.mediaSession.metadata.title") == "Knee to chest"
    assert page.evaluate("navigator.mediaSession.playbackState") == "playing"
    press(page, "Pause")
    soon(page, "window.files[0].paused")
    assert data(page)["state"] == "paused"
    assert page.evaluate("navigator.mediaSession.playbackState") == "paused"


def test_a_small_window_mirrors_the_number(new_page: Pages, server: Server) -> None:
    page = new_page(server)
    open_session(page, stretch=STRETCH)
    if not page.evaluate("'documentPictureInPicture' in window"):
        pytest.skip("This browser has no such windows.")
    press(page, "Start")
    with page.context.expect_page() as opened:
        press(page, "Small window")
    small = opened.value
    expect(small.get_by_text("Knee to chest")).to_be_visible()
    expect(small.get_by_text("Left side")).to_be_visible()
    small.get_by_role("button", name="Pause").click()
    until(page, state="paused")
    expect(small.get_by_role("button", name="Resume")).to_be_visible()
