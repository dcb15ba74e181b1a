"""What a person takes along: all of theirs, nothing of anybody else, in forms that are written down."""

import csv
import io
import json

import pytest
import time_machine

from tests.project.files import read
from tests.tracking.exchange_helpers import CSV, ICS, JSON, content, exported, many, rich, schema_errors
from tests.tracking.factories import practise

pytestmark = pytest.mark.django_db
PAGE = "/account/export/"
FILES = (JSON, CSV, ICS)


def test_the_page_offers_the_files(client_as, user):
    rich(user)
    html = content(client_as(user), PAGE)
    assert "5 sessions" in html
    assert all(f'href="{url}"' in html for url in FILES)


@time_machine.travel("2026-03-10 12:00:00+00:00", tick=False)
@pytest.mark.parametrize("url", FILES)
def test_a_file_is_saved_and_kept_nowhere_else(client_as, user, url):
    response = client_as(user).get(url)
    assert response["Content-Disposition"].startswith('attachment; filename="backcare')
    assert "2026-03-10" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert client_as(user).post(url).status_code == 405


@pytest.mark.parametrize("url", [PAGE, *FILES])
def test_only_a_person_has_something_to_take(client, url):
    assert client.get(url).url == f"/account/sign-in/?next={url}"


@pytest.mark.parametrize("url", FILES)
def test_strangers_rows_never_appear(client_as, user, stranger, url):
    rich(user)
    text = content(client_as(stranger), url)
    assert "evening" not in text
    assert "Mine" not in text


@pytest.mark.parametrize("url", FILES)
def test_what_was_deleted_or_never_begun_stays_out(client_as, user, url):
    rich(user)
    text = content(client_as(user), url)
    assert "an evening" in text
    assert "Deleted" not in text
    assert "Never begun" not in text
    assert "Thrown away" not in text


@pytest.mark.parametrize("url", FILES)
def test_queries_do_not_grow_with_the_history(client_as, user, count_queries, url):
    rich(user)
    client = client_as(user)
    client.get(PAGE)  # the session's weekly renewal is over after this
    few = count_queries(client, url)
    many(user, 12)
    assert count_queries(client, url) == few


def test_a_backup_follows_the_schema(client_as, user):
    rich(user)
    schema = json.loads(read("docs/export.schema.json"))
    assert schema_errors(exported(client_as(user)), schema) == []


def test_the_check_against_the_schema_finds_what_is_wrong(client_as, user):
    rich(user)
    schema = json.loads(read("docs/export.schema.json"))
    backup = exported(client_as(user))
    backup["sessions"][0]["seconds"] = -1
    backup["profile"]["sound"] = 1
    del backup["pauses"][0]["reason"]
    assert len(schema_errors(backup, schema)) == 3


def test_a_backup_holds_it_all(client_as, user):
    best = rich(user)
    backup = exported(client_as(user))
    found = next(one for one in backup["sessions"] if one["id"] == str(best.pk))
    assert found["started_at"] == "2026-03-02T06:00:00.123456Z"
    assert found["note"] == best.note
    assert found["routine"] == {"id": backup["routines"][0]["id"], "slug": "", "name": "=1+1, an evening"}
    assert found["feelings"]["pain_before"] == 4
    assert [step["reason"] for step in found["steps"]] == ["", "hurts"]
    assert [step["stretch"] for step in backup["plans"][found["plan"]]["steps"]] == ["cat-cow", "knee-to-chest"]
    assert [step["note"] for step in backup["routines"][0]["steps"]] == ["slowly\nplease", ""]
    assert [one["days_a_week"] for one in backup["profile"]["goals"]] == [3, 5]
    assert [one["to"] for one in backup["pauses"]] == ["2026-02-14", None]


def test_what_could_not_come_back_does_not_go_out(client_as, user):
    practise(user, rich(user).practice_day, name="A\u202eB", note="one\x07two\nthree")
    found = [(one["routine"]["name"], one["note"]) for one in exported(client_as(user))["sessions"]]
    assert ("AB", "onetwo\nthree") in found


def test_the_table_has_a_row_for_each_session(client_as, user):
    rich(user)
    rows = list(csv.DictReader(io.StringIO(content(client_as(user), CSV).removeprefix("\ufeff"), newline="")))
    assert len(rows) == 5
    assert rows[0]["name"] == "'=1+1, an evening"
    assert (rows[0]["date"], rows[0]["time"], rows[0]["minutes"]) == ("2026-03-02", "07:00", "10")
    assert (rows[0]["steps_done"], rows[0]["steps"], rows[0]["note"][:3]) == ("2", "2", "'-2")
    assert [row["time"] for row in rows].count("") == 1


def test_entries_of_a_calendar_keep_their_id(client_as, user):
    best = rich(user)
    text = content(client_as(user), ICS)
    assert text.count("BEGIN:VEVENT") == 5
    assert f"UID:{best.pk}@backcare" in text
    assert "DTSTART;VALUE=DATE:20260304" in text
    assert text == content(client_as(user), ICS)
