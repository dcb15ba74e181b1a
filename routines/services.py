"""Everything that writes routines. Each function is one transaction; the clock is an argument.

Versions: whoever changes a routine says which version they looked at. Of two that
looked at the same one, the first wins and the second gets a `Conflict`. Nothing
is ever overwritten unseen.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from routines import plans
from routines.dose import Dose, DoseRange, fitted
from routines.models import NAME_LENGTH, Context, Phase, Routine, Step
from stretches.models import Stretch

MOST_STEPS = 60
MOST_ROUTINES = 200
# How many removed steps of a routine can be put back; older ones go for good.
REMOVED_KEPT = 10
# How long a deleted routine can be put back.
DELETED_KEPT = timedelta(days=30)

_DOSE_FIELDS = ("mode", "seconds", "repetitions", "sets", "rest_s", "switch_s", "alternate")


class Conflict(Exception):  # noqa: N818  (it is a normal outcome, not an error)
    """The routine has changed since the version that the caller looked at; nothing was written."""


@contextmanager
def _changing(routine: Routine, version: int, now: datetime) -> Iterator[None]:
    """Count one change of a routine, or raise Conflict if `version` is not the saved one.

    The one UPDATE both checks and locks the row, so that two writers cannot pass
    at the same time on any database.
    """
    with transaction.atomic():
        saved = Routine.objects.kept().filter(pk=routine.pk, version=version)
        if not saved.update(version=F("version") + 1, updated_at=now):
            raise Conflict
        yield
    routine.version, routine.updated_at = version + 1, now


def _make_room(owner: User) -> None:
    """Refuse more routines than the limit; the caller holds the transaction."""
    # Locking the person lets two new routines at once count each other.
    User.objects.select_for_update().get(pk=owner.pk)
    if owner.routines.kept().count() >= MOST_ROUTINES:
        raise ValidationError(
            _("You have %(count)s routines, which is the most there can be. Please delete one first.")
            % {"count": MOST_ROUTINES},
            code="full",
        )


@transaction.atomic
def create_routine(*, owner: User, name: str, context: str = Context.ANY, purpose: str = "", now: datetime) -> Routine:
    """Make an empty routine. ValidationError by field, or code "full" at the limit."""
    routine = Routine(owner=owner, name=name, context=context, purpose=purpose, created_at=now, updated_at=now)
    routine.full_clean()
    _make_room(owner)
    routine.save(force_insert=True)
    return routine


@transaction.atomic
def copy_routine(*, owner: User, source: Routine, now: datetime) -> Routine:
    """Make a person's own copy of a ready-made routine or of one of theirs, under a free name."""
    copy = create_routine(
        owner=owner,
        name=free_name(owner, source.name),
        context=source.context,
        purpose=source.purpose,
        now=now,
    )
    steps = []
    for order, step in enumerate(_steps(source)):
        twin = Step(routine=copy, stretch=step.stretch, order=order, updated_at=now)
        for field in ("phase", "position", "form", "note", *_DOSE_FIELDS):
            setattr(twin, field, getattr(step, field))
        # A range may have narrowed since the source was saved.
        twin.dose = fitted(twin.dose, twin.dose_range)
        twin.full_clean()
        steps.append(twin)
    Step.everything.bulk_create(steps)
    return copy


def free_name(owner: User, wanted: str) -> str:
    """Return `wanted`, or with the first number that makes it differ from the person's other names."""
    taken = set(owner.routines.kept().values_list("name", flat=True))
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted[: NAME_LENGTH - 4]} {number}"
    return name


def update_details(*, routine: Routine, version: int, name: str, purpose: str, context: str, now: datetime) -> Routine:
    """Save what stands above the steps. ValidationError by field; Conflict."""
    routine.name, routine.purpose, routine.context = name, purpose, context
    routine.full_clean()
    with _changing(routine, version, now):
        routine.save(update_fields=["name", "purpose", "context"])
    return routine


