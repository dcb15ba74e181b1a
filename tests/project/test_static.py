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

from tests.weight import COMMENT, IMPORT, MOST_BYTES, ROOT, player_weight

URL = re.compile(r"""(?:url\(|@import\s+)["']?((?!data:|#)[^"')]+)["']?""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
# Node carries a parser of its own inside.
SAME_TREE = r"""
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const tree = (code) => JSON.stringify(
  parse(code, { ecmaVersion: "latest", sourceType: "module" }),
  (key, value) => (["start", "end", "raw"].includes(key) ? undefined : value),
).replace(/\.[0-9a-f]{12}\.js"/g, '.js"');
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(pairs.filter(([, a, b]) => tree(a) !== tree(b)).map(([name]) => name)));
"""


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


def test_our_scripts_are_stripped_and_others_left_alone(built: Path) -> None:
    paths = json.loads((built / "staticfiles.json").read_text())["paths"]
    clock = (built / paths["js/player/clock.js"]).read_text()
    assert "export class Clock" in clock
    assert "//" not in clock
    assert "@param" not in clock
    assert len(clock) < 0.6 * (ROOT / "static/js/player/clock.js").stat().st_size
    htmx = (ROOT / "static/vendor/htmx.min.js").read_bytes()
    assert (built / paths["vendor/htmx.min.js"]).read_bytes() == htmx


def test_a_stripped_script_means_the_same(built: Path) -> None:
    """Nothing but comments and white space may go: template literals, regular expressions, private fields stay."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed.")
    paths = json.loads((built / "staticfiles.json").read_text())["paths"]
    pairs = [
        (name, (ROOT / "static" / name).read_text(encoding="utf-8"), (built / served).read_text(encoding="utf-8"))
        for name, served in paths.items()
        if name.startswith("js/") and name.endswith(".js")
    ]
    assert len(pairs) > 20
    command = [node, "--expose-internals", "-e", SAME_TREE]
    done = subprocess.run(command, input=json.dumps(pairs), capture_output=True, text=True, check=False)
    if "Cannot find module 'internal" in done.stderr:
        pytest.skip("This Node does not lend its parser.")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_player_keeps_to_its_budget(built: Path) -> None:
    weight = player_weight(built)
    assert {"js/player/session.js", "js/player/ticker.js"} <= set(weight)
    assert "js/lib/htmx-errors.js" not in weight
    assert sum(compressed for _, compressed in weight.values()) <= MOST_BYTES, weight
