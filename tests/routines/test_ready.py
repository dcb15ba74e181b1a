"""A ready-made routine's page."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from routines import experience
from routines.models import Routine
from tests.routines.cases import ROUTINES
from tests.routines.factories import LONG_AGO, ReadyMadeFactory, make_caution, make_step
from tests.routines.pages import is_page, steps, text, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(shelf_version: str) -> Routine:
    """A ready-made routine with two steps."""
    routine = ReadyMadeFactory.create(slug="ease", name="Ease", equipment=["mat"], level=2)
    make_step(routine, "cat-cow")
    make_step(routine, "knee-to-chest")
    return routine


def test_the_real_ones_show_their_totals_and_steps() -> None:
    call_command("load_catalogue", verbosity=0)
    for case in ROUTINES:
        response = Client().get(f"/routines/ready/{case['slug']}/")
        assert total(response) == case["total_s"]
        assert steps(response) == [step["slug"] for step in case["steps"]]


def test_it_says_what_it_is_and_what_it_needs(visitor: Client, ready: Routine) -> None:
    response = visitor.get("/routines/ready/ease/")
    page = text(response)
    assert is_page(response)
    for words in ("To loosen up.", "Any day.", "moderate", "mat", "10 breaths of 6 seconds", "Lying on your back"):
        assert words in page


def test_it_can_be_started_copied_and_printed(visitor: Client, ready: Routine) -> None:
    page = text(visitor.get("/routines/ready/ease/"))
    assert 'action="/sessions/"' in page
    assert page.count('name="ready" value="ease"') == 2
    assert "/routines/ready/ease/print/" in page


def test_a_condition_names_the_substitute(owner: Client, user: User, ready: Routine) -> None:
    make_caution("knee-to-chest", "hip", substitute="arm-circles")
    user.conditions = ["hip"]
    user.save(update_fields=["conditions"])
    page = text(owner.get("/routines/ready/ease/"))
    assert "One to leave out for now. hip trouble: Mind the hip." in page
    assert '<a href="/stretches/arm-circles/">Arm circles</a>' in page


def test_others_are_told_nothing_of_it(visitor: Client, ready: Routine) -> None:
    make_caution("knee-to-chest", "hip")
    assert "leave out" not in text(visitor.get("/routines/ready/ease/"))


def test_clearance_is_asked_for_once(owner: Client, user: User, ready: Routine) -> None:
    caution = make_caution("walking", "recent_surgery", "modify")
    caution.condition.severity = "clearance"
    caution.condition.save(update_fields=["severity"])
    user.conditions = ["recent_surgery"]
    user.save(update_fields=["conditions"])
    assert text(owner.get("/routines/ready/ease/")).count("recent_surgery trouble: Take it slowly.") == 1


def test_who_has_practised_may_do_the_advanced(owner: Client, ready: Routine, monkeypatch: pytest.MonkeyPatch) -> None:
    make_step(ready, "pigeon-pose")
    assert "advanced stretch" in text(owner.get("/routines/ready/ease/"))
    monkeypatch.setattr(experience, "_counters", [lambda _person: 6])
    assert "advanced stretch" not in text(owner.get("/routines/ready/ease/"))


def test_a_retired_one_keeps_its_page(visitor: Client, ready: Routine) -> None:
    ready.retired_at = LONG_AGO
    ready.save(update_fields=["retired_at"])
    assert "We no longer offer this routine" in text(visitor.get("/routines/ready/ease/"))


def test_an_unknown_one_is_not_found(visitor: Client) -> None:
    assert visitor.get("/routines/ready/nothing/").status_code == 404


def test_it_is_only_read(visitor: Client, ready: Routine) -> None:
    assert visitor.post("/routines/ready/ease/").status_code == 405
