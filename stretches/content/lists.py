"""The files that hold one list each: conditions, benefits, the article's statements and so on.

Turns tables into records and checks each field by itself. Whether keys of one
file exist in another is asked in `stretches.content.checks`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from stretches.content.fields import Table
from stretches.content.records import Benefit, Condition, Correction, Entry, RedFlag, Source, VariantGroup

SEVERITIES: Final = ("clearance", "avoid", "adapt")

type FieldReader = Callable[[Table, str], Any]


def _text(table: Table, name: str) -> str:
    return table.text(name)


def _blank(table: Table, name: str) -> str:
    return table.text(name, "", blank=True)


def _keys(table: Table, name: str) -> tuple[str, ...]:
    return table.texts(name)


def _one_of(*allowed: str) -> FieldReader:
    return lambda table, name: table.choice(name, allowed)


# kind of guide entry -> (file, list in the file, its fields). The key is read apart.
ENTRIES: Final[dict[str, tuple[str, str, dict[str, FieldReader]]]] = {
    "section": ("article.toml", "sections", {"heading": _text, "carries": _text}),
    "benefit": (
        "article.toml",
        "benefit_statements",
        {"section": _text, "statement": _text, "canonical": _text},
    ),
    "safety": (
        "article.toml",
        "safety_statements",
        {"scope": _one_of("general", "specific"), "section": _text, "statement": _text},
    ),
    "instruction": (
        "article.toml",
        "instructions",
        {"part": _one_of("warm-up", "cool-down"), "instruction": _text, "corrections": _keys},
    ),
    "dose": ("article.toml", "doses", {"what": _text, "value": _text}),
    "question": (
        "article.toml",
        "questions",
        {"question": _text, "answer": _text, "editor_note": _blank, "link": _text, "corrections": _keys},
    ),
    "type": (
        "article.toml",
        "types",
        {
            "name": _text,
            "article": _text,
            "article_dose": _text,
            "article_intensity": _text,
            "note": _text,
            "use": _one_of("play", "read"),
            "corrections": _keys,
            "stretches": _keys,
        },
    ),
    "rule": ("rules.toml", "rules", {"title": _text, "text": _text, "sources": _keys}),
    "evidence": ("benefits.toml", "evidence", {"label": _text, "meaning": _text}),
}

# Kinds that are not lists of tables like the others.
_OTHER_FILES: Final = {"label": "vocabulary.toml", "search": "search.toml"}

VOCABULARIES: Final = (
    "area",
    "position",
    "type",
    "phase",
    "equipment",
    "level",
    "sides",
    "section",
    "place",
    "context",
)


def entry_file(kind: str) -> str:
    """Return the file that guide entries of a kind come from."""
    return _OTHER_FILES[kind] if kind in _OTHER_FILES else ENTRIES[kind][0]


def read_entries(files: dict[str, Table]) -> list[Entry]:
    """Return the guide's entries of every kind but labels and search words."""
    entries = []
    for kind, (file, name, fields) in ENTRIES.items():
        for table in files[file].tables(name, required=True):
            key = table.text("key", longest=60)
            data = {field: reader(table, field) for field, reader in fields.items()}
            table.done()
            entries.append(Entry(kind, key, tuple(sorted(data.items()))))
    return entries


def read_labels(file: Table) -> list[Entry]:
    """Return the words for areas, positions and the rest, keyed "vocabulary:value"."""
    entries = []
    for table in file.tables("labels", required=True):
        data = {
            "vocabulary": table.choice("vocabulary", VOCABULARIES),
            "value": table.text("value"),
            "label": table.text("label"),
            "hint": _blank(table, "hint"),
        }
        table.done()
        entries.append(Entry("label", f"{data['vocabulary']}:{data['value']}", tuple(sorted(data.items()))))
    file.done()
    return entries


def read_search_words(file: Table) -> list[Entry]:
    """Return stop words, phrases and synonyms as three entries of kind "search"."""
    stop_words = file.texts("stop_words")
    phrases = file.table("phrases")
    synonyms = file.table("synonyms")
    spoken = {name: phrases.text(name) for name in phrases.data} if phrases else {}
    meant = {name: synonyms.texts(name, empty=False) for name in synonyms.data} if synonyms else {}
    file.done()
    return [
        Entry("search", "stop-words", (("words", stop_words),)),
        Entry("search", "phrases", tuple(sorted(spoken.items()))),
        Entry("search", "synonyms", tuple(sorted(meant.items()))),
    ]


def read_conditions(file: Table) -> list[Condition]:
    """Return the checklist."""
    found = []
    for table in file.tables("conditions", required=True):
        found.append(
            Condition(
                tag=table.text("tag", longest=40),
                label=table.text("label", longest=120),
                hint=table.text("hint", blank=True, longest=200),
                rule=table.text("rule"),
                severity=table.choice("severity", SEVERITIES),
                exempt=table.texts("exempt", default=[]),
                sources=table.texts("sources"),
            )
        )
        table.done()
    file.done()
    return found


def read_benefits(file: Table) -> list[Benefit]:
    """Return the benefits; the evidence labels of the same file are guide entries."""
    found = []
    for table in file.tables("benefits", required=True):
        found.append(
            Benefit(
                key=table.text("key", longest=8),
                title=table.text("title", longest=120),
                evidence=table.text("evidence", longest=40),
                text=table.text("text"),
                sources=table.texts("sources"),
            )
        )
        table.done()
    file.done()
    return found


def read_corrections(file: Table) -> list[Correction]:
    """Return what was changed in the article, with the reasons."""
    found = []
    for table in file.tables("corrections", required=True):
        found.append(
            Correction(
                key=table.text("key", longest=8),
                kind=table.text("kind", longest=40),
                severity=table.choice("severity", ("high", "medium", "low")),
                place=table.text("place", longest=200),
                article_says=table.text("article_says"),
                problem=table.text("problem"),
                evidence=table.text("evidence", blank=True),
                article_figure=table.text("article_figure", blank=True),
                app_default=table.text("app_default", blank=True),
                editor_note=table.text("editor_note"),
                sources=table.texts("sources"),
            )
        )
        table.done()
    file.done()
    return found


def read_red_flags(file: Table) -> list[RedFlag]:
    """Return the warning signs, most urgent first as the file has them."""
    found = []
    for table in file.tables("red_flags", required=True):
        found.append(
            RedFlag(
                key=table.text("key", longest=8),
                urgency=table.choice("urgency", ("now", "urgent", "stop")),
                sign=table.text("sign"),
                why=table.text("why"),
                sources=table.texts("sources"),
            )
        )
        table.done()
    file.done()
    return found


def read_sources(file: Table) -> list[Source]:
    """Return what was read."""
    found = []
    for table in file.tables("sources", required=True):
        found.append(Source(table.text("key", longest=40), table.text("citation"), table.text("how_read")))
        table.done()
    file.done()
    return found


def read_groups(file: Table) -> list[VariantGroup]:
    """Return the stretches that share a name."""
    found = []
    for table in file.tables("groups", required=True):
        found.append(
            VariantGroup(
                slug=table.slug("slug"),
                name=table.text("name", longest=80),
                members=table.texts("members", empty=False),
                how=table.text("how"),
            )
        )
        table.done()
    file.done()
    return found
