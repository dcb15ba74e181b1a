"""What people may write into a name or a note. Pure but for the error it raises.

Kept below the forms, because imports and replays do not pass through forms and
the databases differ in what they refuse by themselves.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# These reorder or hide what stands around them, which serves only to deceive.
_BIDI = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def tidy(text: str) -> str:
    """Return `text` in Unicode's composed form (NFC), trimmed, with plain line ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def validate_line(text: str) -> None:
    """Refuse control characters, halves of surrogate pairs and bidi overrides in one line."""
    _refuse(text, allowed="")


def validate_lines(text: str) -> None:
    """Like `validate_line`, with line breaks and tabs allowed."""
    _refuse(text, allowed="\n\t")


def _refuse(text: str, *, allowed: str) -> None:
    for character in text:
        if character in allowed:
            continue
        if character in _BIDI or unicodedata.category(character) in ("Cc", "Cs"):
            raise ValidationError(
                _("There is an invisible character in this text. Please type it again."), code="invisible"
            )
