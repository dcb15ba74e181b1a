"""Counting finished sessions without knowing of sessions."""

import pytest

from accounts.models import User
from routines import experience


def test_a_visitor_is_a_beginner() -> None:
    assert experience.finished_sessions(None) == 0


def test_without_anybody_to_ask_all_are_beginners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experience, "_counters", [])
    assert experience.finished_sessions(User()) == 0


def test_the_last_one_registered_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experience, "_counters", [])
    experience.register(lambda _person: 1)
    experience.register(lambda _person: 7)
    assert experience.finished_sessions(User()) == 7
