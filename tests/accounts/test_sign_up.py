"""Making an account: as a newcomer, as a guest, with bad input."""

from django.test import Client

from accounts.models import User
from tests.factories import UserFactory

URL = "/account/sign-up/"
GOOD = {"email": "New@Example.org ", "password": "a calm sentence"}


def test_a_newcomer_gets_an_account_and_is_signed_in(db):
    client = Client()
    response = client.post(URL, GOOD)
    assert response.status_code == 302
    user = User.objects.get()
    assert user.email == "new@example.org"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_guest_becomes_the_account_itself(client_as, guest):
    client = client_as(guest)
    client.post(URL, GOOD)
    guest.refresh_from_db()
    assert guest.email == "new@example.org"
    assert not guest.is_guest
    assert User.objects.count() == 1


def test_the_session_key_changes(client_as, guest):
    client = client_as(guest)
    before = client.session.session_key
    client.post(URL, GOOD)
    assert client.session.session_key != before


def test_a_taken_address_is_told_beside_the_field(db):
    UserFactory.create(email="new@example.org")
    response = Client().post(URL, GOOD)
    assert response.status_code == 422
    assert "already an account" in response.content.decode()
    assert 'value="New@Example.org' in response.content.decode()


def test_a_weak_password_is_refused_with_a_reason(db):
    response = Client().post(URL, {"email": "a@example.org", "password": "short"})
    assert response.status_code == 422
    assert "at least 10 characters" in response.content.decode()
    assert not User.objects.exists()


def test_somebody_with_an_account_is_sent_to_it(client_as, user):
    assert client_as(user).get(URL).url == "/account/"


def test_too_many_new_accounts_from_one_address_wait(db):
    for number in range(20):
        Client().post(URL, {"email": f"p{number}@example.org", "password": "a calm sentence"})
    response = Client().post(URL, GOOD)
    assert response.status_code == 422
    assert "try again in an hour" in response.content.decode()
    assert User.objects.count() == 20


def test_bad_addresses_never_break_the_page(db):
    for email in ("", "x" * 300, "nul\0@example.org", "a@b", "\ud800@example.org".encode("utf-16", "surrogatepass")):
        assert Client().post(URL, {"email": email, "password": "a calm sentence"}).status_code == 422