def add_step(*, routine: Routine, version: int, stretch: Stretch, place: int | None = None, now: datetime) -> Step:
    """Put a stretch into a routine, in the dose the person last used for it.

    It comes to the end, or before the step that is at `place` (from 0) now.
    ValidationError at the limit and for a stretch that is no longer offered; Conflict.
    """
    if stretch.is_retired:
        raise ValidationError(_("This stretch is no longer offered."), code="retired")
    with _changing(routine, version, now):
        steps = _steps(routine)
        _leave_room(steps)
        place = len(steps) if place is None else min(max(place, 0), len(steps))
        step = _new_step(routine, stretch, steps[:place], now)
        step.save(force_insert=True)
        _write_order([*steps[:place], step, *steps[place:]])
    return step


def _new_step(routine: Routine, stretch: Stretch, before: Sequence[Step], now: datetime) -> Step:
    """Return an unsaved step that follows those `before` it."""
    step = Step(
        routine=routine,
        stretch=stretch,
        order=len(before),
        phase=_next_phase(stretch, before),
        position=stretch.position,
        updated_at=now,
    )
    step.dose = Dose.from_json(stretch.dose)
    _as_last_time(step)
    step.full_clean()
    return step


def swap_step(*, step: Step, version: int, stretch: Stretch, now: datetime) -> Step:
    """Put another stretch in a step's place; the old step can be restored. ValidationError; Conflict."""
    if stretch.is_retired:
        raise ValidationError(_("This stretch is no longer offered."), code="retired")
    routine = step.routine
    with _changing(routine, version, now):
        steps = _steps(routine)
        before = [other for other in steps if other.order < step.order]
        new = _new_step(routine, stretch, before, now)
        if step.phase in stretch.phases:
            new.phase = step.phase
        new.save(force_insert=True)
        step.removed_at = now
        step.save(update_fields=["removed_at"])
        _write_order([new if other.pk == step.pk else other for other in steps])
        _forget_old_removals(routine)
    return new


def _steps(routine: Routine) -> list[Step]:
    """Return the steps as they are now, whatever a caller has loaded before."""
    return list(Step.everything.filter(routine=routine).with_stretch())


def _leave_room(steps: Sequence[Step]) -> None:
    if len(steps) >= MOST_STEPS:
        raise ValidationError(
            _("A routine can have up to %(count)s steps, and this one does. Please remove one first.")
            % {"count": MOST_STEPS},
            code="full",
        )


def _next_phase(stretch: Stretch, steps: Sequence[Step]) -> str:
    """Return the part of the routine a new last step goes on with, of those its stretch is meant for."""
    order: list[str] = list(Phase.values)
    meant_for: list[str] = sorted(stretch.phases, key=order.index)
    if not steps:
        return meant_for[0]
    reached = order.index(steps[-1].phase)
    return next((phase for phase in meant_for if order.index(phase) >= reached), meant_for[-1])


def _as_last_time(step: Step) -> None:
    """Take over how the person last did this stretch, as far as it is still offered."""
    assert step.routine.owner is not None  # noqa: S101  (only a person's own routine is edited)
    last = Step.everything.last_of(step.routine.owner, step.stretch_id)
    if last is None or last.mode != step.mode:
        return
    step.dose = fitted(last.dose, DoseRange.from_json(step.stretch.dose_range))
    if last.position in (step.stretch.position, *step.stretch.alt_positions):
        step.position = last.position
    if last.form in {form["key"] for form in step.stretch.forms}:
        step.form = last.form


def update_step(
    *,
    step: Step,
    version: int,
    dose: Dose,
    phase: str,
    position: str,
    form: str,
    note: str,
    now: datetime,
) -> Step:
    """Save how one step is done. ValidationError by field, with what to choose instead; Conflict."""
    step.dose = dose
    # Where the forms are done in different positions, the form decides.
    step.position = plans.form_position(step.stretch, form) or position
    step.phase, step.form, step.note = phase, form, note
    step.updated_at = now
    step.full_clean()
    with _changing(step.routine, version, now):
        step.save(update_fields=[*_DOSE_FIELDS, "phase", "position", "form", "note", "updated_at"])
    return step


def move_step(*, routine: Routine, version: int, step_id: UUID, by: int, now: datetime) -> None:
    """Move a step `by` places, -1 being one up; at the ends it stays. ValidationError; Conflict."""
    ids = [step.pk for step in _steps(routine)]
    if step_id not in ids:
        raise ValidationError(_("This step is no longer in the routine."), code="gone")
    place = ids.index(step_id)
    ids.insert(min(max(place + by, 0), len(ids) - 1), ids.pop(place))
    reorder_steps(routine=routine, version=version, step_ids=ids, moved=step_id, now=now)


