"""Pages for when something is wrong: plain words, no trace, no dependence on what may be broken."""

import pytest
from django.test import Client


def test_nothing_to_start_is_told_in_words(db):
    response = Client().post("/sessions/", {})
    assert response.status_code == 400
    assert "makes no sense here" in response.content.decode()


def test_an_error_of_ours_shows_no_trace(db, monkeypatch):
    def broken(*args: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("accounts.views._account_page", broken)
    response = Client(raise_request_exception=False).get("/account/")
    assert response.status_code == 500
    assert "on our side" in response.content.decode()
    assert "secret detail" not in response.content.decode()


@pytest.mark.parametrize("address", ["/nothing/", "/stretches/nothing/", "/history/2026-02-30/", "/routines/ready/x/"])
def test_an_unknown_address_offers_a_way_on(db, address):
    response = Client().get(address)
    assert response.status_code == 404
    assert "nothing at this address" in response.content.decode()


def test_a_missing_token_is_told_in_words_and_names_the_expected_address(db):
    client = Client(enforce_csrf_checks=True, headers={"Origin": "https://elsewhere.example"})
    response = client.post("/account/", {})
    assert response.status_code == 403
    assert "too old" in response.content.decode()
    assert "SITE_URL" in response.content.decode()


def test_a_foreign_host_is_refused(db):
    assert Client(headers={"Host": "evil.example"}).get("/").status_code == 400


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_need_no_host_name(db, address):
    response = Client(headers={"Host": "10.0.0.7"}).get(address)
    assert (response.status_code, response.content) == (200, b"ok\n")
