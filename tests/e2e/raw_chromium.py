"""Chromium as people run it, spoken to over a pipe: background tabs are throttled, frozen and hidden as in life.

Playwright starts browsers with flags that switch throttling off and pretends that every page has the
focus, which hides what a timer has to stand. So here is the little of the DevTools protocol that is
needed to measure one. Nothing of the app belongs here.
"""

import json
import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--window-size=1000,800",
    "--remote-debugging-pipe",
)
# Timers of a page that was hidden for ten seconds wake once a minute; usually that takes five minutes.
HARSH = "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10"


class RawChromium:
    """A running browser; `with RawChromium(path, folder) as browser`."""

    def __init__(self, path: str, profile: Path, *flags: str) -> None:
        to_browser, self.writer = os.pipe()
        self.reader, from_browser = os.pipe()
        # The browser reads from 3 and writes to 4.
        shell = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, path, *FLAGS, *flags, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.last = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.writer)
        os.close(self.reader)

    def send(self, method: str, params: dict[str, Any] | None = None, *, page: str = "", within: float = 60) -> Any:
        """Call one method and return its result; what the browser tells in between is passed over."""
        self.last += 1
        call = {"id": self.last, "method": method, "params": params or {}}
        os.write(self.writer, json.dumps(call | ({"sessionId": page} if page else {})).encode() + b"\0")
        deadline = time.monotonic() + within
        while True:
            answer = self._next(deadline)
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def _next(self, deadline: float) -> Any:
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            if not (read := os.read(self.reader, 1 << 20)):
                raise ConnectionError(f"the browser is gone, with {self.process.wait(timeout=10)}")
            self.buffer += read
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def page(self, url: str, *, new_window: bool = False) -> "RawPage":
        """Open a page in a tab of its own, in front of all others of its window."""
        made = self.send("Target.createTarget", {"url": url, "newWindow": new_window})
        attached = self.send("Target.attachToTarget", {"targetId": made["targetId"], "flatten": True})
        return RawPage(self, made["targetId"], attached["sessionId"])

    def renderers(self) -> list[int]:
        """The processes that pages run in."""
        found = self.send("SystemInfo.getProcessInfo")["processInfo"]
        return [process["id"] for process in found if process["type"] == "renderer"]


class RawPage:
    """One page of it."""

    def __init__(self, browser: RawChromium, target: str, session: str) -> None:
        self.browser = browser
        self.target = target
        self.session = session
        self.send("Page.enable")

    def send(self, method: str, params: dict[str, Any] | None = None, *, within: float = 60) -> Any:
        return self.browser.send(method, params, page=self.session, within=within)

    def evaluate(self, expression: str, *, within: float = 120) -> Any:
        """Run a script in the page, as if somebody had just touched it, and return what it comes to."""
        params = {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = self.send("Runtime.evaluate", params, within=within)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", "script failed"))
        return answer["result"].get("value")

    def until(self, expression: str, *, within: float = 30) -> Any:
        """Ask until the answer is true."""
        deadline = time.monotonic() + within
        while True:
            try:
                found = self.evaluate(expression)
            except RuntimeError:
                found = None  # the page is just being replaced
            if found:
                return found
            if time.monotonic() > deadline:
                raise TimeoutError(expression)
            time.sleep(0.05)

    def front(self) -> None:
        """Show this tab, which hides the one that was shown in its window."""
        self.browser.send("Target.activateTarget", {"targetId": self.target})
