"""How much of our own script the player is, compressed as it is served. For a test and `make bench-player`."""

import json
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
PLAYER = "js/player/"
GOAL_BYTES = 16_000
"""What every session may load; what is loaded only on demand comes on top of it."""
ON_DEMAND_BYTES = 1_500

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
ON_DEMAND = re.compile(r"""\bimport\(\s*["'](\.{1,2}/[^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


def player_modules() -> set[str]:
    """Name every script that exists for the player: its folder, and what nobody else imports or loads."""
    scripts = {str(path.relative_to(ROOT / "static")): path for path in (ROOT / "static" / "js").rglob("*.js")}
    asked = {name: _imports(name, path) for name, path in scripts.items()}
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    ours = {name for name in scripts if name.startswith(PLAYER)}
    while True:
        theirs = set().union(*(asked[name] for name in scripts if name not in ours))
        more = {name for mine in ours for name in asked[mine] if name not in theirs and name not in pages} - ours
        if not more:
            return ours
        ours |= more


def _imports(name: str, path: Path, pattern: re.Pattern[str] = IMPORT) -> set[str]:
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    root = ROOT / "static"
    return {str((root / name).parent.joinpath(found).resolve().relative_to(root)) for found in pattern.findall(source)}


def player_weight(served: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Return the bytes after brotli of what every session loads, and of what is loaded on demand, by script."""
    paths = json.loads((served / "staticfiles.json").read_text())["paths"]
    weights = {name: len(brotli.compress((served / paths[name]).read_bytes())) for name in sorted(player_modules())}
    later = set().union(*(_imports(name, ROOT / "static" / name, ON_DEMAND) for name in weights))
    return (
        {name: weight for name, weight in weights.items() if name not in later},
        {name: weight for name, weight in weights.items() if name in later},
    )
