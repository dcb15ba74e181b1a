"""Fixtures for the whole suite: the cast, clients, query counting. No test data beyond people."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests import hypothesis_profiles  # noqa: F401  (no deadline: a busy machine is no defect)
from tests.factories import GuestFactory, UserFactory
from tests.figures import draw_once


@pytest.fixture(scope="session", autouse=True)
def figures() -> None:
    """The drawn figures, as pages show them."""
    draw_once()


@pytest.fixture
def now() -> datetime:
    """A Wednesday noon."""
    return datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def user(db: None) -> User:
    """The owner of what a test looks at."""
    return UserFactory.create(email="alice@example.org")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody else with an account."""
    return UserFactory.create(email="charlie@example.org")


@pytest.fixture
def guest(db: None) -> User:
    """Somebody without an account."""
    return GuestFactory.create()


@pytest.fixture
def client_as() -> Callable[[User | None], Client]:
    """Build a client signed in as that person, or an anonymous one for None."""

    def build(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return build


@pytest.fixture
def count_queries(db: None) -> Callable[[Client, str], int]:
    """Count how many queries a 200 answer took."""

    def count(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
            assert response.status_code == 200, response.status_code
        return len(captured)

    return count
