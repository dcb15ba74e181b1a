"""Answers for probes: is the process alive, can it serve. No detail for strangers."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse


def alive() -> HttpResponse:
    """200 as long as the process answers."""
    return _plain("ok", 200)


def ready() -> HttpResponse:
    """200 when the database answers and every migration has been applied, else 503."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _plain("database unavailable", 503)
    return _plain("migrations pending", 503) if behind else _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
