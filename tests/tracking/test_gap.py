"""One question for all days left open lately: which days, what becomes of the answer, never twice."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import RestChange, User
from tests.tracking.factories import practise
from tests.tracking.pages import words_of
from tracking.calendar import Total
from tracking.gap import open_days
from tracking.models import Origin, Pause
from tracking.services.pauses import MOST
from tracking.streaks import Settings

TODAY = date(2026, 3, 12)  # a Thursday
NOON = datetime(2026, 3, 12, 11, tzinfo=UTC)
PLAIN = Settings()


def march(*days: int) -> list[date]:
    return [date(2026, 3, day) for day in days]


def asked(done: Iterable[date], settings: Settings = PLAIN, **more) -> list[int]:
    totals = dict.fromkeys(done, Total(600, 1, 1))
    return [day.day for day in open_days(totals, settings, TODAY, **more)]


@pytest.mark.parametrize(
    ("done", "days"),
    [
        ([], []),
        # Not only yesterday: all days of the gap.
        (march(9), [10, 11]),
        (march(8), [9, 10, 11]),
        (march(9, 10), [11]),
        # One day off in a habit of every other day is no gap.
        (march(8, 10), []),
        # The week before kept its goal of three, so its days off are nobody's business.
        (march(2, 4, 6, 11), [9, 10]),
        (march(11), []),
        (march(12), []),
    ],
)
def test_which_days_make_a_gap(done, days):
    assert asked(done) == days


def test_two_weeks_are_asked_about_and_no_more():
    found = open_days({date(2026, 1, 1): Total(600, 1, 1)}, PLAIN, TODAY)
    assert found == tuple(TODAY - timedelta(days=n) for n in range(14, 0, -1))


def test_days_off_are_not_asked_about():
    assert asked(march(8), Settings(paused=march(9, 10, 11))) == []
    assert asked(march(8), Settings(rests=((date.min, frozenset({1})),))) == [9, 11]
    assert asked(march(8), Settings(linked=march(10))) == [9, 11]
    assert asked(march(8), frozen=march(9, 10, 11)) == []


def test_what_was_answered_is_not_asked_again():
    assert asked(march(8), answered_until=date(2026, 3, 10)) == [11]
    assert asked(march(8), answered_until=date(2026, 3, 11)) == []


@pytest.mark.parametrize("today", [date.min, date(1, 1, 9), date.max])
def test_the_ends_of_the_calendar_are_no_edge_to_fall_off(today):
    open_days({date.min: Total(600, 1, 1)}, PLAIN, today)


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def send(client, **values):
    return client.post("/today/open-days/", {"until": "2026-03-11", **values})


def test_the_question_is_on_todays_page_once(client_as, user, noon):
    practise(user, date(2026, 3, 8))
    client = client_as(user)
    html = client.get("/").content.decode()
    assert html.count("What happened on these days?") == 1
    assert [f'name="day-2026-03-{day:02}"' in html for day in (8, 9, 10, 11, 12)] == [False, True, True, True, False]
    assert "missed" not in words_of(html)


def test_nobody_new_is_asked(client_as, user, client, noon):
    assert "What happened" not in client_as(user).get("/").content.decode()
    assert "What happened" not in client.get("/").content.decode()


def test_the_answer_becomes_sessions_and_pauses(client_as, user, noon):
    practise(user, date(2026, 3, 7))
    client = client_as(user)
    answers = {"day-2026-03-08": "stretched", "minutes-2026-03-08": "15", "day-2026-03-09": "ill"}
    assert send(client, **answers, **{"day-2026-03-10": "ill", "day-2026-03-11": "nothing"}).status_code == 302
    session = user.sessions.get(origin=Origin.BY_HAND)
    assert (session.practice_day, session.seconds, session.counts) == (date(2026, 3, 8), 900, True)
    pause = user.pauses.get()
    assert (pause.starts_on, pause.ends_on, pause.reason) == (date(2026, 3, 9), date(2026, 3, 10), "ill")
    after = User.objects.get(pk=user.pk)
    assert after.gap_answered_until == date(2026, 3, 11)
    assert after.history_version != user.history_version
    assert "What happened" not in client.get("/").content.decode()


def test_pressing_twice_writes_once(client_as, user, noon):
    practise(user, date(2026, 3, 8))
    client = client_as(user)
    for _ in range(2):
        assert send(client, **{"day-2026-03-09": "stretched", "minutes-2026-03-09": "5"}).status_code == 302
    assert user.sessions.filter(origin=Origin.BY_HAND).count() == 1


def test_not_now_is_an_answer(client_as, user, noon):
    practise(user, date(2026, 3, 8))
    client = client_as(user)
    assert send(client, later="1", **{"day-2026-03-09": "ill"}).status_code == 302
    assert not user.pauses.exists()
    assert "What happened" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"day-2026-03-09": "stretched", "minutes-2026-03-09": ""}, "how many minutes"),
        ({"day-2026-03-09": "stretched", "minutes-2026-03-09": "0"}, "1 to 600"),
        ({"day-2026-03-09": "stretched", "minutes-2026-03-09": "x"}, "whole minutes"),
        ({"day-2026-03-09": "slept"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(client_as, user, noon, values, says):
    practise(user, date(2026, 3, 8))
    response = send(client_as(user), **{"day-2026-03-10": "ill"}, **values)
    assert response.status_code == 422
    assert says in words_of(response.content.decode())
    assert not user.pauses.exists()
    assert User.objects.get(pk=user.pk).gap_answered_until is None


def test_all_of_it_or_nothing(client_as, user, noon):
    practise(user, date(2026, 3, 8))
    Pause.objects.bulk_create(
        Pause(owner=user, starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 1)) for _ in range(MOST)
    )
    answers = {"day-2026-03-09": "stretched", "minutes-2026-03-09": "15", "day-2026-03-10": "ill"}
    response = send(client_as(user), **answers)
    assert response.status_code == 422
    assert "200 pauses" in words_of(response.content.decode())
    assert not user.sessions.filter(origin=Origin.BY_HAND).exists()


def test_minutes_of_whoever_was_ill_do_not_matter(client_as, user, noon):
    practise(user, date(2026, 3, 8))
    assert send(client_as(user), **{"day-2026-03-09": "ill", "minutes-2026-03-09": "x"}).status_code == 302


@pytest.mark.parametrize("until", ["", "soon", "2026-13-01"])
def test_an_answer_says_up_to_when(client_as, user, noon, until):
    assert send(client_as(user), until=until).status_code == 400


def test_days_that_were_not_asked_about_are_not_written(client_as, user, noon):
    practise(user, date(2026, 3, 8))
    RestChange.objects.create(owner=user, starts_on=date(2026, 1, 1), weekdays=[1])
    fields = {"until": "9999-12-31", "day-2026-03-10": "ill", "day-2026-03-12": "ill", "day-2020-01-01": "ill"}
    assert send(client_as(user), **fields).status_code == 302
    assert not user.pauses.exists()
    assert User.objects.get(pk=user.pk).gap_answered_until == date(2026, 3, 11)
