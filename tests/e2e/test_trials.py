"""Nothing lost, doubled or half, whatever happens to server and network: the short form of `make trials`."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e import trials
from tests.e2e.conftest import FAST, serving


def test_a_server_that_is_killed_keeps_what_it_acknowledged(tmp_path: Path, made: Path) -> None:
    with serving(tmp_path, made, FAST) as server:
        outcome = trials.kills(server, times=2, devices=4, seed=11)
    assert outcome.is_clean, outcome
    assert outcome.done["acknowledged"] > 10


def test_repeated_posts_in_any_order_leave_one_row_each(tmp_path: Path, made: Path) -> None:
    with serving(tmp_path, made, FAST) as server:
        outcome = trials.replays(server, posts=150, connections=6, seed=12)
    assert outcome.is_clean, outcome
    assert outcome.done["rows"] == outcome.done["unique ids"]


def test_a_network_that_comes_and_goes_loses_nothing(browser: Browser, tmp_path: Path, made: Path) -> None:
    with serving(tmp_path, made, FAST) as server:
        outcome = trials.cuts(server, browser, sessions=2, at_once=2, seed=13)
    assert outcome.is_clean, outcome
    assert outcome.audit.sessions == 2
