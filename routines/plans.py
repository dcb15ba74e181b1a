"""From rows to the plain values of the pure modules. Reads rows that are already loaded; writes nothing.

`Routine.with_steps()` loads what is needed here; other apps get their timelines
from this module and need not know how a step is stored.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from routines import advice
from routines.dose import Dose
from routines.models import Phase, Routine, Step, sides_of
from routines.timeline import PlanStep, Timeline, build
from stretches.models import Caution, Stretch


def chosen_form(stretch: Stretch, key: str) -> Mapping[str, Any] | None:
    """Return the form with that key, the usual one for "", or None where there is only one way."""
    usual: Mapping[str, Any] | None = stretch.forms[0] if stretch.forms else None
    return next((form for form in stretch.forms if form["key"] == key), usual)


def label(stretch: Stretch, form: str = "") -> str:
    """Name a step: the stretch, with its form where one was chosen."""
    if not form:
        return stretch.name
    chosen = chosen_form(stretch, form)
    if chosen is None:
        return stretch.name
    words = str(chosen["label"])
    return f"{stretch.name}: {words[:1].lower()}{words[1:]}"


def plan_step(step: Step) -> PlanStep:
    """Return one step as the timeline takes it."""
    return PlanStep(
        stretch=step.stretch.slug,
        label=label(step.stretch, step.form),
        dose=step.dose,
        sides=sides_of(step.stretch),
        position=step.position,
        phase=step.phase,
        form=step.form,
        note=step.note,
    )


def plan(routine: Routine) -> list[PlanStep]:
    """Return a routine's steps in order, as the timeline takes them."""
    return [plan_step(step) for step in routine.steps.all()]


def timeline(routine: Routine) -> Timeline:
    """Return a routine's timeline: what happens when, and its total."""
    return build(plan(routine))


def single(stretch: Stretch) -> PlanStep:
    """Return a plan of one stretch alone, with its usual dose: "try it now"."""
    return PlanStep(
        stretch=stretch.slug,
        label=stretch.name,
        dose=Dose.from_json(stretch.dose),
        sides=sides_of(stretch),
        position=stretch.position,
        phase=Phase.MAIN,
    )


def level(step: Step) -> int:
    """Return the level of a step: that of its form where the forms differ."""
    form = chosen_form(step.stretch, step.form) or {}
    return int(form.get("level", step.stretch.level))


def routine_level(routine: Routine) -> int:
    """Return how demanding a routine is: as reviewed, or as its hardest step."""
    if routine.is_ready_made:
        return routine.level
    return max((level(step) for step in routine.steps.all()), default=1)


def routine_equipment(routine: Routine) -> list[str]:
    """Return what a routine needs: as reviewed, or what its steps need, each thing once."""
    if routine.is_ready_made:
        return list(routine.equipment)
    needed = (thing for step in routine.steps.all() for thing in step.stretch.equipment)
    return list(dict.fromkeys(needed))


def advised(steps: Iterable[Step]) -> list[advice.Step]:
    """Return steps as the rules of advice take them."""
    return [
        advice.Step(
            plan=plan_step(step),
            type=step.stretch.type,
            section=step.stretch.section,
            areas=tuple(step.stretch.areas),
            level=level(step),
        )
        for step in steps
    ]


def form_position(stretch: Stretch, key: str) -> str | None:
    """Return the position a form is done in, or None where the forms do not differ in that."""
    form = chosen_form(stretch, key) or {}
    position: str | None = form.get("position")
    return position


def plain_caution(caution: Caution) -> advice.Caution:
    """Return a caution as the rules of advice take it."""
    return advice.Caution(
        stretch=caution.stretch.slug,
        condition=caution.condition.label,
        action=cast("advice.Action", caution.action),
        text=caution.text,
        substitute=caution.substitute.slug if caution.substitute else "",
    )
