"""Signing in and out: the claim of a guest's things, limits, redirects."""

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD

URL = "/account/sign-in/"


def sign_in(client: Client, password: str = PASSWORD, **extra: str):
    return client.post(URL, {"email": "Alice@example.org", "password": password, **extra})


def test_it_works(client, user):
    response = sign_in(client, next="/routines/")
    assert response.status_code == 302
    assert response.url == "/routines/"
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(("email", "password"), [("alice@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_wrong_pairs_are_told_alike(client, user, email, password):
    response = client.post(URL, {"email": email, "password": password})
    assert response.status_code == 422
    assert "do not go together" in response.content.decode()


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"]
)
def test_it_never_leads_off_the_site(client, user, target):
    assert sign_in(client, next=target).url == "/"


def test_a_guests_preferences_and_conditions_move_into_the_account(client_as, user, guest):
    guest.conditions = ["knee"]
    guest.save()
    guest.goal_changes.create(starts_on="2026-01-05", days_a_week=5)
    client = client_as(guest)
    sign_in(client)
    user.refresh_from_db()
    assert user.conditions == ["knee"]
    assert user.goal_changes.get().days_a_week == 5
    assert not User.objects.filter(pk=guest.pk).exists()


def test_the_accounts_own_goal_wins(client_as, user, guest):
    user.goal_changes.create(starts_on="2026-01-05", days_a_week=2)
    guest.goal_changes.create(starts_on="2026-01-05", days_a_week=5)
    sign_in(client_as(guest))
    assert user.goal_changes.get().days_a_week == 2


def test_guessing_is_stopped_and_the_owner_elsewhere_is_not(client, user):
    for _ in range(5):
        sign_in(client, "wrong")
    assert "wait a few minutes" in sign_in(client).content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere).status_code == 302


def test_a_forged_forwarding_header_adds_no_tries(client, user):
    codes = [
        client.post(URL, {"email": "alice@example.org", "password": "x"}, headers={"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(8)
    ]
    assert "wait a few minutes" in codes[-1].content.decode()


def test_signing_out_ends_the_session(client_as, user):
    client = client_as(user)
    assert client.post("/account/sign-out/").url == "/"
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_post(client_as, user):
    assert client_as(user).get("/account/sign-out/").status_code == 405


def test_a_guest_is_not_signed_out_by_accident(client_as, guest):
    client = client_as(guest)
    assert client.post("/account/sign-out/").url == "/account/"
    assert client.session["_auth_user_id"] == str(guest.pk)


def test_an_inactive_account_stays_out(client, user):
    user.is_active = False
    user.save()
    assert sign_in(client).status_code == 422


def test_signing_out_asks_the_browser_to_forget(client_as, user):
    response = client_as(user).post("/account/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_page_can_ask_who_is_signed_in(client, client_as, user):
    assert client.get("/account/token/").json()["person"] == ""
    answer = client_as(user).get("/account/token/").json()
    assert answer["person"] == str(user.pk)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    token = strict.get("/account/token/").json()["token"]
    assert strict.post("/account/sign-out/", {"csrfmiddlewaretoken": token}).status_code == 302
