"""Bringing a history in: whole or not at all, once, and never into anybody else's."""

import json
import os
import random
import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts.models import User
from routines.models import Routine
from tests.factories import UserFactory
from tests.routines.factories import make_stretch
from tests.tracking.exchange_helpers import JSON, content, exported, rich
from tests.tracking.factories import SessionStepFactory, practise
from tests.tracking.mutants import mutant
from tests.tracking.pages import words_of
from tests.tracking.session_helpers import undone
from tracking.exchange.reading import Refused
from tracking.models import Outcome, Pause, Session, SessionStep, Upload
from tracking.services import days, exporting, importing

pytestmark = pytest.mark.django_db
PAGE = "/account/import/"
CONFIRM = "/account/import/confirm/"
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
# `make mutants` asks for more.
MUTANTS = int(os.environ.get("MUTANTS", "150"))
LOOP = "Date,Value\n2026-03-01,2\n2026-03-02,0\n2026-03-03,2\n"
TABLE = "date;minutes;note\n2026-03-01;10;first\n01.03.2026;10;first\n2026-03-05;25;\n"


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def send(client: Client, text: str | bytes):
    raw = text.encode() if isinstance(text, str) else text
    return client.post(PAGE, {"file": SimpleUploadedFile("any.txt", raw)})


def bring(client: Client, text: str | bytes, **data):
    assert send(client, text).status_code == 302
    upload = Upload.objects.get()
    return client.post(CONFIRM, {"upload": str(upload.pk), **data})


def wiped(user: User) -> None:
    user.sessions.all().delete()
    user.pauses.all().delete()
    user.routines.all().delete()
    user.goal_changes.all().delete()
    user.rest_changes.all().delete()
    fresh = User(pk=user.pk, email=user.email, password=user.password, created_at=user.created_at)
    fresh.save(force_update=True)


def rows() -> dict[str, int]:
    models = (Session, SessionStep, Pause, Routine, User)
    return {model.__name__: model._base_manager.count() for model in models}


def test_out_and_in_again_is_the_same(client_as, user):
    rich(user)
    client = client_as(user)
    before = content(client, JSON)
    wiped(user)
    assert content(client, JSON) != before
    assert bring(client, before, choices="on").status_code == 302
    assert content(client, JSON) == before
    assert days.differing(user) == []


def test_the_years_one_after_the_other_are_the_whole(client_as, user, monkeypatch):
    monkeypatch.setattr("tracking.views.exchange.PARTS_FROM", 5)
    rich(user)
    for day in (date(2024, 7, 1), date(2025, 7, 1), date(2025, 7, 2)):
        SessionStepFactory.create(session=practise(user, day))
    client = client_as(user)
    before = content(client, JSON)
    offered = re.findall(r'href="([^"]+\?year=\d+)"', client.get("/account/export/").content.decode())
    assert offered == [f"{JSON}?year={year}" for year in (2024, 2025, 2026)]
    parts = [content(client, address) for address in offered]
    assert [len(json.loads(part)["sessions"]) for part in parts] == [1, 2, 5]
    wiped(user)
    for part in reversed(parts):
        assert bring(client, part, choices="on").status_code == 302
    assert content(client, JSON) == before


@pytest.mark.parametrize("year", ["2019", "", "x", "02026"])
def test_a_year_without_sessions_has_no_file(client_as, user, year):
    practise(user, date(2026, 3, 1))
    client = client_as(user)
    assert client.get(f"{JSON}?year={year}").status_code == 404
    assert "?year=" not in client.get("/account/export/").content.decode()


sessions_made = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.dates(date(2026, 1, 1), date(2026, 3, 30)),
            "seconds": st.integers(0, 86_400),
            "zone": st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/St_Johns", "UTC"]),
            "note": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
            "name": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
            "pain_before": st.none() | st.integers(0, 10),
            "is_time_known": st.booleans(),
            "status": st.sampled_from(["done", "ended", "running"]),
        }
    ),
    max_size=6,
)


