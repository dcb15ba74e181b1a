"""The readers of the environment, and the checks that rest on what they read."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from backcare import checks, env
from backcare.apps import log_database_choice


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("Yes", True), (" on ", True), ("false", False), ("0", False), ("", False)]
)
def test_yes_and_no(text: str, value: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", text)
    assert env.env_bool("SWITCH") is value


def test_a_switch_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SWITCH", raising=False)
    assert env.env_bool("SWITCH", default=True) is True
    assert env.env_bool("SWITCH") is False


def test_perhaps_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="SWITCH must be true or false"):
        env.env_bool("SWITCH")


@pytest.mark.parametrize("text", ["many", "-1", "1.5", ""])
def test_not_a_number(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBER", text)
    with pytest.raises(ImproperlyConfigured, match="NUMBER must be a whole number"):
        env.env_int("NUMBER", 3)


def test_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBER", " 12 ")
    assert env.env_int("NUMBER", 3) == 12
    monkeypatch.delenv("NUMBER")
    assert env.env_int("NUMBER", 3) == 3


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_FILE names .* cannot be read"):
        env.env_str("SECRET")


@pytest.mark.parametrize(
    "address", ["", "back.example.org", "ftp://back.example.org", "https://", "https://a.example/b"]
)
def test_not_an_address(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SITE_URL must look like"):
        env.site_url(address)


def test_an_address() -> None:
    assert env.site_url("https://back.example.org:8443/").netloc == "back.example.org:8443"


def test_a_given_secret_key_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert env.secret_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_a_data_folder_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "data").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"(?i)data"):
        env.secret_key(tmp_path / "data" / "inside")


def test_databases_by_address(tmp_path: Path) -> None:
    assert env.database(f"sqlite://{tmp_path}/other.sqlite3", tmp_path)["NAME"] == tmp_path / "other.sqlite3"
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with"):
        env.database("mysql://localhost/back", tmp_path)


@pytest.mark.parametrize(("https", "count"), [(True, 0), (False, 1)])
def test_a_public_site_needs_https(https: bool, count: int) -> None:
    with override_settings(HTTPS=https):
        assert len(checks.site_url_is_https(None)) == count


def test_the_data_folder_must_be_writable(tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path / "new"):
        assert checks.data_directory_is_writable(None) == []
    (tmp_path / "file").write_text("")
    with override_settings(DATA_DIR=tmp_path / "file"):
        assert [message.id for message in checks.data_directory_is_writable(None)] == ["backcare.E002"]


@pytest.mark.parametrize(("mode", "words"), [("WAL", "journal_mode=WAL"), ("TRUNCATE", "WAL is not used")])
def test_the_log_says_how_the_database_is_opened(
    mode: str, words: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
    monkeypatch.setattr("backcare.apps.sqlite_journal_mode", lambda: mode)
    monkeypatch.setattr("backcare.apps.settings.DATABASES", engine)
    with caplog.at_level(logging.INFO, logger="backcare"):
        log_database_choice()
    assert words in caplog.text
