"""What is kept in the process: the same answer for the same question, and never more than fits."""

from functools import partial
from threading import Thread

from tracking.memo import Memo


def test_it_is_worked_out_once_for_each_key() -> None:
    memo = Memo[str](10, weight=len)
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    assert [memo.get(key, partial(make, key)) for key in "abab"] == list("abab")
    assert made == ["a", "b"]


def test_none_and_zero_are_answers_too() -> None:
    memo = Memo[int | None](10, weight=lambda _: 1)
    assert memo.get("a", lambda: None) is None
    assert memo.get("a", lambda: 5) is None
    assert memo.get("b", lambda: 0) == 0
    assert memo.get("b", lambda: 5) == 0


def test_the_least_recently_used_goes_first() -> None:
    memo = Memo[str](2, weight=len)
    for key in "abac":
        memo.get(key, partial(str, key))
    assert memo.get("a", lambda: "new") == "a"
    assert memo.get("b", lambda: "new") == "new"


def test_it_never_holds_more_than_it_may() -> None:
    memo = Memo[str](10, weight=len)
    for n in range(1000):
        memo.get(n, partial("x".__mul__, n % 7))
    assert 1 <= len(memo) <= 11
    memo.clear()
    assert len(memo) == 0


def test_what_is_heavier_than_all_is_given_and_not_kept() -> None:
    memo = Memo[str](3, weight=len)
    assert memo.get("a", lambda: "x" * 50) == "x" * 50
    assert len(memo) == 0
    assert memo.get("a", lambda: "y") == "y"


def test_threads_get_along() -> None:
    memo = Memo[int](50, weight=lambda _: 1)
    wrong: list[int] = []

    def ask() -> None:
        for n in range(5000):
            key = n * 7 % 90
            if memo.get(key, partial(int, key)) != key:
                wrong.append(key)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (wrong, len(memo)) == ([], 50)
