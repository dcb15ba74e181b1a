"""The catalogue as plain frozen values: what the files say once they have been checked.

No Django, no reading of files. Lists are tuples, so that a catalogue can be
shared between threads and compared with `==`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any

type Span = tuple[int, int]


@dataclass(frozen=True)
class Dose:
    """How much: the catalogue's default for a stretch, or a routine's for a step.

    `seconds` is one hold, one repetition, one breath or the whole time, as `mode`
    ("hold", "reps", "breaths", "time") says; `repetitions` are those of one set.
    """

    mode: str
    seconds: int
    repetitions: int
    sets: int
    rest_s: int
    switch_s: int
    alternate: bool


@dataclass(frozen=True)
class DoseRange:
    """What a person may choose: lowest and highest of each part of a dose."""

    seconds: Span
    repetitions: Span
    sets: Span
    rest_s: Span


@dataclass(frozen=True)
class Form:
    """One way to do a stretch, e.g. on the floor or on a chair."""

    key: str
    label: str
    level: int | None
    position: str | None


@dataclass(frozen=True)
class Caution:
    """What one condition asks of one stretch; `substitute` is a slug."""

    condition: str
    action: str
    text: str
    substitute: str | None


@dataclass(frozen=True)
class Pose:
    """The pose in words, for those who draw it."""

    view: str
    props: str
    start: str
    end: str
    notes: str


@dataclass(frozen=True)
class Stretch:
    """One stretch of the catalogue; benefits, corrections, sources, easier and harder are keys."""

    slug: str
    order: int
    name: str
    article_name: str
    aliases: tuple[str, ...]
    summary: str
    origin: str
    article_section: str
    also_mentioned: tuple[str, ...]
    reviewed_on: date
    group: str | None
    variant: str
    section: str
    areas: tuple[str, ...]
    primary_muscles: tuple[str, ...]
    secondary_muscles: tuple[str, ...]
    position: str
    alt_positions: tuple[str, ...]
    places: tuple[str, ...]
    type: str
    phases: tuple[str, ...]
    sides: str
    level: int
    equipment: tuple[str, ...]
    helpful: tuple[str, ...]
    steps: tuple[str, ...]
    steps_origin: str
    feel: str
    article_steps: tuple[str, ...]
    article_dose: str
    dose_note: str
    sources: tuple[str, ...]
    benefits: tuple[str, ...]
    corrections: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    dose: Dose
    dose_range: DoseRange
    forms: tuple[Form, ...]
    cautions: tuple[Caution, ...]
    pose: Pose


@dataclass(frozen=True)
class RoutineStep:
    """One step of a ready-made routine; `form` is "" for the usual one."""

    stretch: str
    phase: str
    position: str
    form: str
    dose: Dose
    note: str


@dataclass(frozen=True)
class Routine:
    """One ready-made routine; `total_s` is what its timeline must come to."""

    slug: str
    order: int
    name: str
    purpose: str
    when: str
    context: str
    level: int
    equipment: tuple[str, ...]
    total_s: int
    steps: tuple[RoutineStep, ...]


@dataclass(frozen=True)
class Condition:
    """One tag of the checklist."""

    tag: str
    label: str
    hint: str
    rule: str
    severity: str
    exempt: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Benefit:
    """One benefit and what the evidence says."""

    key: str
    title: str
    evidence: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """One place where the article was changed."""

    key: str
    kind: str
    severity: str
    place: str
    article_says: str
    problem: str
    evidence: str
    article_figure: str
    app_default: str
    editor_note: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RedFlag:
    """One warning sign."""

    key: str
    urgency: str
    sign: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Something that was read."""

    key: str
    citation: str
    how_read: str


@dataclass(frozen=True)
class VariantGroup:
    """Stretches that share one everyday name; the first member is the usual one."""

    slug: str
    name: str
    members: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class Entry:
    """One entry of the guide; `data` is sorted pairs, see `stretches.models.GuideEntry`."""

    kind: str
    key: str
    data: tuple[tuple[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the data as a JSON object."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.data}


@dataclass(frozen=True)
class Catalogue:
    """Everything the files say, each part in its own order."""

    stretches: tuple[Stretch, ...]
    routines: tuple[Routine, ...]
    conditions: tuple[Condition, ...]
    benefits: tuple[Benefit, ...]
    corrections: tuple[Correction, ...]
    red_flags: tuple[RedFlag, ...]
    sources: tuple[Source, ...]
    groups: tuple[VariantGroup, ...]
    entries: tuple[Entry, ...]

    @property
    def version(self) -> str:
        """Fingerprint of every word of it: 16 hexadecimal digits."""
        return fingerprint(asdict(self))


def fingerprint(value: object) -> str:
    """Return 16 hexadecimal digits that change when any part of a plain value changes."""
    canonical = dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(canonical.encode()).hexdigest()[:16]
