"""What holds for the files as such: size, docstrings, checksums, and no trace of where they were made."""

import ast
import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.project.files import ROOT, own, read, tracked

LONGEST = 500
TEXT = {".py", ".js", ".css", ".html", ".md", ".toml", ".txt", ".json", ".sh", ".yml", ".yaml", ".ts", ".svg", ""}
# Addresses of package registries, and absolute paths that exist on one machine only.
TRACES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(com|org)/|\"resolved\"\s*:|deb\.debian\.org"
    r"|(?<![\w.])/(work|root|farm|home|Users)/"
)
MANIFESTS = [path for path in tracked() if path.name == "vendor.json"]


def test_a_file_can_be_read_in_one_sitting() -> None:
    lengths = {path: read(path).count("\n") for path in own(".py", ".js", ".css", ".html") if _is_written(path)}
    assert len(lengths) > 400
    assert not {str(path): lines for path, lines in lengths.items() if lines > LONGEST}, "split them"


def test_a_module_says_what_it_is_for() -> None:
    sources = {path: source for path in own(".py") if _is_written(path) and (source := read(path)).strip()}
    assert len(sources) > 200
    assert not [str(path) for path, source in sources.items() if not ast.get_docstring(ast.parse(source))]


def _is_written(path: Path) -> bool:
    return "migrations" not in path.parts


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.suffix in TEXT and path != Path(__file__).relative_to(ROOT) and "vendor" not in path.parts
        for number, line in enumerate(read(path).splitlines(), 1)
        if TRACES.search(line)
    ]
    assert not found


def test_there_are_vendored_files() -> None:
    assert [str(path.parent) for path in MANIFESTS] == ["static/vendor", "tests/vendor"]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=str)
def test_vendored_files_are_untouched(manifest: Path) -> None:
    entries = json.loads(read(manifest))
    for entry in entries:
        content = (ROOT / manifest.parent / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
        assert b"sourceMappingURL=" not in content, "the hashed static files would look for the map"
    # Types of a vendored file are ours, licences are theirs; anything else must be in the manifest.
    others = {p.name for p in tracked() if p.parent == manifest.parent and p.suffix not in {".txt", ".ts"}}
    assert others == {entry["file"] for entry in entries} | {"vendor.json"}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=str)
def test_vendored_files_bring_their_licence(manifest: Path) -> None:
    for entry in json.loads(read(manifest)):
        name = entry["name"].rsplit("/", 1)[-1]
        assert (ROOT / manifest.parent / f"{name}.LICENSE.txt").is_file()
        assert entry["licence"]
        assert entry["version"] == json.loads(read("package.json"))["devDependencies"][entry["name"]]


def pins(name: str) -> dict[str, str]:
    """Package to version of a compiled requirements file."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", read(f"requirements/{name}.txt"), re.MULTILINE))


def test_each_requirements_file_contains_the_one_below() -> None:
    base, test, dev = pins("base"), pins("test"), pins("dev")
    assert base
    assert base.items() <= test.items() <= dev.items()


@pytest.mark.parametrize("name", ["base", "test", "dev", "postgres"])
def test_every_requirement_is_hashed(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", read(f"requirements/{name}.txt").strip())
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))
