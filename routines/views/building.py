"""The builder's page, whole or as the fragment that htmx swaps, and what every change of a routine answers.

Each change is a small form. Without JavaScript it redirects back to the page;
htmx gets the builder itself, so that total, order and advice are always those of
what was just saved.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from accounts.http import PersonRequest
from routines import plans
from routines.forms import DetailsForm, StepForm
from routines.models import Routine, Step
from routines.picker import Caveat, Picker, look
from routines.services import Conflict
from routines.sheet import Row, Sheet
from routines.views.reading import as_uuid
from stretches import shelf

BUILDER = "div#builder"
RESULTS = "div#picker-results"


@dataclass
class Shown:
    """What the builder shows besides the routine itself."""

    said: str = ""
    error: str = ""
    open_step: UUID | None = None
    removed: UUID | None = None
    caveat: Caveat | None = None
    details: DetailsForm | None = None
    step_form: StepForm | None = None
    about: UUID | None = None


@dataclass
class Line:
    """One line of the builder: a step, perhaps with its form open, or the place of one just removed."""

    row: Row | None
    form: StepForm | None = None
    removed: Step | None = None
    heading: str = ""


@dataclass
class Attempt:
    """What somebody tried to save, for the page that says somebody else was quicker."""

    sentence: str
    typed: list[tuple[str, str]] = field(default_factory=list)


def own_routine(request: PersonRequest, pk: UUID) -> Routine:
    """The person's routine with its steps; a stranger's does not exist."""
    return get_object_or_404(request.user.routines.kept().with_steps(), pk=pk)


def own_step(routine: Routine, pk: UUID) -> Step | None:
    """A step of this routine, removed or not; None when it is gone for good or somebody else's."""
    step = Step.everything.filter(routine=routine, pk=pk).select_related("stretch").first()
    if step is not None:
        step.routine = routine
    return step


def show(request: PersonRequest, routine: Routine, shown: Shown, *, status: int = 200) -> HttpResponse:
    """Render the builder: the page, or for htmx the builder alone (without the picker, which stays)."""
    fragment = bool(request.htmx) and request.htmx.target != RESULTS
    cards = shelf.current()
    sheet = Sheet(routine, request.user, cards)
    picker: Picker | None = None
    if not fragment:
        picker = look(lambda name: request.GET.get(name, ""), shelf=cards, person=request.user)
    context = {
        "routine": routine,
        "sheet": sheet,
        "lines": _lines(routine, sheet, shown),
        "details": shown.details or details_form(routine),
        "details_open": bool(shown.details and shown.details.errors),
        "shown": shown,
        "picker": picker,
        "add_form": "add-form",
    }
    template = "routines/builder.html"
    if request.htmx:
        template += "#builder" if fragment else "#picker-results"
    return TemplateResponse(request, template, context, status=status)


def details_form(routine: Routine) -> DetailsForm:
    """The form above the steps, filled in with what is saved."""
    return DetailsForm(initial={"name": routine.name, "context": routine.context, "purpose": routine.purpose})


def _lines(routine: Routine, sheet: Sheet, shown: Shown) -> list[Line]:
    lines = []
    phase = ""
    for row in sheet.rows:
        form = None
        if shown.step_form is not None and shown.step_form.step.pk == row.step.pk:
            form = shown.step_form
        elif row.step.pk == shown.open_step:
            form = StepForm(step=row.step)
        heading = row.step.get_phase_display() if row.step.phase != phase else ""
        phase = row.step.phase
        lines.append(Line(row, form=form, heading=heading))
    removed = own_step(routine, shown.removed) if shown.removed else None
    if removed is not None and removed.removed_at is not None:
        lines.insert(min(removed.order, len(lines)), Line(None, removed=removed))
    return lines


def version_of(request: PersonRequest) -> int:
    """The version the form was made from; nonsense is a version that never was."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def open_step_of(request: PersonRequest) -> UUID | None:
    """The step whose form is open, so that it stays open."""
    return as_uuid(request.POST.get("open") or request.GET.get("open"))


def change(request: PersonRequest, routine: Routine, attempt: Attempt, act: Callable[[int], Shown]) -> HttpResponse:
    """Run one change and answer it: done, not possible (422), or somebody was quicker (409)."""
    shown = Shown(open_step=open_step_of(request))
    try:
        done = act(version_of(request))
    except Conflict:
        return conflict(request, routine, attempt)
    except ValidationError as error:
        shown.error = " ".join(error.messages)
        return show(request, own_routine(request, routine.pk), shown, status=422)
    done.open_step = done.open_step or shown.open_step
    return saved(request, routine, done)


def saved(request: PersonRequest, routine: Routine, shown: Shown) -> HttpResponse:
    """Answer a change that was saved."""
    if request.htmx:
        return show(request, own_routine(request, routine.pk), shown)
    if shown.said:
        messages.success(request, shown.said)
    return redirect(edit_url(routine, request, shown))


def edit_url(routine: Routine, request: PersonRequest, shown: Shown) -> str:
    """The builder's address with what was open and looked for, so that a plain form loses nothing."""
    query: dict[str, Any] = {name: request.POST[name] for name in ("q", "place", "area") if request.POST.get(name)}
    if shown.open_step:
        query["open"] = shown.open_step
    if shown.removed:
        query["removed"] = shown.removed
    address = reverse("routines:edit", args=[routine.pk])
    anchor = f"#step-{shown.about}" if shown.about else "#removed" if shown.removed else ""
    return address + (f"?{urlencode(query)}" if query else "") + anchor


def conflict(request: PersonRequest, routine: Routine, attempt: Attempt) -> HttpResponse:
    """Show what was tried beside what is saved, and let the person choose. Nothing typed is lost."""
    now_saved = request.user.routines.kept().with_steps().filter(pk=routine.pk).first()
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "version")
        for value in values
    ]
    context = {
        "routine": now_saved or routine,
        "sheet": Sheet(now_saved, request.user, shelf.current()) if now_saved else None,
        "attempt": attempt,
        "kept": kept,
        "again": request.path,
    }
    template = "routines/conflict.html" + ("#builder" if request.htmx else "")
    return TemplateResponse(request, template, context, status=409)


def name_of(step: Step) -> str:
    """What a step is called in a sentence."""
    return plans.label(step.stretch, step.form)
