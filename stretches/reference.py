"""Sources and evidence labels by key, read once for each version of the catalogue. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stretches.kept import Kept
from stretches.models import GuideEntry, Source
from stretches.shelf import Label


@dataclass(frozen=True)
class Reference:
    """Sources by key, and the evidence labels with what they mean, best supported first."""

    sources: Mapping[str, Source]
    evidence: Mapping[str, Label]

    def cited(self, keys: Iterable[str]) -> list[Source]:
        """Return the sources with these keys, in that order."""
        return [self.sources[key] for key in keys if key in self.sources]


_kept: Kept[Reference] = Kept(most=2)


def reference(version: str) -> Reference:
    """Return the sources and labels of this catalogue version: two queries the first time."""
    return _kept.get((version,), _read)


def _read() -> Reference:
    labels = GuideEntry.objects.of_kind("evidence").values_list("key", "data")
    return Reference(
        sources={source.key: source for source in Source.objects.offered()},
        evidence={key: Label(key, data["label"], data["meaning"]) for key, data in labels},
    )
