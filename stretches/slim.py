"""A thumbnail made lighter still, for people who chose no tones: its colours as they are, nothing to choose.

A list shows dozens of them, and most people leave the tones alone. Pure text; drawing is
in `stretches.figures`.
"""

from __future__ import annotations

import re

from stretches.figures import paint
from stretches.figures.svg import GRID, THUMB_GRID

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_OPEN, _CLOSE = paint.toned("|").split("|")
_VARIABLE = re.compile(r"var\((--fig-[\w-]+)\)")


def slim(svg: str, who: str) -> str:
    """Return the thumbnail of `who` ("woman" or "man") with colours in the place of custom properties."""
    light = _STYLE.sub("", svg).replace(_OPEN, "").replace(f"{_CLOSE}</svg>", "</svg>")
    return light.replace("<defs>", f"<style>{_rules(who, light)}</style><defs>", 1)


def _rules(who: str, drawing: str) -> str:
    """Return the rules for the classes of a drawing, with colours instead of custom properties."""
    rules = paint.rules_of(drawing, THUMB_GRID / GRID)
    light, dark = (paint.properties(who, dark=night) for night in (False, True))
    plain = "".join(_VARIABLE.sub(lambda found: light[found[1]], rule) for rule in rules)
    night = ""
    for rule in rules:
        changed = [name for name in _VARIABLE.findall(rule) if light[name] != dark[name]]
        if changed:
            night += _VARIABLE.sub(lambda found: dark[found[1]], rule)
    return f"{plain}@media(prefers-color-scheme:dark){{{night}}}"
