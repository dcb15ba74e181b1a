"""Short ways to read the history pages in tests."""

import re
from html import unescape


def value_of(html: str, name: str) -> int:
    """The number in `<data id="name" value="N">`."""
    found = re.findall(rf'<data id="{name}" value="(-?\d+)">', html)
    assert len(found) == 1, f"{name} stands {len(found)} times on the page"
    return int(found[0])


def attributes_of_day(html: str, day: str) -> dict[str, str]:
    """The attributes of a day's cell in the calendar."""
    found = re.findall(rf'<td data-day="{day}"([^>]*)>', html)
    assert len(found) == 1, f"{day} stands {len(found)} times in the calendar"
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[0]))


def words_of(html: str) -> str:
    """What the page says, without its markup."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    text = re.sub(r'<span class="mark" aria-hidden="true">[^<]*</span>', "", text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", text))).strip()


def cell_words(html: str, day: str) -> str:
    """What a screen reader reads of a day's cell."""
    found = re.search(rf'<td data-day="{day}"[^>]*>(.*?)</td>', html, re.DOTALL)
    assert found, f"{day} is not in the calendar"
    return words_of(found[1])
