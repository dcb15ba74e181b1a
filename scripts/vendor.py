#!/usr/bin/env python3
"""Copy third-party browser files out of node_modules, with their provenance.

The copies are committed, so that a machine without Node runs and tests the app. Each folder
of copies has a `vendor.json` that says what every file is and what it hashes to; a test
recomputes the hashes, so nobody edits a copy by hand.

Standard library only, and no network: `npm ci` has fetched the pinned packages before this
runs. Nothing here changes a file's content.

    scripts/vendor.py            copy the files and write the manifests
    scripts/vendor.py --check    say what differs from the manifests, exit 1 if anything does
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
MANIFEST = "vendor.json"


@dataclass(frozen=True)
class Copy:
    """One file to vendor: `source` is its path inside the npm package `package`."""

    package: str
    source: str
    folder: str

    @property
    def name(self) -> str:
        return Path(self.source).name

    @property
    def licence_name(self) -> str:
        """The licence's text goes beside the copy, as most licences ask."""
        return f"{self.package.rsplit('/', 1)[-1]}.LICENSE.txt"


COPIES = (
    Copy("htmx.org", "dist/htmx.min.js", "static/vendor"),
    Copy("sortablejs", "modular/sortable.esm.js", "static/vendor"),
    Copy("@fontsource-variable/figtree", "files/figtree-latin-wght-normal.woff2", "static/vendor"),
    # Only the browser tests use it, so it stays out of the files that are served.
    Copy("axe-core", "axe.min.js", "tests/vendor"),
)


def sha256(content: bytes) -> str:
    """The checksum written into the manifests, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_entry(copy: Copy) -> tuple[bytes, dict[str, str]]:
    """The file's content and its manifest entry, or SystemExit with what to do about it."""
    package = NODE_MODULES / copy.package
    try:
        about: dict[str, Any] = json.loads((package / "package.json").read_text(encoding="utf-8"))
        content = (package / copy.source).read_bytes()
    except FileNotFoundError as missing:
        sys.exit(f"vendor: {missing.filename} is missing; run `npm ci` first")
    # A source map that isn't there makes the hashed static files storage fail.
    if b"sourceMappingURL=" in content:
        sys.exit(f"vendor: {copy.package}/{copy.source} points at a source map")
    entry = {
        "file": copy.name,
        "name": copy.package,
        "version": str(about["version"]),
        "licence": str(about["license"]),
        "source": copy.source,
        "sha256": sha256(content),
    }
    return content, entry


def write_copies() -> None:
    """Copy every file of `COPIES` and write one manifest into each folder."""
    manifests: dict[str, list[dict[str, str]]] = {}
    for copy in COPIES:
        content, entry = read_entry(copy)
        folder = ROOT / copy.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / copy.name).write_bytes(content)
        (folder / copy.licence_name).write_bytes((NODE_MODULES / copy.package / "LICENSE").read_bytes())
        manifests.setdefault(copy.folder, []).append(entry)
        print(f"{copy.folder}/{copy.name}: {entry['name']} {entry['version']}")
    for folder_name, entries in manifests.items():
        text = json.dumps(entries, indent=2) + "\n"
        (ROOT / folder_name / MANIFEST).write_text(text, encoding="utf-8")


def problems() -> list[str]:
    """What differs between the committed copies and their manifests, one sentence each."""
    found = []
    for folder_name in sorted({copy.folder for copy in COPIES}):
        folder = ROOT / folder_name
        entries = {e["file"]: e for e in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))}
        copies = [copy for copy in COPIES if copy.folder == folder_name]
        found += [f"{folder_name}/{c.name} is not in {MANIFEST}" for c in copies if c.name not in entries]
        found += [
            f"{folder_name}/{c.licence_name} is missing" for c in copies if not (folder / c.licence_name).is_file()
        ]
        for name, entry in entries.items():
            file = folder / name
            if not file.is_file():
                found.append(f"{folder_name}/{name} is missing")
            elif sha256(file.read_bytes()) != entry["sha256"]:
                found.append(f"{folder_name}/{name} is not the file that was vendored")
    return found


def main() -> None:
    """Run the command line described at the top of this module."""
    if sys.argv[1:] == ["--check"]:
        if found := problems():
            sys.exit("\n".join(found))
        return
    if sys.argv[1:]:
        sys.exit(__doc__)
    write_copies()


if __name__ == "__main__":
    main()
