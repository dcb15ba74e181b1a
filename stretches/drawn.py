"""The index that drawing leaves beside the pictures: which figures there are, and their words.

Pure, and light: the server reads it without the drawing engine. Names of people and
parts as they stand in the files' names are here too; drawing is in `stretches.drawing`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PEOPLE = ("woman", "man")
# "plain" is the thumb without a choice of tones.
PARTS = ("start", "end", "moving", "thumb", "plain")
# Hidden from collectstatic by its name.
INDEX = ".index.json"
# The areas of the body's map; hidden likewise.
AREAS = ".bodymap.json"
# The colours of pictures that are part of a page.
STYLES = "inlined.css"


@dataclass(frozen=True)
class Entry:
    """What is told about a figure: whose it is, who shows it by default, its words, what it was made from."""

    key: str
    stretch: str
    form: str
    who: str
    title: str
    alt: str
    made_from: str


def body_file(who: str, side: str) -> str:
    """Return the name of the picture that lies under the areas of the body's map."""
    return f"bodymap.{who}.{side}.svg"


def index(folder: Path) -> Mapping[str, Entry]:
    """Return what the last drawing left in `folder` by key; nothing where there was none."""
    try:
        rows = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        return {row["key"]: Entry(**row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
