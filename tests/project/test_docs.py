"""Documentation that cannot drift: what it says about variables, targets, commands and versions is so."""

import ast
import json
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.project.files import PACKAGES, ROOT, own, read, tracked

PAGES = own(".md")
CHORES = ("README.md", "CONTRIBUTING.md")


def variables_read() -> set[str]:
    """Every name that the settings or the server's configuration ask the environment for."""
    names = set()
    for path in [*(p for p in own(".py") if p.parts[0] in PACKAGES), Path("scripts/gunicorn.conf.py")]:
        for node in ast.walk(ast.parse(read(path))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            first = node.args[0]
            if called.startswith("env_") and isinstance(first, ast.Constant) and isinstance(first.value, str):
                names.add(first.value)
    return names


def make_targets() -> set[str]:
    """The chores that `make` lists."""
    return set(re.findall(r"^([a-z0-9-]+):.*## ", read("Makefile"), re.MULTILINE)) - {"help"}


def test_every_variable_is_documented() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/configuration.md"), re.MULTILINE)) == variables_read()


def test_the_example_names_every_variable() -> None:
    named = set(re.findall(r"^# ([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert {name.removesuffix("_FILE") for name in named} == variables_read()


def test_every_chore_is_documented() -> None:
    text = "".join(map(read, CHORES))
    missing = {target for target in make_targets() if not re.search(rf"make {target}\b(?!-)", text)}
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_no_page_names_a_chore_that_is_gone(path: Path) -> None:
    named = set(re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z0-9-]+)", read(path)))
    named |= set(re.findall(r"^(?:[A-Z_]+=\S+ )*make ([a-z0-9-]+)", read(path), re.MULTILINE))
    assert named <= make_targets()


def test_every_command_of_ours_is_documented() -> None:
    own_commands = {name for name, app in get_commands().items() if app.partition(".")[0] in PACKAGES}
    text = "".join(map(read, (*CHORES, "docs/configuration.md", "docs/architecture.md")))
    assert own_commands
    assert {name for name in own_commands if name not in text} == set()


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_no_page_names_a_command_that_is_gone(path: Path) -> None:
    assert set(re.findall(r"manage\.py ([a-z_]+)", read(path))) <= set(get_commands())


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_local_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(((?!https?:|mailto:|#)[^)#]+)", read(path))
    assert [link for link in links if not (ROOT / path.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    pages = {path.name for path in tracked() if path.parent == Path("docs/decisions")} - {"README.md"}
    listed = re.findall(r"\]\(([\w-]+\.md)\)", read("docs/decisions/README.md"))
    assert sorted(listed) == sorted(pages)
    for name in pages:
        if name[:3].isdigit():
            assert read(f"docs/decisions/{name}").startswith(f"# {name[:3]} ")


def test_versions_in_the_docs_are_those_of_the_files() -> None:
    installed = json.loads(read("package.json"))["devDependencies"]
    section = read("docs/dependencies.md").partition("## From npm")[2]
    assert dict(re.findall(r"^\| (\S+) \| (\d[\d.]*) \|", section, re.MULTILINE)) == installed
    assert f"htmx {installed['htmx.org']}" in read("docs/htmx.md")
    for path in PAGES:
        if path.name != "CHANGELOG.md":
            assert set(re.findall(r"htmx (4\.\d+\.\d+)", read(path))) <= {installed["htmx.org"]}, path
    assert f'version="{installed["htmx.org"]}"' in read("static/vendor/htmx.min.js")


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    named = [*project["project"]["dependencies"], *chain.from_iterable(project["dependency-groups"].values())]
    wanted = {re.split(r"[\[<>=~ ]", entry)[0] for entry in named if isinstance(entry, str)}
    section = read("docs/dependencies.md").partition("## From npm")[0]
    assert set(re.findall(r"^\| ([a-z][\w-]+) \| \S", section, re.MULTILINE)) == wanted


def test_the_python_version_is_one_that_we_allow() -> None:
    wanted = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"]
    pinned = tuple(int(part) for part in read(".python-version").split("."))
    assert pinned >= tuple(int(part) for part in wanted.removeprefix(">=").split("."))
    assert wanted.removeprefix(">=") in read("README.md")
