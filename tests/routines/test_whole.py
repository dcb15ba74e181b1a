"""Copying, deleting and bringing back whole routines."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines import services
from routines.models import Routine, Step
from tests.routines.factories import LONG_AGO, ReadyMadeFactory, RoutineFactory, make_step
from tests.routines.pages import steps, text

pytestmark = pytest.mark.django_db
COPY = "/routines/copy/"


@pytest.fixture
def ready(shelf_version: str) -> Routine:
    routine = ReadyMadeFactory.create(slug="ease", name="Ease")
    make_step(routine, "cat-cow")
    return routine


def test_a_visitor_makes_a_ready_made_one_theirs(visitor: Client, ready: Routine) -> None:
    response = visitor.post(COPY, {"ready": "ease"})
    mine = Routine.objects.get(slug=None)
    assert response["Location"] == f"/routines/{mine.pk}/edit/"
    assert steps(visitor.get(response["Location"])) == ["cat-cow"]
    assert mine.owner is not None
    assert mine.owner.is_guest


def test_ones_own_can_be_copied(owner: Client, user: User, routine: Routine, three: list[Step]) -> None:
    owner.post(COPY, {"routine": routine.pk})
    assert sorted(r.name for r in user.routines.all()) == ["Mornings", "Mornings 2"]


@pytest.mark.parametrize("data", [{}, {"ready": "nothing"}, {"routine": "nonsense"}])
def test_what_there_is_not_cannot_be_copied(owner: Client, ready: Routine, data: dict[str, str]) -> None:
    assert owner.post(COPY, data).status_code == 404


def test_a_strangers_cannot_be_copied(
    client_as: Callable[[User | None], Client], stranger: User, routine: Routine
) -> None:
    assert client_as(stranger).post(COPY, {"routine": routine.pk}).status_code == 404
    assert client_as(None).post(COPY, {"routine": routine.pk}).status_code == 404
    assert Routine.objects.count() == 1


def test_a_retired_one_is_not_copied(visitor: Client, ready: Routine) -> None:
    Routine.objects.update(retired_at=LONG_AGO)
    assert visitor.post(COPY, {"ready": "ease"}).status_code == 404


def test_at_the_limit_it_says_so(owner: Client, routine: Routine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_ROUTINES", 1)
    response = owner.post(COPY, {"routine": routine.pk})
    assert response["Location"] == f"/routines/{routine.pk}/"
    assert "the most there can be" in text(owner.get(response["Location"]))


def test_deleting_can_be_undone(owner: Client, user: User, routine: Routine) -> None:
    response = owner.post(f"/routines/{routine.pk}/delete/")
    assert response["Location"] == f"/routines/?deleted={routine.pk}"
    assert not user.routines.kept().exists()
    response = owner.post(f"/routines/{routine.pk}/restore/")
    assert response["Location"] == "/routines/"
    assert "Mornings is back." in text(owner.get("/routines/"))


def test_restoring_beyond_the_limit_says_so(
    owner: Client, user: User, routine: Routine, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.post(f"/routines/{routine.pk}/delete/")
    RoutineFactory.create(owner=user)
    monkeypatch.setattr(services, "MOST_ROUTINES", 1)
    response = owner.post(f"/routines/{routine.pk}/restore/")
    assert "the most there can be" in text(owner.get(response["Location"]))


@pytest.mark.parametrize("what", ["delete", "restore"])
def test_who_may_and_how(
    client_as: Callable[[User | None], Client], user: User, stranger: User, routine: Routine, what: str
) -> None:
    url = f"/routines/{routine.pk}/{what}/"
    assert client_as(stranger).post(url).status_code == 404
    assert client_as(None).post(url).status_code == 302
    assert client_as(user).get(url).status_code == 405
    assert Routine.objects.kept().count() == 1


def test_copying_takes_posts_only(visitor: Client, shelf_version: str) -> None:
    assert visitor.get(COPY).status_code == 405
