"""`make run` in its parts: what is up to date is left alone, and what is wrong is said in one line."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.project.files import ROOT


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(data: Path, **extra: str) -> "subprocess.CompletedProcess[str]":
    """Run the preparation that precedes serving, on a data folder of its own."""
    clean = {k: v for k, v in os.environ.items() if k not in {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    env = {**clean, "DATA_DIR": str(data), "PORT": str(free_port()), **extra}
    command = [sys.executable, "scripts/prepare.py"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = prepare(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use. Try another one: PORT={port + 1} make run\n"
    assert not list(tmp_path.iterdir()), "nothing is prepared for a server that cannot start"


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "high"), ("PORT", "70000"), ("HOST", "not an address"), ("DATABASE_URL", "mysql://x")]
)
def test_a_wrong_value_is_said_in_one_line(name: str, value: str, tmp_path: Path) -> None:
    done = prepare(tmp_path, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_second_start_has_nothing_to_do(tmp_path: Path) -> None:
    # Drawing them is tested where the figures are; here they are there already.
    shutil.copytree(settings.FIGURES_DIR, tmp_path / "figures")
    first = prepare(tmp_path)
    assert first.returncode == 0, first.stderr
    assert (tmp_path / "static" / "staticfiles.json").is_file()
    before = (tmp_path / "static" / "staticfiles.json").stat().st_mtime_ns
    second = prepare(tmp_path)
    assert (second.returncode, second.stdout) == (0, "")
    assert (tmp_path / "static" / "staticfiles.json").stat().st_mtime_ns == before


def test_an_interpreter_that_is_too_old_is_refused(tmp_path: Path) -> None:
    fake = tmp_path / "python3"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    env = {**os.environ, "PYTHON": str(fake)}
    done = subprocess.run(["scripts/python.sh"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "3.12 or newer" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_interpreter_found_is_new_enough() -> None:
    done = subprocess.run(["scripts/python.sh"], cwd=ROOT, capture_output=True, text=True, check=True)
    code = "import sys; print(sys.version_info >= (3, 12))"
    run = subprocess.run([done.stdout.strip(), "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True"
