"""The table for spreadsheets: whatever somebody wrote, no cell is a formula, and nothing else is changed."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from tests import hypothesis_profiles  # noqa: F401
from tracking.exchange import sheet

DANGEROUS = tuple("=+-@\t\r\0")
texts = st.text() | st.builds(
    str.__add__, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\0", '"=', "'"]), st.text()
)


@given(st.lists(texts, min_size=1, max_size=5))
@example(['=cmd|"/c calc"!A1', "a\r\n=1", 'say "hi"', ""])
def test_no_cell_starts_dangerously_and_every_text_comes_back(row):
    text = "".join(sheet.lines(["head"], [row]))
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read[0] == ["head"]
    assert not any(one.startswith(DANGEROUS) for one in read[1])
    assert [one[1:] if was.startswith(DANGEROUS) else one for one, was in zip(read[1], row, strict=True)] == row


def test_numbers_and_nothing_stay_what_they_are():
    assert list(sheet.lines(["a"], [[3, None, "x,y"]])) == ["a\r\n", '3,,"x,y"\r\n']
