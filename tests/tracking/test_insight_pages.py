"""The pages of trends and of the body: calm when empty, few queries, and a routine for what was left out."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stretches import care, shelf
from tests.tracking.factories import SessionStepFactory, practise
from tests.tracking.pages import words_of
from tracking.services import gaps

WEDNESDAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def get(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ["/history/trends/", "/history/body/"])
def test_a_visitor_finds_a_calm_page(client, db, address):
    html = get(client, address)
    assert "starts with your first session" in words_of(html)
    assert '<form method="post" action="/history/body/routine/"' not in html


def test_trends_say_in_words_what_they_draw(client_as, user):
    for n in range(3):
        practise(
            user,
            WEDNESDAY - timedelta(days=n),
            seconds=600,
            pain_before=5,
            pain_after=2,
            next_day="better",
            felt_area="neck",
        )
    html = get(client_as(user), "/history/trends/")
    words = words_of(html)
    assert "30 minutes in your first week." in words
    assert "1 of 1 week met its goal" in words
    assert "On average 5 before a session and 2 after it." in words
    assert "Next mornings: 3 better, 0 the same, 0 worse." in words
    assert "Left and right" not in words
    charts = re.findall(r'<svg class="chart-box".*?</svg>', html, re.DOTALL)
    assert len(charts) == 5
    assert all("<title" in chart and "<desc" in chart for chart in charts)
    assert html.count("<summary>The numbers</summary>") == len(charts)


def test_without_feelings_there_is_one_sentence(client_as, user):
    practise(user, WEDNESDAY)
    assert "Nothing is noted about it." in words_of(get(client_as(user), "/history/trends/"))


def test_who_is_not_asked_is_not_reminded_but_sees_what_was_told(client_as, user):
    user.asks_feelings = False
    user.save()
    practise(user, WEDNESDAY)
    client = client_as(user)
    assert "How your back felt" not in words_of(get(client, "/history/trends/"))
    practise(user, WEDNESDAY, at=time(9), pain_before=4, pain_after=1)
    assert "On average 4 before a session and 1 after it." in words_of(get(client, "/history/trends/"))


def test_a_week_off_and_one_still_open_have_missed_nothing(client_as, user):
    monday = date(2026, 3, 2)
    for week in (1, 3):
        for day in range(3):
            practise(user, monday - timedelta(weeks=week) + timedelta(days=day))
    practise(user, monday - timedelta(weeks=4))
    first = monday - timedelta(weeks=2)
    user.pauses.create(starts_on=first, ends_on=first + timedelta(days=6), reason="ill")
    assert "2 of 3 weeks met their goal" in words_of(get(client_as(user), "/history/trends/"))


def test_nothing_of_anybody_else_is_counted(client_as, user, stranger, loaded):
    def shown() -> list[str]:
        # The token against forgery is in the form, which is not a word of the page.
        return [words_of(get(client, address)) for address in ("/history/trends/", "/history/body/")]

    client = client_as(user)
    SessionStepFactory.create(session=practise(user, WEDNESDAY), stretch_slug=held(loaded, "neck"))
    before = shown()
    session = practise(stranger, WEDNESDAY, pain_before=9, next_day="worse", felt_area="hips")
    SessionStepFactory.create(session=session, stretch_slug=held(loaded, "calves"), done_s=300)
    SessionStepFactory.create(session=session, label="Pigeon", outcome="skipped", done_s=0, reason="hurts")
    assert shown() == before


def test_months_are_offered_once_the_weeks_do_not_reach_back(client_as, user):
    practise(user, WEDNESDAY)
    client = client_as(user)
    assert "?by=month" not in get(client, "/history/trends/")
    practise(user, WEDNESDAY - timedelta(days=200))
    assert "?by=month" in get(client, "/history/trends/")
    assert "Minutes a month" in words_of(get(client, "/history/trends/?by=month"))


def test_sides_and_reasons_are_told(client_as, user):
    session = practise(user, WEDNESDAY)
    SessionStepFactory.create(
        session=session, label="Seated hamstring", sides="each", done_s=60, done_left_s=20, done_right_s=40
    )
    SessionStepFactory.create(session=session, label="Pigeon", outcome="skipped", done_s=0, reason="hurts")
    words = words_of(get(client_as(user), "/history/trends/"))
    assert "The left side had 20 s less." in words
    assert re.search(r"Pigeon\s*It hurt\s*1", words)


@pytest.mark.parametrize("address", ["/history/trends/", "/history/body/"])
def test_queries_stay_few_however_much_there_is(client_as, user, address):
    client = client_as(user)
    for n in range(30):
        session = practise(user, WEDNESDAY - timedelta(days=n * 3), pain_before=4)
        SessionStepFactory.create(session=session)
    get(client, address)
    practise(user, WEDNESDAY)
    with CaptureQueriesContext(connection) as queries:
        get(client, address)
    assert len(queries) <= 12


def held(catalogue: shelf.Shelf, area: str) -> str:
    return next(card.slug for card in catalogue.cards.values() if card.type == gaps.HELD and area in card.areas)


@pytest.fixture
def loaded(db):
    call_command("load_catalogue", verbosity=0)
    return shelf.current()


def test_an_area_shows_what_it_got_and_what_that_means(client_as, user, loaded):
    slug = held(loaded, "neck")
    SessionStepFactory.create(
        session=practise(user, WEDNESDAY),
        stretch_slug=slug,
        sides="each",
        done_s=240,
        done_left_s=120,
        done_right_s=120,
    )
    html = get(client_as(user), "/history/body/")
    row = re.search(r'<tr data-area="neck" data-seconds="(\d+)">(.*?)</tr>', html, re.DOTALL)
    assert row
    assert row[1] == "120"
    assert "enough" in words_of(row[2])
    assert "Without a hold in the last 14 days" in words_of(html)


def test_one_press_makes_a_routine_for_what_was_left_out(client_as, user, loaded):
    practise(user, WEDNESDAY)
    client = client_as(user)
    answer = client.post("/history/body/routine/")
    routine = user.routines.get()
    assert answer.url == routine.get_absolute_url()
    assert 3 <= routine.steps.count() <= 5
    assert client.get(answer.url).status_code == 200


def test_the_routine_is_named_after_a_few_areas_and_not_after_many(user, loaded):
    few = gaps.make_routine(owner=user, areas=["calves"], now=NOON)
    many = gaps.make_routine(owner=user, areas=loaded.known["area"], now=NOON)
    assert few
    assert many
    assert (few.name, many.name) == ("For calves", "For what was left out")


def test_a_stretch_that_a_condition_speaks_against_is_not_chosen(user, loaded):
    free = gaps.suggest(user, loaded.known["area"])
    user.conditions = ["osteoporosis"]
    user.save()
    cares = care.care_by_slug(["osteoporosis"], loaded.cards)
    careful = gaps.suggest(user, loaded.known["area"])
    assert not set(careful) & set(cares)
    assert free
