"""The drawn area icons: one for every area, in the page's colours, silent to screen readers."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from stretches.content import Catalogue
from tests.stretches.parsed import Page

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "stretches"


@pytest.fixture(scope="module")
def sprite() -> str:
    """The sprite as pages carry it."""
    return render_to_string("stretches/_sprite.html")


def test_every_area_has_its_icon(sprite: str, catalogue: Catalogue):
    areas = {area for stretch in catalogue.stretches for area in stretch.areas}
    assert {f"area-{area}" for area in areas} == {node.attrs["id"] for node in Page(sprite.encode()).all("symbol")}


def test_every_part_that_is_used_is_there(sprite: str):
    page = Page(sprite.encode())
    used = {str(node.attrs["href"])[1:] for node in page.all("use")}
    assert used <= set(page.ids)
    assert set(re.findall(r"url\(#([\w-]+)\)", sprite)) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_pictures_are_4_by_3(sprite: str):
    for node in Page(sprite.encode()).all("symbol"):
        _, _, width, height = map(float, str(node.attrs["viewbox"]).split())
        assert width / height == pytest.approx(4 / 3, rel=0.01), node.attrs["id"]


def test_colours_come_from_the_page(sprite: str):
    assert not re.search(r'#[0-9a-f]{3,8}"|rgb\(|(fill|stroke)="', sprite)
    css = (Path(settings.BASE_DIR) / "static" / "css" / "stretches.css").read_text()
    classes = {name for found in re.findall(r'class="([^"]+)"', sprite) for name in found.split()}
    assert all(f".{name}" in css for name in classes)


def test_it_says_nothing_to_screen_readers(sprite: str):
    assert 'aria-hidden="true"' in sprite
    for part in ("_still", "_picture"):
        shown = render_to_string(f"stretches/{part}.html", {"shown": {}, "area": "neck"})
        assert 'aria-hidden="true"' in shown


def test_the_sprite_is_small(sprite: str):
    assert len(sprite) < 9_000
