"""From rows to plain values."""

import pytest

from routines import plans
from routines.dose import Dose
from routines.timeline import build
from tests.routines.factories import RoutineFactory, make_step, make_stretch

pytestmark = pytest.mark.django_db


def test_one_stretch_alone_is_a_plan() -> None:
    step = plans.single(make_stretch("knee-to-chest"))
    assert (step.label, step.dose, step.sides) == ("Knee-to-chest", Dose("hold", 30, sets=2, rest_s=10), "each")
    assert build([step]).total_s == 150


def test_a_form_is_part_of_the_name() -> None:
    stretch = make_stretch("upward-facing-dog", name="Upward-facing dog")
    assert plans.label(stretch, "full") == "Upward-facing dog: full, with straight arms"
    assert plans.label(stretch) == "Upward-facing dog"


def test_a_form_nobody_knows_is_the_usual_one() -> None:
    assert plans.chosen_form(make_stretch("upward-facing-dog"), "gone") == {
        "key": "low",
        "label": "low, on the forearms",
        "level": 2,
    }
    assert plans.label(make_stretch("cat-cow"), "gone") == "Cat-cow"


def test_the_forearm_version_counts_as_easier() -> None:
    routine = RoutineFactory.create()
    easier, harder = (make_step(routine, "upward-facing-dog", form=form) for form in ("", "full"))
    assert (plans.level(easier), plans.level(harder)) == (2, 3)
    assert plans.routine_level(routine) == 3


def test_equipment_is_named_once() -> None:
    routine = RoutineFactory.create()
    make_stretch("cat-cow", equipment=["mat"])
    make_stretch("knee-to-chest", equipment=["mat", "cushion"])
    for slug in ("cat-cow", "knee-to-chest", "cat-cow"):
        make_step(routine, slug)
    assert plans.routine_equipment(routine) == ["mat", "cushion"]
