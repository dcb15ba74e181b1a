"""Which pictures there are, and which of them a person wants to see. Reads only.

`stretches.drawing` leaves the pictures and an index of them in a folder; this module
reads the index once and answers with addresses. Markup is for the template tags.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.storage import staticfiles_storage

from accounts.models import User
from stretches.drawn import INDEX, STYLES, Entry, index
from stretches.figures import paint

type Part = Literal["start", "end", "moving", "thumb", "plain"]


@dataclass(frozen=True)
class Look:
    """A person's choice: "woman", "man" or "" for both in turn; skin 1-5 and clothes 1-4, None as drawn."""

    figure: str = ""
    skin: int | None = None
    clothes: int | None = None

    @classmethod
    def of(cls, user: User | AnonymousUser | None) -> Look:
        """Return a person's look; a visitor has chosen nothing."""
        return cls(user.figure, user.skin_tone, user.clothes) if isinstance(user, User) else cls()

    @property
    def key(self) -> str:
        """The look, and the pictures there are, as one word for keys of what is kept."""
        return f"{gallery().version}:{self.figure}:{self.skin or ''}:{self.clothes or ''}"

    def who(self, entry: Entry) -> str:
        """Return who shows this figure to this person."""
        return self.figure or entry.who

    def tones(self, who: str) -> tuple[int, int]:
        """Return the numbers of skin and clothes in which `who` is shown."""
        return self.skin or paint.DEFAULT_SKIN[who], self.clothes or paint.DEFAULT_CLOTHES[who]

    def fragment(self, who: str) -> str:
        """Return what asks a picture for the chosen tones; nothing as drawn."""
        if self.skin is None and self.clothes is None:
            return ""
        return "#s{}c{}".format(*self.tones(who))


@dataclass(frozen=True)
class Gallery:
    """The drawn figures of one drawing; `entries` by key. Addresses are looked up once."""

    version: str
    entries: Mapping[str, Entry]
    _urls: dict[str, str] = field(default_factory=dict)

    def find(self, slug: str, form: str = "") -> Entry | None:
        """Return the figure of a stretch's form, else that of the stretch, or None while there is none."""
        return (self.entries.get(f"{slug}--{form}") if form else None) or self.entries.get(slug)

    def url(self, entry: Entry, who: str, part: Part) -> str:
        """Return the address of a picture, "" where the static files were prepared without it."""
        return self._url(f"figures/{entry.key}.{who}.{part}.svg")

    def share_url(self, entry: Entry) -> str:
        """Return the absolute address of the stretch's preview image, "" where there is none."""
        found = self._url(f"figures/{entry.stretch}.share.png")
        return f"{settings.SITE_URL}{found}" if found else ""

    @property
    def styles_url(self) -> str:
        """The address of the style sheet for pictures that are part of a page, "" where there is none."""
        return self._url(f"figures/{STYLES}") if self.entries else ""

    def _url(self, name: str) -> str:
        if name not in self._urls:
            try:
                self._urls[name] = staticfiles_storage.url(name)
            except ValueError:  # it is not in the manifest
                self._urls[name] = ""
        return self._urls[name]


def gallery() -> Gallery:
    """Return the figures that were drawn before this process started; while debugging, those of now."""
    changed = 0
    if settings.DEBUG:
        with suppress(OSError):
            changed = (Path(settings.FIGURES_DIR) / INDEX).stat().st_mtime_ns
    return _read(settings.FIGURES_DIR, changed)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Gallery:
    entries = index(path)
    return Gallery(version=sha256(repr(entries).encode()).hexdigest()[:12], entries=entries)
