"""A real server for the browser tests: gunicorn on a free port with its own data directory."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Starts, kills and restarts the app as a person would run it; `url` has no trailing slash."""

    def __init__(self, data: Path, *, clock_speed: int) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "SECRET_KEY", "DATA_DIR"}},
            "DATA_DIR": str(data),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
            "E2E_CLOCK_SPEED": str(clock_speed),
            "LOG_LEVEL": "WARNING",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the database, load the catalogue, build the static files."""
        for command in (["migrate"], ["load_catalogue"], ["collectstatic", "--no-input"]):
            self.manage(*command)

    def manage(self, *arguments: str) -> str:
        """Run a management command against this server's data and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Serve, and return once a page answers."""
        self.log = (self.data / "server.log").open("ab")
        command = [sys.executable, "-m", "gunicorn", "backcare.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "8", "--no-control-socket"],
            cwd=ROOT,
            env=self.env,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2)
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        message = (self.data / "server.log").read_text()
        raise RuntimeError(message)

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.log.close()
            self.process = None
