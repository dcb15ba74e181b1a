"""Pure cores stay pure when they are really imported, and the docs name the same ones as the linter."""

import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest

from tests.project.files import PACKAGES, ROOT, read

TOOLS: dict[str, Any] = tomllib.loads(read("pyproject.toml"))["tool"]
LAYERS, PURITY = TOOLS["importlinter"]["contracts"]
PURE: list[str] = PURITY["source_modules"]


@pytest.mark.parametrize("module", PURE)
def test_a_pure_core_loads_no_django(module: str) -> None:
    code = (
        f"import sys, {module}; print(sorted({{m.partition('.')[0] for m in sys.modules}} & {{'django', 'sqlite3'}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_layers_are_all_there() -> None:
    assert sorted(LAYERS["layers"]) == sorted(PACKAGES)


def test_the_docs_name_the_same_pure_cores() -> None:
    section = read("docs/architecture.md").partition("## Pure cores")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)) == set(PURE)
