"""Reading answers: what stands in a page, and what htmx would get."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from routines.models import Routine

HTMX = {"HX-Request": "true", "HX-Target": "div#builder"}
SEARCH = {"HX-Request": "true", "HX-Target": "div#picker-results"}


def text(response: Any) -> str:
    """The page as text, entities of quotes resolved."""
    page: str = response.content.decode()
    return page.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")


def steps(response: Any) -> list[str]:
    """The slugs of the steps shown, in order."""
    return re.findall(r'<li[^>]* data-step="\d+"[^>]* data-stretch="([^"]+)"', text(response))


def total(response: Any) -> int:
    """The seconds that stand in #total-time."""
    found = re.findall(r'<data id="total-time" value="(\d+)">', text(response))
    assert len(found) == 1
    return int(found[0])


def is_page(response: Any) -> bool:
    """Whether the answer is a whole page rather than a fragment."""
    return "<html" in text(response)


def post(client: Client, url: str, routine: Routine, data: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
    """Post one of the builder's small forms, made from the version that is saved now."""
    routine.refresh_from_db()
    return client.post(url, {"version": routine.version, **(data or {})}, **kwargs)
