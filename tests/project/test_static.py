"""The hashed static files hang together: every import and url() leads to a file that was written.

Rewriting module imports is marked experimental in Django, so the real outcome is looked at.
"""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from backcare.storage import shortened
from tests.weight import COMMENT, GOAL_BYTES, IMPORT, ON_DEMAND_BYTES, ROOT, player_weight

needs_minify = pytest.mark.skipif(shortened("1 ;") == "1 ;", reason="Scripts are served as written on this machine.")
URL = re.compile(r"""(?:url\(|@import\s+)["']?((?!data:|#)[^"')]+)["']?""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Our own static files as the app serves them; the drawn figures, of which there are many, are like one another."""
    root = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "backcare.storage.ModuleManifestStorage"}
    with override_settings(
        STATIC_ROOT=root,
        STATICFILES_DIRS=[ROOT / "static"],
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


@needs_minify
def test_our_scripts_are_shortened_and_others_left_alone(built: Path) -> None:
    paths = json.loads((built / "staticfiles.json").read_text())["paths"]
    player = (built / paths["js/player/player.js"]).read_text()
    assert "//" not in player
    assert "@param" not in player
    assert len(player) < 0.5 * (ROOT / "static/js/player/player.js").stat().st_size
    htmx = (ROOT / "static/vendor/htmx.min.js").read_bytes()
    assert (built / paths["vendor/htmx.min.js"]).read_bytes() == htmx


def test_a_shortened_script_does_the_same(tmp_path: Path) -> None:
    """Every test of a script holds for what is served, too; the browser tests run on it anyway."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed.")
    for folder in ("static/js", "tests/js", "tests/vectors"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    scripts = list((tmp_path / "static").rglob("*.js"))
    assert len(scripts) > 20
    for script in scripts:
        script.write_text(shortened(script.read_text(encoding="utf-8")), encoding="utf-8")
    tests = sorted((tmp_path / "tests" / "js").glob("*.test.js"))
    done = subprocess.run([node, "--test", *map(str, tests)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^# pass [1-9]\d\d$", done.stdout, re.MULTILINE), done.stdout[-500:]


@needs_minify
def test_the_player_keeps_to_its_budget(built: Path) -> None:
    always, on_demand = player_weight(built)
    assert {"js/player/session.js", "js/player/ticker.js"} <= set(always)
    assert set(on_demand) == {"js/player/pip.js", "js/player/pocket.js"}
    assert "js/lib/htmx-errors.js" not in always
    assert sum(always.values()) <= GOAL_BYTES, always
    assert sum(on_demand.values()) <= ON_DEMAND_BYTES, on_demand
