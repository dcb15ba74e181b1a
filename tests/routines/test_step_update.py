"""Changing how one step is done."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from routines.dose import Dose
from routines.models import Routine, Step
from tests.routines.factories import RoutineFactory, make_step
from tests.routines.pages import HTMX, is_page, post, text, total

pytestmark = pytest.mark.django_db

HOLD = {"seconds": "30", "sets": "2", "rest_s": "10", "phase": "main", "way": "foot-flat", "note": ""}


@pytest.fixture
def step(three: list[Step]) -> Step:
    return three[2]


@pytest.fixture
def url(step: Step) -> str:
    return f"/routines/{step.routine_id}/steps/{step.pk}/"


def test_a_plain_form_saves_and_closes(owner: Client, url: str, routine: Routine, step: Step) -> None:
    response = post(owner, url, routine, {**HOLD, "seconds": "45", "sets": "3", "note": "Slowly."})
    assert response["Location"] == f"/routines/{routine.pk}/edit/#step-{step.pk}"
    saved = Step.objects.get(pk=step.pk)
    assert (saved.dose, saved.note, saved.form) == (Dose("hold", 45, sets=3, rest_s=10), "Slowly.", "")


def test_htmx_saves_and_stays_open(owner: Client, url: str, routine: Routine, step: Step) -> None:
    response = post(owner, url, routine, {**HOLD, "seconds": "45"}, headers=HTMX)
    assert not is_page(response)
    assert total(response) == 545 + 60
    assert 'class="step-form"' in text(response)
    assert "Knee-to-chest: 2 × 45 seconds each side." in text(response)  # noqa: RUF001


def test_htmx_may_close(owner: Client, url: str, routine: Routine) -> None:
    response = post(owner, url, routine, {**HOLD, "close": "1"}, headers=HTMX)
    assert 'class="step-form"' not in text(response)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seconds", "90", "Please hold this one for 5 to 60 seconds."),
        ("sets", "0", "Please choose 1 to 4 sets."),
        ("sets", "-1", "Please choose 1 to 4 sets."),
        ("rest_s", "31", "Please rest 0 to 30 seconds."),
        ("seconds", "many", "Please type a whole number."),
        ("seconds", "", "Please type a number."),
        ("note", "x" * 501, "at most 500 characters"),
        ("note", "a\u202eb", "There is an invisible character"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_kept(
    owner: Client, url: str, routine: Routine, field: str, value: str, sentence: str, headers: dict[str, str]
) -> None:
    response = post(owner, url, routine, {**HOLD, field: value}, headers=headers)
    assert response.status_code == 422
    assert sentence in text(response)
    assert value in text(response)
    routine.refresh_from_db()
    assert routine.version == 1


def test_a_number_nobody_can_count_to_is_only_wrong(owner: Client, url: str, routine: Routine) -> None:
    assert post(owner, url, routine, {**HOLD, "seconds": "9" * 30}).status_code == 422


def test_another_form_is_named(owner: Client, url: str, routine: Routine) -> None:
    response = post(owner, url, routine, {**HOLD, "way": "leg-straight"}, headers=HTMX)
    assert "Knee-to-chest: other leg straight" in text(response)


def test_a_choice_that_is_not_offered_is_refused(owner: Client, url: str, routine: Routine) -> None:
    assert post(owner, url, routine, {**HOLD, "way": "upside-down"}).status_code == 422
    assert post(owner, url, routine, {**HOLD, "phase": "never"}).status_code == 422


def test_what_the_stretch_leaves_no_choice_in_stays(owner: Client, routine: Routine, three: list[Step]) -> None:
    url = f"/routines/{routine.pk}/steps/{three[0].pk}/"
    data = {"seconds": "120", "phase": "warm-up", "note": "", "sets": "5", "repetitions": "9"}
    assert post(owner, url, routine, data).status_code == 302
    assert Step.objects.get(pk=three[0].pk).dose == Dose("time", 120, rest_s=10)


def test_the_position_can_be_chosen(owner: Client, routine: Routine) -> None:
    step = make_step(routine, "chest-opener")
    data = {**HOLD, "position": "seated"}
    assert post(owner, f"/routines/{routine.pk}/steps/{step.pk}/", routine, data).status_code == 302
    assert Step.objects.get(pk=step.pk).position == "seated"


@pytest.mark.parametrize("gone", ["removed", "unknown", "foreign"])
def test_a_step_that_has_gone_is_said_to_be_gone(owner: Client, routine: Routine, three: list[Step], gone: str) -> None:
    step: Any = three[2].pk
    if gone == "removed":
        Step.objects.filter(pk=step).update(removed_at=routine.created_at)
    elif gone == "unknown":
        step = uuid4()
    else:
        step = make_step(RoutineFactory.create(), "cat-cow").pk
    response = post(owner, f"/routines/{routine.pk}/steps/{step}/", routine, HOLD)
    assert response.status_code == 422
    assert "This step is no longer in the routine." in text(response)


def test_a_stranger_gets_404(client_as: Callable[[User], Client], stranger: User, url: str) -> None:
    assert client_as(stranger).post(url, {"version": 1, **HOLD}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(visitor: Client, url: str) -> None:
    assert visitor.post(url, {"version": 1, **HOLD}).status_code == 302


def test_it_takes_posts_only(owner: Client, url: str) -> None:
    assert owner.get(url).status_code == 405
