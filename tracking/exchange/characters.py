"""Which characters a text may have on its way in and out. Pure."""

import re

# Halves of surrogate pairs cannot be stored; overrides of direction and controls only deceive.
_POISON = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def is_clean(text: str) -> bool:
    """Whether nothing invisible or broken is in `text`; line breaks and tabs are fine."""
    return _POISON.search(text) is None


def cleaned(text: str) -> str:
    """Return `text` without what `is_clean` objects to, so that what goes out can come back."""
    return _POISON.sub("", text)
