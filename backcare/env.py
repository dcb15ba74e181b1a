"""Typed readers for environment variables, loud when a value is wrong.

Only reading and parsing lives here; what a variable means is said in settings.py and
docs/configuration.md. No Django beyond its configuration error.
"""

import os
import secrets
import sqlite3
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}


def env_str(name: str, default: str = "") -> str:
    """The variable's text, or the content of the file that NAME_FILE points to."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            msg = f"{name}_FILE names {file}, which cannot be read: {error.strerror}."
            raise ImproperlyConfigured(msg) from error
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool = False) -> bool:
    """True or False; anything but yes/no words stops the start."""
    value = env_str(name, "true" if default else "false").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    msg = f"{name} must be true or false, not {value!r}."
    raise ImproperlyConfigured(msg)


def env_int(name: str, default: int, *, at_least: int = 0) -> int:
    """A whole number no smaller than `at_least`."""
    value = env_str(name, str(default)).strip()
    try:
        number = int(value)
    except ValueError:
        number = at_least - 1
    if number < at_least:
        msg = f"{name} must be a whole number of at least {at_least}, not {value!r}."
        raise ImproperlyConfigured(msg)
    return number


def site_url(value: str) -> SplitResult:
    """The one public address, parsed: http or https, a host, no path."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        msg = f"SITE_URL must look like https://back.example.org, not {value!r}."
        raise ImproperlyConfigured(msg)
    return parts


def directory(path: Path) -> Path:
    """The directory at `path`, made if it is missing."""
    try:
        # Health notes live here: nobody else on the machine needs to read them.
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        msg = f"DATA_DIR {path} cannot be made: {error.strerror}."
        raise ImproperlyConfigured(msg) from error
    return path


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, or the one kept in `data_dir/secret_key`, made on the first start with mode 0600."""
    given = env_str("SECRET_KEY")
    if given:
        return given
    path = directory(data_dir) / "secret_key"
    try:
        # O_EXCL: of several processes that start at once, one makes the key and the others read it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    except OSError as error:
        msg = f"DATA_DIR {data_dir} cannot be written: {error.strerror}."
        raise ImproperlyConfigured(msg) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def _read_key(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        msg = f"The secret key {path} cannot be read: {error.strerror}."
        raise ImproperlyConfigured(msg) from error
    # A half-written or emptied key would sign sessions with nothing.
    if len(key) < 50:
        msg = f"The secret key {path} is too short. Delete it to make a new one (all sign-ins end)."
        raise ImproperlyConfigured(msg)
    return key


# Releases of SQLite that carry the fix for the WAL-reset defect (sqlite.org/wal.html).
_WAL_FIXED_FROM = (3, 51, 3)
_WAL_FIXED_LINES = {(3, 50): 7, (3, 44): 6}


def sqlite_journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """WAL where the library's WAL is sound, else TRUNCATE; both keep every acknowledged write."""
    line = _WAL_FIXED_LINES.get(version[:2])
    sound = version >= _WAL_FIXED_FROM or (line is not None and version[2] >= line)
    return "WAL" if sound else "TRUNCATE"


def database(url: str, data_dir: Path) -> dict[str, object]:
    """Django's DATABASES entry for DATABASE_URL, or for SQLite in `data_dir` when it is empty."""
    if not url:
        return _sqlite(data_dir / "backcare.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts)
    msg = f"DATABASE_URL must start with postgres:// or sqlite:///, not {parts.scheme!r}."
    raise ImproperlyConfigured(msg)


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue instead of failing with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an acknowledged write survives a power cut. secure_delete: erased means erased.
            "init_command": (
                f"PRAGMA journal_mode={sqlite_journal_mode()};PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
            ),
        },
    }


def _postgres(parts: SplitResult) -> dict[str, object]:
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
