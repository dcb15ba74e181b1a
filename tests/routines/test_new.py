"""Starting a routine: with a name, or with a first stretch; a visitor becomes a guest by it."""

import pytest
from django.test import Client

from accounts.models import User
from routines import services
from routines.models import Routine
from tests.routines.factories import RoutineFactory, make_caution, make_stretch
from tests.routines.pages import SEARCH, is_page, text, total

pytestmark = pytest.mark.django_db
URL = "/routines/new/"


def test_the_empty_builder_lists_the_catalogue(visitor: Client) -> None:
    make_stretch("cat-cow")
    response = visitor.get(URL)
    assert total(response) == 0
    assert 'value="cat-cow" form="new-form"' in text(response)
    assert User.objects.count() == 0


def test_searching_without_scripts_is_a_page(visitor: Client) -> None:
    make_stretch("cat-cow")
    make_stretch("chest-opener")
    response = visitor.get(URL, {"q": "chest"})
    assert is_page(response)
    assert "add-chest-opener" in text(response)
    assert "add-cat-cow" not in text(response)


def test_htmx_gets_only_the_results(visitor: Client) -> None:
    make_stretch("chest-opener")
    response = visitor.get(URL, {"q": "chest"}, headers=SEARCH)
    assert not is_page(response)
    assert text(response).strip().startswith('<div id="picker-results">')
    assert "add-chest-opener" in text(response)


def test_finding_nothing_says_what_to_do(visitor: Client) -> None:
    assert "Try another word" in text(visitor.get(URL, {"q": "zzz"}))


def test_a_visitor_who_names_a_routine_becomes_a_guest(visitor: Client) -> None:
    response = visitor.post(URL, {"name": "Mornings", "context": "bed"})
    routine = Routine.objects.get()
    assert response["Location"] == f"/routines/{routine.pk}/edit/"
    assert routine.owner is not None
    assert routine.owner.is_guest
    assert (routine.name, routine.context) == ("Mornings", "bed")
    assert visitor.get(response["Location"]).status_code == 200


def test_a_first_stretch_needs_no_name(visitor: Client) -> None:
    make_stretch("cat-cow")
    visitor.post(URL, {"name": "", "context": "any", "stretch": "cat-cow"})
    routine = Routine.objects.get()
    assert routine.name == "My routine"
    assert [step.stretch.slug for step in routine.steps.all()] == ["cat-cow"]


def test_a_second_nameless_one_gets_a_number(owner: Client, user: User, shelf_version: str) -> None:
    make_stretch("cat-cow")
    for _ in range(2):
        owner.post(URL, {"name": "", "context": "any", "stretch": "cat-cow"})
    assert sorted(r.name for r in user.routines.all()) == ["My routine", "My routine 2"]


def test_a_name_is_needed_without_a_stretch(visitor: Client) -> None:
    response = visitor.post(URL, {"name": "", "context": "bed"})
    assert response.status_code == 422
    assert "Please give your routine a name." in text(response)
    assert '<option value="bed" selected>' in text(response)
    assert User.objects.count() == 0


@pytest.mark.parametrize("name", ["a\x00b", "x" * 81, "Rückwärts\u202e"])
def test_what_cannot_be_a_name_is_kept_and_explained(visitor: Client, name: str) -> None:
    response = visitor.post(URL, {"name": name, "context": "any"})
    assert response.status_code == 422
    assert "errorlist" in text(response)
    assert not Routine.objects.exists()


def test_a_stretch_to_avoid_is_asked_about_first(owner: Client, user: User, shelf_version: str) -> None:
    make_caution("knee-to-chest", "hip", substitute="cat-cow")
    user.conditions = ["hip"]
    user.save(update_fields=["conditions"])
    data = {"name": "Mine", "context": "bed", "stretch": "knee-to-chest"}
    response = owner.post(URL, data)
    assert response.status_code == 422
    assert "Knee-to-chest may not be for you now" in text(response)
    assert "Add Cat-cow instead" in text(response)
    assert '<input type="hidden" name="name" value="Mine">' in text(response)
    assert not Routine.objects.exists()
    owner.post(URL, {**data, "sure": "1"})
    assert Routine.objects.get().steps.get().stretch.slug == "knee-to-chest"


def test_the_limit_is_said(owner: Client, user: User, shelf_version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_ROUTINES", 1)
    RoutineFactory.create(owner=user)
    response = owner.post(URL, {"name": "One more", "context": "any"})
    assert response.status_code == 422
    assert "the most there can be" in text(response)
    assert 'value="One more"' in text(response)


def test_it_takes_get_and_post_only(visitor: Client) -> None:
    assert visitor.put(URL).status_code == 405
