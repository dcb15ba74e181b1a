"""Fixtures of the catalogue: the real files read once, a copy to spoil, and the loaded rows."""

import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stretches.content import CATALOGUE, Catalogue, read
from stretches.loader import load


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped content, read once for the whole run."""
    return read()


@pytest.fixture
def loaded(db: None, catalogue: Catalogue, now: datetime) -> Catalogue:
    """The shipped content in the database."""
    load(catalogue, now=now)
    return catalogue


@pytest.fixture(scope="module")
def shelved(catalogue: Catalogue, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Catalogue]:
    """The shipped content in the database, loaded once for all tests of a module.

    Loading takes a second. Each test still gets its own transaction inside this one, so what
    it changes is gone for the next; a module that needs an empty catalogue uses `loaded`.
    """
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()  # left only after the last test of the module
        load(catalogue, now=datetime(2026, 3, 4, 12, tzinfo=UTC))
    yield catalogue
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


class Copy:
    """A copy of the content files that a test may spoil."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first occurrence of `old`, which must be there."""
        target = self.path / file
        text = target.read_text()
        assert old in text, f"{file} has no {old!r}"
        target.write_text(text.replace(old, new, 1))

    def append(self, file: str, text: str) -> None:
        """Add to the end of a file."""
        target = self.path / file
        target.write_text(target.read_text() + text)


# Parsing takes most of the time of reading, and a spoilt copy differs in one file.
_parse_once = cache(tomllib.loads)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A copy of the content files."""
    monkeypatch.setattr(tomllib, "loads", _parse_once)
    shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    return Copy(tmp_path / "catalogue")
