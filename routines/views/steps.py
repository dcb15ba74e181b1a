"""Changing the steps of a routine: each view is one small form of the builder."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from routines import services, wording
from routines.forms import StepForm
from routines.models import Routine, Step, sides_of
from routines.picker import caveat
from routines.views.building import (
    Attempt,
    Shown,
    change,
    conflict,
    name_of,
    open_step_of,
    own_routine,
    own_step,
    saved,
    show,
    version_of,
)
from stretches import shelf
from stretches.models import Stretch


@require_POST
def add(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put a stretch into the routine; one to avoid is asked about first (rule P13)."""
    routine = own_routine(request, pk)
    stretch = get_object_or_404(Stretch.objects.offered(), slug=request.POST.get("stretch", ""))
    if not request.POST.get("sure"):
        doubt = caveat(stretch, shelf=shelf.current(), person=request.user)
        if doubt is not None:
            return show(request, routine, Shown(caveat=doubt, open_step=open_step_of(request)), status=422)

    def act(version: int) -> Shown:
        step = services.add_step(
            routine=routine, version=version, stretch=stretch, place=_place(request), now=timezone.now()
        )
        return Shown(said=_("%(name)s added.") % {"name": stretch.name}, about=step.pk)

    return change(request, routine, Attempt(_("Add %(name)s") % {"name": stretch.name}), act)


def _place(request: PersonRequest) -> int | None:
    text = request.POST.get("place_at", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


@require_POST
def update(request: PersonRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Save how one step is done."""
    routine = own_routine(request, pk)
    found = own_step(routine, step)
    if found is None or found.removed_at is not None:
        return _gone(request, routine)
    form = StepForm(request.POST, step=found)
    if not form.is_valid():
        return show(request, routine, Shown(step_form=form), status=422)
    attempt = Attempt(
        _("How you do %(name)s") % {"name": name_of(found)},
        [(str(f.label), str(f.value() or "")) for f in form.typed()],
    )
    try:
        services.update_step(step=found, version=version_of(request), now=timezone.now(), **form.values())
    except services.Conflict:
        return conflict(request, routine, attempt)
    except ValidationError as error:
        form.explain(error)
        return show(request, own_routine(request, pk), Shown(step_form=form), status=422)
    words = wording.dose(found.dose, sides_of(found.stretch))
    said = _("%(name)s: %(dose)s.") % {"name": name_of(found), "dose": words}
    # Without JavaScript saving closes the form; with it every change is saved while it stays open.
    stays = found.pk if request.htmx and not request.POST.get("close") else None
    return saved(request, routine, Shown(said=said, open_step=stays, about=found.pk))


@require_POST
def move(request: PersonRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Move a step one place up or down."""
    routine = own_routine(request, pk)
    found = own_step(routine, step)
    if found is None or found.removed_at is not None:
        return _gone(request, routine)
    name, up = name_of(found), request.POST.get("to") == "up"

    def act(version: int) -> Shown:
        services.move_step(routine=routine, version=version, step_id=step, by=-1 if up else 1, now=timezone.now())
        number = Step.objects.get(pk=step).order + 1
        said = _("%(name)s is now step %(number)s.") % {"name": name, "number": number}
        return Shown(said=said, about=step)

    sentence = _("Move %(name)s up") if up else _("Move %(name)s down")
    return change(request, routine, Attempt(sentence % {"name": name}), act)


@require_POST
def order(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put all steps into the order they were dragged to."""
    routine = own_routine(request, pk)
    try:
        ids = [UUID(text) for text in request.POST.get("order", "").split(",") if text]
        moved = UUID(request.POST["moved"]) if request.POST.get("moved") else None
    except ValueError:
        ids, moved = [], None

    def act(version: int) -> Shown:
        services.reorder_steps(routine=routine, version=version, step_ids=ids, moved=moved, now=timezone.now())
        return Shown(said=_("The new order is saved."), about=moved)

    return change(request, routine, Attempt(_("Put the steps into another order")), act)


@require_POST
def remove(request: PersonRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Take a step out, with a way back in its place."""
    routine = own_routine(request, pk)
    found = own_step(routine, step)
    if found is None or found.removed_at is not None:
        return _gone(request, routine)
    name = name_of(found)

    def act(version: int) -> Shown:
        services.remove_step(step=found, version=version, now=timezone.now())
        return Shown(said=_("%(name)s removed.") % {"name": name}, removed=step)

    return change(request, routine, Attempt(_("Remove %(name)s") % {"name": name}), act)


@require_POST
def restore(request: PersonRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Put a removed step back where it was."""
    routine = own_routine(request, pk)
    found = own_step(routine, step)
    if found is None:
        return _gone(request, routine)
    name = name_of(found)

    def act(version: int) -> Shown:
        services.restore_step(step=found, version=version, now=timezone.now())
        return Shown(said=_("%(name)s is back.") % {"name": name}, about=step)

    return change(request, routine, Attempt(_("Put %(name)s back") % {"name": name}), act)


@require_POST
def swap(request: PersonRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Put a gentler stretch in a step's place."""
    routine = own_routine(request, pk)
    found = own_step(routine, step)
    stretch = get_object_or_404(Stretch.objects.offered(), slug=request.POST.get("stretch", ""))
    if found is None or found.removed_at is not None:
        return _gone(request, routine)
    names = {"old": name_of(found), "new": stretch.name}

    def act(version: int) -> Shown:
        new = services.swap_step(step=found, version=version, stretch=stretch, now=timezone.now())
        said = _("%(new)s takes the place of %(old)s.") % names
        return Shown(said=said, removed=step, about=new.pk)

    return change(request, routine, Attempt(_("Swap %(old)s for %(new)s") % names), act)


def _gone(request: PersonRequest, routine: Routine) -> HttpResponse:
    """Say that a step has gone meanwhile, on the routine as it is now."""
    return show(request, routine, Shown(error=_("This step is no longer in the routine.")), status=422)