@settings(max_examples=20, phases=[Phase.generate])
@given(sessions_made, st.lists(st.sampled_from(list(Outcome)), max_size=3))
def test_whatever_the_history_it_comes_back(made, outcomes):
    with undone():
        user = UserFactory.create()
        for values in made:
            session = practise(user, values.pop("day"), **values)
            for order, outcome in enumerate(outcomes):
                SessionStepFactory.create(session=session, order=order, outcome=outcome)
        before = b"".join(exporting.backup(user, now=NOW))
        wiped(user)
        upload = importing.keep(owner=user, text=importing.decoded(before), now=NOW)
        importing.take(owner=user, upload=upload, minutes=10, takes_choices=True, zone="UTC", now=NOW)
        user.refresh_from_db()
        assert b"".join(exporting.backup(user, now=NOW)) == before


@pytest.mark.parametrize("text", [LOOP, TABLE, None], ids=["loop", "table", "backup"])
def test_a_second_time_changes_nothing(client_as, user, stranger, text):
    rich(stranger)
    text = text or content(client_as(stranger), JSON)
    client = client_as(user)
    bring(client, text, minutes="12", choices="on")
    before, counted = content(client, JSON), rows()
    bring(client, text, minutes="12", choices="on")
    assert content(client, JSON) == before
    assert rows() == counted


def test_a_preview_says_what_comes_and_writes_none_of_it(client_as, user):
    rich(user)
    client = client_as(user)
    text = content(client, JSON)
    user.sessions.all().begun().exclude(practice_day=date(2026, 3, 2)).delete()
    user.pauses.all().delete()
    counted = rows()
    assert send(client, text).status_code == 302
    words = words_of(content(client, PAGE))
    assert "4 sessions since 3 March 2026 up to 5 March 2026" in words
    assert "2 pauses" in words
    assert "2 things are here already" in words
    assert rows() == counted


def test_ids_of_somebody_else_never_touch_theirs(client_as, user, stranger):
    rich(user)
    before = content(client_as(user), JSON)
    bring(client_as(stranger), before, choices="on")
    assert content(client_as(user), JSON) == before
    copy, original = exported(client_as(stranger)), json.loads(before)
    assert not {one["id"] for one in copy["sessions"]} & {one["id"] for one in original["sessions"]}
    assert not {one["id"] for one in copy["routines"]} & {one["id"] for one in original["routines"]}
    assert copy["sessions"][0]["routine"]["id"] == copy["routines"][0]["id"]
    assert [one["note"] for one in copy["sessions"]] == [one["note"] for one in original["sessions"]]


def test_a_table_of_days(client_as, user):
    bring(client_as(user), TABLE)
    found = list(user.sessions.order_by("practice_day").values_list("practice_day", "seconds", "note", "origin"))
    first = (date(2026, 3, 1), 600, "first", "imported")
    assert found == [first, first, (date(2026, 3, 5), 1500, "", "imported")]
    assert not any(user.sessions.values_list("is_time_known", flat=True))
    assert [row.seconds for row in user.practice_days.all()] == [1200, 1500]


def test_check_marks_of_loop_take_the_length_that_was_asked_for(client_as, user):
    client = client_as(user)
    send(client, LOOP)
    assert 'name="minutes" value="10"' in content(client, PAGE)
    bring(client, LOOP, minutes="12")
    assert list(user.sessions.order_by("pk").values_list("seconds", "status", "counts")) == [(720, "done", True)] * 2


def test_a_length_that_is_none_is_told(client_as, user):
    client = client_as(user)
    send(client, LOOP)
    response = client.post(CONFIRM, {"upload": str(user.upload.pk), "minutes": "0"})
    assert response.status_code == 422
    assert user.sessions.count() == 0


def test_a_visitor_becomes_a_guest_with_a_file_that_can_be_read(client):
    assert send(client, "nonsense").status_code == 422
    assert User.objects.count() == 0
    bring(client, TABLE)
    assert User.objects.get().is_guest
    assert Session.objects.count() == 3


