"""The project as an app: it brings the configuration checks and the start line in the log."""

import logging
import sqlite3

from django.apps import AppConfig
from django.conf import settings

from backcare.env import sqlite_journal_mode


class BackcareConfig(AppConfig):
    """No models; checks only."""

    name = "backcare"

    def ready(self) -> None:
        from backcare import checks  # noqa: F401  (registers itself)


def log_database_choice() -> None:
    """One line that says which database is used and, for SQLite, how it is opened and why."""
    engine = str(settings.DATABASES["default"]["ENGINE"]).rsplit(".", 1)[-1]
    detail = ""
    if engine == "sqlite3":
        mode = sqlite_journal_mode()
        detail = f" {sqlite3.sqlite_version}, journal_mode={mode}, synchronous=FULL, transactions IMMEDIATE"
        if mode != "WAL":
            detail += " (this SQLite lacks the fix for its WAL-reset defect, so WAL is not used)"
    logging.getLogger("backcare").info("Database: %s%s", engine, detail)
