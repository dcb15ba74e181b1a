"""Volume: which parts are one form to the eye, and so are shaded as one where they look away from the light.

A sleeve and its shirt, thigh and shin, upper arm and hand: were each shaded by itself, every joint would show
where a shade ends. Faces and feet stay flat: they are too small for it. How a shade is written is the business of svg.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stretches.figures.outline import Part

type Stuff = Literal["cloth", "skin"]

LEGS = "legs"


@dataclass(frozen=True, slots=True)
class Shade:
    """One shade: drawn after the part at `place`, seen on the `shown` parts, shaped by the `whole` form."""

    place: int
    shown: tuple[str, ...]
    whole: tuple[str, ...]
    stuff: Stuff
    tone: str


def form_of(part: Part) -> str:
    """The form a part belongs to, or nothing where it stays flat."""
    tone = part.tone.split()[0].rstrip("23")
    if part.shape == "line" or part.name == "collar":
        return ""
    if tone == "leg":
        return LEGS if part.name == "hips" else f"{LEGS}_{part.name[-1]}"
    if tone == "skin":
        return part.limb if part.limb.startswith("arm") else ""
    if part.tone == "hair":
        return part.name
    return tone if tone == "top" else ""


def shades(parts: Sequence[Part]) -> list[Shade]:
    """All shades among parts that are drawn in this order: one for each unbroken row of parts of one form."""
    forms = [(form_of(part), part.tone) for part in parts]
    found = []
    row: list[str] = []
    for place, (form, tone) in enumerate(forms):
        if not form:
            continue
        row.append(parts[place].name)
        if place + 1 == len(forms) or forms[place + 1] != (form, tone):
            whole = tuple(part.name for part, (other, _) in zip(parts, forms, strict=True) if _belongs(other, form))
            found.append(Shade(place, tuple(row), whole, "cloth" if form.startswith(("top", LEGS)) else "skin", tone))
            row = []
    return found


def _belongs(other: str, form: str) -> bool:
    """Whether parts of another form shape this one too: the hips go on in either leg, and a leg begins in the hips."""
    if form == LEGS:
        return other.startswith(LEGS)
    return other == form or (form.startswith(LEGS) and other == LEGS)
