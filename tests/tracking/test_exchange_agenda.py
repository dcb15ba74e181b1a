"""The calendar file: lines of at most 75 octets, texts that come back, one entry for each session."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tracking.exchange.agenda import Entry, escaped, folded, lines

BEGAN = datetime(2026, 3, 4, 7, tzinfo=timezone(timedelta(hours=1)))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n;,\\"))


def entry(**values):
    given = {"uid": "1@backcare", "stamp": BEGAN, "day": date(2026, 3, 4), "starts": BEGAN, "ends": None, "title": "T"}
    return Entry(**{**given, **values})


def unescaped(text: str) -> str:
    found, signs = [], iter(text)
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            found.append("\n" if after == "n" else after)
        else:
            found.append(sign)
    return "".join(found)


@given(TEXTS)
def test_a_text_comes_back_from_lines_that_fit(text):
    line = "SUMMARY:" + escaped(text)
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert unescaped("".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).removeprefix("SUMMARY:")) == text


def test_instants_are_utc():
    text = "".join(lines([entry(ends=BEGAN + timedelta(minutes=10))]))
    assert "DTSTART:20260304T060000Z\r\n" in text
    assert "DTEND:20260304T061000Z\r\n" in text


def test_an_end_that_is_not_after_the_start_is_none():
    assert "DTEND" not in "".join(lines([entry(ends=BEGAN)]))


def test_a_day_without_a_time_is_a_whole_day():
    text = "".join(lines([entry(starts=None, ends=BEGAN)]))
    assert "DTSTART;VALUE=DATE:20260304\r\n" in text
    assert "DTEND" not in text


def test_every_line_of_a_calendar_ends_as_it_must():
    text = "".join(lines([entry(text="a;b,c\\d\ne"), entry(uid="2@backcare", stamp=datetime(2026, 1, 1, tzinfo=UTC))]))
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert "DESCRIPTION:a\\;b\\,c\\\\d\\ne\r\n" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 2
