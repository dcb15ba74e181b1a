"""The page of a day: what was done, when and where, and why the day counts or does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from accounts.models import RestChange, User
from tests.tracking.factories import SessionStepFactory, practise
from tests.tracking.pages import words_of
from tracking.models import Outcome, Session, Status

WEDNESDAY = date(2026, 3, 4)
TUESDAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
TO = "\N{EN DASH}"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def get(client, day: date = TUESDAY) -> str:
    response = client.get(f"/history/{day.isoformat()}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_day_tells_what_was_done(client_as, user):
    session = practise(user, TUESDAY, seconds=660, pain_before=5, pain_after=2, note="Left side <b>tight</b>.")
    SessionStepFactory.create(session=session, label="Cat-cow", done_s=60)
    SessionStepFactory.create(
        session=session, label="Figure four", sides="each", done_s=55, done_left_s=30, done_right_s=25
    )
    SessionStepFactory.create(session=session, label="Chest opener", outcome=Outcome.PART, done_s=20)
    SessionStepFactory.create(session=session, label="Child's pose", outcome=Outcome.SKIPPED, done_s=0)
    words = words_of(get(client_as(user)))
    assert "Tuesday, 3 March 2026 This day counts. 11 minutes in all." in words
    assert f"07:00{TO}07:11, Berlin 11 min" in words
    assert "Counts, with at least a minute of practice." in words
    assert "Cat-cow 1 min" in words
    assert "Figure four 30 s left, 25 s right" in words
    assert "Chest opener Partly done, 20 s" in words
    assert "Child's pose Skipped" in words
    assert "Pain 5 → 2" in words
    assert "Left side <b>tight</b>." in words, "a note is text"
    assert f"/sessions/{session.pk}/summary/" in get(client_as(user))


def test_sessions_stand_in_the_order_they_happened(client_as, user):
    practise(user, TUESDAY, at=time(21), name="Evening")
    practise(user, TUESDAY, at=time(7), name="Morning")
    html = get(client_as(user))
    assert html.index("Morning") < html.index("Evening")


def test_a_night_owl_reads_why_it_counts_for_the_evening_before(client_as, user):
    practise(user, WEDNESDAY, at=time(0, 40), practice_day=TUESDAY)
    words = words_of(get(client_as(user)))
    assert f"00:40{TO}00:50, Berlin 10 min in the night to 4 March" in words
    assert "Your days run from 03:00 to 03:00" in words


def test_time_and_place_are_those_of_the_session(client_as, user):
    practise(user, TUESDAY, at=time(23, 30), zone="America/Argentina/Buenos_Aires")
    User.objects.filter(pk=user.pk).update(time_zone="Asia/Tokyo", day_start=0)
    words = words_of(get(client_as(user)))
    assert f"23:30{TO}23:40, Buenos Aires" in words
    assert "in the night" not in words


def test_half_of_the_steps_is_a_reason_too(client_as, user):
    practise(user, TUESDAY, seconds=40)
    assert "Counts, with at least half of its steps done." in words_of(get(client_as(user)))


def test_what_is_too_short_says_so_without_a_reproach(client_as, user):
    practise(user, TUESDAY, seconds=20, counts=False, status=Status.ENDED)
    words = words_of(get(client_as(user)))
    assert "not enough for the day to count" in words
    assert "07:00, Berlin 20 s" in words
    assert "Too short to count: less than a minute" in words


def test_a_session_under_way_can_be_gone_on_with(client_as, user):
    session = practise(user, WEDNESDAY, seconds=0, counts=False, status=Status.RUNNING, finished_at=None)
    html = get(client_as(user), WEDNESDAY)
    assert f'href="/sessions/{session.pk}/"' in html
    assert "Not enough to count yet, and today is still open." in words_of(html)
    assert "Still under way." in words_of(html)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (WEDNESDAY, "Today is still open."),
        (TUESDAY, "No session on this day."),
        (date(2026, 3, 5), "This day is still to come."),
        (date.min, "No session on this day."),
        (date.max, "This day is still to come."),
    ],
)
def test_an_empty_day_is_a_kind_page(client, db, day, sentence):
    assert sentence in words_of(get(client, day))


def test_planned_rest_is_called_rest(client_as, user):
    RestChange.objects.create(owner=user, starts_on=date(2026, 1, 1), weekdays=[1, 2])
    assert "A planned rest day: it neither adds" in words_of(get(client_as(user)))
    assert "Today is a planned rest day." in words_of(get(client_as(user), WEDNESDAY))


def test_a_day_over_the_date_line_is_explained(client_as, user):
    practise(user, date(2026, 2, 24), at=time(21), zone="America/Los_Angeles")
    practise(user, date(2026, 2, 26), zone="Australia/Sydney")
    assert "lost over the date line" in words_of(get(client_as(user), date(2026, 2, 25)))


def test_the_days_beside_it_are_one_press_away(client_as, user):
    html = get(client_as(user))
    assert 'rel="prev" href="/history/2026-03-02/"' in html
    assert 'rel="next" href="/history/2026-03-04/"' in html
    assert 'rel="next"' not in get(client_as(user), WEDNESDAY), "tomorrow has not come"
    assert 'rel="prev"' not in get(client_as(user), date.min)


@pytest.mark.parametrize("address", ["2026-02-30", "2026-13-01", "2026-3-4", "0000-01-01", "today"])
def test_what_is_no_date_is_no_page(client, db, address):
    assert client.get(f"/history/{address}/").status_code == 404


def test_nobody_sees_anything_of_somebody_else(client_as, user, stranger):
    practise(user, TUESDAY, name="My private session", note="private")
    html = get(client_as(stranger))
    assert "private" not in html
    assert "No session on this day." in html


def test_only_looking_is_possible(client, db):
    assert client.post("/history/2026-03-03/").status_code == 405


def test_the_page_asks_no_more_for_more(client_as, user, count_queries):
    client = client_as(user)
    client.get("/history/")  # the weekly renewal of the session is over after this

    def grow(count: int) -> int:
        Session.objects.all().delete()
        for n in range(count):
            session = practise(user, TUESDAY, at=time(n % 24, n))
            for _ in range(3):
                SessionStepFactory.create(session=session)
            practise(user, TUESDAY, deleted_at=NOON - timedelta(minutes=n))
        return count_queries(client, "/history/2026-03-03/")

    assert grow(2) == grow(20) == 10
