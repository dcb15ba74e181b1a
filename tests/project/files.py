"""Which files the project consists of. Finding them only; what must hold is said in the tests."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("backcare", "accounts", "stretches", "routines", "tracking")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control that exists, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return tuple(path for name in listed.stdout.split("\0") if name and (ROOT / (path := Path(name))).is_file())


def own(*suffixes: str) -> list[Path]:
    """The files with these endings that people write here: nothing vendored."""
    return [path for path in tracked() if path.suffix in suffixes and "vendor" not in path.parts]


def read(path: Path | str) -> str:
    """The text of a file given relative to the root."""
    return (ROOT / path).read_text(encoding="utf-8")
