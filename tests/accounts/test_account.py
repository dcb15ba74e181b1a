"""The page about the person: preferences, deletion, password."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD

URL = "/account/"
GOOD = {
    "time_zone": "Pacific/Auckland",
    "day_start": "4",
    "week_start": "6",
    "goal": "5",
    "rest_days": ["5", "6"],
    "sound": "on",
}


def test_anonymous_sees_it_and_saving_makes_a_guest(db):
    client = Client()
    assert client.get(URL).status_code == 200
    assert User.objects.count() == 0
    assert client.post(URL, GOOD).status_code == 302
    person = User.objects.get()
    assert person.is_guest
    assert (person.time_zone, person.day_start, person.week_start) == ("Pacific/Auckland", 4, 6)


@time_machine.travel("2026-03-04 12:00:00+00:00", tick=False)
def test_the_first_goal_counts_for_this_week_and_a_change_for_the_next(client_as, user):
    client = client_as(user)
    client.post(URL, {**GOOD, "time_zone": "Europe/Berlin", "week_start": "0"})
    client.post(URL, {**GOOD, "time_zone": "Europe/Berlin", "week_start": "0", "goal": "2"})
    changes = [(str(c.starts_on), c.days_a_week) for c in user.goal_changes.all()]
    assert changes == [("2026-03-02", 5), ("2026-03-09", 2)]


def test_saving_the_same_twice_changes_nothing(client_as, user):
    client = client_as(user)
    client.post(URL, GOOD)
    client.post(URL, GOOD)
    assert user.goal_changes.count() == 1
    assert user.rest_changes.count() == 1
    assert user.rest_changes.get().weekdays == [5, 6]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day_start", "7"),
        ("week_start", "-1"),
        ("goal", "0"),
        ("goal", "x"),
        ("time_zone", "Mars/Base"),
        ("rest_days", "9"),
    ],
)
def test_bad_values_are_told_and_nothing_is_saved(client_as, user, field, value):
    response = client_as(user).post(URL, {**GOOD, field: value})
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    user.refresh_from_db()
    assert user.day_start == 3
    assert not user.goal_changes.exists()


def test_seven_rest_days_are_too_many(client_as, user):
    response = client_as(user).post(URL, {**GOOD, "rest_days": [str(n) for n in range(7)]})
    assert response.status_code == 422
    assert "at least one day" in response.content.decode()


def test_unlisted_fields_cannot_be_written(client_as, user):
    client_as(user).post(URL, {**GOOD, "is_staff": "on", "is_superuser": "on", "email": "x@example.org"})
    user.refresh_from_db()
    assert not user.is_staff
    assert not user.is_superuser
    assert user.email == "alice@example.org"


def test_the_device_zone_comes_from_the_cookie_and_nonsense_is_ignored(db):
    client = Client()
    client.cookies["tz"] = "Asia%2FTokyo"
    assert "This device says Asia/Tokyo" in client.get(URL).content.decode()
    client.cookies["tz"] = "../../etc"
    assert "This device says" not in client.get(URL).content.decode()


def test_deleting_needs_a_deliberate_yes(client_as, user):
    client = client_as(user)
    assert client.get("/account/delete/").status_code == 200
    assert client.post("/account/delete/").status_code == 422
    assert User.objects.filter(pk=user.pk).exists()
    assert client.post("/account/delete/", {"sure": "on"}).url == "/"
    assert not User.objects.filter(pk=user.pk).exists()


def test_changing_the_password_ends_other_sessions(client_as, user):
    here, there = client_as(user), client_as(user)
    response = here.post(
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": "another calm one", "new_password2": "another calm one"},
    )
    assert response.status_code == 302
    assert here.get("/account/delete/").status_code == 200
    assert there.get("/account/delete/").status_code == 302


def test_a_wrong_old_password_is_told(client_as, user):
    response = client_as(user).post("/account/password/", {"old_password": "no"})
    assert response.status_code == 422


def test_guests_have_no_password_to_change(client_as, guest):
    assert client_as(guest).get("/account/password/").url == "/account/sign-up/"


def test_a_forgotten_password_is_mailed_and_works_once(client, user):
    response = client.post("/account/password/forgotten/", {"email": "alice@example.org"})
    assert "on its way" in response.content.decode()
    [link] = re.findall(r"http://[^/]+(/account/password/new/\S+)", str(mail.outbox[0].body))
    form = client.get(link, follow=True).request["PATH_INFO"]
    answer = client.post(form, {"new_password1": "another calm one", "new_password2": "another calm one"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password("another calm one")
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, db):
    response = client.post("/account/password/forgotten/", {"email": "nobody@example.org"})
    assert response.status_code == 200
    assert "on its way" in response.content.decode()
    assert not mail.outbox


def test_reset_mails_are_limited(client, user):
    for _ in range(9):
        client.post("/account/password/forgotten/", {"email": "alice@example.org"})
    assert len(mail.outbox) == 5


def test_without_a_mail_server_the_page_says_so(client, user, settings):
    settings.CAN_MAIL = False
    for response in (
        client.get("/account/password/forgotten/"),
        client.post("/account/password/forgotten/", {"email": "alice@example.org"}),
    ):
        assert "cannot send e-mail" in response.content.decode()
    assert not mail.outbox


def test_what_cannot_be_sent_is_counted_and_not_shown(caplog):
    from django.core.mail import EmailMessage

    from backcare.mail import NoMail

    assert NoMail(alias="default").send_messages([EmailMessage("s", "a secret link")]) == 0
    assert "1 messages were not sent" in caplog.text
    assert "secret" not in caplog.text


def test_freezes_are_off_until_asked_for(client_as, user):
    client = client_as(user)
    client.post(URL, GOOD)
    assert (User.objects.get(pk=user.pk).freeze_cap, User.objects.get(pk=user.pk).freeze_every) == (0, 7)
    client.post(URL, {**GOOD, "freeze_cap": "2", "freeze_every": "10"})
    assert (User.objects.get(pk=user.pk).freeze_cap, User.objects.get(pk=user.pk).freeze_every) == (2, 10)
    client.post(URL, GOOD)
    assert User.objects.get(pk=user.pk).freeze_cap == 2, "what was not sent stays"


@pytest.mark.parametrize(
    ("field", "value"),
    [("freeze_cap", "6"), ("freeze_cap", "-1"), ("freeze_every", "0"), ("freeze_every", "31"), ("freeze_every", "x")],
)
def test_freezes_have_bounds(client_as, user, field, value):
    response = client_as(user).post(URL, {**GOOD, "freeze_cap": "1", "freeze_every": "7", field: value})
    assert response.status_code == 422
    assert 'class="errorlist"' in response.content.decode()
    assert User.objects.get(pk=user.pk).freeze_cap == 0


@time_machine.travel("2026-03-04 12:00:00+00:00", tick=False)
def test_the_page_says_what_holds_since_when_and_drops_what_is_to_come(client_as, user):
    berlin = {**GOOD, "time_zone": "Europe/Berlin", "week_start": "0"}
    client = client_as(user)
    client.post(URL, berlin)
    client.post(URL, {**berlin, "goal": "2"})
    html = client.get(URL).content.decode()
    assert "5 days a week, since 2 March 2026" in html
    assert "2 days a week, from 9 March 2026" in html
    assert "Rest on Saturday, Sunday, since 4 March 2026" in html
    assert html.count('action="/account/goals/cancel/"') == 1

    before = User.objects.get(pk=user.pk).history_version
    for _ in range(2):
        assert client.post("/account/goals/cancel/", {"starts_on": "2026-03-09"}).status_code == 302
    assert [change.days_a_week for change in user.goal_changes.all()] == [5]
    assert User.objects.get(pk=user.pk).history_version != before


@time_machine.travel("2026-03-04 12:00:00+00:00", tick=False)
def test_a_goal_that_holds_cannot_be_dropped(client_as, user, stranger):
    client_as(user).post(URL, {**GOOD, "time_zone": "Europe/Berlin", "week_start": "0"})
    client_as(user).post("/account/goals/cancel/", {"starts_on": "2026-03-02"})
    client_as(stranger).post("/account/goals/cancel/", {"starts_on": "2026-03-02"})
    assert user.goal_changes.count() == 1
    assert client_as(user).post("/account/goals/cancel/", {"starts_on": "soon"}).status_code == 400


def test_every_saved_choice_makes_another_version_of_the_history(client_as, user):
    client_as(user).post(URL, GOOD)
    assert User.objects.get(pk=user.pk).history_version != user.history_version