def test_preferences_are_taken_only_when_ticked(client_as, user, stranger):
    rich(user)
    text = content(client_as(user), JSON)
    client = client_as(stranger)
    send(client, text)
    assert "checked" in content(client, PAGE)
    bring(client, text)
    stranger.refresh_from_db()
    assert (stranger.day_start, stranger.goal_changes.count()) == (3, 0)
    send(client, text)
    assert "checked" not in content(client, PAGE)
    bring(client, text, choices="on")
    stranger.refresh_from_db()
    assert (stranger.day_start, stranger.goal_changes.count(), stranger.conditions) == (4, 2, ["disc", "pregnancy"])


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04rest", "unpack"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"  ", "nothing in this file"),
        (b"a\x00b", "invisible"),
        (b"hello", "no file that we know"),
        (b'{"format": "other"}', "no file that we know"),
        (b'{"format": "backcare", "version": 2}', "another version"),
        (b"x" * 2_000_001, "larger than 2 MB"),
        (b"date,minutes\n2026-03-01,ten\n", "Line 2: Minutes are a whole number"),
    ],
)
def test_what_cannot_be_read_is_told(client_as, user, raw, words):
    response = send(client_as(user), raw)
    assert response.status_code == 422
    assert words in words_of(response.content.decode())


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("time_zone", "Nowhere/Land", "Session 2, time_zone: We do not know this time zone."),
        ("started_at", "1999-12-31T00:00:00Z", "Session 2, started_at: This lies before 2000"),
        ("practice_day", "2026-04-03", "Session 2, practice_day: This lies before 2000 or is still to come"),
        ("seconds", 86_401, "Session 2, seconds: This should be a whole number from 0 to 86400"),
        ("note", "a\u202eb", "Session 2, note: There is an invisible"),
    ],
)
def test_a_mistake_is_named_with_its_place(client_as, user, key, value, words):
    rich(user)
    backup = exported(client_as(user))
    backup["sessions"][1][key] = value
    response = send(client_as(user), json.dumps(backup))
    assert response.status_code == 422
    assert words in words_of(response.content.decode())


def test_stretches_that_we_do_not_have_keep_their_words(client_as, user):
    rich(user)
    text = content(client_as(user), JSON).replace('"cat-cow"', '"cow-cat"')
    wiped(user)
    bring(client_as(user), text)
    step = SessionStep.objects.get(stretch_slug="cow-cat")
    assert (step.label, step.stretch) == ("Cat-cow", None)
    assert [one.stretch.slug for one in user.routines.get().steps.all()] == ["knee-to-chest"]


def test_what_was_deleted_here_stays_deleted(client_as, user):
    rich(user)
    client = client_as(user)
    text = content(client, JSON)
    user.sessions.update(deleted_at=NOW)
    send(client, text)
    assert "5 sessions that you deleted here" in words_of(content(client, PAGE))


def test_a_day_holds_only_so_much(client_as, user):
    lines = "".join(f"2026-03-01,{n}\n" for n in range(1, 61))
    bring(client_as(user), lines)
    assert user.sessions.count() == 50


def test_leaving_it_drops_the_file(client_as, user):
    client = client_as(user)
    send(client, TABLE)
    assert client.post(CONFIRM, {"cancel": "1"}).status_code == 302
    assert not Upload.objects.exists()
    assert "What this file brings" not in content(client, PAGE)


def test_only_what_was_shown_is_taken(client_as, user, stranger):
    client = client_as(user)
    send(client, TABLE)
    shown = user.upload.pk
    send(client_as(stranger), LOOP)
    client_as(stranger).post(CONFIRM, {"upload": str(shown)})
    send(client, LOOP)
    client.post(CONFIRM, {"upload": str(shown)})
    assert Session.objects.count() == 0


