"""The catalogue in memory: one query while it holds, replaced when it changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stretches import shelf
from stretches.loader import load
from stretches.models import CatalogueState, Stretch
from stretches.shelf import Card

pytestmark = pytest.mark.django_db


def queries(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.fixture(autouse=True)
def empty_process(monkeypatch):
    monkeypatch.setattr(shelf._Kept, "shelf", None)


def test_four_queries_when_new_and_one_afterwards(loaded):
    assert queries(shelf.current) == 4
    assert queries(shelf.current) == 1
    assert shelf.current() is shelf.current()


def test_before_the_first_load_it_is_empty_and_works():
    found = shelf.current().find("neck", {"area": frozenset({"neck"})})
    assert found.cards == ()
    assert shelf.current().version == ""


def test_a_new_load_is_seen_at_once(loaded, now):
    before = shelf.current()
    changed = tuple(replace(s, name="Cat and cow") if s.slug == "cat-cow" else s for s in loaded.stretches)
    load(replace(loaded, stretches=changed), now=now + timedelta(days=1))
    assert shelf.current().cards["cat-cow"].name == "Cat and cow"
    assert before.cards["cat-cow"].name == "Cat-cow"


def test_what_is_retired_or_a_person_s_own_is_not_on_it(loaded, user, now):
    Stretch.objects.create(
        slug="my-own", owner=user, name="My own", dose={}, dose_range={}, sides="both", feel="", version="1"
    )
    Stretch.objects.filter(slug="jogging").update(retired_at=now)
    assert set(shelf.current().cards) == {s.slug for s in loaded.stretches} - {"jogging"}


def test_cards_say_what_lists_show(loaded):
    cards = shelf.current().cards
    assert list(cards) == [stretch.slug for stretch in loaded.stretches]
    pigeon = cards["pigeon-pose"]
    assert (pigeon.name, pigeon.level, pigeon.listed, pigeon.edited) == ("Pigeon pose", 3, False, True)
    assert cards["shoulder-blade-squeeze"].edited is False
    assert cards["childs-pose-rest"].group_name == "Child's pose"
    assert cards["childs-pose-rest"].variant == "Resting, toes together"
    assert cards["cat-cow"].dose["repetitions"] == 10
    assert cards["cat-cow"].url == "/stretches/cat-cow/"


def test_nothing_on_it_can_be_changed(loaded):
    current = shelf.current()
    with pytest.raises(FrozenInstanceError):
        setattr(current.cards["cat-cow"], "name", "Dog")  # noqa: B010  # typed code may not even try
    for mapping in (current.cards, current.items, current.labels, current.known, current.cards["cat-cow"].dose):
        assert isinstance(mapping, MappingProxyType)


def test_labels_are_plain_words(loaded):
    current = shelf.current()
    assert current.label("position", "supine") == "Lying on the back"
    assert current.label("position", "floating") == "floating"
    assert current.label("level", "2") == "Moderate"


def test_every_option_leads_somewhere(loaded):
    found = shelf.current().find()
    assert len(found.cards) == 34
    assert found.loosen == []
    for name, listed in found.options.items():
        assert listed, name
        assert all(option.count > 0 and not option.chosen for option in listed)


def slugs(query="", **chosen):
    found = shelf.current().find(query, {name: frozenset(values) for name, values in chosen.items()})
    return {card.slug for card in found.cards}


def test_position_counts_other_positions_too(loaded):
    assert "cat-cow" in slugs(position=["seated"])
    assert "cat-cow" in slugs(position=["quadruped"])


def test_one_tap_choices(loaded):
    no_floor, desk, bed = slugs(place=["no-floor"]), slugs(place=["desk"]), slugs(place=["bed"])
    assert "foam-rolling" not in no_floor
    assert "pigeon-pose" not in no_floor
    assert {"standing-calf", "seated-hamstring", "walking"} <= no_floor
    assert desk < no_floor
    assert "diaphragmatic-breathing" in desk & bed
    assert {"knee-to-chest", "lying-groin"} <= bed


def test_equipment_asks_what_is_there(loaded):
    nothing = slugs(equipment=["none"])
    assert {"shoulder-rolls", "walking", "neck-tilt", "diaphragmatic-breathing"} <= nothing
    assert "cat-cow" not in nothing
    # What needs something to hold on to can be done with a wall or with a chair.
    assert "standing-quad" in slugs(equipment=["wall"]) & slugs(equipment=["chair"])
    assert "side-neck-stretch" in slugs(equipment=["chair"])


def test_words_and_choices_together(loaded):
    found = shelf.current().find("hamstring", {"place": frozenset({"desk"})})
    assert found.cards[0].slug == "seated-hamstring"
    assert found.without_words == 16
    counts = {option.value: option.count for option in found.options["place"]}
    assert counts["no-floor"] >= counts["desk"] >= 1


def test_an_empty_answer_says_what_to_loosen(loaded):
    found = shelf.current().find("pigeon", {"level": frozenset({"1"}), "type": frozenset({"static"})})
    assert found.cards == ()
    assert found.loosen[0][0] == "level"
    assert found.without_words > 0


def test_many_threads_get_one_shelf(loaded, monkeypatch):
    built = shelf.current()
    calls: list[str] = []

    def build(version: str) -> shelf.Shelf:
        calls.append(version)
        return built

    monkeypatch.setattr(shelf._Kept, "shelf", None)
    monkeypatch.setattr(CatalogueState, "current_version", lambda: built.version)
    monkeypatch.setattr(shelf, "_build", build)
    with ThreadPoolExecutor(8) as pool:
        found = set(map(id, pool.map(lambda _: shelf.current(), range(40))))
    assert calls == [built.version]
    assert found == {id(built)}


def test_no_primary_key_is_on_it(loaded):
    """A shelf is known by its version alone; keys belong to one database."""
    assert {name for name in Card.__annotations__ if name.endswith(("id", "pk"))} == set()
