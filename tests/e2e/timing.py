"""How the player keeps time, measured from outside: for a short test and for `make bench-player`.

The session under the measurement is a real one, but its plan is exchanged for many short segments of
uneven length, so that forty transitions take two minutes of real time and meet no round second.
An instant is right if it is where the device's clock puts it: start of the session, told in its first
event, plus the start of the segment in the plan.
"""

import json
import os
import random
import signal
import sqlite3
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.raw_chromium import RawChromium
from tests.e2e.server import DATABASE, Server

STRETCH = "childs-pose-rest"
AWAY_S = 8
# What the page notes of itself: every change of the segment, and every remaining time it shows.
WATCH = """(() => {
  if (window.watched) return;
  const offsets = Array.from({length: 50}, () => Date.now() - performance.now());
  const offset = Math.max(...offsets);
  const watched = window.watched = {turns: [], shown: [], saved: []};
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...rest) {
    if (value?.event && !value.sent) {
      this.transaction.addEventListener('complete', () => watched.saved.push(performance.now()));
    }
    return put.call(this, value, ...rest);
  };
  const begin = () => {
    const root = document.getElementById('session');
    if (!root) return;
    let last = '';
    new MutationObserver(() => {
      const now = performance.now() + offset;
      const {segment, remainingMs} = root.dataset;
      if (segment !== last) watched.turns.push([+segment, now, Date.now(), document.visibilityState]);
      last = segment;
      if (!('live' in root.dataset)) return;
      watched.shown.push([+segment, +remainingMs, now]);
      if (watched.shown.length > 5000) watched.shown.splice(0, 2500);
    }).observe(root, {attributes: true});
  };
  if (document.body) begin(); else addEventListener('DOMContentLoaded', begin);
})()"""
# What a player would do that counts instead of looking at a clock; and a worker's timer with nothing behind it,
# which shows how late everything is on this machine just now.
NAIVE = """(() => {
  const naive = window.naive = {began: performance.now(), count: 0, tenths: 0};
  setInterval(() => { naive.count += 1000; }, 1000);
  setInterval(() => { naive.tenths += 100; }, 100);
  const worker = new Worker(document.getElementById('session').dataset.ticker);
  const late = window.bare = [];
  let due;
  const aim = () => {
    due = performance.now() + 1700 + 1200 * Math.random();
    worker.postMessage(due - performance.now());
  };
  worker.onmessage = () => {
    if (performance.now() < due) return;
    late.push(performance.now() - due);
    aim();
  };
  aim();
})()"""
NAIVE_ERROR = """(({began, count, tenths}) => {
  const passed = performance.now() - began;
  return [count - passed, tenths - passed];
})(window.naive)"""
PRESS = """((name) => document.querySelector(`[data-do="${name}"]`).click())"""
COMMANDS = """(async (times) => {
  const took = [];
  const button = document.querySelector('[data-do="toggle"]');
  for (let n = 0; n < times; n++) {
    const before = window.watched.saved.length;
    const began = performance.now();
    button.click();
    while (window.watched.saved.length === before) {
      if (performance.now() - began > 5000) throw new Error('nothing was saved');
      await new Promise((done) => setTimeout(done, 1));
    }
    took.push(window.watched.saved[before] - began);
    await new Promise((done) => setTimeout(done, 60 + 90 * Math.random()));
  }
  return took;
})"""


