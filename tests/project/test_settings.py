"""The settings: strict by default, loud about mistakes, fit for the open network."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from backcare import env
from tests.project.files import ROOT

PUBLIC = {"SITE_URL": "https://back.example.org", "TRUSTED_PROXIES": "1", "DJANGO_SETTINGS_MODULE": "backcare.settings"}


def manage(*arguments: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    """Run a management command with the real settings and nothing of this environment's."""
    names = {"SECRET_KEY", "DATABASE_URL", "DATA_DIR", "DEBUG"}
    clean = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**clean, **extra}, capture_output=True, text=True, check=False)


def test_the_policy_allows_only_ourselves(client: Client, db: None) -> None:
    header = client.get(reverse("accounts:sign-in")).headers["Content-Security-Policy"]
    assert "unsafe" not in header
    assert "default-src 'none'" in header
    assert "script-src 'self'" in header
    assert "http:" not in header
    assert "https:" not in header


def test_pages_are_kept_by_nobody(client: Client, db: None) -> None:
    headers = client.get(reverse("accounts:sign-in")).headers
    assert "no-store" in headers["Cache-Control"]
    assert "HX-Request" in headers["Vary"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_fit_for_the_open_network(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PUBLIC, DATA_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr


def test_plain_http_is_not_fit_for_the_open_network(tmp_path: Path) -> None:
    done = manage("check", "--deploy", **{**PUBLIC, "SITE_URL": "http://back.example.org"}, DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "backcare.E001" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("PORT", "high"),
        ("PORT", "0"),
        ("TRUSTED_PROXIES", "-1"),
        ("SITE_URL", "back.example.org"),
        ("SITE_URL", "https://back.example.org/path/"),
        ("DATABASE_URL", "mysql://localhost/back"),
        ("SECRET_KEY_FILE", "/nowhere/to/be/found"),
    ],
)
def test_a_wrong_value_stops_the_start(name: str, value: str, tmp_path: Path) -> None:
    extra = {"DJANGO_SETTINGS_MODULE": "backcare.settings", "DATA_DIR": str(tmp_path), name: value}
    done = manage("check", **extra)
    assert done.returncode != 0
    assert name.removesuffix("_FILE") in done.stderr


def test_the_secret_key_is_made_once_and_for_the_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path / "data")
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600
    assert env.secret_key(tmp_path / "data") == key


def test_a_damaged_secret_key_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        env.secret_key(tmp_path)


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("SOMETHING_FILE", str(tmp_path / "key"))
    assert env.env_str("SOMETHING") == "from a file"


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 46, 1), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_wal_only_where_it_is_sound(version: tuple[int, int, int], mode: str) -> None:
    assert env.sqlite_journal_mode(version) == mode


def test_sqlite_waits_and_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    entry = env.database("", tmp_path)
    assert entry["NAME"] == tmp_path / "backcare.sqlite3"
    options = entry["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 20
    assert "synchronous=FULL" in options["init_command"]


def test_an_address_of_postgresql(tmp_path: Path) -> None:
    entry = env.database("postgres://me:p%40ss@db.example.org:5433/back?sslmode=require", tmp_path)
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert [entry[name] for name in names] == [
        "django.db.backends.postgresql", "back", "me", "p@ss", "db.example.org", "5433", {"sslmode": "require"},
    ]  # fmt: skip
    assert env.database("postgresql://me@/back?host=/run/pg", tmp_path)["HOST"] == "/run/pg"


def test_transactions_are_ours_to_open() -> None:
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_migrations_are_up_to_date(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
