"""Dealing out a length: to the second, in proportion, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tracking.shares import shares

weights = st.lists(st.integers(0, 4000), min_size=1, max_size=40)


@given(st.integers(0, 36_000), weights)
def test_nothing_is_lost_and_each_is_near_its_part(total: int, parts: list[int]) -> None:
    dealt = shares(total, parts)
    assert sum(dealt) == total
    whole = sum(parts)
    if whole:
        assert all(abs(got * whole - total * part) < whole for got, part in zip(dealt, parts, strict=True))


def test_examples() -> None:
    assert shares(600, [60, 30, 30]) == [300, 150, 150]
    assert shares(61, [0, 0]) == [31, 30]
    assert shares(60, []) == []


def test_nothing_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        shares(-1, [1])