@dataclass
class Figures:
    """What was seen of one page."""

    errors: list[float] = field(default_factory=list)
    visibility: set[str] = field(default_factory=set)
    minutes: float = 0
    naive_ms: tuple[float, float] = (0, 0)
    bare: list[float] = field(default_factory=list)

    @property
    def accumulated(self) -> float:
        """How far off the plan the end of the run is: the middle one of its last twenty transitions."""
        return statistics.median(self.errors[-20:])


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def uneven_plan(plan: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Return a plan of one step that changes every two seconds or so, and then lasts another hour."""
    chance = random.Random(7)
    model = plan["segments"][0]
    segments: list[dict[str, Any]] = []
    clock = 0
    while clock < seconds * 1000:
        kind = ("work", "rest")[len(segments) % 2]
        lasts = chance.randint(1700, 2900)
        segments.append(
            {**model, "index": len(segments), "step": 0, "kind": kind, "starts_ms": clock, "lasts_ms": lasts}
        )
        clock += lasts
    segments.append({**segments[-1], "index": len(segments), "kind": "work", "starts_ms": clock, "lasts_ms": 3_600_000})
    return {**plan, "total_ms": clock + 3_600_000, "segments": segments}


class Watched:
    """A session page under observation."""

    def __init__(self, server: Server, browser: RawChromium, *, seconds: float) -> None:
        self.server = server
        self.page = browser.page(f"{server.url}/stretches/{STRETCH}/", new_window=True)
        self.page.send("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        self.page.until("document.readyState === 'complete' && !!document.querySelector('form[action=\"/sessions/\"]')")
        self.page.evaluate("document.querySelector('form[action=\"/sessions/\"] button').click()")
        self.page.until("!!document.querySelector('#session[data-live]')")
        self.id = self.page.evaluate("document.getElementById('session').dataset.session").replace("-", "")
        self.segments = self._exchange_plan(seconds)
        self.page.evaluate("location.reload()")
        self.page.until(
            f"JSON.parse(document.getElementById('timeline').textContent).segments.length === {len(self.segments)}"
        )
        self.page.until("!!document.querySelector('#session[data-live]')")
        # A page that sounds is not throttled; the hard case is a silent one.
        self.page.evaluate("document.querySelector('[data-setting=sound]').click()")
        self.page.evaluate(f"{PRESS}('toggle'); {NAIVE}")
        self.page.until("document.getElementById('session').dataset.state === 'running'")
        self.began = self._began()

    def _exchange_plan(self, seconds: float) -> list[dict[str, Any]]:
        database = sqlite3.connect(self.server.data / DATABASE, timeout=10)
        try:
            (plan,) = database.execute("SELECT plan FROM tracking_session WHERE id = ?", (self.id,)).fetchone()
            exchanged = uneven_plan(json.loads(plan), seconds)
            with database:
                database.execute("UPDATE tracking_session SET plan = ? WHERE id = ?", (json.dumps(exchanged), self.id))
        finally:
            database.close()
        segments: list[dict[str, Any]] = exchanged["segments"]
        return segments

    def _began(self) -> int:
        deadline = time.monotonic() + 20
        query = "SELECT at FROM tracking_sessionevent WHERE session_id = ? AND kind = 'start'"
        while not (rows := self.server.rows(query, self.id)):
            assert time.monotonic() < deadline, "the start was never told"
            time.sleep(0.1)
        return int(rows[0][0])

    def hide(self) -> None:
        """Put another tab in front of it, and make sure that it knows."""
        opener = "window.open('about:blank', '_blank')"
        self.page.evaluate(f"void {opener}")
        self.page.until("document.visibilityState === 'hidden'")

    def figures(self, since_s: float = 0) -> Figures:
        """What was seen from so many seconds after the start on."""
        turns = self.page.evaluate("window.watched.turns")
        after = [turn for turn in turns if turn[0] > 0 and turn[1] >= self.began + since_s * 1000]
        errors = [now - (self.began + self.segments[segment]["starts_ms"]) for segment, now, _, _ in after]
        count, tenths = self.page.evaluate(NAIVE_ERROR)
        bare = self.page.evaluate("window.bare")
        return Figures(errors, {turn[3] for turn in after}, (after[-1][1] - self.began) / 60_000, (count, tenths), bare)

    def off_by(self, segment: int, remaining: float, now: float) -> float:
        """By how much what was shown then is wrong."""
        plan = self.segments[segment]
        return remaining - (self.began + plan["starts_ms"] + plan["lasts_ms"] - now)

    def right_again(self, since_ms: float) -> float:
        """How long after that instant the page was right, in milliseconds."""
        find = f"window.watched.shown.filter(([, , now]) => now >= {since_ms})"
        self.page.until(f"{find}.length > 3")
        for segment, remaining, now in self.page.evaluate(find):
            if abs(self.off_by(segment, remaining, now)) < 50:
                return float(now - since_ms)
        return float("inf")

    def after_freeze(self) -> float:
        self.page.send("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(AWAY_S)
        woken = time.time() * 1000
        self.page.send("Page.setWebLifecycleState", {"state": "active"})
        return self.right_again(woken)

    def after_stop(self) -> float:
        pids = self.page.browser.renderers()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(AWAY_S)
        woken = time.time() * 1000
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
        return self.right_again(woken)

    def after_reload(self) -> float:
        """By how much the first thing shown after a reload is wrong."""
        self.page.evaluate("window.watched.old = true; location.reload()")
        self.page.until(
            "!window.watched.old && window.watched.shown.length > 3 && !!document.querySelector('[data-live]')"
        )
        shown = self.page.evaluate("window.watched.shown")
        # The page comes with the plan's first numbers; what counts is what the player made of them.
        return max(abs(self.off_by(*one)) for one in shown[:4])

    def commands(self, times: int) -> list[float]:
        """Milliseconds from a press to the event lying on the disk."""
        took: list[float] = self.page.evaluate(f"{COMMANDS}({times})")
        return took