def test_an_old_file_is_gone(client_as, user, stranger):
    send(client_as(user), TABLE)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        client = client_as(user)
        assert client.post(CONFIRM, {"upload": str(user.upload.pk)}).status_code == 302
        assert Session.objects.count() == 0
        send(client_as(stranger), TABLE)
    assert list(Upload.objects.values_list("owner", flat=True)) == [stranger.pk]


def test_all_or_nothing(client_as, user, stranger, monkeypatch):
    rich(stranger)
    text = content(client_as(stranger), JSON)
    before = rows()

    def broken(owner: User) -> None:
        raise DatabaseError

    monkeypatch.setattr(importing, "days", SimpleNamespace(rebuild=broken))
    response = bring(client_as(user), text)
    assert response.status_code == 422
    assert "nothing was taken over" in words_of(response.content.decode())
    assert rows() == before


def test_mutants_are_taken_whole_or_not_at_all(client_as, user, stranger):
    """`make mutants` tries 10,000 of them."""
    make_stretch("cat-cow")
    rich(stranger)
    valid = [content(client_as(stranger), JSON), TABLE, LOOP]
    theirs = valid[0]
    chance = random.Random(MUTANTS)
    client = client_as(user)
    seen: Counter[str] = Counter()
    for number in range(MUTANTS):
        raw = mutant(valid[0 if number % 5 else 1 + number % 2], chance)
        before = rows()
        with undone():
            answer = send(client, raw)
            seen[f"upload {answer.status_code}"] += 1
            assert answer.status_code in {302, 422}, raw
            assert rows() == before
            if answer.status_code == 302:
                upload = Upload.objects.get(owner=user)
                coming = importing.coming(user, importing.read(upload.text, now=NOW), minutes=10, zone="UTC", now=NOW)
                assert client.get(PAGE).status_code == 200
                answer = client.post(CONFIRM, {"upload": str(upload.pk), "minutes": "10", "choices": "on"})
                seen[f"confirm {answer.status_code}"] += 1
                assert answer.status_code in {302, 422}, raw
                after = rows()
                wanted = Counter(before)
                if answer.status_code == 302:
                    wanted.update(
                        Session=len(coming.sessions),
                        SessionStep=len(coming.steps),
                        Pause=len(coming.pauses),
                        Routine=len(coming.routines),
                    )
                    assert client.get("/history/").status_code == 200
                    assert client.get(JSON).status_code == 200
                assert after == wanted, raw
    assert content(client_as(stranger), JSON) == theirs
    print(f"{MUTANTS} mutants: {dict(seen)}")  # noqa: T201
    assert seen["upload 302"]
    assert seen["upload 422"]


def test_what_only_the_model_refuses_is_told_too(client_as, user, stranger):
    rich(stranger)
    backup = exported(client_as(stranger))
    backup["routines"][0]["name"] = "one\ntwo"
    client = client_as(user)
    bring(client, json.dumps(backup))
    assert "Routine 1: There is an invisible character" in words_of(content(client, PAGE))
    assert user.sessions.count() == 0


def test_the_same_id_twice_is_refused(client_as, user):
    rich(user)
    backup = exported(client_as(user))
    backup["sessions"].append(backup["sessions"][0])
    with pytest.raises(Refused) as caught:
        importing.read(json.dumps(backup), now=NOW)
    assert caught.value.place == ("sessions", 5, "id")


def test_an_id_made_up_is_kept(client_as, user):
    backup = {"format": "backcare", "version": 1, "sessions": []}
    session = {
        "id": str(uuid.UUID(int=7)),
        "started_at": "2026-03-04T06:00:00+01:00",
        "time_zone": "Europe/Berlin",
        "utc_offset_s": 3600,
        "practice_day": "2026-03-04",
        "routine": {"name": "From elsewhere"},
        "seconds": 600,
        "status": "done",
        "counts": True,
    }
    backup["sessions"] = [session]
    bring(client_as(user), json.dumps(backup))
    assert user.sessions.get().pk == uuid.UUID(int=7)
    assert user.sessions.get().started_at == datetime(2026, 3, 4, 5, tzinfo=UTC)
