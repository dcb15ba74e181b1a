"""What each page of the guide shows, read from the catalogue's tables. Reads only; no HTML.

Every numbered statement of the article appears on one of these pages; the test
of the inventory knows on which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stretches import wording
from stretches.models import (
    Benefit,
    Condition,
    Correction,
    GuideEntry,
    RedFlag,
    Source,
    Stretch,
)
from stretches.reference import Reference
from stretches.shelf import Label

type Context = dict[str, Any]

# Which rules of planning stand on which page.
RULES: Mapping[str, Sequence[str]] = {
    "types": ("P19",),
    "warm-up": ("P01", "P02", "P03"),
    "how-much": ("P06", "P07", "P08", "P09", "P14", "P10", "P11", "P16", "P15", "P04", "P05", "P21"),
    "safety": ("P13", "P12", "P17", "P20"),
    "cool-down": ("P18",),
}


@dataclass(frozen=True)
class Entry:
    """One statement with what belongs to it."""

    key: str
    data: Mapping[str, Any]
    corrections: Sequence[Correction] = ()
    stretches: Sequence[Stretch] = ()
    sources: Sequence[Source] = ()


@dataclass(frozen=True)
class Claim:
    """A benefit as the evidence has it, beside the article's own statements of it."""

    benefit: Benefit
    evidence: Label
    statements: Sequence[Entry]
    sources: Sequence[Source]


@dataclass(frozen=True)
class EvidenceGroup:
    """All benefits with one evidence label."""

    evidence: Label
    claims: Sequence[Claim]


@dataclass(frozen=True)
class Figure:
    """A stretch's dose: the article's and ours."""

    stretch: Stretch
    dose: str


@dataclass(frozen=True)
class Corrected:
    """A correction with the stretches it concerns."""

    correction: Correction
    stretches: Sequence[Stretch]
    sources: Sequence[Source]


def _entries(*kinds: str) -> list[Entry]:
    """Return entries in their own order with their corrections, stretches and sources."""
    rows = list(GuideEntry.objects.of_kind(*kinds))
    corrections = Correction.objects.offered().in_bulk(_all(rows, "corrections"), field_name="key")
    stretches = Stretch.objects.offered().in_bulk(_all(rows, "stretches"), field_name="slug")
    sources = Source.objects.offered().in_bulk(_all(rows, "sources"), field_name="key")
    return [
        Entry(
            row.key,
            row.data,
            _pick(corrections, row.data.get("corrections", ())),
            _pick(stretches, row.data.get("stretches", ())),
            _pick(sources, row.data.get("sources", ())),
        )
        for row in rows
    ]


def _all(rows: Iterable[GuideEntry], name: str) -> list[str]:
    return sorted({key for row in rows for key in row.data.get(name, ())})


def _pick[T](found: Mapping[str, T], keys: Iterable[str]) -> list[T]:
    return [found[key] for key in keys if key in found]


def _rules(page: str) -> list[Entry]:
    rules = {entry.key: entry for entry in _entries("rule")}
    return _pick(rules, RULES[page])


def _claims(read: Reference, benefits: Iterable[Benefit]) -> list[Claim]:
    said: dict[str, list[Entry]] = {}
    for entry in _entries("benefit"):
        said.setdefault(entry.data["canonical"], []).append(entry)
    return [
        Claim(
            benefit,
            read.evidence[benefit.evidence],
            said.get(benefit.key, ()),
            read.cited(benefit.sources),
        )
        for benefit in benefits
    ]


def home(read: Reference) -> Context:
    """Return nothing: the front page of the guide is made of words alone."""
    return {}


def benefits(read: Reference) -> Context:
    """Return the benefits, best supported first."""
    claims = _claims(read, Benefit.objects.offered())
    by_label: dict[str, list[Claim]] = {}
    for claim in claims:
        by_label.setdefault(claim.benefit.evidence, []).append(claim)
    return {"groups": [EvidenceGroup(label, by_label[key]) for key, label in read.evidence.items() if key in by_label]}


def types(read: Reference) -> Context:
    """Return the four types of stretching."""
    return {"types": _entries("type"), "rules": _rules("types")}


def warm_up(read: Reference) -> Context:
    """Return the instructions for warming up."""
    return {"instructions": _instructions("warm-up"), "rules": _rules("warm-up")}


def cool_down(read: Reference) -> Context:
    """Return the instructions for cooling down."""
    about = Benefit.objects.offered().filter(key__in=("K11", "K17", "K22"))
    return {
        "instructions": _instructions("cool-down"),
        "rules": _rules("cool-down"),
        "claims": _claims(read, about),
    }


def _instructions(part: str) -> list[Entry]:
    return [entry for entry in _entries("instruction") if entry.data["part"] == part]


def how_much(read: Reference) -> Context:
    """Return every figure of the article, and ours beside it for each stretch."""
    stretches = Stretch.objects.offered().order_by("order", "slug").prefetch_related("corrections")
    return {
        "doses": _entries("dose"),
        "figures": [Figure(stretch, wording.dose(stretch.dose, stretch.sides)) for stretch in stretches],
        "rules": _rules("how-much"),
    }


def safety(read: Reference) -> Context:
    """Return the warning signs, the checklist and the article's own advice."""
    flags = list(RedFlag.objects.offered())
    statements = _entries("safety")
    return {
        "now": [flag for flag in flags if flag.urgency == RedFlag.Urgency.NOW],
        "urgent": [flag for flag in flags if flag.urgency == RedFlag.Urgency.URGENT],
        "stop": [flag for flag in flags if flag.urgency == RedFlag.Urgency.STOP],
        "conditions": list(Condition.objects.offered()),
        "general": [entry for entry in statements if entry.data["scope"] == "general"],
        "specific": [entry for entry in statements if entry.data["scope"] == "specific"],
        "rules": _rules("safety"),
    }


def questions(read: Reference) -> Context:
    """Return the six questions."""
    return {"questions": _entries("question")}


def about(read: Reference) -> Context:
    """Return the article's chapters, every correction with its reason, and all sources."""
    rows = Correction.objects.offered().prefetch_related("stretches")
    corrected = [
        Corrected(
            row,
            [stretch for stretch in row.stretches.all() if not stretch.is_retired],
            read.cited(row.sources),
        )
        for row in rows
    ]
    return {
        "sections": _entries("section"),
        "corrected": [(severity.label, _of(corrected, severity)) for severity in Correction.Severity],
        "count": len(corrected),
        "sources": list(read.sources.values()),
    }


def _of(corrected: Iterable[Corrected], severity: Correction.Severity) -> list[Corrected]:
    return [one for one in corrected if one.correction.severity == severity]


PAGES: Mapping[str, Callable[[Reference], Context]] = {
    "home": home,
    "benefits": benefits,
    "types": types,
    "warm-up": warm_up,
    "how-much": how_much,
    "safety": safety,
    "cool-down": cool_down,
    "questions": questions,
    "about": about,
}
