"""Loading: the real content arrives whole, twice is once, and a mistake leaves nothing behind."""

import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from routines import loader, plans
from routines.advice import advise
from routines.models import Routine, Step
from stretches import content
from stretches import loader as stretches_loader
from stretches.models import Stretch
from tests.routines.cases import ROUTINES

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogue() -> content.Catalogue:
    return content.read()


@pytest.fixture
def loaded(catalogue: content.Catalogue) -> loader.Report:
    stretches_loader.load(catalogue, now=NOW)
    return loader.load(catalogue, now=NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(content.CATALOGUE, copy)
    return copy


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_all_ten_arrive_with_their_totals(loaded: loader.Report) -> None:
    routines = Routine.objects.ready_made().with_steps()
    found = {r.slug: plans.timeline(r).total_s for r in routines}
    assert found == {case["slug"]: case["total_s"] for case in ROUTINES}
    assert set(loaded.created) == set(found)


def test_each_has_its_steps_and_needs_no_advice(loaded: loader.Report) -> None:
    routines = {routine.slug: routine for routine in Routine.objects.with_steps()}
    for case in ROUTINES:
        steps = plans.advised(routines[case["slug"]].steps.all())
        assert [step.plan.stretch for step in steps] == [step["slug"] for step in case["steps"]]
        assert advise(steps, context=routines[case["slug"]].context, finished_sessions=0) == ()


def test_twice_is_once(loaded: loader.Report, catalogue: content.Catalogue) -> None:
    before = list(Step.objects.order_by("pk").values())
    report = loader.load(catalogue, now=LATER)
    assert not report.changed
    assert len(report.unchanged) == 10
    assert list(Step.objects.order_by("pk").values()) == before


def test_what_is_gone_is_retired_and_may_return(loaded: loader.Report, folder: Path) -> None:
    (folder / "routines" / "bedtime.toml").unlink()
    assert loader.load(content.read(folder), now=LATER).retired == ["bedtime"]
    assert not Routine.objects.ready_made().filter(slug="bedtime").exists()
    assert loader.load(content.read(folder), now=LATER).retired == []
    assert loader.load(content.read(), now=LATER).returned == ["bedtime"]
    assert Routine.objects.ready_made().get(slug="bedtime").steps.count() == 6


def test_a_changed_file_changes_its_routine_alone(loaded: loader.Report, folder: Path) -> None:
    change(folder / "routines" / "bedtime.toml", 'name = "Bedtime wind-down"', 'name = "Bedtime"')
    change(folder / "routines" / "desk-break.toml", 'phase = "cool-down"', 'phase = "main"')
    report = loader.load(content.read(folder), now=LATER)
    assert sorted(report.updated) == ["bedtime", "desk-break"]
    bedtime = Routine.objects.get(slug="bedtime")
    assert (bedtime.name, bedtime.version, bedtime.updated_at) == ("Bedtime", 2, LATER)
    assert "updated: routine bedtime" in report.lines()


def test_the_command_says_what_is_in_place() -> None:
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    assert "34 stretches and 10 routines in place" in out.getvalue()


def test_the_command_can_be_silent() -> None:
    out = StringIO()
    call_command("load_catalogue", verbosity=0, stdout=out)
    assert out.getvalue() == ""
    assert Routine.objects.ready_made().count() == 10


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("total_s = 511", "total_s = 512", "routines/bedtime.toml: total_s: the steps take 511 s, not 512 s"),
        ('stretch = "cat-cow"', 'stretch = "cat-dog"', "routines/bedtime.toml: steps[1].stretch"),
        ("total_s = 511", "total_s = 511\nmusic = true", "routines/bedtime.toml: music"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_loaded(folder: Path, before: str, after: str, complaint: str) -> None:
    change(folder / "routines" / "bedtime.toml", before, after)
    err = StringIO()
    with pytest.raises(CommandError, match="Nothing was loaded: 1 to correct"):
        call_command("load_catalogue", folder=folder, stderr=err)
    assert complaint in err.getvalue()
    assert not Stretch.objects.exists()
    assert not Routine.objects.exists()


def test_a_step_outside_its_stretch_is_named_by_the_loader(loaded: loader.Report, catalogue: content.Catalogue) -> None:
    Stretch.objects.filter(slug="cat-cow").update(
        dose_range={"seconds": [4, 5], "repetitions": [4, 15], "sets": [1, 2], "rest_s": [0, 30]}
    )
    with pytest.raises(content.ContentError, match=r"routines/bedtime.toml: steps\[1\].seconds: Please take 4 to 5"):
        loader.load(catalogue, now=LATER)
