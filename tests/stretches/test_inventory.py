"""Nothing of the article is lost: every numbered statement stands on a page, with its words.

The counts are those of the reviewed inventory; a key that disappears from the files, or from
its page, fails here.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stretches.content import Catalogue
from stretches.guide import RULES
from tests.stretches.parsed import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

COUNTS = {
    "section": 20,
    "benefit": 85,
    "safety": 28,
    "instruction": 13,
    "dose": 32,
    "question": 6,
    "type": 4,
    "rule": 21,
    "K": 25,
    "C": 62,
    "R": 20,
    "condition": 14,
    "evidence": 8,
}

type Placed = tuple[str, str, str, list[str]]
"""Kind, key, page, and the words that must stand there."""


def texts(data: dict[str, Any], *names: str) -> list[str]:
    return [data[name] for name in names if data.get(name)]


def entries(catalogue: Catalogue) -> Iterator[Placed]:
    rules = {key: f"guide:{page}" for page, keys in RULES.items() for key in keys}
    corrections = {correction.key: correction for correction in catalogue.corrections}
    for entry in catalogue.entries:
        data = dict(entry.data)
        notes = [corrections[key].editor_note for key in data.get("corrections", ())]
        match entry.kind:
            case "section":
                yield entry.kind, entry.key, "guide:about", texts(data, "heading", "carries")
            case "benefit":
                yield entry.kind, entry.key, "guide:benefits", texts(data, "statement")
            case "safety":
                yield entry.kind, entry.key, "guide:safety", texts(data, "statement")
            case "instruction":
                yield entry.kind, entry.key, f"guide:{data['part']}", [*texts(data, "instruction"), *notes]
            case "dose":
                yield entry.kind, entry.key, "guide:how-much", texts(data, "what", "value")
            case "question":
                yield entry.kind, entry.key, "guide:questions", texts(data, "question", "answer", "editor_note")
            case "type":
                words = texts(data, "name", "article", "article_dose", "article_intensity", "note")
                yield entry.kind, entry.key, "guide:types", [*words, *notes]
            case "rule":
                yield entry.kind, entry.key, rules[entry.key], texts(data, "title", "text")
            case _:
                assert entry.kind in ("label", "search", "evidence")


def lists(catalogue: Catalogue) -> Iterator[Placed]:
    for benefit in catalogue.benefits:
        yield "K", benefit.key, "guide:benefits", [benefit.title, benefit.text]
    for correction in catalogue.corrections:
        words = [correction.article_says, correction.problem, correction.evidence, correction.editor_note]
        figures = [correction.article_figure, correction.app_default]
        yield "C", correction.key, "guide:about", [word for word in (*words, *figures) if word]
    for flag in catalogue.red_flags:
        yield "R", flag.key, "guide:safety", [flag.sign, flag.why]
    for condition in catalogue.conditions:
        yield "condition", condition.tag, "guide:safety", [condition.label, condition.hint, condition.rule]
    for source in catalogue.sources:
        yield "source", f"source-{source.key}", "guide:about", [source.citation, source.how_read]


@pytest.fixture(scope="module")
def placed(catalogue: Catalogue) -> list[Placed]:
    """Where everything belongs."""
    return [*entries(catalogue), *lists(catalogue)]


def test_the_counts_are_those_of_the_inventory(placed: list[Placed], catalogue: Catalogue):
    counts = Counter(kind for kind, *_ in placed)
    counts["evidence"] = sum(entry.kind == "evidence" for entry in catalogue.entries)
    assert {kind: counts[kind] for kind in COUNTS} == COUNTS


def test_every_statement_stands_on_its_page_with_its_words(placed: list[Placed]):
    pages = {name: Page(Client().get(reverse(name)).content) for name in {page for _, _, page, _ in placed}}
    for kind, key, name, words in placed:
        page = pages[name]
        node = page.one(data_id=key) if kind == "section" else page.one(id=key)
        missing = [word for word in words if " ".join(word.split()) not in node.text]
        assert not missing, (kind, key, name, missing)


def test_every_evidence_label_is_explained(catalogue: Catalogue):
    page = Page(Client().get(reverse("guide:benefits")).content)
    used = {benefit.evidence for benefit in catalogue.benefits}
    for entry in catalogue.entries:
        data = dict(entry.data)
        if entry.kind == "evidence" and entry.key in used:
            assert data["label"] in page.text
            assert data["meaning"] in page.text


def test_every_benefit_statement_stands_below_its_benefit(catalogue: Catalogue):
    page = Page(Client().get(reverse("guide:benefits")).content)
    for entry in catalogue.entries:
        if entry.kind == "benefit":
            data = dict(entry.data)
            assert data["statement"] in page.one(id=data["canonical"]).text


def test_every_stretch_has_its_page(catalogue: Catalogue):
    assert len(catalogue.stretches) == 34
    for record in catalogue.stretches:
        assert Client().get(f"/stretches/{record.slug}/").status_code == 200
