"""The list of routines: yours first, then the ready-made ones, and a way back after deleting."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from routines.models import Routine, Step
from tests.routines.factories import LONG_AGO, ReadyMadeFactory, RoutineFactory, make_step
from tests.routines.pages import text

pytestmark = pytest.mark.django_db
URL = "/routines/"


def test_a_visitor_sees_the_ready_made_ones(visitor: Client) -> None:
    make_step(ReadyMadeFactory.create(name="Desk break", slug="desk-break"), "chest-opener")
    page = text(visitor.get(URL))
    assert "Desk break" in page
    assert 'name="ready" value="desk-break"' in page
    assert ">Yours<" not in page


def test_the_person_sees_their_own_first(owner: Client, three: list[Step]) -> None:
    ReadyMadeFactory.create(name="Desk break")
    page = text(owner.get(URL))
    assert page.index("Mornings") < page.index("Desk break")
    assert f'name="routine" value="{three[0].routine_id}"' in page


def test_nobody_sees_a_strangers(client_as: Callable[[User], Client], stranger: User, three: list[Step]) -> None:
    assert "Mornings" not in text(client_as(stranger).get(URL))


def test_retired_ones_are_not_offered(visitor: Client) -> None:
    ReadyMadeFactory.create(name="Old times", retired_at=LONG_AGO)
    assert "Old times" not in text(visitor.get(URL))


def test_an_empty_routine_cannot_be_started(owner: Client, routine: Routine) -> None:
    page = text(owner.get(URL))
    assert "Add stretches" in page
    assert f'name="routine" value="{routine.pk}"' not in page


def test_after_deleting_it_offers_the_way_back(owner: Client, user: User, shelf_version: str) -> None:
    gone = RoutineFactory.create(owner=user, name="Gone", deleted_at=LONG_AGO)
    page = text(owner.get(URL, {"deleted": str(gone.pk)}))
    assert "“Gone” is deleted" in page
    assert reverse("routines:restore", args=[gone.pk]) in page


@pytest.mark.parametrize("deleted", ["nonsense", "01a203bd-be86-7387-8f37-cefa7501ef05"])
def test_nonsense_about_deleting_is_passed_over(owner: Client, routine: Routine, deleted: str) -> None:
    assert "is deleted" not in text(owner.get(URL, {"deleted": deleted}))


def test_it_is_only_read(visitor: Client) -> None:
    assert visitor.post(URL).status_code == 405
