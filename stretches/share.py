"""The preview image of a stretch, which other sites show beside a link: one figure on a calm ground, as PNG.

Pure: takes the text of a picture, returns bytes, the same on every machine: no text, no
system fonts. Drawing the figure is the business of `stretches.figures`.
"""

from __future__ import annotations

import re
from typing import Final

import resvg_py

from stretches.figures import paint

WIDTH: Final = 1200
HEIGHT: Final = 630

# The site's colours in the light theme: a preview has no theme.
_GROUND: Final = "#fbf7ef"
_MARK: Final = "#15645e"

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_VARIABLE = re.compile(r"var\((--fig-[\w-]+)\)")


def share_image(svg: str, who: str) -> bytes:
    """Return the preview made from a still picture of `who` ("woman" or "man"), four by three."""
    colours = paint.properties(who, dark=False)
    rules = _VARIABLE.sub(lambda found: colours[found[1]], "".join(paint.RULES.values()))
    figure = _STYLE.sub("", svg)
    figure = re.sub(r"<svg\b", '<svg x="180" width="840" height="630"', figure, count=1)
    page = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{rules}</style>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>'
        f'<rect y="{HEIGHT - 14}" width="{WIDTH}" height="14" fill="{_MARK}"/>'
        f"{figure}</svg>"
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=page, width=WIDTH, height=HEIGHT, skip_system_fonts=True))
