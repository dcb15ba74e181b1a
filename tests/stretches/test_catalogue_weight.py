"""What the catalogue costs somebody who comes for the first time: the page, its files and every picture."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from stretches.content import Catalogue
from stretches.figures.bodymap import SIDES
from tests.stretches.parsed import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

# What is compressed already is sent as it is.
COMPRESSED = {".woff2", ".png"}
MOST = 150_000


def found(name: str) -> Path:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path)


def with_imports(path: Path, known: dict[Path, bytes]) -> None:
    """Add a file and all that it asks for."""
    path = path.resolve()
    if path in known:
        return
    known[path] = path.read_bytes()
    pattern = {".js": r"""from\s+"(\.[^"]+)\"""", ".css": r"""url\("([^"#]+)"\)"""}.get(path.suffix)
    for name in re.findall(pattern, known[path].decode()) if pattern else []:
        with_imports(path.parent / name, known)


def test_the_first_visit_weighs_less_than_150_kb_with_all_pictures(shelved: Catalogue):
    response = Client().get("/stretches/")
    page = Page(response.content)
    # What only an installed app or a home screen asks for is no part of a visit.
    names = [
        node.attrs.get("href") or node.attrs.get("src")
        for node in page.nodes
        if node.tag in {"link", "script", "img", "image"} and node.attrs.get("rel") != "apple-touch-icon"
    ]
    names.remove("/manifest.webmanifest")
    manifest = Client().get("/manifest.webmanifest").content
    files: dict[Path, bytes] = {}
    for name in names:
        with_imports(found(str(name).removeprefix("/static/").partition("#")[0]), files)
    pictures = [path for path in files if "figures" in path.parts]
    assert len(pictures) == len(shelved.stretches) + len(SIDES), "a stretch, or a side of the body, has no picture"
    sizes = {path: len(raw if path.suffix in COMPRESSED else brotli.compress(raw)) for path, raw in files.items()}
    total = len(brotli.compress(response.content)) + len(brotli.compress(manifest)) + sum(sizes.values())
    assert total < MOST, f"{total} bytes, of them pictures {sum(sizes[path] for path in pictures)}"
