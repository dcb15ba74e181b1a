#!/usr/bin/env python3
"""How well the player keeps time, in a real browser that throttles, hides and freezes pages as in life.

    make bench-player                          three minutes of transitions, and all the rest
    make bench-player ARGS="--minutes 30"      half an hour of them
    make bench-player ARGS=--quick             half a minute, to see that it works

A visible and a hidden page play at the same time, both silent, because a page that sounds is never
throttled; timers of the hidden one are slowed down to one a minute after ten seconds instead of five
minutes. Beside the player, each page runs two counters as they are often written, and a worker's
timer with nothing behind it: what that is late by is the machine's doing. Prints the load of the
machine with each figure and fails when one misses its limit.
"""

import argparse
import os
import shlex
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.raw_chromium import HARSH, RawChromium  # noqa: E402
from tests.e2e.server import Server, prepare  # noqa: E402
from tests.e2e.timing import AWAY_S, Figures, Watched, percentile  # noqa: E402
from tests.weight import GOAL_BYTES, player_weight  # noqa: E402

TRANSITION_P95_MS = 25
ACCUMULATED_MS = 20
DURABLE_P95_MS = 100
CATCH_UP_MS = 150
RELOAD_MS = 50


class Report:
    """Prints one figure a line, and remembers which missed its limit."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def line(self, what: str, value: float, limit: float, unit: str = "ms", more: str = "") -> None:
        is_fine = value <= limit
        if not is_fine:
            self.missed.append(what)
        verdict = "ok    " if is_fine else "MISSED"
        print(
            f"{verdict} {what:<44} {value:>9.1f} {unit} (limit {limit:g})  load {os.getloadavg()[0]:.1f}  {more}",
            flush=True,
        )

    def page(self, name: str, figures: Figures) -> None:
        """Print what one page showed, and the counters beside it."""
        errors = [abs(error) for error in figures.errors]
        if figures.visibility != {name}:
            raise RuntimeError(f"The {name} page says that it was {figures.visibility}.")
        spread = ", ".join(f"{label} {percentile(errors, share):.1f}" for label, share in (("p50", 0.5), ("max", 1)))
        self.line(
            f"{name}: transition error p95",
            percentile(errors, 0.95),
            TRANSITION_P95_MS,
            more=f"{len(errors)}, {spread}",
        )
        after = f"{name}: accumulated after {figures.minutes:.1f} min"
        self.line(after, abs(figures.accumulated), ACCUMULATED_MS, more="median of the last 20")
        bare = f"p50 {percentile(figures.bare, 0.5):.1f}, p95 {percentile(figures.bare, 0.95):.1f}"
        print(f"       {name}: a bare worker's timer, which is the machine's own share: {bare}")
        seconds, tenths = (error / 1000 for error in figures.naive_ms)
        print(f"       {name}: counting setInterval(1000) {seconds:+.1f} s, adding up setInterval(100) {tenths:+.1f} s")


def main() -> int:
    """Serve, look, print; 1 if a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=3, help="of transitions")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--presses", type=int, default=40)
    options = parser.parse_args()
    minutes = 0.5 if options.quick else options.minutes
    print(f"$ {shlex.join(['scripts/bench_player.py', *sys.argv[1:]])}   load {os.getloadavg()[0]:.1f}")
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        made, data, profile = (Path(folder) / name for name in ("made", "data", "profile"))
        made.mkdir()
        data.mkdir()
        prepare(made)
        _size(report, made / "static")
        server = Server(data, made, clock_speed=1)
        try:
            server.start()
            with RawChromium(os.environ["CHROMIUM"], profile, HARSH) as browser:
                _time(report, server, browser, minutes=minutes)
                _command(report, server, browser, presses=options.presses)
        finally:
            server.kill()
    print("All limits kept." if not report.missed else f"Missed: {'; '.join(report.missed)}")
    return 1 if report.missed else 0


def _size(report: Report, static: Path) -> None:
    always, on_demand = player_weight(static)
    more = f"{len(always)} files; {sum(on_demand.values())} more on demand"
    report.line("player scripts, brotli", sum(always.values()), GOAL_BYTES, "bytes", more)


def _time(report: Report, server: Server, browser: RawChromium, *, minutes: float) -> None:
    seconds = minutes * 60
    visible = Watched(server, browser, seconds=seconds + 30)
    hidden = Watched(server, browser, seconds=seconds + 30)
    hidden.hide()
    until = max(visible.began, hidden.began) / 1000 + seconds + 5
    # The first seconds belong to the opening of the pages.
    skipped = {"visible": (hidden.began - visible.began) / 1000 + 3, "hidden": 3}
    time.sleep(max(0, until - time.time()))
    report.page("visible", visible.figures(skipped["visible"]))
    report.page("hidden", hidden.figures(skipped["hidden"]))
    _away(report, f"catch-up after {AWAY_S} s frozen", visible.after_freeze)
    _away(report, f"catch-up after {AWAY_S} s stopped (SIGSTOP)", visible.after_stop)
    report.line("reload mid-hold, worst of 5", max(visible.after_reload() for _ in range(5)), RELOAD_MS)


def _away(report: Report, what: str, away: Callable[[], float]) -> None:
    took = sorted(away() for _ in range(3))
    report.line(what, took[1], CATCH_UP_MS, more=f"median of {', '.join(f'{one:.0f}' for one in took)}")


def _command(report: Report, server: Server, browser: RawChromium, *, presses: int) -> None:
    took = Watched(server, browser, seconds=600).commands(presses)
    more = f"{presses} presses, p50 {percentile(took, 0.5):.1f}, max {max(took):.1f}"
    report.line("press to disk p95", percentile(took, 0.95), DURABLE_P95_MS, more=more)


if __name__ == "__main__":
    sys.exit(main())
