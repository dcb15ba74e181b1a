"""A pytest plugin that keeps only the tests that use the database: `-p tests.database_only`.

For the second database of `make test`: what computes without one has been tested already.
"""

import pytest

FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what neither is marked nor asks for a fixture of the database."""

    def uses_database(item: pytest.Item) -> bool:
        fixtures = set(getattr(item, "fixturenames", ()))
        return bool(fixtures & FIXTURES) or item.get_closest_marker("django_db") is not None

    kept = [item for item in items if uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
    items[:] = kept
