"""The tables' own rules, and the words in which they are asked."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from stretches.models import CatalogueState, Caution, Condition, GuideEntry, Stretch

pytestmark = pytest.mark.django_db


def read_page(slug):
    """All that a stretch page reads, as plain values."""
    stretch = Stretch.objects.for_page().get(slug=slug)
    return (
        [benefit.key for benefit in stretch.benefits.all()],
        [correction.key for correction in stretch.corrections.all()],
        [(c.condition.tag, c.action, c.substitute.slug if c.substitute else None) for c in stretch.cautions.all()],
        [other.slug for other in stretch.harder.all()],
        [other.slug for other in stretch.easier.all()],
        stretch.variant_group.name if stretch.variant_group else None,
        stretch.is_edited,
    )


def test_a_page_takes_six_queries_whatever_the_stretch(loaded, django_assert_num_queries):
    for slug in ("childs-pose-reach", "seated-calf", "pigeon-pose"):
        with django_assert_num_queries(6):
            read_page(slug)


def test_a_page_has_everything_in_order(loaded):
    benefits, corrections, cautions, harder, easier, group, edited = read_page("pigeon-pose")
    assert (benefits, corrections) == (["K01", "K03"], ["C51"])
    tags = [condition.tag for condition in loaded.conditions]
    assert [tag for tag, _, _ in cautions] == sorted((tag for tag, _, _ in cautions), key=tags.index)
    assert ("knee", "avoid", "piriformis-figure-4") in cautions
    assert (harder, easier, group, edited) == ([], ["piriformis-figure-4"], None, True)


def test_a_page_outlives_its_stretch(loaded, now):
    Stretch.objects.filter(slug="pigeon-pose").update(retired_at=now)
    assert read_page("pigeon-pose")[0] == ["K01", "K03"]
    # But nobody is sent there.
    assert read_page("piriformis-figure-4")[3] == []


def test_cautions_of_a_person(loaded):
    found = Caution.objects.for_conditions(["wrist", "ankle"])
    assert {caution.condition.tag for caution in found} == {"wrist", "ankle"}
    assert not Caution.objects.for_conditions([])


def test_kinds_of_guide_entries_keep_their_order(loaded):
    keys = GuideEntry.objects.of_kind("question").values_list("key", flat=True)
    assert list(keys) == ["F1", "F2", "F3", "F4", "F5", "F6"]


def test_rows_have_names(loaded):
    assert str(Stretch.objects.get(slug="cat-cow")) == "Cat-cow"
    assert str(Condition.objects.get(tag="knee")) == "Knee problem"
    assert str(GuideEntry.objects.get(kind="rule", key="P01")) == "rule P01"
    assert Stretch.objects.get(slug="walking").default_form == {
        "key": "on-the-spot",
        "label": "On the spot",
        "position": "standing",
    }
    assert Stretch.objects.get(slug="pigeon-pose").default_form is None
    for model in (Caution, CatalogueState):
        assert str(model.objects.first())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"level": 4}, "The level is 1 (easy), 2 (moderate) or 3 (advanced)."),
        ({"sides": "left"}, "Value 'left' is not a valid choice."),
        ({"slug": "walking"}, "There is already a stretch at that address."),
    ],
)
def test_the_rules_of_a_stretch_are_sentences(loaded, change, sentence):
    stretch = Stretch.objects.get(slug="cat-cow")
    for name, value in change.items():
        setattr(stretch, name, value)
    with pytest.raises(ValidationError) as caught:
        stretch.full_clean()
    assert sentence in caught.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        stretch.save()


def test_the_rules_of_a_caution_are_sentences(loaded):
    caution = Caution.objects.exclude(substitute=None).select_related("stretch").first()
    assert caution
    caution.substitute = caution.stretch
    with pytest.raises(ValidationError, match="cannot be its own substitute"):
        caution.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        caution.save()
    with pytest.raises(ValidationError, match="already has a caution"):
        Caution(stretch=caution.stretch, condition=caution.condition, action="avoid", text="x").full_clean()


def test_there_is_one_catalogue(loaded, now):
    with pytest.raises(ValidationError, match="only one catalogue"):
        CatalogueState(id=2, version="x", loaded_at=now).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueState.objects.create(id=2, version="x", loaded_at=now)


def test_before_the_first_load_there_is_no_version():
    assert CatalogueState.current_version() == ""
