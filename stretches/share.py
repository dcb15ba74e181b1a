"""The preview image of a stretch, which other sites show beside a link: one figure on a calm ground, as PNG.

Pure: takes the text of a picture, returns bytes, the same on every machine: no text, no
system fonts. Drawing the figure is the business of `stretches.figures`.
"""

from __future__ import annotations

import re
from typing import Final

import resvg_py

from stretches.figures import paint
from stretches.path_text import length

WIDTH: Final = 1200
HEIGHT: Final = 630

# The site's colours in the light theme: a preview has no theme.
_GROUND: Final = "#ebf3ee"
_SUN: Final = "#fbe9d2"
_MARK: Final = "#15645e"

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_VARIABLE = re.compile(r"var\((--fig-[\w-]+)\)")
# A contour's dashes are told in hundredths of its length, which the renderer doesn't understand.
_DASHES = re.compile(r' pathLength="([\d.]+)" stroke-dasharray="([^"]+)" d="([^"]+)"')


def share_image(svg: str, who: str) -> bytes:
    """Return the preview made from a still picture of `who` ("woman" or "man"), 320 by 240 units."""
    colours = paint.properties(who, dark=False)
    rules = _VARIABLE.sub(lambda found: colours[found[1]], "".join(paint.RULES.values()))
    figure = _DASHES.sub(_in_units, _STYLE.sub("", svg))
    figure = re.sub(r"<svg\b", '<svg x="180" width="840" height="630"', figure, count=1)
    page = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{rules}</style>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>'
        f'<circle cx="600" cy="345" r="270" fill="{_SUN}"/>'
        f'<rect y="{HEIGHT - 14}" width="{WIDTH}" height="14" fill="{_MARK}"/>'
        f"{figure}</svg>"
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=page, width=WIDTH, height=HEIGHT, skip_system_fonts=True))


def _in_units(found: re.Match[str]) -> str:
    unit = length(found[3]) / float(found[1])
    dashes = " ".join(f"{float(dash) * unit:.1f}" for dash in found[2].split())
    return f' stroke-dasharray="{dashes}" d="{found[3]}"'
