"""What pages keep: bounded, by version, and nothing while there is none."""

from stretches.kept import Kept


def test_a_value_is_made_once():
    kept: Kept[str] = Kept(most=2)
    values = iter(["A", "B"])
    assert [kept.get(("v1", "a"), lambda: next(values)) for _ in range(3)] == ["A", "A", "A"]


def test_what_was_asked_for_longest_ago_makes_room():
    kept: Kept[str] = Kept(most=2)
    kept.get(("v1", "a"), lambda: "A")
    kept.get(("v1", "b"), lambda: "B")
    kept.get(("v1", "a"), lambda: "again")
    kept.get(("v1", "c"), lambda: "C")
    assert len(kept) == 2
    assert kept.get(("v1", "a"), lambda: "new") == "A"
    assert kept.get(("v1", "b"), lambda: "new") == "new"


def test_another_version_is_another_value():
    kept: Kept[str] = Kept(most=2)
    assert kept.get(("v1", "a"), lambda: "A") == "A"
    assert kept.get(("v2", "a"), lambda: "B") == "B"


def test_nothing_is_kept_before_the_first_load():
    kept: Kept[str] = Kept(most=2)
    assert kept.get(("", "a"), lambda: "A") == "A"
    assert kept.get(("", "a"), lambda: "B") == "B"
    assert len(kept) == 0
