"""Any text at all: it is tidied, refused with a sentence, or safe to store in any database."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from routines.text import tidy, validate_line, validate_lines


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert unicodedata.is_normalized("NFC", tidy(text))


@given(st.text(st.characters(exclude_categories=())))
def test_what_passes_can_be_stored_and_shows_all_it_holds(text: str) -> None:
    line = tidy(text)
    try:
        validate_line(line)
    except ValidationError:
        return
    assert "\x00" not in line
    assert line.encode("utf-8").decode("utf-8") == line
    assert not any(unicodedata.category(character) == "Cc" for character in line)
    validate_lines(line)


@pytest.mark.parametrize("text", ["Rücken", "背中のストレッチ", "ظهر", "גב", "a\u200db", "Müde? 10 %"])
def test_every_language_is_welcome(text: str) -> None:
    validate_line(tidy(text))


@pytest.mark.parametrize("text", ["\x00", "\x7f", "\x9b", "\u202a", "\u2069", "\ud83d", "a\nb", "a\tb"])
def test_what_hides_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_line(text)
