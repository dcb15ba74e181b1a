"""A real server for the browser tests: the app as `make run` serves it, on a free port, with data of its own."""

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "backcare.sqlite3"
# Nothing of the machine's own settings may leak in.
OWN = {"DATABASE_URL", "SECRET_KEY", "DATA_DIR", "SITE_URL", "DEBUG", "HOST", "TIME_ZONE", "TRUSTED_PROXIES"}


def free_port() -> int:
    """A port that nobody listens on, and that the system gives to nobody while our server is dead.

    Below the range that connections take their own end from: else somebody who knocks at a dead server's
    port may be given that very port, and the server cannot come back.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Server:
    """Starts, kills and restarts the app as a person would run it; `url` has no trailing slash.

    `made` is a folder from `prepare`; its database is copied, its static files are shared.
    """

    def __init__(self, data: Path, made: Path, *, clock_speed: int) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = environment(data, made / "static") | {
            "PORT": str(self.port),
            "E2E_CLOCK_SPEED": str(clock_speed),
        }
        for name in (DATABASE, "secret_key"):
            shutil.copy2(made / name, data / name)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and return once a page answers."""
        log = self.data / "server.log"
        command = [sys.executable, "-m", "gunicorn", "--config", "scripts/gunicorn.conf.py", "backcare.wsgi"]
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=out, stderr=out, start_new_session=True
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(log.read_text())

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, beside the app."""
        connection = sqlite3.connect(f"file:{self.data / DATABASE}?mode=ro", uri=True)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def environment(data: Path, static: Path) -> dict[str, str]:
    """The variables of a process that works on this data."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return {
        **kept,
        "DATA_DIR": str(data),
        "STATIC_ROOT": str(static),
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "LOG_LEVEL": "WARNING",
    }


def prepare(made: Path) -> None:
    """Make a database with the catalogue in it, the figures and the static files."""
    for command in (["migrate"], ["load_catalogue"], ["draw_figures"], ["collectstatic", "--no-input"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(made, made / "static"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
