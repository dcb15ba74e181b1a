"""The checklist: what a person ticks is saved, theirs alone, and shown with what to keep in mind."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.test import Client

from accounts.models import User
from stretches.models import Condition
from tests.stretches.parsed import Page, assert_well_made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

URL = "/account/conditions/"


def ticked(page: Page) -> set[str]:
    return {str(node.attrs["value"]) for node in page.all("input", name="conditions", checked="*")}


def test_it_lists_all_fourteen_with_their_hints():
    page = Page(Client().get(URL).content)
    assert_well_made(page)
    assert len(page.all("input", name="conditions")) == 14
    for condition in Condition.objects.all():
        assert condition.label in page.text
        assert condition.hint in page.text
    assert ticked(page) == set()
    assert "Only you see this" in page.text


def test_looking_makes_nobody_a_guest():
    Client().get(URL)
    assert not User.objects.exists()


def test_a_visitor_who_saves_becomes_a_guest():
    client = Client()
    response = client.post(URL, {"conditions": ["wrist", "knee"]})
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == URL
    person = User.objects.get()
    assert person.is_guest
    assert person.conditions == ["knee", "wrist"]
    page = Page(client.get(URL).content)
    assert ticked(page) == {"knee", "wrist"}
    assert Condition.objects.get(tag="knee").rule in page.text
    assert Condition.objects.get(tag="hip").rule not in page.text


def test_a_person_changes_their_mind(client_as: Callable[[User | None], Client], user: User):
    user.conditions = ["knee"]
    user.save(update_fields=["conditions"])
    client = client_as(user)
    assert ticked(Page(client.get(URL).content)) == {"knee"}
    client.post(URL, {"conditions": ["hip"]})
    user.refresh_from_db()
    assert user.conditions == ["hip"]
    client.post(URL, {})
    user.refresh_from_db()
    assert user.conditions == []


def test_one_persons_ticks_are_not_anothers(client_as: Callable[[User | None], Client], user: User, stranger: User):
    client_as(user).post(URL, {"conditions": ["knee"]})
    assert ticked(Page(client_as(stranger).get(URL).content)) == set()
    assert ticked(Page(Client().get(URL).content)) == set()


def test_an_unknown_tag_is_refused_and_ticks_are_kept(client_as: Callable[[User | None], Client], user: User):
    response = client_as(user).post(URL, {"conditions": ["knee", "wings"]})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = Page(response.content)
    assert_well_made(page)
    assert ticked(page) == {"knee"}
    assert "“wings” is not on the list" in page.text
    user.refresh_from_db()
    assert user.conditions == []


def test_a_refused_form_makes_nobody_a_guest():
    assert Client().post(URL, {"conditions": ["wings"]}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not User.objects.exists()


def test_no_copy_of_it_is_kept(client_as: Callable[[User | None], Client], user: User):
    assert "no-store" in client_as(user).get(URL).headers["Cache-Control"]


def test_it_needs_the_forms_token(user: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(URL, {"conditions": ["knee"]}).status_code == HTTPStatus.FORBIDDEN


def test_it_rejects_other_methods():
    assert Client().delete(URL).status_code == HTTPStatus.METHOD_NOT_ALLOWED
