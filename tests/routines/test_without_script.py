"""The whole way through the builder with nothing but links and plain forms, as a visitor."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from tests.routines.pages import steps, text, total

pytestmark = pytest.mark.django_db


def submit(client: Client, page: str, action: str, **data: str) -> str:
    """Send the first form with this action as a browser would, follow, and return the next page."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form, f"no form for {action}"
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[1]))
    response = client.post(action, {**fields, **data}, follow=True)
    assert response.status_code == 200
    return text(response)


def test_from_nothing_to_a_routine_that_can_be_started() -> None:
    call_command("load_catalogue", verbosity=0)
    client = Client()
    page = submit(client, text(client.get("/routines/new/")), "/routines/new/", name="Evening", context="any")
    found = re.search(r'action="(/routines/[0-9a-f-]{36}/)edit/"', page)
    assert found
    base = found[1]

    def at(query: str = "") -> str:
        return text(client.get(f"{base}edit/{query}"))

    page = at("?q=knee+to+chest")
    assert 'value="knee-to-chest" form="add-form"' in page
    for slug in ("knee-to-chest", "cat-cow", "childs-pose-rest", "cat-cow"):
        page = submit(client, page, f"{base}steps/", stretch=slug)
    ids = re.findall(r'data-id="([^"]+)"', page)
    assert len(ids) == 4

    page = submit(client, page, f"{base}steps/{ids[1]}/move/", to="up")
    page = submit(
        client,
        at(f"?open={ids[0]}"),
        f"{base}steps/{ids[0]}/",
        seconds="20",
        sets="1",
        rest_s="10",
        phase="main",
        way="foot-flat",
        note="Left first",
    )
    assert "Left first" in page
    version = re.findall(r'data-version="(\d+)"', page)[0]
    page = text(client.post(f"{base}steps/{ids[3]}/remove/", {"version": version}, follow=True))
    assert "Cat-cow is removed." in page
    page = submit(client, page, f"{base}steps/{ids[3]}/restore/")

    response = client.get(base)
    assert steps(response) == ["cat-cow", "knee-to-chest", "childs-pose-rest", "cat-cow"]
    # Get ready and 10 breaths of 6 s; lie down, 20 s a side with a switch; kneel, 2 x 30 s with a rest; breathe.
    assert total(response) == (10 + 60) + (15 + 45) + (15 + 70) + (15 + 60)
    assert 'action="/sessions/"' in text(response)
