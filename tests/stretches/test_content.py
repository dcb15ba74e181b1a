"""The shipped content: complete, faithful to the specification it was made from, and safe."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stretches.content import Catalogue, Stretch, read
from stretches.models import Benefit, Condition

FACTS: dict[str, Any] = json.loads((Path(__file__).parent / "facts.json").read_text())


def keys_of_kind(catalogue: Catalogue, kind: str) -> list[str]:
    return [entry.key for entry in catalogue.entries if entry.kind == kind]


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("stretches", 34),
        ("routines", 10),
        ("conditions", 14),
        ("benefits", 25),
        ("corrections", 62),
        ("red_flags", 20),
        ("sources", 79),
        ("groups", 2),
    ],
)
def test_counts(catalogue, part, count):
    assert len(getattr(catalogue, part)) == count


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("section", 20),
        ("benefit", 85),
        ("safety", 28),
        ("instruction", 13),
        ("dose", 32),
        ("question", 6),
        ("type", 4),
        ("rule", 21),
        ("evidence", 8),
    ],
)
def test_counts_of_guide_entries(catalogue, kind, count):
    assert len(keys_of_kind(catalogue, kind)) == count


def test_origin_of_the_stretches(catalogue):
    listed = [stretch for stretch in catalogue.stretches if stretch.origin == "listed"]
    assert len(listed) == 24
    assert sum(stretch.group is not None for stretch in listed) == 4
    assert len(catalogue.stretches) - len(listed) == 10


@pytest.mark.parametrize("slug", FACTS["stretches"])
def test_stretch_is_as_specified(catalogue, slug):
    facts = FACTS["stretches"][slug]
    stretch = next(stretch for stretch in catalogue.stretches if stretch.slug == slug)
    for name in ("origin", "section", "position", "type", "sides", "level", "group"):
        assert getattr(stretch, name) == facts[name], name
    for name in ("areas", "alt_positions", "phases", "corrections"):
        assert list(getattr(stretch, name)) == facts[name], name
    # More care than specified is fine, less is not.
    cautions = {caution.condition: caution.action for caution in stretch.cautions}
    assert {tag: cautions.get(tag) for tag in facts["cautions"]} == facts["cautions"]


def test_stretches_come_in_the_specified_order(catalogue):
    assert [stretch.slug for stretch in catalogue.stretches] == list(FACTS["stretches"])


@pytest.mark.parametrize("slug", FACTS["routines"])
def test_routine_is_as_specified(catalogue, slug):
    routine = next(routine for routine in catalogue.routines if routine.slug == slug)
    assert routine.total_s == FACTS["routines"][slug]["total_s"]
    assert [[s.stretch, s.phase, s.position] for s in routine.steps] == FACTS["routines"][slug]["steps"]


def test_keys_are_as_specified(catalogue):
    assert [condition.tag for condition in catalogue.conditions] == FACTS["conditions"]
    assert [benefit.key for benefit in catalogue.benefits] == FACTS["benefits"]
    assert [correction.key for correction in catalogue.corrections] == FACTS["corrections"]
    assert [source.key for source in catalogue.sources] == FACTS["sources"]
    for kind, keys in FACTS["entries"].items():
        assert keys_of_kind(catalogue, kind) == keys


def test_reading_twice_gives_equal_catalogues_of_one_version(catalogue):
    again = read()
    assert again == catalogue
    assert again.version == catalogue.version
    assert len(catalogue.version) == 16


def test_every_stretch_tells_enough(catalogue):
    for stretch in catalogue.stretches:
        assert len(stretch.benefits) >= 2, stretch.slug
        assert len(stretch.steps) >= 3, stretch.slug
        assert stretch.aliases, stretch.slug
        assert stretch.summary.endswith("."), stretch.slug
        assert "(article" not in stretch.name, stretch.slug
        assert stretch.reviewed_on == date(2026, 11, 22), stretch.slug


def test_names_and_aliases_point_to_one_stretch_or_one_group(catalogue):
    owners: dict[str, set[str]] = {}
    for stretch in catalogue.stretches:
        for name in (stretch.name, *stretch.aliases):
            owners.setdefault(name.lower(), set()).add(stretch.group or stretch.slug)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_every_area_has_a_stretch(catalogue):
    areas = {dict(e.data)["value"] for e in catalogue.entries if e.key.startswith("area:")}
    assert areas == {area for stretch in catalogue.stretches for area in stretch.areas}


def test_words_of_the_files_are_those_of_the_database(catalogue):
    assert keys_of_kind(catalogue, "evidence") == Benefit.Evidence.values
    assert {condition.severity for condition in catalogue.conditions} == set(Condition.Severity.values)


def by_slug(catalogue: Catalogue) -> dict[str, Stretch]:
    return {stretch.slug: stretch for stretch in catalogue.stretches}


def test_what_is_left_out_has_a_stand_in_that_is_not(catalogue):
    avoided = {(s.slug, c.condition) for s in catalogue.stretches for c in s.cautions if c.action == "avoid"}
    assert avoided
    for stretch in catalogue.stretches:
        for caution in stretch.cautions:
            if caution.action == "avoid":
                assert caution.substitute, (stretch.slug, caution.condition)
            assert (caution.substitute, caution.condition) not in avoided


def test_no_stretch_promises_what_no_stretch_has_shown(catalogue):
    # Injury risk, chronic back pain, recovery: see docs/decisions/content-review.md.
    for stretch in catalogue.stretches:
        assert not {"K07", "K09", "K17", "K25"} & set(stretch.benefits), stretch.slug


def test_after_surgery_only_walking_and_breathing_stay_open(catalogue):
    surgery = next(condition for condition in catalogue.conditions if condition.tag == "recent_surgery")
    assert surgery.severity == "clearance"
    assert set(surgery.exempt) == {"walking", "diaphragmatic-breathing"}


def test_lying_and_pregnancy_always_has_advice(catalogue):
    for stretch in catalogue.stretches:
        if stretch.position in {"supine", "prone"}:
            assert "pregnancy" in {caution.condition for caution in stretch.cautions}, stretch.slug


def test_no_floor_means_off_the_floor(catalogue):
    for stretch in catalogue.stretches:
        upright = {"standing", "seated"} & {stretch.position, *stretch.alt_positions}
        if "no-floor" in stretch.places:
            assert upright, stretch.slug
        if "desk" in stretch.places:
            assert "no-floor" in stretch.places, stretch.slug
    assert "no-floor" not in by_slug(catalogue)["foam-rolling"].places


def test_a_group_starts_with_its_usual_member(catalogue):
    usual = {group.slug: group.members[0] for group in catalogue.groups}
    assert usual == {"childs-pose": "childs-pose-reach", "hip-flexor-stretch": "hip-flexor-kneeling"}


def test_search_words_mean_something(catalogue):
    """A synonym that leads nowhere would turn a query into an empty page."""
    synonyms = next(dict(e.data) for e in catalogue.entries if e.kind == "search" and e.key == "synonyms")
    labels = " ".join(dict(e.data)["label"] for e in catalogue.entries if e.kind == "label").lower()
    words = labels + " ".join(
        " ".join(
            (s.slug, s.name, *s.aliases, *s.areas, *s.primary_muscles, *s.secondary_muscles, *s.steps, s.position)
        ).lower()
        for s in catalogue.stretches
    )
    for word, meant in synonyms.items():
        for phrase in meant:
            assert phrase.replace("-", " ") in words.replace("-", " "), f"{word} = {phrase}"
