"""The hashed static files hang together: every import and url() leads to a file that was written.

Rewriting module imports is marked experimental in Django, so the real outcome is looked at.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}/[^"']+)["']""")
URL = re.compile(r"""(?:url\(|@import\s+)["']?((?!data:|#)[^"')]+)["']?""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of our own static files as the app serves them."""
    root = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "backcare.storage.ModuleManifestStorage"}
    with override_settings(
        STATIC_ROOT=root,
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={**settings.STORAGES, "staticfiles": backend},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root


def references(file: Path) -> list[str]:
    """What a script or stylesheet asks for beside itself."""
    pattern = IMPORT if file.suffix == ".js" else URL
    return pattern.findall(COMMENT.sub("", file.read_text(encoding="utf-8")))


def test_every_import_leads_to_a_hashed_file(built: Path) -> None:
    files = [path for path in built.rglob("*") if path.suffix in {".js", ".css"}]
    assert any(references(path) for path in files if path.suffix == ".js")
    for path in files:
        for name in references(path):
            assert (path.parent / name).is_file(), f"{path.relative_to(built)} asks for {name}"
            assert HASHED.search(name), f"{path.relative_to(built)} asks for {name}, which is not hashed"


def test_every_file_is_in_the_manifest_and_compressed(built: Path) -> None:
    paths = json.loads((built / "staticfiles.json").read_text())["paths"]
    assert "js/app.js" in paths
    assert "vendor/htmx.min.js" in paths
    for name in paths.values():
        assert (built / name).is_file(), name
    script = built / paths["vendor/htmx.min.js"]
    assert gzip.decompress(script.with_name(script.name + ".gz").read_bytes()) == script.read_bytes()
    assert script.with_name(script.name + ".br").is_file()