def reorder_steps(
    *, routine: Routine, version: int, step_ids: Sequence[UUID], moved: UUID | None = None, now: datetime
) -> None:
    """Put the steps into the order of `step_ids`, which names each once. ValidationError; Conflict.

    The step that was `moved` takes on the part of the routine it has come to, where
    its stretch is meant for that: a walk moved to the front becomes warm-up.
    """
    with _changing(routine, version, now):
        steps = {step.pk: step for step in _steps(routine)}
        if len(step_ids) != len(steps) or set(step_ids) != set(steps):
            raise ValidationError(_("These are not the steps of the routine. Please load the page again."), code="ids")
        ordered = [steps[step_id] for step_id in step_ids]
        if moved in steps:
            _join_part(ordered, step_ids.index(moved))
        _write_order(ordered)


def _join_part(steps: Sequence[Step], place: int) -> None:
    """Give the step at `place` a part between those before and after it, if it can have one."""
    order: list[str] = list(Phase.values)
    step = steps[place]
    lowest = order.index(steps[place - 1].phase) if place else 0
    highest = order.index(steps[place + 1].phase) if place + 1 < len(steps) else len(order) - 1
    fitting = [phase for phase in order[lowest : highest + 1] if phase in step.stretch.phases]
    if fitting and not lowest <= order.index(step.phase) <= highest:
        step.phase = fitting[0]
        step.save(update_fields=["phase"])


def _write_order(steps: Sequence[Step]) -> None:
    """Number the steps from 0, in one statement for those whose place changed."""
    moved = []
    for order, step in enumerate(steps):
        if step.order != order:
            step.order = order
            moved.append(step)
    if moved:
        Step.everything.bulk_update(moved, ["order"])


def remove_step(*, step: Step, version: int, now: datetime) -> None:
    """Take a step out; `restore_step` puts it back where it was. Conflict."""
    routine = step.routine
    with _changing(routine, version, now):
        step.removed_at = now
        step.save(update_fields=["removed_at"])
        _write_order(_steps(routine))
        _forget_old_removals(routine)


def _forget_old_removals(routine: Routine) -> None:
    removed = Step.everything.filter(routine=routine).exclude(removed_at=None)
    kept = removed.order_by("-removed_at", "-pk")[:REMOVED_KEPT]
    removed.exclude(pk__in=[step.pk for step in kept]).delete()


def restore_step(*, step: Step, version: int, now: datetime) -> Step:
    """Put a removed step back to its place, or to the end of what has become shorter.

    ValidationError at the limit; Conflict.
    """
    routine = step.routine
    if step.removed_at is None:
        return step
    with _changing(routine, version, now):
        steps = _steps(routine)
        _leave_room(steps)
        step.removed_at = None
        step.save(update_fields=["removed_at"])
        place = step.order
        # Its stored place says where it was, not where it is: it always has to be numbered anew.
        step.order = -1
        steps.insert(place, step)
        _write_order(steps)
    return step


@transaction.atomic
def delete_routine(*, routine: Routine, now: datetime) -> None:
    """Put a routine out of sight; it can be restored for a month. History keeps its own copy."""
    routine.deleted_at, routine.updated_at = now, now
    routine.version += 1
    routine.save(update_fields=["deleted_at", "updated_at", "version"])
    Routine.objects.filter(owner=routine.owner, deleted_at__lt=now - DELETED_KEPT).delete()


@transaction.atomic
def restore_routine(*, routine: Routine, now: datetime) -> Routine:
    """Bring a deleted routine back. ValidationError (code "full") when there is no room any more."""
    if routine.deleted_at is None or routine.owner is None:
        return routine
    _make_room(routine.owner)
    routine.deleted_at, routine.updated_at = None, now
    routine.version += 1
    routine.save(update_fields=["deleted_at", "updated_at", "version"])
    return routine


def move_routines(guest: User, account: User) -> None:
    """Hand a guest's routines to their account; the caller holds the transaction.

    All of them move, even past the limit: nothing anybody made is lost by signing in.
    """
    Routine.objects.filter(owner=guest).update(owner=account)
