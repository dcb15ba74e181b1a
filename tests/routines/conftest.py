"""Fixtures of the routines' pages: a routine with three steps, its owner's client, and a fresh shelf."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from routines.models import Routine, Step
from stretches.models import CatalogueState
from tests.routines.factories import LONG_AGO, RoutineFactory, make_step

SLUGS = ("walking", "cat-cow", "knee-to-chest")


@pytest.fixture
def shelf_version(db: None) -> str:
    """A version of its own, so that no test sees the shelf of another."""
    version = uuid4().hex
    CatalogueState.objects.create(version=version, loaded_at=LONG_AGO)
    return version


@pytest.fixture
def routine(user: User, shelf_version: str) -> Routine:
    """The owner's routine."""
    return RoutineFactory.create(owner=user, name="Mornings")


@pytest.fixture
def three(routine: Routine) -> list[Step]:
    """Its three steps: walking, cat-cow, knee to chest."""
    return [make_step(routine, slug) for slug in SLUGS]


@pytest.fixture
def owner(client_as: Callable[[User | None], Client], user: User) -> Client:
    """A client signed in as the routine's owner."""
    return client_as(user)


@pytest.fixture
def visitor(shelf_version: str) -> Client:
    """A client of somebody nobody knows."""
    return Client()
