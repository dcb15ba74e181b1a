"""Where the back is asked about: around a session, on Today, and how answers are deleted again."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from stretches.models import GuideEntry
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_caution, make_step
from tests.tracking.factories import practise
from tests.tracking.pages import words_of
from tests.tracking.session_helpers import session_of
from tracking.models import Session, Status
from tracking.services import feelings as services

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WEDNESDAY = date(2026, 3, 4)
DAY = timedelta(days=1)
TOLD: dict[str, Any] = {
    "pain_before": 5,
    "pain_after": 2,
    "stiffness_before": 6,
    "stiffness_after": 3,
    "next_day": "better",
    "felt_area": "lower-back",
}
NOTHING: dict[str, Any] = {**dict.fromkeys(TOLD), "felt_area": "", "next_day": "passed"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 3, 4, 11, tzinfo=UTC), tick=False):
        yield


def told(session: Session) -> dict[str, object]:
    """What is stored of what was said."""
    return Session.objects.filter(pk=session.pk).values(*TOLD).get()


def today(client) -> str:
    return client.get("/").content.decode()


def asks(html: str) -> bool:
    return "next-day-answers" in html


def advice(html: str) -> str | None:
    """Which suggestion stands on the page, at most one."""
    found = re.findall(r'data-advice="(\w+)"', html)
    assert len(found) <= 1
    return found[0] if found else None


def answer(client, session: Session, value: str, **headers):
    return client.post(f"/sessions/{session.pk}/next-day/", {"next_day": value}, **headers)


# --- Around a session ----------------------------------------------------------------------------


def test_the_area_is_one_of_the_catalogue(client_as, user):
    session = practise(user, WEDNESDAY)
    for key, label in (("lower-back", "Lower back"), ("full-body", "Whole body")):
        data = {"vocabulary": "area", "value": key, "label": label, "hint": ""}
        GuideEntry.objects.create(kind="label", key=f"area:{key}", data=data)
    from stretches import shelf

    client = client_as(user)
    url = f"/sessions/{session.pk}/summary/"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf._Kept, "shelf", None)
        html = client.get(url).content.decode()
        assert '<option value="lower-back">Lower back</option>' in html
        assert "Whole body" not in html
        assert client.post(url, {"felt_area": "lower-back"}, headers=HTMX).status_code == 200
        assert told(session)["felt_area"] == "lower-back"
        assert client.post(url, {"felt_area": "full-body"}, headers=HTMX).status_code == 422
        assert client.post(url, {"felt_area": ""}, headers=HTMX).status_code == 200
    assert told(session)["felt_area"] == ""


def test_an_area_that_is_gone_stays_what_was_said(client_as, user):
    session = practise(user, WEDNESDAY, felt_area="tail")
    assert '<option value="tail" selected>' in client_as(user).get(f"/sessions/{session.pk}/summary/").content.decode()


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ({"pain_after": "9"}, "That is a lot of pain."),
        ({"pain_before": "8"}, "That is a lot of pain."),
        ({"pain_before": "2", "pain_after": "4"}, "It hurts more than before."),
    ],
)
def test_pain_is_answered_with_a_gentle_word_and_where_to_turn(client_as, user, ratings, words):
    session = practise(user, WEDNESDAY)
    client = client_as(user)
    url = f"/sessions/{session.pk}/summary/"
    html = client.post(url, ratings, headers=HTMX).content.decode()
    assert words in html
    assert 'href="/guide/safety/"' in html
    assert words in client.get(url).content.decode()


def test_other_answers_bring_no_word(client_as, user):
    session = practise(user, WEDNESDAY, pain_before=3)
    html = client_as(user).post(f"/sessions/{session.pk}/summary/", {"pain_after": "3"}, headers=HTMX).content.decode()
    assert words_of(html) == "Saved"


def test_before_the_start_the_question_is_folded_and_stays_off_the_device(client_as, user):
    session = session_of(user)
    html = client_as(user).get(f"/sessions/{session.pk}/").content.decode()
    folded = re.search(r'<details class="[^"]*" id="before-start" data-not-kept>(.*?)</details>', html, re.DOTALL)
    assert folded
    assert folded[1].count('type="radio"') == 2 * 12
    assert 'href="/guide/safety/"' in folded[1]


def test_rated_without_a_script_before_the_start_leads_back_to_the_session(client_as, user):
    session = session_of(user)
    response = client_as(user).post(f"/sessions/{session.pk}/summary/", {"pain_before": "4"})
    assert response.url == f"/sessions/{session.pk}/"


def test_lists_say_it_in_a_line(client_as, user):
    practise(user, WEDNESDAY, **TOLD)
    client = client_as(user)
    for path in ("/history/2026-03-04/", "/history/"):
        assert "Pain 5 → 2, stiffness 6 → 3, next day: better" in words_of(client.get(path).content.decode())


def test_nothing_of_it_reaches_the_log_or_the_address(client_as, user, caplog):
    caplog.set_level(logging.DEBUG)
    session = practise(user, WEDNESDAY - DAY)
    client = client_as(user)
    for data in ({"pain_after": "9"}, {"pain_after": "77"}):
        client.post(f"/sessions/{session.pk}/summary/", data)
    response = answer(client, session, "worse")
    assert response.url == "/"
    assert not re.search(r"pain|stiff|worse|\b77\b", caplog.text)


# --- The next day --------------------------------------------------------------------------------


def test_the_day_after_is_asked_about_once(client_as, user):
    practise(user, WEDNESDAY - 2 * DAY)
    session = practise(user, WEDNESDAY - DAY, name="Morning loosen-up")
    client = client_as(user)
    html = today(client)
    assert asks(html)
    assert "How was your back after Morning loosen-up on Tuesday?" in words_of(html)
    assert 'href="/guide/safety/"' in html
    assert asks(today(client)), "looking is no answer"
    assert answer(client, session, "better").status_code == 302
    assert told(session)["next_day"] == "better"
    assert not asks(today(client))


@pytest.mark.parametrize("value", ["better", "same", "worse", "passed"])
def test_htmx_gets_the_card_back_without_the_question(client_as, user, value):
    practise(user, WEDNESDAY - 3 * DAY)
    session = practise(user, WEDNESDAY - DAY)
    response = answer(client_as(user), session, value, headers=HTMX)
    assert response.status_code == 200
    html = response.content.decode()
    assert 'id="checkin"' in html
    assert "<html" not in html
    assert not asks(html)
    assert "Thank you." in html


@pytest.mark.parametrize(
    "values",
    [
        {"days": 0},
        {"days": 8},
        {"days": 1, "status": Status.RUNNING, "finished_at": None},
        {"days": 1, "next_day": "passed"},
    ],
)
def test_nobody_is_asked_about_today_long_ago_what_is_open_or_was_answered(client_as, user, values):
    practise(user, WEDNESDAY - values.pop("days") * DAY, **values)
    assert not asks(today(client_as(user)))


def test_a_session_of_today_makes_yesterday_old_news(client_as, user):
    practise(user, WEDNESDAY - DAY)
    practise(user, WEDNESDAY)
    assert not asks(today(client_as(user)))


def test_deleting_what_was_answered_about_brings_up_nothing_older(client_as, user):
    practise(user, WEDNESDAY - 2 * DAY)
    session = practise(user, WEDNESDAY - DAY)
    client = client_as(user)
    answer(client, session, "same")
    client.post(f"/sessions/{session.pk}/delete/")
    assert not asks(today(client))


@pytest.mark.parametrize("data", [{}, {"next_day": "x"}, {"next_day": ""}, {"next_day": "\x00"}])
def test_another_answer_than_these_is_a_bad_request(client_as, user, data):
    session = practise(user, WEDNESDAY - DAY)
    assert client_as(user).post(f"/sessions/{session.pk}/next-day/", data).status_code == 400
    assert told(session)["next_day"] == ""


def test_a_stranger_and_a_visitor_answer_nothing(client, client_as, user, stranger):
    session = practise(user, WEDNESDAY - DAY)
    assert answer(client_as(stranger), session, "worse").status_code == 404
    assert answer(client, session, "worse").url.startswith("/account/sign-in/")
    assert client_as(stranger).post(f"/sessions/{session.pk}/feelings/delete/").status_code == 404
    assert told(session)["next_day"] == ""


# --- What the answers suggest --------------------------------------------------------------------


@pytest.fixture
def gentle(db):
    """The gentle ready-made routines, each with a stretch of its own."""
    made = {"lower-back-ease": "knee-to-chest", "bedtime": "cat-cow", "desk-break": "shoulder-rolls"}
    for slug, stretch in made.items():
        make_step(ReadyMadeFactory.create(slug=slug, name=slug.replace("-", " ").capitalize()), stretch)


def worse_twice(user, **values) -> list[Session]:
    return [practise(user, WEDNESDAY - days * DAY, next_day="worse", **values) for days in (3, 1)]


def test_worse_twice_suggests_less_something_gentler_and_a_professional(client_as, user, gentle):
    worse_twice(user)
    html = today(client_as(user))
    assert advice(html) == "ease"
    words = words_of(html)
    assert "half of what you did" in words
    assert "physiotherapist" in words
    assert "Start Lower back ease" in words
    assert 'href="/guide/safety/"' in html


def test_what_is_gentle_suits_the_conditions(client_as, user, gentle):
    make_caution("knee-to-chest", "disc")
    user.conditions = ["disc"]
    user.save()
    worse_twice(user)
    assert "Start Bedtime" in words_of(today(client_as(user)))


def test_what_made_it_worse_is_not_offered_where_there_is_another(client_as, user, gentle):
    worse_twice(user, routine_slug="lower-back-ease")
    assert 'value="bedtime"><button' in today(client_as(user))


def test_the_first_page_then_offers_that_before_what_was_done_last(client_as, user, gentle):
    own = RoutineFactory.create(owner=user, name="My own five")
    make_step(own, "cat-cow")
    worse_twice(user, routine=own)
    html = today(client_as(user))
    assert re.findall(r'primary big">.*?Start ([^<]+)</button>', html, re.DOTALL) == ["Lower back ease"]
    assert "My own five" in words_of(html)


def test_the_routine_done_last_can_be_made_shorter(client_as, user, gentle):
    own = RoutineFactory.create(owner=user, name="My own five")
    make_step(own, "cat-cow")
    worse_twice(user, routine=own)
    assert f'<a href="/routines/{own.pk}/edit/">Make My own five shorter</a>' in today(client_as(user))


def test_without_a_catalogue_the_words_are_still_there(client_as, user):
    worse_twice(user)
    assert advice(today(client_as(user))) == "ease"


def test_the_answer_itself_brings_the_suggestion(client_as, user, gentle):
    first, second = practise(user, WEDNESDAY - 2 * DAY, next_day="worse"), practise(user, WEDNESDAY - DAY)
    assert advice(answer(client_as(user), second, "worse", headers=HTMX).content.decode()) == "ease"
    assert told(first)["next_day"] == "worse"


def test_it_stays_until_an_answer_that_is_not_worse(client_as, user):
    worse_twice(user)
    client = client_as(user)
    assert advice(today(client)) == advice(today(client)) == "ease"
    with time_machine.travel(datetime(2026, 3, 6, 11, tzinfo=UTC), tick=False):
        newer = practise(user, date(2026, 3, 5))
        assert advice(today(client)) == "ease"
        answer(client, newer, "same")
        assert advice(today(client)) is None


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_can_be_put_away_until_the_next_answer(client_as, user, headers):
    worse_twice(user)
    client = client_as(user)
    assert client.post("/feelings/lay-aside/", headers=headers).status_code == (200 if headers else 302)
    assert advice(today(client)) is None
    assert client.post("/feelings/lay-aside/", headers=headers).status_code == (200 if headers else 302)
    assert advice(today(client)) is None
    with time_machine.travel(datetime(2026, 3, 6, 11, tzinfo=UTC), tick=False):
        answer(client, practise(user, date(2026, 3, 5)), "worse")
        assert advice(today(client)) == "ease"


def test_strong_pain_brings_a_gentle_word_on_the_first_page_too(client_as, user):
    practise(user, WEDNESDAY, pain_after=9)
    assert advice(today(client_as(user))) == "strong"


def test_somebody_elses_answers_suggest_nothing(client_as, user, stranger):
    worse_twice(user)
    practise(stranger, WEDNESDAY)
    assert advice(today(client_as(stranger))) is None


def test_a_deleted_session_suggests_nothing(client_as, user):
    for session in worse_twice(user):
        session.deleted_at = session.finished_at
        session.save()
    practise(user, WEDNESDAY)
    assert advice(today(client_as(user))) is None


# --- Not asking, and forgetting ------------------------------------------------------------------


def test_who_does_not_want_it_is_asked_nothing_anywhere(client_as, user):
    user.asks_feelings = False
    user.save()
    worse_twice(user)
    done, ready = practise(user, WEDNESDAY - DAY), session_of(user)
    client = client_as(user)
    for path in ("/", f"/sessions/{done.pk}/summary/", f"/sessions/{ready.pk}/"):
        html = client.get(path).content.decode()
        assert 'type="radio" name="pain' not in html, path
        assert "feeling-" not in html, path
        assert not asks(html), path
        assert advice(html) is None, path


def test_what_was_said_before_is_shown_and_can_be_deleted(client_as, user):
    user.asks_feelings = False
    user.save()
    session = practise(user, WEDNESDAY, **TOLD)
    client = client_as(user)
    url = f"/sessions/{session.pk}/summary/"
    assert "Pain 5 → 2" in words_of(client.get(url).content.decode())
    assert client.post(f"/sessions/{session.pk}/feelings/delete/").url == url
    assert "Pain" not in words_of(client.get(url).content.decode())


def test_one_sessions_answers_are_deleted_alone(client_as, user):
    one, other = practise(user, WEDNESDAY, note="Mine.", **TOLD), practise(user, WEDNESDAY - DAY, **TOLD)
    client_as(user).post(f"/sessions/{one.pk}/feelings/delete/")
    assert told(one) == NOTHING
    assert told(other) == TOLD
    one.refresh_from_db()
    assert (one.note, one.seconds, one.deleted_at) == ("Mine.", 600, None)


def test_all_answers_are_deleted_and_all_sessions_stay(client_as, user, stranger):
    sessions = [practise(user, WEDNESDAY - n * DAY, **TOLD) for n in range(3)]
    gone = practise(user, WEDNESDAY, deleted_at=datetime(2026, 3, 4, 10, tzinfo=UTC), **TOLD)
    silent = practise(user, WEDNESDAY - 5 * DAY)
    theirs = practise(stranger, WEDNESDAY, **TOLD)
    client = client_as(user)
    before = [
        values for _, *values in user.sessions.order_by("pk").values_list("pk", "seconds", "practice_day", "note")
    ]
    page = client.get("/account/feelings/delete/")
    assert page.status_code == 200
    assert told(sessions[0]) == TOLD, "looking deletes nothing"
    assert client.post("/account/feelings/delete/", {"sure": "on"}).url == "/account/"
    assert [told(session) for session in [*sessions, gone]] == [NOTHING] * 4
    assert told(silent) == {**NOTHING, "next_day": ""}
    assert told(theirs) == TOLD
    after = [values for _, *values in user.sessions.order_by("pk").values_list("pk", "seconds", "practice_day", "note")]
    assert before == after
    assert not asks(today(client)), "nobody is asked again"


def test_without_a_yes_nothing_is_deleted(client_as, user):
    session = practise(user, WEDNESDAY, **TOLD)
    response = client_as(user).post("/account/feelings/delete/")
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert told(session) == TOLD


def test_the_account_page_leads_there_and_has_the_switch(client_as, user):
    html = client_as(user).get("/account/").content.decode()
    assert 'href="/account/feelings/delete/"' in html
    assert re.search(r'name="asks_feelings"[^>]*checked', html)


# --- The services --------------------------------------------------------------------------------


def test_every_write_is_a_new_version_of_the_history(user):
    session = practise(user, WEDNESDAY)

    def version() -> int:
        user.refresh_from_db()
        return user.history_version

    seen = [version()]
    services.say(session=session, values={"pain_after": 3})
    seen.append(version())
    services.take_back(session=session)
    seen.append(version())
    services.forget_all(owner=user)
    seen.append(version())
    assert len(set(seen)) == len(seen)


def test_nothing_but_feelings_is_written_as_such(user):
    with pytest.raises(ValueError, match="about the back"):
        services.say(session=practise(user, WEDNESDAY), values={"seconds": 1})


def test_forgetting_says_how_many_were_told(user):
    practise(user, WEDNESDAY, pain_before=0)
    practise(user, WEDNESDAY, felt_area="neck")
    practise(user, WEDNESDAY)
    assert services.forget_all(owner=user) == 2
    assert services.forget_all(owner=user) == 0
