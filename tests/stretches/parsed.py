"""A page as its elements' ids, words and links, so that tests need not search in markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Node:
    """An element with the words inside it."""

    tag: str
    attrs: dict[str, str | None]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words inside, apart by one blank."""
        return " ".join(" ".join(self.words).split())


class Page(HTMLParser):
    """All elements of a page in order."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self._open: list[Node] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.nodes.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for node in self._open:
            node.words.append(data)

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        """Return the elements with this tag and these attributes (`data_x` means data-x)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self.nodes
            if (not tag or node.tag == tag)
            and all(name in node.attrs and value in ("*", node.attrs[name]) for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attrs: str) -> Node:
        """Return the only such element."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    @property
    def ids(self) -> list[str]:
        """Every id, in order, twice where it is there twice."""
        return [str(node.attrs["id"]) for node in self.all(id="*")]

    @property
    def text(self) -> str:
        """All words of the page."""
        return self.nodes[0].text if self.nodes else ""

    @property
    def stretches(self) -> list[str]:
        """The slugs of the results, in order."""
        return [str(node.attrs["data-stretch"]) for node in self.all(data_stretch="*")]

    @property
    def count(self) -> int:
        """The number in #result-count."""
        return int(self.one("data", id="result-count").attrs["value"] or "")


def assert_well_made(page: Page) -> None:
    """One h1, no id twice, no reference to an id that is not there, no inline code."""
    assert len(page.all("h1")) == 1
    twice = {name for name in page.ids if page.ids.count(name) > 1}
    assert not twice
    ids = set(page.ids)
    for node in page.nodes:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((node.attrs.get(name) or "").split()) <= ids, node
        href = node.attrs.get("href") or ""
        if href.startswith("#"):
            assert href[1:] in ids, href
        assert "style" not in node.attrs
        assert not [name for name in node.attrs if name.startswith(("on", "hx-on"))]
