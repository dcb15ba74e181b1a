"""What the tables themselves refuse, whichever road a row takes to them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.models import User
from routines.models import NAME_LENGTH, NOTE_LENGTH, Routine, Step
from tests.routines.factories import LONG_AGO, ReadyMadeFactory, RoutineFactory, make_step, make_stretch

pytestmark = pytest.mark.django_db


def errors(row: Routine | Step) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return caught.value.message_dict


def routine(user: User, **values: Any) -> Routine:
    return Routine(**{"owner": user, "name": "Mine", "created_at": LONG_AGO, "updated_at": LONG_AGO, **values})


@pytest.mark.parametrize("length", [1, NAME_LENGTH])
def test_a_name_may_be_this_long(user: User, length: int) -> None:
    routine(user, name="x" * length).full_clean()


@pytest.mark.parametrize("length", [0, NAME_LENGTH + 1])
def test_a_name_may_not_be_that_long(user: User, length: int) -> None:
    assert "name" in errors(routine(user, name="x" * length))
    with pytest.raises(DatabaseError), transaction.atomic():
        routine(user, name="x" * length).save()


def test_a_name_has_one_spelling(user: User) -> None:
    mine = routine(user, name="  Ru\u0308cken  ")
    mine.full_clean()
    assert mine.name == "R\u00fccken"


@pytest.mark.parametrize("character", ["\x00", "\n", "\x1b", "\u202e", "\u2066", "\ud800"])
def test_a_name_holds_nothing_invisible(user: User, character: str) -> None:
    assert "name" in errors(routine(user, name=f"a{character}b"))


def test_an_emoji_is_a_fine_name(user: User) -> None:
    routine(user, name="\U0001f9d8\u200d\u2640\ufe0f Morgen").full_clean()


@pytest.mark.parametrize(
    "values",
    [
        {"slug": "mine"},
        {"owner": None},
        {"context": "never"},
        {"level": 4},
        {"purpose": "x" * 301},
        {"version": 0},
    ],
)
def test_the_database_refuses_it_as_well(user: User, values: dict[str, Any]) -> None:
    errors(routine(user, **values))
    with pytest.raises(DatabaseError), transaction.atomic():
        routine(user, **values).save()


def test_a_ready_made_routine_has_a_page_by_its_slug() -> None:
    ready = ReadyMadeFactory.build(slug="desk-break")
    assert ready.is_ready_made
    assert ready.get_absolute_url() == "/routines/ready/desk-break/"


def test_deleting_the_person_deletes_their_routines(user: User) -> None:
    make_step(RoutineFactory.create(owner=user))
    user.delete()
    assert not Routine.objects.exists()
    assert not Step.everything.exists()


@pytest.fixture
def step(user: User) -> Step:
    return make_step(RoutineFactory.create(owner=user), "knee-to-chest")


@pytest.mark.parametrize("seconds", [5, 60])
def test_the_ends_of_the_stretchs_own_range_are_fine(step: Step, seconds: int) -> None:
    step.seconds = seconds
    step.full_clean()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("seconds", 4, "Please hold this one for 5 to 60 seconds."),
        ("seconds", 61, "Please hold this one for 5 to 60 seconds."),
        ("sets", 5, "Please choose 1 to 4 sets."),
        ("rest_s", 31, "Please rest 0 to 30 seconds."),
        ("repetitions", 2, "For this stretch this is always 1."),
        ("mode", "breaths", "This stretch is counted differently."),
        ("position", "standing", "This stretch is not done in that position."),
        ("form", "upside-down", "This stretch has no such form."),
    ],
)
def test_a_step_keeps_to_its_stretch(step: Step, field: str, value: object, message: str) -> None:
    setattr(step, field, value)
    assert message in errors(step)[field]


def test_a_step_takes_up_to_an_hour(user: User) -> None:
    stretch = make_stretch("walking", dose_range={"seconds": [60, 3600], "sets": [1, 2], "rest_s": [0, 10]})
    step = make_step(RoutineFactory.create(owner=user), stretch.slug, seconds=3600)
    step.full_clean()
    step.sets = 2
    assert errors(step)["sets"] == ["One step can take up to an hour."]


@pytest.mark.parametrize("length", [NOTE_LENGTH, NOTE_LENGTH + 1])
def test_a_note_has_a_length(step: Step, length: int) -> None:
    step.note = "x" * length
    if length > NOTE_LENGTH:
        assert "note" in errors(step)
        with pytest.raises(DatabaseError), transaction.atomic():
            step.save()
    else:
        step.full_clean()


def test_a_note_may_have_lines_but_nothing_invisible(step: Step) -> None:
    step.note = "Left first.\r\nSlowly.\tAlways."
    step.full_clean()
    assert step.note == "Left first.\nSlowly.\tAlways."
    step.note = "Left \u202efirst."
    assert "note" in errors(step)


@pytest.mark.parametrize(
    "values",
    [
        {"mode": "jump"},
        {"phase": "never"},
        {"position": "flying"},
        {"seconds": 0},
        {"seconds": 3601},
        {"repetitions": 201},
        {"sets": 21},
        {"rest_s": 301},
        {"switch_s": 61},
        {"alternate": True},
    ],
)
def test_the_steps_table_has_bounds_of_its_own(step: Step, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(step, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        step.save()


def test_a_removed_step_is_out_of_sight(step: Step) -> None:
    step.removed_at = LONG_AGO
    step.save(update_fields=["removed_at"])
    assert list(step.routine.steps.all()) == []
    assert list(Step.everything.all()) == [step]
