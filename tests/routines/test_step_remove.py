"""Removing a step, putting it back, and swapping it for a gentler one."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from routines import services
from routines.models import Routine, Step
from tests.routines.factories import make_caution, make_stretch
from tests.routines.pages import HTMX, post, steps, text

pytestmark = pytest.mark.django_db


def url(step: Step, what: str) -> str:
    return f"/routines/{step.routine_id}/steps/{step.pk}/{what}/"


def test_a_removed_step_leaves_a_way_back_in_its_place(owner: Client, routine: Routine, three: list[Step]) -> None:
    response = post(owner, url(three[1], "remove"), routine, headers=HTMX)
    page = text(response)
    assert steps(response) == ["walking", "knee-to-chest"]
    assert page.index("Easy walk") < page.index("Cat-cow is removed.") < page.index("Knee-to-chest</h2>")
    assert url(three[1], "restore") in page


def test_the_same_without_scripts(owner: Client, routine: Routine, three: list[Step]) -> None:
    response = post(owner, url(three[1], "remove"), routine)
    assert response["Location"] == f"/routines/{routine.pk}/edit/?removed={three[1].pk}#removed"
    assert "Cat-cow is removed." in text(owner.get(response["Location"]))


def test_undo_puts_it_back(owner: Client, routine: Routine, three: list[Step]) -> None:
    post(owner, url(three[1], "remove"), routine)
    response = post(owner, url(three[1], "restore"), routine, headers=HTMX)
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest"]
    assert "Cat-cow is back." in text(response)
    assert "is removed" not in text(response)


def test_undo_when_it_is_full(
    owner: Client, routine: Routine, three: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    post(owner, url(three[1], "remove"), routine)
    monkeypatch.setattr(services, "MOST_STEPS", 2)
    assert post(owner, url(three[1], "restore"), routine).status_code == 422


def test_removing_twice_is_said(owner: Client, routine: Routine, three: list[Step]) -> None:
    post(owner, url(three[1], "remove"), routine)
    assert post(owner, url(three[1], "remove"), routine).status_code == 422


@pytest.mark.parametrize("what", ["move", "remove", "restore", "swap"])
def test_an_unknown_step_is_said_to_be_gone(owner: Client, routine: Routine, three: list[Step], what: str) -> None:
    address = f"/routines/{routine.pk}/steps/{uuid4()}/{what}/"
    response = post(owner, address, routine, {"stretch": "cat-cow"})
    assert response.status_code == 422
    assert "no longer in the routine" in text(response)


def test_the_advice_offers_the_swap_and_it_works(
    owner: Client, user: User, routine: Routine, three: list[Step]
) -> None:
    make_caution("knee-to-chest", "hip", substitute="chest-opener")
    user.conditions = ["hip"]
    user.save(update_fields=["conditions"])
    page = text(owner.get(f"/routines/{routine.pk}/edit/"))
    assert "Swap for Chest opener" in page
    assert url(three[2], "swap") in page
    response = post(owner, url(three[2], "swap"), routine, {"stretch": "chest-opener"}, headers=HTMX)
    assert steps(response) == ["walking", "cat-cow", "chest-opener"]
    assert "Chest opener takes the place of Knee-to-chest." in text(response)
    assert "Knee-to-chest is removed." in text(response)


def test_swapping_for_nothing_known_is_not_found(owner: Client, routine: Routine, three: list[Step]) -> None:
    assert post(owner, url(three[0], "swap"), routine, {"stretch": "nothing"}).status_code == 404


@pytest.mark.parametrize("what", ["remove", "restore", "swap"])
def test_who_may_and_how(
    client_as: Callable[[User | None], Client], user: User, stranger: User, three: list[Step], what: str
) -> None:
    make_stretch("cat-cow")
    data = {"version": 1, "stretch": "cat-cow"}
    assert client_as(stranger).post(url(three[0], what), data).status_code == 404
    assert client_as(None).post(url(three[0], what), data).status_code == 302
    assert client_as(user).get(url(three[0], what)).status_code == 405
    assert Step.objects.count() == 3
