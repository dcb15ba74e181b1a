"""The number of queries does not grow with the data, and the pages do without scripts and inline code."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from routines.models import Routine
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_caution, make_step
from tests.routines.pages import text

pytestmark = pytest.mark.django_db

Count = Callable[[Client, str], int]
SLUGS = ("walking", "cat-cow", "knee-to-chest", "chest-opener", "upward-facing-dog", "standing-calf")


def fill(routine: Routine, rounds: int) -> None:
    for _ in range(rounds):
        for slug in SLUGS:
            make_step(routine, slug)


@pytest.fixture
def cautious(user: User) -> User:
    """The owner, with a condition that speaks against several stretches."""
    make_caution("knee-to-chest", "hip", substitute="cat-cow")
    make_caution("standing-calf", "hip", "modify")
    user.conditions = ["hip"]
    user.save(update_fields=["conditions"])
    return user


def test_the_list_does_not_ask_for_each_routine(
    owner: Client, user: User, shelf_version: str, count_queries: Count
) -> None:
    fill(RoutineFactory.create(owner=user), 1)
    fill(ReadyMadeFactory.create(), 1)
    owner.get("/routines/")
    few = count_queries(owner, "/routines/")
    for _ in range(6):
        fill(RoutineFactory.create(owner=user), 1)
        fill(ReadyMadeFactory.create(), 1)
    assert count_queries(owner, "/routines/") == few


@pytest.mark.parametrize("page", ["", "edit/", "print/"])
def test_a_page_does_not_ask_for_each_step(
    owner: Client, cautious: User, routine: Routine, count_queries: Count, page: str
) -> None:
    url = f"/routines/{routine.pk}/{page}"
    fill(routine, 1)
    owner.get(url)
    few = count_queries(owner, url)
    fill(routine, 5)
    assert count_queries(owner, url) == few


def test_a_visitors_list_takes_one_query(visitor: Client, count_queries: Count) -> None:
    fill(ReadyMadeFactory.create(), 1)
    visitor.get("/routines/")
    # The shelf's version; the ready-made cards are kept for it.
    assert count_queries(visitor, "/routines/") == 1


def test_a_visitors_builder_takes_one_query(visitor: Client, count_queries: Count) -> None:
    visitor.get("/routines/new/")
    assert count_queries(visitor, "/routines/new/") == 1


@pytest.mark.parametrize("page", ["", "edit/", "print/"])
def test_ids_are_unique_and_nothing_is_inline(owner: Client, cautious: User, routine: Routine, page: str) -> None:
    fill(routine, 2)
    step = routine.steps.all()[2]
    html = text(owner.get(f"/routines/{routine.pk}/{page}?open={step.pk}"))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert not re.search(r'\s(style|on\w+)="', html)
    for name in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        assert set(name.split()) <= set(ids), name
