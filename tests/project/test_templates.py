"""Templates are code: each compiles, pages have a title, and nothing in them is inline."""

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.project.files import own, read

TEMPLATES = [path for path in own(".html") if path.parts[0] == "templates"]
PAGES = [path for path in TEMPLATES if re.search(r"{%\s*extends\s", read(path))]
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
# What the content security policy would block, and what htmx would have to evaluate.
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "hx-on": r"\bhx-on\b",
    "a js: value": r"[\"']\s*(js|javascript):",
    "a trigger filter": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "an inline script": r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/json\")",
    "an absolute address of a file": r"<(script|link|img|source|audio)[^>]*\s(src|href)=[\"'](https?:)?//",
}


def source(path: Path) -> str:
    """The template's text without its comments."""
    return COMMENT.sub("", read(path))


def test_there_are_pages() -> None:
    assert len(PAGES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_compiles(path: Path) -> None:
    engines["django"].get_template(str(path.relative_to("templates")))


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_page_has_a_title(path: Path) -> None:
    parent = re.search(r"{%\s*extends\s+[\"']([^\"']+)", source(path))
    assert parent, f"{path} extends something that is not named"
    title = re.search(r"{%\s*block title\s*%}(.*?){%\s*endblock", source(path), re.DOTALL)
    if parent[1] != "base.html" and not title:
        return  # the page in between has one, or fails here itself
    assert title, f"{path} has no title"
    assert title[1].strip(), f"{path} has an empty title"


@pytest.mark.parametrize("name", FORBIDDEN)
def test_nothing_is_inline(name: str) -> None:
    found = {str(path): match[0] for path in TEMPLATES for match in re.finditer(FORBIDDEN[name], source(path))}
    assert not found, name


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_fragment_is_named_after_its_element(path: Path) -> None:
    text = source(path)
    names = re.findall(r"{%\s*partialdef\s+([\w-]+)", text)
    assert len(names) == len(set(names)), f"{path} defines a partial twice"
    # Only what stands in its place is a fragment that htmx may ask for; the others are building blocks.
    for name in re.findall(r"{%\s*partialdef\s+([\w-]+)\s+inline", text):
        assert re.search(rf"\bid=[\"']{re.escape(name)}[\"']", text), f"{path}: no element has the id {name}"
