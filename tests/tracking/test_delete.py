"""Deleting a session from the history pages: it vanishes everywhere, and one press brings it back."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.tracking.factories import practise
from tests.tracking.pages import attributes_of_day, value_of, words_of
from tracking.views.history import MOST_UNDO, UNDO_FOR

WEDNESDAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def press(client, html: str, action: str):
    """Send the form of that address as the page has it, and follow where it leads."""
    form = re.search(rf'<form method="post" action="{action}">(.*?)</form>', html, re.DOTALL)
    assert form, f"there is no form for {action}"
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    response = client.post(action, fields, follow=True)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("page", ["/history/", "/history/2026-03-04/", "/history/?year=2026"])
def test_a_deleted_session_vanishes_and_comes_back(client_as, user, page):
    session = practise(user, WEDNESDAY, name="Wrong one")
    client = client_as(user)
    before = client.get(page).content.decode()

    gone = press(client, before, f"/sessions/{session.pk}/delete/")
    history = client.get("/history/").content.decode()
    assert gone.request["PATH_INFO"] == page.partition("?")[0], "the person stays where they were"
    assert "Wrong one of 4 March is deleted." in words_of(gone.content.decode())
    assert value_of(history, "current-streak") == value_of(history, "week-done") == 0
    assert attributes_of_day(history, "2026-03-04")["data-minutes"] == "0"

    back = press(client, gone.content.decode(), f"/sessions/{session.pk}/restore/")
    history = client.get("/history/").content.decode()
    assert "is deleted" not in words_of(back.content.decode())
    assert value_of(history, "current-streak") == value_of(history, "week-done") == 1
    assert attributes_of_day(history, "2026-03-04")["data-minutes"] == "10"


def test_after_an_hour_it_is_not_offered_any_more(client_as, user, noon):
    session = practise(user, WEDNESDAY, deleted_at=NOON)
    client = client_as(user)
    assert f"/sessions/{session.pk}/restore/" in client.get("/history/").content.decode()
    noon.shift(UNDO_FOR + timedelta(seconds=1))
    assert "restore" not in client.get("/history/").content.decode()


def test_only_the_last_few_are_offered(client_as, user):
    for n in range(MOST_UNDO + 3):
        practise(user, WEDNESDAY, name=f"Deleted {n}", deleted_at=NOON - timedelta(minutes=n))
    html = client_as(user).get("/history/").content.decode()
    assert [f"Deleted {n} of" in html for n in range(MOST_UNDO + 3)] == [True] * MOST_UNDO + [False] * 3


def test_a_day_offers_only_what_was_deleted_from_it(client_as, user):
    practise(user, WEDNESDAY, name="Of that day", deleted_at=NOON)
    client = client_as(user)
    assert "restore" in client.get("/history/2026-03-04/").content.decode()
    assert "restore" not in client.get("/history/2026-03-03/").content.decode()


def test_nobody_is_offered_what_somebody_else_deleted(client_as, user, stranger):
    practise(user, WEDNESDAY, deleted_at=NOON)
    assert "restore" not in client_as(stranger).get("/history/").content.decode()
