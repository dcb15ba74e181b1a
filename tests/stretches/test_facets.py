"""Filters: any within a facet, all across facets, counts that hold when clicked."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from stretches.facets import FACETS, Item, loosen, narrow, options, parse

KNOWN = dict.fromkeys(FACETS, ("a", "b", "c"))


def item(slug, **values):
    return Item(slug, {name: frozenset(values.get(name, "")) for name in FACETS})


ITEMS = [
    item("one", area="ab", level="a"),
    item("two", area="b", level="b"),
    item("three", area="c", level="a"),
]


def slugs(chosen):
    return [found.slug for found in narrow(ITEMS, {name: frozenset(values) for name, values in chosen.items()})]


def test_nothing_chosen_shows_everything():
    assert slugs({}) == ["one", "two", "three"]


def test_any_value_of_one_facet():
    assert slugs({"area": "ac"}) == ["one", "three"]


def test_all_facets_together():
    assert slugs({"area": "ab", "level": "a"}) == ["one"]


def test_counts_look_at_the_other_facets():
    found = options(ITEMS, {"area": frozenset("b")}, KNOWN)
    assert [(o.value, o.count, o.chosen) for o in found["area"]] == [("a", 1, False), ("b", 2, True), ("c", 1, False)]
    assert [(o.value, o.count) for o in found["level"]] == [("a", 1), ("b", 1), ("c", 0)]


def test_loosen_names_what_would_help_most():
    chosen = {"area": frozenset("b"), "level": frozenset("b"), "type": frozenset("a")}
    assert narrow(ITEMS, chosen) == []
    assert loosen(ITEMS, chosen) == [("type", 1)]
    chosen = {"area": frozenset("c"), "level": frozenset("b")}
    assert loosen(ITEMS, chosen) == [("area", 1), ("level", 1)]


def test_parse_passes_over_what_nobody_knows():
    query = QueryDict("area=a&area=zz&level=9&q=neck&other=1&place=b&place=b")
    assert parse(query.getlist, KNOWN) == {"place": frozenset("b"), "area": frozenset("a")}


values = st.frozensets(st.sampled_from("abc"), max_size=3)
items = st.lists(st.builds(Item, st.text(max_size=3), st.fixed_dictionaries(dict.fromkeys(FACETS, values))), max_size=8)
choices = st.dictionaries(st.sampled_from(FACETS), st.frozensets(st.sampled_from("abc"), min_size=1), max_size=4)


@given(items, choices)
def test_a_count_is_what_choosing_the_option_alone_shows(found, chosen):
    for name, listed in options(found, chosen, KNOWN).items():
        for option in listed:
            alone = {**chosen, name: frozenset({option.value})}
            assert option.count == len(narrow(found, alone))


@given(items, choices)
def test_more_choices_within_a_facet_never_show_less(found, chosen):
    for name in chosen:
        wider = {**chosen, name: frozenset("abc")}
        assert len(narrow(found, wider)) >= len(narrow(found, chosen))


@given(items, choices)
def test_loosening_keeps_its_word(found, chosen):
    for name, count in loosen(found, chosen):
        assert count == len(narrow(found, {other: chosen[other] for other in chosen if other != name})) > 0
