#!/usr/bin/env python3
"""Trials of what must never happen to a session: an event lost, an event doubled, half a session.

    make trials                          200 kills, 50 sessions with the network cut, 10,000 replayed posts
    make trials ARGS="kills --share 0.1" one of the three, and a tenth of it

The server is killed (every process at once, SIGKILL) while devices play over plain HTTP and repeat what
was not acknowledged; pages in a real browser play while their network comes and goes; events are posted
one by one in random order, up to five times each. Afterwards the database is compared with what the
devices know, and every session with a fresh fold of its events. Fails when anything was found.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.e2e import trials  # noqa: E402
from tests.e2e.server import Server, prepare  # noqa: E402

KILLS, SESSIONS, POSTS = 200, 50, 10_000
FAST = 20


def main() -> int:
    """Run what was asked for; 1 if anything was lost, doubled or half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["kills", "cuts", "replays"], help="kills, cuts, replays")
    parser.add_argument("--share", type=float, default=1, help="of the full numbers")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    is_clean = True
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        made.mkdir()
        prepare(made)
        for what in options.what:
            data = Path(folder) / what
            data.mkdir()
            server = Server(data, made, clock_speed=FAST)
            server.start()
            try:
                outcome = _run(what, server, share=options.share, seed=options.seed)
            finally:
                server.kill()
            _print(what, outcome, seed=options.seed)
            is_clean &= outcome.is_clean
    return 0 if is_clean else 1


def _run(what: str, server: Server, *, share: float, seed: int) -> trials.Outcome:
    def part(number: int) -> int:
        return max(1, round(number * share))

    if what == "kills":
        return trials.kills(server, times=part(KILLS), devices=8, seed=seed, tell=print)
    if what == "replays":
        return trials.replays(server, posts=part(POSTS), connections=8, seed=seed)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        try:
            return trials.cuts(server, browser, sessions=part(SESSIONS), at_once=5, seed=seed)
        finally:
            browser.close()


def _print(what: str, outcome: trials.Outcome, *, seed: int) -> None:
    done = ", ".join(f"{number} {name}" for name, number in outcome.done.items())
    verdict = "clean" if outcome.is_clean else "FOUND"
    print(f"{verdict} {what}: {done}; {outcome.audit}")
    print(f"      seed {seed}, {outcome.seconds:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
    for line in [*outcome.audit.lost, *outcome.audit.doubled, *outcome.audit.half, *outcome.refusals][:20]:
        print(f"      {line}")


if __name__ == "__main__":
    sys.exit(main())
