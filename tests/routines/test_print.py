"""The sheets to print."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines.models import Routine, Step
from tests.routines.factories import ReadyMadeFactory, make_step
from tests.routines.pages import steps, text, total

pytestmark = pytest.mark.django_db


def test_ones_own_has_steps_doses_and_instructions(owner: Client, routine: Routine, three: list[Step]) -> None:
    response = owner.get(f"/routines/{routine.pk}/print/")
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest"]
    assert total(response) == 545
    assert "Move gently." in text(response)


def test_a_ready_made_one_is_for_everybody(visitor: Client) -> None:
    make_step(ReadyMadeFactory.create(slug="ease", name="Ease"), "cat-cow")
    assert steps(visitor.get("/routines/ready/ease/print/")) == ["cat-cow"]


def test_a_stranger_gets_404(client_as: Callable[[User], Client], stranger: User, routine: Routine) -> None:
    assert client_as(stranger).get(f"/routines/{routine.pk}/print/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(visitor: Client, routine: Routine) -> None:
    assert visitor.get(f"/routines/{routine.pk}/print/").status_code == 302


def test_it_is_only_read(owner: Client, routine: Routine) -> None:
    assert owner.post(f"/routines/{routine.pk}/print/").status_code == 405
