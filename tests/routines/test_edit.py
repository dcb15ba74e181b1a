"""The builder's page: what it shows, what it lets open, and saving what stands above the steps."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from routines.models import Routine, Step
from tests.routines.factories import make_stretch
from tests.routines.pages import HTMX, SEARCH, is_page, post, steps, text, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(routine: Routine) -> str:
    return f"/routines/{routine.pk}/edit/"


def test_it_shows_the_steps_and_the_total(owner: Client, url: str, three: list[Step]) -> None:
    response = owner.get(url)
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest"]
    assert total(response) == 545
    assert 'data-version="1"' in text(response)


def test_an_empty_one_says_where_to_begin(owner: Client, url: str) -> None:
    assert "Still empty" in text(owner.get(url))


def test_one_step_can_be_opened(owner: Client, url: str, three: list[Step]) -> None:
    page = text(owner.get(url, {"open": str(three[2].pk)}))
    assert page.count('class="step-form"') == 1
    assert 'name="seconds" value="30"' in page
    assert "5 to 60 seconds" in page
    assert 'name="repetitions"' not in page


def test_htmx_gets_only_the_builder(owner: Client, url: str, three: list[Step]) -> None:
    response = owner.get(url, {"open": str(three[0].pk)}, headers=HTMX)
    assert not is_page(response)
    assert text(response).strip().startswith('<div id="builder"')
    assert 'id="picker-form"' not in text(response)


def test_htmx_searching_gets_only_the_results(owner: Client, url: str, three: list[Step]) -> None:
    make_stretch("chest-opener")
    response = owner.get(url, {"q": "chest opener"}, headers=SEARCH)
    assert text(response).strip().startswith('<div id="picker-results">')
    assert 'value="chest-opener" form="add-form"' in text(response)


def test_searching_without_scripts_keeps_the_routine(owner: Client, url: str, three: list[Step]) -> None:
    response = owner.get(url, {"q": "cat cow"})
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest"]
    assert "add-cat-cow" in text(response)
    assert "add-walking" not in text(response)


@pytest.mark.parametrize("name", ["open", "removed"])
@pytest.mark.parametrize("value", ["nonsense", str(uuid4())], ids=["nonsense", "unknown"])
def test_nonsense_in_the_address_is_passed_over(
    owner: Client, url: str, three: list[Step], name: str, value: str
) -> None:
    assert owner.get(url, {name: value}).status_code == 200


def test_details_are_saved(owner: Client, url: str, routine: Routine) -> None:
    response = post(owner, url, routine, {"name": "Evenings", "context": "bed", "purpose": "To sleep."})
    assert response["Location"] == url
    routine.refresh_from_db()
    assert (routine.name, routine.context, routine.purpose) == ("Evenings", "bed", "To sleep.")


def test_htmx_sees_the_new_name_at_once(owner: Client, url: str, routine: Routine) -> None:
    response = post(owner, url, routine, {"name": "Evenings", "context": "bed", "purpose": ""}, headers=HTMX)
    assert "<h1>Evenings</h1>" in text(response)
    assert 'data-version="2"' in text(response)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_mistake_keeps_what_was_typed(owner: Client, url: str, routine: Routine, headers: dict[str, str]) -> None:
    data = {"name": "x" * 81, "context": "bed", "purpose": "To sleep well."}
    response = post(owner, url, routine, data, headers=headers)
    assert response.status_code == 422
    assert 'value="To sleep well."' in text(response)
    assert '<details class="more" id="details" open>' in text(response)
    routine.refresh_from_db()
    assert routine.name == "Mornings"


def test_an_invisible_character_is_explained_beside_the_name(owner: Client, url: str, routine: Routine) -> None:
    data = {"name": "Mo\u202enings", "context": "any", "purpose": ""}
    response = post(owner, url, routine, data)
    assert response.status_code == 422
    assert "There is an invisible character" in text(response)


def test_a_stranger_gets_404(client_as: Callable[[User], Client], stranger: User, url: str) -> None:
    client = client_as(stranger)
    assert client.get(url).status_code == 404
    assert client.post(url, {"name": "Mine", "version": 1}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(visitor: Client, url: str) -> None:
    assert visitor.get(url).status_code == 302


def test_it_takes_get_and_post_only(owner: Client, url: str) -> None:
    assert owner.delete(url).status_code == 405
