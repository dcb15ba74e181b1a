"""The therapist's page: the sums of a period, and nothing of another time or person."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.tracking.factories import SessionStepFactory, practise
from tests.tracking.pages import words_of
from tracking.report import Change, Done, LeftOut, Practice, report
from tracking.streaks import Settings
from tracking.views.report import MOST_STRETCHES

MONDAY = date(2026, 2, 2)
WEDNESDAY = date(2026, 3, 4)
AREAS = {"cat-cow": ("lower-back", "upper-back"), "neck-tilt": ("neck",)}

days = st.dates(MONDAY - timedelta(days=10), WEDNESDAY + timedelta(days=10))
scale = st.none() | st.integers(0, 10)
practices = st.lists(st.builds(Practice, days, st.integers(0, 3600), scale, scale, scale, scale), max_size=12)
steps = st.lists(
    st.builds(
        Done,
        st.sampled_from(["cat-cow", "neck-tilt", "gone"]),
        st.sampled_from(["Cat-cow", "Neck tilt"]),
        st.integers(0, 600),
        st.integers(0, 300),
        st.integers(0, 300),
        st.sampled_from(["done", "part", "skipped"]),
        st.sampled_from(["", "hurts", "no_time"]),
    ),
    max_size=12,
)


def of(*done, practised=(), **values):
    settings = {"first": MONDAY, "last": WEDNESDAY, "days": (), "settings": Settings(), "areas_of": AREAS, **values}
    return report(practised, done, **settings)


@given(practices, steps)
def test_sums_are_those_of_the_rows_whatever_their_order(practised, done):
    found = of(*done, practised=practised)
    assert found.sessions == len(practised)
    assert found.seconds == sum(one.seconds for one in practised)
    assert sum(row.seconds for row in found.stretches) == sum(step.seconds for step in done)
    assert (found.left, found.right) == (sum(s.left for s in done), sum(s.right for s in done))
    again = of(*reversed(done), practised=practised)
    assert (again.areas, again.stretches, again.left_out) == (found.areas, found.stretches, found.left_out)
    for change in (found.pain, found.stiffness):
        assert change is None or 0 <= min(change.before, change.after) <= max(change.before, change.after) <= 10


@given(st.sets(days), st.integers(0, 6))
def test_weeks_cover_the_period_and_count_its_days_only(practised_on, week_start):
    found = of(days=practised_on, settings=Settings(week_start=week_start))
    assert found.days == sum(MONDAY <= day <= WEDNESDAY for day in practised_on) == sum(w.done for w in found.weeks)
    assert found.weeks[0].first <= MONDAY
    assert found.weeks[-1].first <= WEDNESDAY < found.weeks[-1].first + timedelta(days=7)


def test_a_paused_week_asks_for_nothing():
    paused = frozenset(MONDAY + timedelta(days=n) for n in range(7))
    found = of(settings=Settings(paused=paused))
    assert (found.weeks[0].goal, found.weeks[0].is_met, found.weeks[1].is_met) == (0, True, False)


def test_a_stretch_counts_for_each_of_its_areas():
    found = of(Done("cat-cow", "Cat-cow", 60), Done("cat-cow", "Cat-cow", 30), Done("neck-tilt", "Neck tilt", 40))
    assert found.areas == (("lower-back", 90), ("upper-back", 90), ("neck", 40))
    assert [(row.label, row.times, row.seconds) for row in found.stretches] == [
        ("Cat-cow", 2, 90),
        ("Neck tilt", 1, 40),
    ]


def test_only_what_somebody_gave_a_reason_for_is_told_as_left_out():
    hurt = Done("cat-cow", "Cat-cow", 0, outcome="skipped", reason="hurts")
    found = of(
        hurt, hurt, Done("cat-cow", "Cat-cow", 0, outcome="skipped"), Done("neck-tilt", "Neck tilt", 9, reason="")
    )
    assert found.left_out == (LeftOut("Cat-cow", "hurts", 2),)


def test_feelings_are_compared_where_both_were_told():
    found = of(
        practised=[
            Practice(MONDAY, 60, pain_before=6, pain_after=4, next_day="better"),
            Practice(MONDAY, 60, pain_before=3, pain_after=None, next_day="passed"),
            Practice(MONDAY, 60, pain_before=4, pain_after=4, next_day="better"),
        ]
    )
    assert found.pain == Change(5, 4, 2)
    assert found.stiffness is None
    assert found.next_day == {"better": 2}


@pytest.fixture
def page(client_as, user):
    """Read the page at noon of Wednesday, with what the address asks for."""
    client = client_as(user)

    def read(**query):
        with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
            return client.get("/history/report/", query)

    return read


@pytest.mark.django_db
class TestPage:
    def test_the_last_six_weeks_without_being_asked(self, user, stranger, page):
        session = practise(user, WEDNESDAY, seconds=720, pain_before=6, pain_after=3, note="Left hip is tight.")
        SessionStepFactory.create(session=session, order=0, done_s=400)
        SessionStepFactory.create(
            session=session, order=1, label="Pigeon pose", done_s=0, outcome="skipped", reason="hurts"
        )
        practise(user, date(2026, 1, 25), seconds=300)  # the Sunday before
        practise(stranger, WEDNESDAY, seconds=3000, name="Somebody else's")
        words = words_of(page().content.decode())
        assert "26 January 2026" in words
        for said in ("Sessions1 Days with practice1 Time stretched12 min", "Pigeon poseIt hurt1", "Pain6.03.01"):
            assert said in words
        assert "Left hip" not in words, "notes are told only if wanted"

    def test_another_period_and_other_choices(self, user, page):
        practise(user, date(2025, 5, 5), pain_before=6, pain_after=3, note="Was <b>stiff</b>.")
        html = page(first="2025-05-01", last="2025-05-31", notes="on").content.decode()
        assert "Was &lt;b&gt;stiff&lt;/b&gt;." in html
        assert "Pain6.0" not in words_of(html)

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ({"first": "2026-03-02", "last": "2026-03-01"}, "before the first day"),
            ({"first": "2020-01-01", "last": "2026-03-01"}, "at most a year"),
            ({"first": "x", "last": ""}, "Enter a valid date"),
            ({"first": "0001-01-01", "last": "0001-02-01"}, "since the year 2000"),
            ({"first": "9999-12-31", "last": "9999-12-31"}, "still to come"),
        ],
    )
    def test_a_period_that_is_none_is_said_beside_the_field(self, page, query, message):
        response = page(**query)
        assert response.status_code == 422
        assert message in response.content.decode()
        assert f'value="{query["first"]}"' in response.content.decode(), "what was typed is kept"

    def test_many_stretches_stay_on_one_sheet(self, user, page):
        session = practise(user, WEDNESDAY)
        for n in range(MOST_STRETCHES + 3):
            SessionStepFactory.create(session=session, order=n, label=f"Stretch {n:02}", done_s=300 - n)
        words = words_of(page().content.decode())
        assert f"Stretch {MOST_STRETCHES - 1:02}" in words
        assert f"Stretch {MOST_STRETCHES:02}" not in words
        assert "And 3 others: 14 min." in words

    def test_an_empty_time_is_said(self, page):
        assert "no session in this time" in page().content.decode()

    def test_it_costs_the_same_for_many_sessions(self, user, page, django_assert_max_num_queries):
        page()
        for n in range(30):
            SessionStepFactory.create(session=practise(user, WEDNESDAY - timedelta(days=n)))
        with django_assert_max_num_queries(10):
            page()
