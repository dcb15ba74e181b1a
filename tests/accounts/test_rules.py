"""Rules below the forms: ids, zones, weeks, limits, constraints, claims."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts import claim, limits, services
from accounts.ids import uuid7
from accounts.models import GoalChange, RestChange, User
from accounts.weeks import local_day, week_of
from accounts.zones import is_zone, zone_choices
from tests.factories import GuestFactory


def test_ids_are_version_7_and_ordered_by_time():
    made = []
    for _ in range(50):
        one = uuid7()
        assert (one.version, one.variant) == (7, "specified in RFC 4122")
        made.append(one.int >> 80)
    assert made == sorted(made)


@pytest.mark.parametrize("name", ["", "../x", "Mars/Base", "x" * 65, "europe/berlin\0"])
def test_nonsense_is_no_zone(name):
    assert not is_zone(name)


def test_every_choice_is_a_zone():
    assert all(is_zone(name) for name, _ in zone_choices())


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(sorted(available_timezones())),
    st.integers(0, 6),
)
def test_the_day_of_preferences_is_the_practice_day(instant, zone, day_start):
    from tracking.streaks import practice_day

    assert local_day(instant, zone, day_start) == practice_day(instant, zone, day_start)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_week_starts_on_its_weekday_and_holds_the_day(day, week_start):
    first = week_of(day, week_start)
    assert first.weekday() == week_start
    assert timedelta(0) <= day - first < timedelta(7)


def test_a_bucket_empties_and_refills(db, now):
    limit = limits.Limit("test", 3, timedelta(minutes=3))
    assert [limits.allow(limit, "a", now=now) for _ in range(4)] == [True, True, True, False]
    assert limits.allow(limit, "b", now=now)
    assert limits.allow(limit, "a", now=now + timedelta(minutes=1))
    assert not limits.allow(limit, "a", now=now + timedelta(minutes=1))


def test_a_clock_set_back_never_refills(db, now):
    limit = limits.Limit("test", 1, timedelta(minutes=1))
    assert limits.allow(limit, "a", now=now)
    assert not limits.allow(limit, "a", now=now - timedelta(days=1))


def test_a_guest_with_an_address_is_refused_in_words(db):
    with pytest.raises(ValidationError, match="a guest has none"):
        User(email="a@example.org", is_guest=True, password="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=None, is_guest=False)


@pytest.mark.parametrize("weekdays", [[7], ["0"], [0, 0], "01", {"a": 1}, [0, 1, 2, 3, 4, 5, 6]])
def test_bad_rest_days_are_refused(user, weekdays):
    with pytest.raises(ValidationError):
        RestChange(owner=user, starts_on=date(2026, 1, 1), weekdays=weekdays).full_clean()


def test_goals_outside_a_week_are_refused(user):
    with pytest.raises(ValidationError, match="1 to 7 days"):
        GoalChange(owner=user, starts_on=date(2026, 1, 1), days_a_week=8).full_clean()


def test_claiming_twice_is_harmless(user, guest):
    services.claim(guest=guest, account=user)
    services.claim(guest=guest, account=user)
    assert User.objects.filter(is_guest=True).count() == 0


def test_a_guest_cannot_be_claimed_by_a_guest(guest):
    other = GuestFactory.create()
    services.claim(guest=guest, account=other)
    assert User.objects.count() == 2


def test_every_row_of_a_person_has_a_way_into_the_account():
    """A new table that belongs to people must either move with a claim or be listed here."""
    # Practice days are made anew from the sessions; a file that waits for a yes is given again.
    handled = {"goal_changes", "rest_changes", "routines", "sessions", "pauses", "practice_days", "upload"}
    django_own = {"logentry", "groups", "user_permissions"}
    owned = {name for relation in User._meta.related_objects if (name := relation.get_accessor_name())}
    assert {name.removesuffix("_set") for name in owned} - django_own <= handled | {"own_stretches", "stretches"}
    assert claim._movers


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("figure", "cat", "not a valid choice"),
        ("skin_tone", 0, "five skin tones"),
        ("skin_tone", 6, "five skin tones"),
        ("clothes", 5, "four sets of clothes"),
    ],
)
def test_a_look_that_is_not_drawn_is_refused_in_words(user, name, value, words):
    with pytest.raises(ValidationError, match=words):
        services.save_look(user=user, **{"figure": "", "skin_tone": None, "clothes": None, name: value})
    user.refresh_from_db()
    assert (user.figure, user.skin_tone, user.clothes) == ("", None, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**{name: value})


def test_the_accounts_own_look_wins_and_the_guests_fills_the_rest(user, guest):
    services.save_look(user=user, figure="man", skin_tone=None, clothes=2)
    services.save_look(user=guest, figure="woman", skin_tone=5, clothes=4)
    services.claim(guest=guest, account=user)
    user.refresh_from_db()
    assert (user.figure, user.skin_tone, user.clothes) == ("man", 5, 2)


def test_a_guests_freezes_fill_what_the_account_left_open(user, guest):
    User.objects.filter(pk=guest.pk).update(freeze_cap=2, freeze_every=5, gap_answered_until="2026-03-03")
    services.claim(guest=User.objects.get(pk=guest.pk), account=user)
    user.refresh_from_db()
    assert (user.freeze_cap, user.freeze_every, str(user.gap_answered_until)) == (2, 5, "2026-03-03")


def test_an_accounts_own_freezes_win(user, guest):
    user.freeze_cap = 1
    user.save()
    User.objects.filter(pk=guest.pk).update(freeze_cap=2)
    services.claim(guest=guest, account=user)
    user.refresh_from_db()
    assert user.freeze_cap == 1
