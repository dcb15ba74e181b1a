"""What is read of files that anybody may have written: what is right comes through, the rest is named."""

from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tracking.exchange import logs, reading
from tracking.exchange.reading import Bounds, Fields, Refused

NOW = datetime(2026, 3, 10, tzinfo=UTC)
BOUNDS = Bounds(NOW, NOW.date(), date(2031, 1, 1))


def code(call, *args):
    with pytest.raises(Refused) as caught:
        call(*args)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"a": NaN}', "number"),
        ('{"a": -Infinity}', "number"),
        ('{"a": 1e999}', "number"),
        ('{"a": ' + "9" * 5000 + "}", "number"),
        ('{"a": 1, "a": 2}', "twice"),
        ('{"a": "\\u0000"}', "characters"),
        ('{"a": "\\ud800"}', "characters"),
        ('{"a": "\u202e"}', "characters"),
        ('{"\\u0007": 1}', "characters"),
        ("[" * 100_000, "deep"),
        ("[" * 11 + "]" * 11, "deep"),
        ('{"a": 1', "json"),
        ("", "json"),
        ("[" + "{}," * 20_001 + "{}]", "rows"),
    ],
    ids=lambda value: value[:20],
)
def test_poison_is_refused(text, wanted):
    assert code(reading.load, text) == wanted


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_does_more_than_be_refused(text):
    for read in (reading.load, lambda one: logs.read(one, BOUNDS)):
        with suppress(Refused):
            read(text)


@pytest.mark.parametrize(
    ("text", "minutes", "notes"),
    [
        ("2026-03-01,10\n2026-03-02,20\n", [10, 20], ["", ""]),
        ("date;minutes;note\n01.03.2026;10;ok\n", [10], ["ok"]),
        ("Minutes\tDate\n15\t03/01/2026\n".replace("03/01", "03/31").replace("2026", "2025"), [15], [""]),
        ('date,minutes,note\n"2026-03-01",5,"a, ""b"""\n\n', [5], ['a, "b"']),
    ],
)
def test_tables_of_days(text, minutes, notes):
    kind, lines = logs.read(text, BOUNDS)
    assert kind == "table"
    assert [line.minutes for line in lines] == minutes
    assert [line.note for line in lines] == notes


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("03/04/2026,10", "ambiguous"),
        ("2026-02-30,10", "day"),
        ("1999-12-31,10", "when"),
        ("2026-04-01,10", "when"),
        ("2026-03-01,ten", "minutes"),
        ("2026-03-01,-5", "minutes"),
        ("2026-03-01,1000", "minutes"),
        ("2026-03-01,10," + "x" * 2001, "length"),
        ("2026-03-01,10,\u202e", "characters"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, wanted):
    with pytest.raises(Refused) as caught:
        logs.read(f"date,minutes,note\n2026-03-01,10,\n{line}\n", BOUNDS)
    assert caught.value.code == wanted
    assert caught.value.place == ("lines", 2)


def test_the_same_number_twice_is_clear():
    assert logs.read("date,minutes\n03/03/2026,10\n", BOUNDS)[1][0].day == date(2026, 3, 3)


def test_check_marks_of_loop():
    kind, lines = logs.read(
        "Date,Value\n2026-03-01,2\n2026-03-02,0\n2026-03-03,3\n2026-03-04,1\n2026-03-05,2\n", BOUNDS
    )
    assert kind == "loop"
    assert [(line.day.day, line.minutes) for line in lines] == [(1, None), (5, None)]


def test_ids_follow_from_person_and_line():
    owner = UUID(int=1)
    lines = logs.read("2026-03-01,10\n2026-03-01,10\n2026-03-02,10\n", BOUNDS)[1]
    first = list(logs.ids(owner, "table", lines))
    assert len(set(first)) == 3
    assert first == list(logs.ids(owner, "table", lines))
    assert not set(first) & set(logs.ids(UUID(int=2), "table", lines))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2026-03-01T07:00:00", "instant"),
        ("2026-13-01T07:00:00Z", "instant"),
        ("0001-01-01T00:00:00+14:00", "instant"),
        ("1999-12-31T23:59:59Z", "when"),
        ("2026-03-10T00:00:01Z", "when"),
        (5, "instant"),
    ],
)
def test_instants_lie_between_2000_and_now(value, wanted):
    assert code(lambda: Fields({"at": value}).instant("at", BOUNDS)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Date,Value,Notes\n2026-03-04,YES_MANUAL,tired\n2026-03-03,YES_AUTO,\n2026-03-02,SKIP,\n2026-03-01,NO,\n",
        "Date,Value\n2026-03-04,2,tired\n2026-03-03,1\n2026-03-02,3\n2026-03-01,0\n2026-02-28,-1\n",
        "2026-03-04,2,tired\n2026-03-03,1\n2026-03-02,-1\n",
    ],
    ids=["words", "numbers", "nameless"],
)
def test_check_marks_of_all_versions_of_loop_mean_the_same(text):
    kind, lines = logs.read(text, BOUNDS)
    assert kind == "loop"
    assert [(line.day, line.minutes, line.note) for line in lines] == [(date(2026, 3, 4), None, "tired")]


def test_small_minutes_are_no_check_marks():
    assert logs.read("2026-03-04,2\n2026-03-03,10\n", BOUNDS)[0] == "table"
