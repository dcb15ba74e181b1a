"""Staff may look at the ready-made routines and change nothing; people's own are not shown."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines.models import Routine
from tests.factories import UserFactory
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client_as: Callable[[User], Client]) -> Client:
    return client_as(UserFactory.create(is_staff=True, is_superuser=True))


@pytest.fixture
def ready() -> Routine:
    routine = ReadyMadeFactory.create(name="Desk break")
    make_step(routine)
    return routine


def test_the_list_shows_only_ready_made_ones(staff: Client, ready: Routine) -> None:
    RoutineFactory.create(name="Somebody's secret")
    page = staff.get("/admin/routines/routine/").content.decode()
    assert "Desk break" in page
    assert "secret" not in page


def test_a_routine_can_be_read(staff: Client, ready: Routine) -> None:
    page = staff.get(f"/admin/routines/routine/{ready.pk}/change/").content.decode()
    assert "Desk break" in page
    assert 'name="_save"' not in page


def test_somebodys_own_is_not_found(staff: Client) -> None:
    own = RoutineFactory.create()
    assert staff.get(f"/admin/routines/routine/{own.pk}/change/").status_code == 302


@pytest.mark.parametrize("what", ["change", "delete"])
def test_nothing_can_be_written(staff: Client, ready: Routine, what: str) -> None:
    assert staff.post(f"/admin/routines/routine/{ready.pk}/{what}/", {"name": "New"}).status_code == 403
    assert staff.get("/admin/routines/routine/add/").status_code == 403
