"""A guest's history hangs on a cookie: it is renewed while it is used."""

import time_machine
from django.test import Client


def test_the_cookie_is_renewed_once_a_week(guest):
    with time_machine.travel("2026-03-04 12:00:00+00:00", tick=False) as clock:
        client = Client()
        client.force_login(guest)
        assert "backcare_session" in client.get("/account/").cookies
        assert "backcare_session" not in client.get("/account/").cookies
        clock.move_to("2026-03-12 12:00:00+00:00")
        assert "backcare_session" in client.get("/account/").cookies


def test_a_visitor_gets_no_cookie(db):
    assert not Client().get("/account/sign-in/").cookies.get("backcare_session")
