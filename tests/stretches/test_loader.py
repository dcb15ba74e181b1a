"""Loading the catalogue: complete, idempotent, nothing deleted, nothing half done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stretches import loader
from stretches.content import read
from stretches.loader import load
from stretches.models import (
    Benefit,
    CatalogueState,
    Caution,
    Condition,
    Correction,
    GuideEntry,
    RedFlag,
    Source,
    Stretch,
    VariantGroup,
)

pytestmark = pytest.mark.django_db

TABLES = (Source, Condition, Benefit, Correction, RedFlag, VariantGroup, GuideEntry, Stretch)


def everything() -> dict[str, list[dict[str, object]]]:
    """All rows and links of the catalogue, to be compared before and after."""
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in (*TABLES, Caution, CatalogueState)}
    for name in ("benefits", "corrections", "harder"):
        rows[name] = list(getattr(Stretch, name).through.objects.order_by("pk").values())
    return rows


def without(catalogue, slug):
    """The catalogue as if one stretch had never been written."""
    kept = tuple(
        replace(
            s,
            easier=tuple(key for key in s.easier if key != slug),
            harder=tuple(key for key in s.harder if key != slug),
            cautions=tuple(c for c in s.cautions if c.substitute != slug),
        )
        for s in catalogue.stretches
        if s.slug != slug
    )
    return replace(catalogue, stretches=kept)


def edited(catalogue, slug, **changes):
    """The catalogue with one stretch changed."""
    return replace(
        catalogue,
        stretches=tuple(replace(s, **changes) if s.slug == slug else s for s in catalogue.stretches),
    )


def test_everything_arrives(loaded):
    assert Stretch.objects.offered().count() == 34
    assert Condition.objects.offered().count() == 14
    assert Benefit.objects.offered().count() == 25
    assert Correction.objects.offered().count() == 62
    assert RedFlag.objects.offered().count() == 20
    assert GuideEntry.objects.of_kind("benefit").count() == 85
    assert Caution.objects.count() == sum(len(s.cautions) for s in loaded.stretches)
    for record in loaded.stretches:
        stretch = Stretch.objects.get(slug=record.slug)
        assert stretch.name == record.name
        assert stretch.steps == list(record.steps)
        assert stretch.dose["seconds"] == record.dose.seconds
        assert set(stretch.benefits.values_list("key", flat=True)) == set(record.benefits)
        assert set(stretch.harder.values_list("slug", flat=True)) == set(record.harder)
        assert set(stretch.easier.values_list("slug", flat=True)) == set(record.easier)


def test_every_row_is_valid_by_the_rules_of_its_table(loaded):
    for model in (*TABLES, Caution, CatalogueState):
        for row in model.objects.all():
            row.full_clean()


def test_doses_are_stored_in_full(loaded):
    stretch = Stretch.objects.get(slug="knee-to-chest")
    assert stretch.dose == {
        "mode": "hold",
        "seconds": 30,
        "repetitions": 1,
        "sets": 2,
        "rest_s": 10,
        "switch_s": 5,
        "alternate": False,
    }
    assert stretch.dose_range == {"seconds": [5, 60], "repetitions": [1, 1], "sets": [1, 4], "rest_s": [0, 30]}
    assert stretch.default_form == {"key": "foot-flat", "label": "Other foot flat"}


def test_variants_know_their_group(loaded):
    group = VariantGroup.objects.get(slug="childs-pose")
    members = group.members.order_by("variant_order").values_list("slug", flat=True)
    assert list(members) == ["childs-pose-reach", "childs-pose-rest"]


def test_second_run_writes_nothing(loaded, now):
    before = everything()
    with CaptureQueriesContext(connection) as captured:
        report = load(loaded, now=now + timedelta(days=1))
    assert not report.changed
    assert everything() == before
    written = [q["sql"] for q in captured if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []


def test_queries_do_not_grow_with_the_catalogue(catalogue, now):
    with CaptureQueriesContext(connection) as captured:
        load(catalogue, now=now)
    assert len(captured) < 60


def test_change_is_written_and_named(loaded, now):
    version = CatalogueState.current_version()
    report = load(edited(loaded, "cat-cow", name="Cat and cow"), now=now)
    assert report.lines() == [
        "updated: stretch cat-cow",
        "0 created, 1 updated, 0 retired, 0 returned, 0 removed, 906 unchanged",
    ]
    stretch = Stretch.objects.get(slug="cat-cow")
    assert stretch.name == "Cat and cow"
    assert CatalogueState.current_version() != version


def test_row_version_follows_its_words(loaded, now):
    before = dict(Stretch.objects.values_list("slug", "version"))
    load(edited(loaded, "cat-cow", feel="Something else."), now=now)
    after = dict(Stretch.objects.values_list("slug", "version"))
    assert {slug for slug in after if after[slug] != before[slug]} == {"cat-cow"}


def test_what_is_gone_is_retired_and_comes_back(loaded, now):
    pk = Stretch.objects.get(slug="jogging").pk
    report = load(without(loaded, "jogging"), now=now)
    assert "retired: stretch Light jog" in report.lines()
    jogging = Stretch.objects.get(slug="jogging")
    assert jogging.retired_at == now
    assert jogging.is_retired
    assert "jogging" not in Stretch.objects.offered().values_list("slug", flat=True)
    assert jogging.cautions.exists()
    # A second run without it does not retire it again.
    assert not load(without(loaded, "jogging"), now=now + timedelta(days=1)).changed
    report = load(loaded, now=now + timedelta(days=2))
    assert "returned: stretch jogging" in report.lines()
    assert Stretch.objects.offered().get(slug="jogging").pk == pk


@pytest.mark.parametrize(
    ("part", "model"),
    [
        ("conditions", Condition),
        ("benefits", Benefit),
        ("corrections", Correction),
        ("red_flags", RedFlag),
        ("sources", Source),
        ("entries", GuideEntry),
    ],
)
def test_every_list_retires_instead_of_deleting(loaded, now, part, model):
    count = model.objects.count()
    shorter = replace(
        loaded,
        **{part: getattr(loaded, part)[:-1]},
        stretches=tuple(replace(s, benefits=(), corrections=(), cautions=()) for s in loaded.stretches),
    )
    load(shorter, now=now)
    assert model.objects.count() == count
    assert model.objects.offered().count() == count - 1
    assert model.objects.retired().count() == 1


def test_caution_that_is_gone_is_removed_and_reported(loaded, now):
    record = next(s for s in loaded.stretches if s.slug == "cat-cow")
    kept = tuple(c for c in record.cautions if c.condition not in {"wrist", "knee"})
    report = load(edited(loaded, "cat-cow", cautions=kept), now=now)
    assert sorted(report.removed) == ["caution cat-cow/knee", "caution cat-cow/wrist"]


def test_caution_that_changed_is_updated(loaded, now):
    record = next(s for s in loaded.stretches if s.slug == "cat-cow")
    changed = tuple(replace(c, text="Take care.") if c.condition == "wrist" else c for c in record.cautions)
    report = load(edited(loaded, "cat-cow", cautions=changed), now=now)
    assert report.updated == ["caution cat-cow/wrist"]
    assert Caution.objects.get(stretch__slug="cat-cow", condition__tag="wrist").text == "Take care."


def test_link_that_is_gone_is_removed(loaded, now):
    report = load(edited(loaded, "cat-cow", benefits=("K02", "K08")), now=now)
    assert report.removed == ["benefits link", "benefits link"]
    keys = Stretch.objects.get(slug="cat-cow").benefits.values_list("key", flat=True)
    assert set(keys) == {"K02", "K08"}


def test_rows_changed_by_hand_are_put_right(loaded, now):
    version = CatalogueState.current_version()
    Stretch.objects.filter(slug="cat-cow").update(name="Dog-pig")
    Caution.objects.filter(stretch__slug="cat-cow").delete()
    assert load(loaded, now=now + timedelta(days=1)).changed
    assert Stretch.objects.get(slug="cat-cow").name == "Cat-cow"
    assert Stretch.objects.get(slug="cat-cow").cautions.count() > 5
    # Pages that were made from the wrong words are made anew.
    assert CatalogueState.current_version() != version


def test_people_s_own_stretches_are_left_alone(loaded, user, now):
    own = Stretch.objects.create(
        slug="my-own", owner=user, name="My own", dose={}, dose_range={}, sides="both", feel="", version="1"
    )
    assert not load(loaded, now=now).changed
    own.refresh_from_db()
    assert own.retired_at is None
    assert "my-own" not in Stretch.objects.offered().values_list("slug", flat=True)


def test_nothing_is_half_loaded(catalogue, now, monkeypatch):
    def stumble(*args):
        raise RuntimeError

    monkeypatch.setattr(loader, "_load_links", stumble)
    with pytest.raises(RuntimeError):
        load(catalogue, now=now)
    assert everything() == {name: [] for name in everything()}


def test_files_and_database_agree_after_a_round(loaded, now):
    assert not load(read(), now=now).changed
