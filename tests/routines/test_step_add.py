"""Adding a stretch in the builder."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines import services
from routines.models import Routine, Step
from tests.routines.factories import LONG_AGO, make_caution, make_stretch
from tests.routines.pages import HTMX, is_page, post, steps, text, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(routine: Routine) -> str:
    return f"/routines/{routine.pk}/steps/"


def test_it_comes_last_and_the_page_goes_there(owner: Client, url: str, routine: Routine, three: list[Step]) -> None:
    make_stretch("chest-opener")
    response = post(owner, url, routine, {"stretch": "chest-opener", "q": "chest"})
    added = routine.steps.last()
    assert added is not None
    assert response["Location"] == f"/routines/{routine.pk}/edit/?q=chest#step-{added.pk}"
    assert added.stretch.slug == "chest-opener"
    assert "Chest opener added." in text(owner.get(response["Location"]))


def test_htmx_gets_the_builder_with_the_new_total(owner: Client, url: str, routine: Routine, three: list[Step]) -> None:
    make_stretch("chest-opener")
    response = post(owner, url, routine, {"stretch": "chest-opener"}, headers=HTMX)
    assert not is_page(response)
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest", "chest-opener"]
    assert total(response) == 545 + 20 + 70
    assert "Chest opener added." in text(response)


def test_an_open_form_stays_open(owner: Client, url: str, routine: Routine, three: list[Step]) -> None:
    make_stretch("chest-opener")
    data = {"stretch": "chest-opener", "open": three[0].pk}
    assert 'class="step-form"' in text(post(owner, url, routine, data, headers=HTMX))
    assert f"open={three[0].pk}" in post(owner, url, routine, data)["Location"]


@pytest.mark.parametrize(("place", "expected"), [("0", 0), ("2", 2), ("x", 3), ("²", 3), ("99999", 3)])
def test_it_can_go_to_a_place(
    owner: Client, url: str, routine: Routine, three: list[Step], place: str, expected: int
) -> None:
    make_stretch("chest-opener")
    response = post(owner, url, routine, {"stretch": "chest-opener", "place_at": place}, headers=HTMX)
    assert steps(response).index("chest-opener") == expected


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_stretch_to_avoid_is_asked_about_first(
    owner: Client, user: User, url: str, routine: Routine, three: list[Step], headers: dict[str, str]
) -> None:
    make_caution("pigeon-pose", "knee", substitute="cat-cow")
    user.conditions = ["knee"]
    user.save(update_fields=["conditions"])
    response = post(owner, url, routine, {"stretch": "pigeon-pose"}, headers=headers)
    assert response.status_code == 422
    page = text(response)
    assert "Pigeon pose may not be for you now" in page
    assert "Add Cat-cow instead" in page
    assert routine.steps.count() == 3
    assert post(owner, url, routine, {"stretch": "pigeon-pose", "sure": "1"}).status_code == 302
    assert routine.steps.count() == 4


def test_what_is_out_for_another_condition_is_no_substitute(
    owner: Client, user: User, url: str, routine: Routine
) -> None:
    make_caution("pigeon-pose", "knee", substitute="piriformis-figure-4")
    make_caution("piriformis-figure-4", "hip")
    user.conditions = ["hip", "knee"]
    user.save(update_fields=["conditions"])
    page = text(post(owner, url, routine, {"stretch": "pigeon-pose"}))
    assert "Pigeon pose may not be for you now" in page
    assert "instead</button>" not in page


def test_what_needs_clearance_is_asked_about(owner: Client, user: User, url: str, routine: Routine) -> None:
    condition = make_caution("walking", "recent_surgery", "modify").condition
    condition.severity, condition.exempt = "clearance", ["walking"]
    condition.save(update_fields=["severity", "exempt"])
    make_stretch("cat-cow")
    user.conditions = ["recent_surgery"]
    user.save(update_fields=["conditions"])
    assert "Take it slowly." in text(post(owner, url, routine, {"stretch": "cat-cow"}))
    assert post(owner, url, routine, {"stretch": "walking"}).status_code == 302


@pytest.mark.parametrize("slug", ["nothing", "", "cat-cow"])
def test_what_is_not_offered_is_not_found(owner: Client, url: str, routine: Routine, slug: str) -> None:
    make_stretch("cat-cow", retired_at=LONG_AGO)
    assert post(owner, url, routine, {"stretch": slug}).status_code == 404


def test_the_limit_is_said_kindly(
    owner: Client, url: str, routine: Routine, three: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_STEPS", 3)
    response = post(owner, url, routine, {"stretch": "cat-cow"})
    assert response.status_code == 422
    assert "Please remove one first." in text(response)


def test_a_stranger_gets_404(client_as: Callable[[User], Client], stranger: User, url: str, three: list[Step]) -> None:
    response = client_as(stranger).post(url, {"version": 1, "stretch": "cat-cow"})
    assert response.status_code == 404
    assert Step.objects.count() == 3


def test_a_visitor_is_asked_to_sign_in(visitor: Client, url: str) -> None:
    assert visitor.post(url, {"version": 1, "stretch": "cat-cow"}).status_code == 302


def test_htmx_of_somebody_signed_out_leaves_the_page(visitor: Client, url: str) -> None:
    assert "HX-Redirect" in visitor.post(url, {"version": 1}, headers=HTMX).headers


def test_it_takes_posts_only(owner: Client, url: str) -> None:
    assert owner.get(url).status_code == 405
