"""Probes get an answer whatever host they ask for, and no detail beyond it."""

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

ANY_HOST = {"host": "10.0.0.7:8000"}


def test_the_process_answers_whoever_asks(client: Client) -> None:
    response = client.get("/healthz", headers=ANY_HOST)
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_ready_when_the_database_is_up_to_date(client: Client, db: None) -> None:
    response = client.get("/readyz", headers=ANY_HOST)
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_not_ready_while_migrations_wait(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations pending\n")


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("secret detail")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database unavailable\n")
