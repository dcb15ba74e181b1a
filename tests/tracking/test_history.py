"""The history page: the figures, the year's calendar, the list, and what can be deleted and brought back."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import GoalChange, RestChange, User
from stretches import shelf
from tests.tracking.factories import SessionFactory, SessionStepFactory, practise
from tests.tracking.pages import attributes_of_day, cell_words, value_of, words_of
from tracking import progress
from tracking.models import Session, Status
from tracking.services import days, gaps, sessions
from tracking.views.history import PAGE

WEDNESDAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
FIGURES = {
    "week-done": "week_done",
    "week-goal": "week_goal",
    "week-streak": "week_current",
    "longest-week-streak": "week_longest",
    "current-streak": "current",
    "longest-streak": "longest",
    "strength": "strength",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def get(client, query: str = "", **headers: str) -> str:
    response = client.get(f"/history/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    """The names of the listed sessions, in order."""
    return [words_of(name) for name in re.findall(r'<h3><a href="[^"]*"[^>]*>(.*?)<span', html)]


def test_a_visitor_finds_a_calm_empty_page(client, db):
    html = get(client)
    assert {name: value_of(html, name) for name in FIGURES} == {**dict.fromkeys(FIGURES, 0), "week-goal": 3}
    assert "starts with your first session" in words_of(html)
    assert "This week 0 of 3 days" in words_of(html), "nothing yet is a number, too"
    assert attributes_of_day(html, "2026-03-04")["data-state"] == "open"
    assert len(re.findall(r'<td data-day="', html)) == 365
    assert User.objects.count() == 0


def test_the_goal_comes_before_the_streak_and_the_streak_before_the_strength(client, db):
    html = get(client)
    places = [html.index(f'id="{name}"') for name in FIGURES]
    assert places == sorted(places)


def test_every_figure_is_the_one_that_was_worked_out(client_as, user):
    GoalChange.objects.create(owner=user, starts_on=date(2026, 1, 1), days_a_week=2)
    RestChange.objects.create(owner=user, starts_on=date(2026, 2, 1), weekdays=[6])
    for n in (0, 1, 2, 5, 6, 7, 8, 15, 16, 17, 40, 41, 42, 43):
        practise(user, WEDNESDAY - timedelta(days=n), at=time(20), seconds=300 + n)
    html = get(client_as(user))
    wanted = progress.figures_for(user, zone="Europe/Berlin", now=NOON)
    assert {name: value_of(html, name) for name in FIGURES} == {
        name: getattr(wanted, field) for name, field in FIGURES.items()
    }
    assert wanted.longest > 0


@pytest.mark.parametrize("length", [1, 7, 365])
def test_the_page_holds_at_any_length(client_as, user, length):
    Session.objects.bulk_create(
        SessionFactory.build(owner=user, practice_day=WEDNESDAY - timedelta(days=n)) for n in range(length)
    )
    days.rebuild(user)
    html = get(client_as(user))
    assert value_of(html, "current-streak") == length
    assert html.count('data-state="done" data-level="3"') >= min(length, 63)


def test_an_open_day_is_called_open(client_as, user):
    practise(user, date(2026, 3, 3))
    words = words_of(get(client_as(user)))
    assert "Today is still open" in words
    assert "lost your" not in words.lower()


def test_a_day_with_sessions_shows_its_minutes_and_leads_to_its_page(client_as, user):
    practise(user, date(2026, 3, 3), seconds=300)
    practise(user, date(2026, 3, 3), at=time(20), seconds=660)
    html = get(client_as(user))
    cell = attributes_of_day(html, "2026-03-03")
    assert (cell["data-minutes"], cell["data-state"], cell["data-level"]) == ("16", "done", "3")
    assert 'href="/history/2026-03-03/"' in html
    assert cell_words(html, "2026-03-03") == "3 March: 16 minutes in 2 sessions"
    assert cell_words(html, "2026-03-02") == "2 March: no session"
    assert cell_words(html, "2026-03-04") == "4 March: today, still open"
    assert cell_words(html, "2026-03-05") == "5 March"
    assert cell_words(html, "2026-02-27") == "27, no session"


def test_a_month_and_its_year_add_up_to_the_same_minutes(client_as, user):
    for n in range(4):
        practise(user, WEDNESDAY - timedelta(days=n), seconds=340)
    words = words_of(get(client_as(user)))
    assert words.count("4 days, 23 minutes") == 2, "each day is rounded for itself, a sum is rounded once"


def test_what_was_too_short_is_shown_and_not_counted(client_as, user):
    practise(user, date(2026, 3, 3), seconds=20, counts=False, status=Status.ENDED)
    html = get(client_as(user))
    assert value_of(html, "week-done") == 0
    assert attributes_of_day(html, "2026-03-03")["data-state"] == "short"
    assert "20 s Ended early not counted" in words_of(html)


def test_the_calendar_is_a_table_for_each_month(client_as, user):
    practise(user, date(2026, 3, 2))
    html = get(client_as(user))
    assert html.count("<table") == 12
    assert html.count("<caption") == 12
    headers = re.findall(r'<th scope="col" aria-label="(\w+)">', html)
    assert headers[:7] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert 'tabindex="0"' in html
    assert 'role="region"' in html


def test_the_week_begins_as_the_person_says(client_as, user):
    User.objects.filter(pk=user.pk).update(week_start=6)
    practise(user, date(2026, 3, 1))
    html = get(client_as(user))
    assert re.findall(r'<th scope="col" aria-label="(\w+)">', html)[0] == "Sunday"
    assert value_of(html, "week-done") == 1


def test_years_are_links_and_show_their_own_days(client_as, user):
    practise(user, date(2024, 12, 31))
    practise(user, WEDNESDAY)
    client = client_as(user)
    html = get(client)
    assert [f"?year={year}" in html for year in (2023, 2024, 2025, 2026, 2027)] == [False, True, True, True, False]
    past = get(client, "?year=2024")
    assert len(re.findall(r'<td data-day="2024-', past)) == 366
    assert attributes_of_day(past, "2024-12-31")["data-state"] == "done"
    assert 'href="/history/?year=2024#year" aria-current="page"' in past
    assert len(names(past)) == 1, "the list begins at the end of that year"


def test_one_month_is_shown_large_and_every_day_of_it_leads_somewhere(client_as, user):
    practise(user, date(2026, 2, 14), seconds=720)
    practise(user, WEDNESDAY)
    client = client_as(user)
    february = get(client, "?month=2026-02")
    assert '<table class="month large" id="m2026-02" data-name="February">' in february
    assert all(f'href="/history/2026-02-{n:02}/"' in february for n in range(1, 29))
    assert '<span class="mark" aria-hidden="true">12 min</span>' in february
    assert 'rel="next" href="/history/?month=2026-03#month"' in february
    assert 'rel="prev"' not in february, "there is nothing before the first day"
    march = get(client)
    assert 'id="m2026-03" data-name="March" data-now' in march
    assert 'rel="prev" href="/history/?month=2026-02#month"' in march
    assert 'rel="next"' not in march, "April has not come"
    assert 'href="/history/2026-03-05/"' not in march, "nor has tomorrow"
    assert attributes_of_day(march, "2026-02-14")["data-minutes"] == "12", "the year is there too, each day once"


def test_a_month_of_another_year_brings_its_year_along(client_as, user):
    practise(user, date(2025, 1, 31))
    html = get(client_as(user), "?month=2025-01")
    assert 'id="m2025-01"' in html
    assert len(re.findall(r'<td data-day="2025-', html)) == 365
    assert 'rel="next" href="/history/?month=2025-02#month"' in html


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "0000-01", "9999-12", "2026-3", "abc", "²²²²-²²", "2026-W1", ""]
)
def test_a_month_that_is_none_is_this_month(client_as, user, month):
    assert 'id="m2026-03" data-name="March" data-now' in get(client_as(user), f"?month={month}")


def test_states_differ_in_words_and_not_only_in_colour(client_as, user):
    user.pauses.create(starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 2))
    RestChange.objects.create(owner=user, starts_on=date(2026, 2, 1), weekdays=[6])
    days.changed(user)
    practise(user, date(2026, 3, 3), seconds=20, counts=False, status=Status.ENDED)
    html = get(client_as(user))
    marks = dict(re.findall(r'data-day="2026-03-0(\d)".*?class="mark" aria-hidden="true">([^<]*)<', html)[:4])
    assert marks == {"1": "rest", "2": "pause", "3": "short", "4": "open"}


def test_what_was_reached_is_told_quietly_with_its_date(client_as, user):
    for n in range(9, -1, -1):
        practise(user, WEDNESDAY - timedelta(days=n))
    words = words_of(get(client_as(user)))
    assert "10 sessions 4 March 2026" in words
    assert "First week with its goal met 25 February 2026" in words
    assert "First session 23 February 2026" in words
    assert "50 sessions" not in words


def test_a_week_with_every_area_is_remembered(client_as, user):
    call_command("load_catalogue", verbosity=0)
    held = [card for card in shelf.current().cards.values() if card.type == gaps.HELD]
    for place, card in enumerate(held):
        session = practise(user, WEDNESDAY - timedelta(days=place % 2))
        SessionStepFactory.create(session=session, stretch_slug=card.slug)
    assert "Every area stretched within one week" in words_of(get(client_as(user)))
    for session in user.sessions.filter(practice_day=WEDNESDAY):
        sessions.delete_session(session=session, now=NOON)
    assert "Every area" not in words_of(get(client_as(user)))


@pytest.mark.parametrize("year", ["1999", "2031", "0", "-5", "abc", "99999", "²", ""])
def test_a_year_without_anything_is_this_year(client_as, user, year):
    html = get(client_as(user), f"?year={year}")
    assert attributes_of_day(html, "2026-03-04")


def test_a_session_is_listed_with_its_own_time_and_place(client_as, user):
    User.objects.filter(pk=user.pk).update(time_zone="Asia/Tokyo")
    session = practise(user, date(2026, 3, 2), at=time(23, 30), zone="America/Los_Angeles", name="Late one")
    html = get(client_as(user))
    assert "Mon, 23:30 Los Angeles 10 min Done" in words_of(html)
    assert f'href="/sessions/{session.pk}/summary/"' in html
    assert f'action="/sessions/{session.pk}/delete/"' in html


def test_nobody_sees_anything_of_somebody_else(client_as, user, stranger):
    practise(user, WEDNESDAY, name="My private session")
    html = get(client_as(stranger))
    assert "My private session" not in html
    assert value_of(html, "week-done") == 0


def test_only_looking_is_possible(client, db):
    assert client.post("/history/").status_code == 405


def test_the_list_goes_on_page_by_page(client_as, user):
    for n in range(2 * PAGE + 5):
        practise(user, WEDNESDAY - timedelta(days=n // 2), at=time(6 + n % 2), name=f"Session {n:02}")
    client, query, seen = client_as(user), "", []
    for _ in range(3):
        html = get(client, query)
        seen += names(html)
        more = re.search(r'<a class="button" href="/history/(\?[^"#]*)#sessions" hx-get="/history/(\?[^"]*)"', html)
        query = more[1].replace("&amp;", "&") if more else ""
    assert not query
    assert len(seen) == len(set(seen)) == 2 * PAGE + 5
    assert seen[0] == "Session 01", "the later of today's two"


def test_htmx_gets_only_the_next_rows(client_as, user):
    for n in range(PAGE + 2):
        practise(user, WEDNESDAY - timedelta(days=n), name=f"Session {n:02}")
    last = user.sessions.get(name=f"Session {PAGE - 1:02}")
    html = get(client_as(user), f"?after={last.pk}", **HTMX)
    assert names(html) == [f"Session {PAGE:02}", f"Session {PAGE + 1:02}"]
    assert "<html" not in html
    assert html.count(" autofocus") == 1, "the focus goes on where the button was"
    assert "csrfmiddlewaretoken" in html


def test_the_list_goes_on_even_after_a_deleted_session(client_as, user):
    practise(user, date(2026, 3, 1), name="Older")
    anchor = practise(user, date(2026, 3, 2), name="Deleted meanwhile", deleted_at=NOON - timedelta(days=1))
    assert names(get(client_as(user), f"?after={anchor.pk}")) == ["Older"]


@pytest.mark.parametrize("after", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_the_list_goes_on_from_nothing_else(client_as, user, after):
    assert client_as(user).get(f"/history/?after={after}").status_code == 404


def test_the_list_does_not_go_on_from_somebody_elses_session(client_as, user, stranger):
    theirs = practise(user, WEDNESDAY)
    assert client_as(stranger).get(f"/history/?after={theirs.pk}").status_code == 404


def test_the_page_asks_no_more_for_more(client_as, user, count_queries):
    client = client_as(user)
    practise(user, WEDNESDAY)
    client.get("/history/")  # the weekly renewal of the session is over after this, and the catalogue read

    def grow(count: int) -> list[int]:
        Session.objects.all().delete()
        for n in range(count):
            practise(user, WEDNESDAY - timedelta(days=9 * n), zone=["Asia/Tokyo", "Europe/Berlin"][n % 2])
        return [count_queries(client, "/history/"), count_queries(client, "/history/?year=2026")]

    assert grow(2) == grow(40) == [10, 7], "the second look need not read the days again"
