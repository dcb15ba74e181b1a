"""The first page: something to start at once, and for those who come back their week."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from accounts.models import GoalChange, RestChange
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_step
from tests.tracking.factories import practise
from tests.tracking.pages import words_of
from tracking.models import Session, Status

WEDNESDAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)  # noon in Berlin
MORNING = datetime(2026, 3, 4, 6, tzinfo=UTC)  # 07:00 in Berlin


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ready(db):
    """The ready-made routines that the page offers, a stretch each."""
    made = {}
    for slug in ("desk-break", "morning-10", "full-back-15", "lower-back-ease", "bedtime"):
        made[slug] = ReadyMadeFactory.create(slug=slug, name=slug.replace("-", " ").title())
        make_step(made[slug], "knee-to-chest")
    return made


def primary(html: str) -> str:
    """The words of the one big button."""
    found = re.findall(r'<(?:button|a) class="button primary big"[^>]*>(.*?)</(?:button|a)>', html, re.DOTALL)
    assert len(found) == 1
    return words_of(found[0])


def get(client, **headers):
    response = client.get("/", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_newcomer_can_start_at_once(client, ready):
    html = get(client)
    assert primary(html) == "Start Desk Break"
    assert '<input type="hidden" name="ready" value="desk-break">' in html
    assert html.count('action="/sessions/"') == 4
    assert "csrfmiddlewaretoken" in html


def test_what_is_offered_suits_the_hour_where_the_visitor_is(client, ready):
    with time_machine.travel(MORNING, tick=False):
        client.cookies["tz"] = "Europe/Berlin"
        assert primary(get(client)) == "Start Morning 10"
        client.cookies["tz"] = "Pacific/Auckland"
        assert primary(get(client)) == "Start Full Back 15"
        client.cookies["tz"] = "nonsense"
        assert "Good morning" in get(client)


def test_the_others_say_how_long_they_take(client, ready):
    words = words_of(get(client))
    assert "2 minutes in the morning" in words
    assert "2 minutes for the whole back" in words
    assert "2 minutes for a stiff lower back" in words


def test_the_button_starts_a_session(client, ready):
    assert client.post("/sessions/", {"ready": "desk-break"}).url.startswith("/sessions/")


def test_without_a_catalogue_the_way_leads_to_the_routines(client, db):
    html = get(client)
    assert primary(html) == "Choose a routine"


def test_a_newcomer_who_built_a_routine_finds_it(client_as, guest, ready):
    make_step(RoutineFactory.create(owner=guest, name="My own five"))
    RoutineFactory.create(owner=guest, name="Still empty")
    words = words_of(get(client_as(guest)))
    assert "My own five" in words
    assert "Still empty" not in words, "there is nothing to start in it"


def test_the_week_comes_first_for_those_who_come_back(client_as, user, ready):
    practise(user, date(2026, 3, 2))
    practise(user, WEDNESDAY, seconds=900)
    html = get(client_as(user))
    assert "2 of 3 days" in words_of(html)
    assert "25 minutes so far" in words_of(html)
    states = re.findall(r'<li data-state="(\w+)"', html)
    assert states == ["done", "none", "done", "future", "future", "future", "future"]
    assert '<li data-state="done" aria-current="date">' in html
    assert "Wednesday 4 March: today, 15 minutes" in words_of(html)
    assert "Today is done." in words_of(html)


def test_today_is_open_until_it_is_done(client_as, user, ready):
    practise(user, date(2026, 3, 3))
    words = words_of(get(client_as(user)))
    assert "Today is still open." in words
    assert "Days in a row1" in words
    assert "lost" not in words


def test_a_goal_that_is_met_is_a_week_complete(client_as, user, ready):
    GoalChange.objects.create(owner=user, starts_on=date(2026, 1, 1), days_a_week=1)
    practise(user, date(2026, 3, 3))
    assert "Your week is complete." in words_of(get(client_as(user)))


def test_a_rest_day_asks_for_nothing(client_as, user, ready):
    RestChange.objects.create(owner=user, starts_on=date(2026, 1, 1), weekdays=[2])
    practise(user, date(2026, 3, 2))
    assert "Today is a planned rest day." in words_of(get(client_as(user)))


def test_the_routine_used_last_is_one_press_away(client_as, user, ready):
    own = RoutineFactory.create(owner=user, name="My own five")
    make_step(own)
    practise(user, date(2026, 3, 2), routine=ready["bedtime"])
    practise(user, date(2026, 3, 3), routine=own)
    practise(user, WEDNESDAY, at=time(6), name="One stretch alone")
    html = get(client_as(user))
    assert primary(html) == "Start My own five"
    assert f'name="routine" value="{own.pk}"' in html
    assert "One stretch alone" in words_of(html), "the last session is named"


def test_a_routine_that_is_gone_is_not_offered(client_as, user, ready):
    own = RoutineFactory.create(owner=user, name="My own five", deleted_at=NOON)
    make_step(own)
    practise(user, date(2026, 3, 2), routine=ready["bedtime"])
    practise(user, date(2026, 3, 3), routine=own)
    html = get(client_as(user))
    assert primary(html) == "Start Bedtime"
    assert "My own five" not in html


def test_what_suits_the_hour_stands_in_for_a_last_routine(client_as, user, ready):
    practise(user, date(2026, 3, 3), name="One stretch alone")
    assert primary(get(client_as(user))) == "Start Desk Break"


def test_an_unfinished_session_waits(client_as, user, ready):
    practise(user, date(2026, 3, 3), routine=ready["bedtime"])
    running = practise(user, WEDNESDAY, at=time(11, 50), name="Morning 10", status=Status.RUNNING, finished_at=None)
    html = get(client_as(user))
    assert primary(html) == "Continue Morning 10"
    assert f'href="/sessions/{running.pk}/"' in html


def test_a_session_left_long_ago_is_not_waiting(client_as, user, ready):
    practise(user, WEDNESDAY - timedelta(days=1), status=Status.RUNNING, finished_at=None)
    assert primary(get(client_as(user))) == "Start Desk Break"


def test_a_person_with_nothing_to_start_is_led_to_the_routines(client_as, user):
    practise(user, WEDNESDAY)
    assert primary(get(client_as(user))) == "Choose a routine"


def test_nobody_sees_anything_of_somebody_else(client_as, user, stranger, ready):
    own = RoutineFactory.create(owner=user, name="My own five")
    make_step(own)
    practise(user, WEDNESDAY, routine=own, name="My private session")
    html = get(client_as(stranger))
    assert "My private session" not in html
    assert "My own five" not in html
    assert primary(html) == "Start Desk Break"


def test_looking_makes_nobody_a_guest(client, ready, django_user_model):
    get(client)
    assert django_user_model.objects.count() == 0


def test_only_looking_is_possible(client, db):
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("is_back", [False, True])
def test_the_page_asks_no_more_for_more(client_as, user, ready, count_queries, is_back):
    client = client_as(user)
    client.get("/")  # the weekly renewal of the session is over after this

    def grow(count: int) -> int:
        Session.objects.all().delete()
        user.routines.all().delete()
        for n in range(count):
            own = RoutineFactory.create(owner=user)
            make_step(own, "knee-to-chest")
            make_step(own, "cat-cow")
            if is_back:
                practise(user, WEDNESDAY - timedelta(days=n), routine=own, zone=["Asia/Tokyo", "Europe/Berlin"][n % 2])
        return count_queries(client, "/")

    few, many = grow(2), grow(40)
    assert few == many == (12 if is_back else 11)
