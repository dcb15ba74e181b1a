"""Brings the ready-made routines in the database to what the content files say.

The only writer of ready-made routines. The files are read and checked in
`stretches.content`; what only a timeline can tell (the total) is checked here.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from routines.models import Routine, Step
from routines.plans import plan_step
from routines.timeline import build
from stretches import content
from stretches.models import Stretch

_STEP_FIELDS = (
    "stretch_id",
    "phase",
    "position",
    "form",
    "mode",
    "seconds",
    "repetitions",
    "sets",
    "rest_s",
    "switch_s",
    "alternate",
    "note",
)


@dataclass
class Report:
    """What one load did: slugs by what happened to them."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.updated or self.retired or self.returned)

    def lines(self) -> list[str]:
        """Return the report for people: a line for each thing that happened, then the totals."""
        verbs = ("updated", "retired", "returned")
        found = [f"{verb}: routine {slug}" for verb in verbs for slug in getattr(self, verb)]
        totals = ", ".join(f"{len(getattr(self, verb))} {verb}" for verb in ("created", *verbs))
        return [*found, f"{totals}, {len(self.unchanged)} unchanged"]


@transaction.atomic
def load(catalogue: content.Catalogue, *, now: datetime) -> Report:
    """Write what differs; retire what is gone. A second run writes nothing.

    The stretches have to be loaded before.

    Raises:
        ContentError: a step or a total is wrong; it lists all that was found, and nothing is written.

    """
    stretches = {stretch.slug: stretch for stretch in Stretch.objects.filter(owner=None)}
    saved = {routine.slug: routine for routine in Routine.objects.filter(owner=None).prefetch_related("steps")}
    plans = [(record, _steps(record, stretches, now)) for record in catalogue.routines]
    if problems := [problem for record, steps in plans for problem in _problems(record, steps)]:
        raise content.ContentError(problems)
    report = Report()
    for record, steps in plans:
        _write(record, steps, saved.pop(record.slug, None), report, now)
    for gone in saved.values():
        if gone.retired_at is None:
            gone.retired_at = now
            gone.save(update_fields=["retired_at"])
            report.retired.append(str(gone.slug))
    return report


def _steps(record: content.Routine, stretches: dict[str, Stretch], now: datetime) -> list[Step]:
    return [
        Step(
            stretch=stretches[step.stretch],
            order=order,
            phase=step.phase,
            position=step.position,
            form=step.form,
            note=step.note,
            updated_at=now,
            **asdict(step.dose),
        )
        for order, step in enumerate(record.steps)
    ]


def _problems(record: content.Routine, steps: list[Step]) -> Iterator[content.Problem]:
    """Yield what is wrong with a routine's steps, and with its total once they are right."""
    file = f"routines/{record.slug}.toml"
    wrong = False
    for number, step in enumerate(steps, 1):
        try:
            step.clean()
        except ValidationError as error:
            wrong = True
            for name, messages in error.message_dict.items():
                yield content.Problem(file, f"steps[{number}].{name}", " ".join(messages))
    total = build([plan_step(step) for step in steps]).total_s
    if not wrong and total != record.total_s:
        yield content.Problem(file, "total_s", f"the steps take {total} s, not {record.total_s} s")


def _write(record: content.Routine, steps: list[Step], routine: Routine | None, report: Report, now: datetime) -> None:
    """Bring one routine and its steps to what its file says."""
    wanted: dict[str, Any] = {
        "name": record.name,
        "purpose": record.purpose,
        "when": record.when,
        "context": record.context,
        "level": record.level,
        "equipment": list(record.equipment),
        "order": record.order,
        "retired_at": None,
    }
    if routine is None:
        routine = Routine(slug=record.slug, created_at=now, updated_at=now, **wanted)
        routine.full_clean()
        routine.save(force_insert=True)
        _replace(routine, steps)
        report.created.append(record.slug)
        return
    different = [name for name, value in wanted.items() if getattr(routine, name) != value]
    same_steps = [_plain(step) for step in routine.steps.all()] == [_plain(step) for step in steps]
    if not different and same_steps:
        report.unchanged.append(record.slug)
        return
    (report.returned if "retired_at" in different else report.updated).append(record.slug)
    for name in different:
        setattr(routine, name, wanted[name])
    routine.updated_at, routine.version = now, routine.version + 1
    routine.full_clean()
    routine.save(update_fields=[*different, "updated_at", "version"])
    if not same_steps:
        _replace(routine, steps)


def _plain(step: Step) -> tuple[Any, ...]:
    return tuple(getattr(step, name) for name in _STEP_FIELDS)


def _replace(routine: Routine, steps: list[Step]) -> None:
    """Nothing points at a ready-made step, so a changed list is simply written anew."""
    Step.everything.filter(routine=routine).delete()
    for step in steps:
        step.routine = routine
    Step.everything.bulk_create(steps)
