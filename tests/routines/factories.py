"""Routines and their steps for tests, on stretches with the catalogue's own doses."""

from datetime import UTC, datetime
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from routines.dose import Dose, DoseRange
from routines.models import Routine, Step
from stretches.models import Caution, Condition, Stretch
from tests.factories import UserFactory
from tests.routines.cases import by_slug

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

OTHER_POSITIONS = {"chest-opener": ["seated"], "shoulder-rolls": ["seated"], "cat-cow": ["seated"]}
PHASES = {
    "walking": ["warm-up", "cool-down"],
    "cat-cow": ["warm-up", "main", "cool-down"],
    "shoulder-rolls": ["warm-up", "main", "cool-down"],
}
FORMS = {
    "upward-facing-dog": [
        {"key": "low", "label": "low, on the forearms", "level": 2},
        {"key": "full", "label": "full, with straight arms", "level": 3},
    ],
    "knee-to-chest": [
        {"key": "foot-flat", "label": "other foot flat"},
        {"key": "leg-straight", "label": "other leg straight"},
    ],
}


def make_stretch(slug: str = "knee-to-chest", **changes: Any) -> Stretch:
    """The stretch of that slug, made from the reviewed cases at the first call."""
    if (found := Stretch.objects.filter(slug=slug).first()) is not None:
        return found
    case = by_slug()[slug]
    values = {
        "slug": slug,
        "name": case["name"],
        "section": case["section"],
        "areas": case["areas"],
        "type": case["type"],
        "position": case["position"],
        "alt_positions": OTHER_POSITIONS.get(slug, []),
        "phases": PHASES.get(slug, ["main", "cool-down"]),
        "sides": case["sides"],
        "level": case["level"],
        "equipment": [],
        "forms": FORMS.get(slug, []),
        "steps": ["Move gently."],
        "steps_origin": "editor",
        "feel": "A light pull.",
        "dose": Dose.from_json(case["dose"]).as_json(),
        "dose_range": DoseRange.from_json(case["range"]).as_json(),
        **changes,
    }
    return Stretch.objects.create(**values)


def make_caution(slug: str, tag: str, action: str = "avoid", substitute: str = "") -> Caution:
    """What the condition `tag` says about a stretch."""
    condition, _ = Condition.objects.get_or_create(
        tag=tag, defaults={"label": f"{tag} trouble", "rule": "Take it slowly.", "severity": "avoid"}
    )
    return Caution.objects.create(
        stretch=make_stretch(slug),
        condition=condition,
        action=action,
        text=f"Mind the {tag}.",
        substitute=make_stretch(substitute) if substitute else None,
    )


class RoutineFactory(DjangoModelFactory[Routine]):
    """Somebody's own routine, without steps."""

    class Meta:
        model = Routine

    owner = SubFactory(UserFactory)
    name = Sequence(lambda n: f"Routine {n}")
    created_at = LONG_AGO
    updated_at = LONG_AGO


class ReadyMadeFactory(RoutineFactory):
    """One of everybody's routines."""

    owner = None  # type: ignore[assignment]
    slug = Sequence(lambda n: f"ready-{n}")
    purpose = "To loosen up."
    when = "Any day."


def make_step(routine: Routine, slug: str = "knee-to-chest", **changes: Any) -> Step:
    """A step at the end of a routine with the stretch's usual dose."""
    stretch = make_stretch(slug)
    step = Step(
        routine=routine,
        stretch=stretch,
        order=routine.steps.count(),
        phase=stretch.phases[0],
        position=stretch.position,
        updated_at=LONG_AGO,
    )
    step.dose = Dose.from_json(stretch.dose)
    for name, value in changes.items():
        setattr(step, name, value)
    step.save(force_insert=True)
    return step
