"""The page that a stretch's "Add to a routine" leads to."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines import services
from routines.models import Routine, Step
from tests.routines.factories import make_caution, make_stretch
from tests.routines.pages import text

pytestmark = pytest.mark.django_db
URL = "/routines/add/"


@pytest.fixture
def stretch(shelf_version: str) -> str:
    return make_stretch("chest-opener").slug


def test_a_visitor_is_offered_a_new_one(visitor: Client, stretch: str) -> None:
    page = text(visitor.get(URL, {"stretch": stretch}))
    assert "Add Chest opener to a routine" in page
    assert "To one of yours" not in page
    assert User.objects.count() == 0


def test_a_visitor_gets_a_routine_with_it(visitor: Client, stretch: str) -> None:
    response = visitor.post(URL, {"stretch": stretch, "name": "Desk", "context": "desk"})
    routine = Routine.objects.get()
    assert response["Location"] == f"/routines/{routine.pk}/edit/"
    assert (routine.name, routine.steps.get().stretch.slug) == ("Desk", stretch)


def test_the_person_may_choose_one_of_theirs(owner: Client, routine: Routine, three: list[Step], stretch: str) -> None:
    assert f'name="routine" value="{routine.pk}"' in text(owner.get(URL, {"stretch": stretch}))
    response = owner.post(URL, {"stretch": stretch, "routine": routine.pk})
    added = routine.steps.last()
    assert added is not None
    assert response["Location"] == f"/routines/{routine.pk}/edit/#step-{added.pk}"
    assert added.stretch.slug == stretch


def test_what_to_avoid_is_said_before(owner: Client, user: User, routine: Routine, stretch: str) -> None:
    make_caution(stretch, "shoulder", substitute="cat-cow")
    user.conditions = ["shoulder"]
    user.save(update_fields=["conditions"])
    page = text(owner.get(URL, {"stretch": stretch}))
    assert "This one may not be for you now" in page
    assert "/routines/add/?stretch=cat-cow" in page
    assert owner.post(URL, {"stretch": stretch, "routine": routine.pk}).status_code == 422
    assert routine.steps.count() == 0
    owner.post(URL, {"stretch": stretch, "routine": routine.pk, "sure": "1"})
    assert routine.steps.count() == 1


def test_a_full_routine_says_so(
    owner: Client, routine: Routine, three: list[Step], stretch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_STEPS", 3)
    response = owner.post(URL, {"stretch": stretch, "routine": routine.pk})
    assert "Please remove one first." in text(owner.get(response["Location"]))


def test_somebody_quicker_means_once_more(
    owner: Client, routine: Routine, stretch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quicker(**kwargs: object) -> None:
        raise services.Conflict

    monkeypatch.setattr(services, "add_step", quicker)
    response = owner.post(URL, {"stretch": stretch, "routine": routine.pk})
    assert response["Location"] == f"/routines/add/?stretch={stretch}"
    assert "Please try once more." in text(owner.get(response["Location"]))


@pytest.mark.parametrize("name", ["x" * 81, "a\x00b"])
def test_a_name_that_cannot_be_is_kept(owner: Client, stretch: str, name: str) -> None:
    response = owner.post(URL, {"stretch": stretch, "name": name, "context": "any"})
    assert response.status_code == 422
    assert "errorlist" in text(response)


def test_too_many_routines_are_said(
    owner: Client, routine: Routine, stretch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_ROUTINES", 1)
    response = owner.post(URL, {"stretch": stretch, "name": "More", "context": "any"})
    assert response.status_code == 422
    assert 'value="More"' in text(response)


@pytest.mark.parametrize("routine_id", ["nonsense", "foreign"])
def test_nobody_adds_to_a_strangers(
    client_as: Callable[[User | None], Client], stranger: User, routine: Routine, stretch: str, routine_id: str
) -> None:
    chosen = routine.pk if routine_id == "foreign" else routine_id
    for client in (client_as(stranger), client_as(None)):
        assert client.post(URL, {"stretch": stretch, "routine": chosen}).status_code == 404
    assert Step.objects.count() == 0


@pytest.mark.parametrize("slug", ["", "nothing"])
def test_an_unknown_stretch_is_not_found(visitor: Client, stretch: str, slug: str) -> None:
    assert visitor.get(URL, {"stretch": slug}).status_code == 404


def test_it_takes_get_and_post_only(visitor: Client, stretch: str) -> None:
    assert visitor.put(URL).status_code == 405
