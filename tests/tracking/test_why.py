"""Each day explains itself: what made it count, neutral or open, and when and where it ended."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from accounts.models import RestChange, User
from tests.tracking.factories import practise
from tests.tracking.pages import words_of
from tracking import calendar, explained, progress, why
from tracking.calendar import NOTHING
from tracking.streaks import Settings

NOON = datetime(2026, 3, 20, 11, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page(client, day: str) -> str:
    response = client.get(f"/history/{day}/")
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.parametrize(
    ("day", "zone", "day_start", "sentence"),
    [
        (date(2026, 3, 14), BERLIN, 3, "Your day of 14 March ended at 03:00 on the 15th, Europe/Berlin."),
        (date(2026, 3, 20), BERLIN, 0, "Your day of 20 March ends at 00:00 on the 21st, Europe/Berlin."),
        (
            date(2026, 3, 28),
            BERLIN,
            3,
            "ends at 03:00 on the 29th, Europe/Berlin. The clocks changed, so it has 23 hours.",
        ),
        (
            date(2025, 10, 25),
            BERLIN,
            3,
            "ended at 03:00 on the 26th, Europe/Berlin. The clocks changed, so it has 25 hours.",
        ),
        (date(2026, 4, 4), "Australia/Lord_Howe", 3, "The clocks changed, so it has 24.5 hours."),
    ],
)
def test_when_a_day_ends(day, zone, day_start, sentence):
    shown = calendar.look_at(day, {}, Settings(), date(2026, 3, 20))
    facts = why.why(shown, NOTHING, Settings(), zone=zone, day_start=day_start, now=NOON)
    assert sentence in " ".join(explained.reasons(facts))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_have_no_end_to_tell(day):
    shown = calendar.look_at(day, {}, Settings(), date(2026, 3, 20))
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "Mars/Base"):
        assert why.why(shown, NOTHING, Settings(), zone=zone, day_start=3, now=NOON).hours == 24


def test_several_sessions_make_one_day(client_as, user, noon):
    practise(user, date(2026, 3, 14))
    practise(user, date(2026, 3, 14), at=time(19), zone="Asia/Tokyo")
    words = page(client_as(user), "2026-03-14")
    assert "2 sessions count, and together they make one day." in words
    assert "07:00" in words
    assert "Berlin" in words
    assert "Tokyo" in words


def test_a_rest_day_names_its_plan(client_as, user, noon):
    RestChange.objects.create(owner=user, starts_on=date(2026, 3, 1), weekdays=[5, 6])
    client = client_as(user)
    plan = "Your rest days are Saturday, Sunday, as planned since 1 March 2026."
    assert plan in page(client, "2026-03-14")
    assert plan not in page(client, "2026-03-13")
    practise(user, date(2026, 3, 14))
    assert "Practice on such a day adds all the same." in page(client, "2026-03-14")


def test_a_pause_names_its_reason_and_days(client_as, user, noon):
    user.pauses.create(starts_on=date(2026, 3, 13), ends_on=date(2026, 3, 15), reason="flare_up")
    user.pauses.create(starts_on=date(2026, 3, 18), reason="ill")
    client = client_as(user)
    assert "It is in your pause (Flare-up), 13 March to 15 March 2026." in page(client, "2026-03-14")
    assert "It is in your pause (Ill), from 18 March 2026, still open." in page(client, "2026-03-20")
    assert "pause (" not in page(client, "2026-03-16")


def test_a_journey_says_how_many_hours_there_were(client_as, user, noon):
    practise(user, date(2026, 2, 24), at=time(21), zone="America/Los_Angeles")
    practise(user, date(2026, 2, 26), zone="Australia/Sydney")
    assert "Between Los Angeles and Sydney only 5 hours of it were there." in page(client_as(user), "2026-02-25")


def test_a_freeze_says_what_earned_it(client_as, user, noon):
    for day in (15, 16, 18):
        practise(user, date(2026, 3, day))
    User.objects.filter(pk=user.pk).update(freeze_cap=1, freeze_every=2)
    words = page(client_as(user), "2026-03-17")
    assert "A freeze kept your run on this day." in words
    assert "Each freeze is earned by 2 days in a row, and covers one day." in words


def test_an_open_day_says_that_it_breaks_nothing(client_as, user, noon):
    assert "until it ends it breaks nothing" in page(client_as(user), "2026-03-20")


def test_the_day_leads_to_everything_that_changes_it(client_as, user, noon):
    session = practise(user, date(2026, 3, 14))
    html = client_as(user).get("/history/2026-03-14/").content.decode()
    for url in (
        "/history/add/?day=2026-03-14",
        "/history/pauses/?day=2026-03-14",
        f"/sessions/{session.pk}/change/",
        f"/sessions/{session.pk}/delete/",
    ):
        assert url in html
    assert "/history/add/?day=" not in client_as(user).get("/history/2026-03-21/").content.decode()


def test_streak_and_strength_are_told_with_ones_own_numbers(user):
    for day in (17, 18, 19):
        practise(user, date(2026, 3, day))
    record = progress.record_of(user, zone=BERLIN, now=NOON)
    streak = explained.streak_why(record.figures())
    assert streak.startswith("You practised on 3 days one after another, today is still open")
    told = explained.strength_why(record.figures(), record.lately)
    assert "You practised on 3 days of them, and your goal asks for 6." in told
    assert f"Strength {record.figures().strength} of 100" in explained.strength_why(record.figures(), record.lately)


def test_without_a_run_the_rule_is_told(client, db, noon):
    assert "Days in a row are practised days one after another up to today" in page(client, "2026-03-20")
