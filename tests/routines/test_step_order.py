"""Moving a step by its buttons, and all of them by dragging."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines.models import Routine, Step
from tests.routines.factories import RoutineFactory, make_step
from tests.routines.pages import HTMX, post, steps, text

pytestmark = pytest.mark.django_db


def move_url(step: Step) -> str:
    return f"/routines/{step.routine_id}/steps/{step.pk}/move/"


@pytest.mark.parametrize(
    ("place", "to", "expected"),
    [
        (2, "up", ["walking", "knee-to-chest", "cat-cow"]),
        (1, "down", ["walking", "knee-to-chest", "cat-cow"]),
        (0, "up", ["walking", "cat-cow", "knee-to-chest"]),
    ],
)
def test_a_step_moves_by_one(
    owner: Client, routine: Routine, three: list[Step], place: int, to: str, expected: list[str]
) -> None:
    response = post(owner, move_url(three[place]), routine, {"to": to}, headers=HTMX)
    assert steps(response) == expected


def test_it_says_where_the_step_is_now(owner: Client, routine: Routine, three: list[Step]) -> None:
    response = post(owner, move_url(three[2]), routine, {"to": "up"}, headers=HTMX)
    assert "Knee-to-chest is now step 2." in text(response)
    assert f'data-about="change-{three[2].pk}"' in text(response)


def test_without_scripts_the_page_goes_to_the_step(owner: Client, routine: Routine, three: list[Step]) -> None:
    response = post(owner, move_url(three[2]), routine, {"to": "up"})
    assert response["Location"].endswith(f"/edit/#step-{three[2].pk}")


def test_a_dragged_order_is_saved(owner: Client, routine: Routine, three: list[Step]) -> None:
    order = ",".join(str(step.pk) for step in reversed(three))
    data = {"order": order, "moved": three[2].pk}
    response = post(owner, f"/routines/{routine.pk}/order/", routine, data, headers=HTMX)
    assert steps(response) == ["knee-to-chest", "cat-cow", "walking"]


@pytest.mark.parametrize("order", ["", "nonsense", "one-missing", "foreign"])
def test_an_order_that_is_none_changes_nothing(owner: Client, routine: Routine, three: list[Step], order: str) -> None:
    if order == "one-missing":
        order = str(three[0].pk)
    elif order == "foreign":
        foreign = make_step(RoutineFactory.create(), "cat-cow")
        order = ",".join(str(step.pk) for step in [*three[:2], foreign])
    response = post(owner, f"/routines/{routine.pk}/order/", routine, {"order": order})
    assert response.status_code == 422
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest"]
    assert "Please load the page again." in text(response)


def test_a_removed_step_cannot_be_moved(owner: Client, routine: Routine, three: list[Step]) -> None:
    Step.objects.filter(pk=three[1].pk).update(removed_at=routine.created_at)
    assert post(owner, move_url(three[1]), routine, {"to": "up"}).status_code == 422


@pytest.mark.parametrize("which", ["move", "order"])
def test_who_may_and_how(
    client_as: Callable[[User | None], Client], user: User, stranger: User, three: list[Step], which: str
) -> None:
    url = move_url(three[0]) if which == "move" else f"/routines/{three[0].routine_id}/order/"
    assert client_as(stranger).post(url, {"version": 1}).status_code == 404
    assert client_as(None).post(url, {"version": 1}).status_code == 302
    assert client_as(user).get(url).status_code == 405
