"""Making a routine and changing what stands above its steps."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest, Request
from accounts.services import ensure_person
from routines import services
from routines.forms import DetailsForm, NewForm
from routines.models import Context, Routine
from routines.picker import Caveat, caveat, look
from routines.views.building import (
    RESULTS,
    Attempt,
    Shown,
    conflict,
    open_step_of,
    own_routine,
    saved,
    show,
    version_of,
)
from routines.views.reading import as_uuid, person_of
from stretches import shelf
from stretches.models import Stretch


@login_not_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Start a routine with its name, or with its first stretch."""
    if request.method != "POST":
        return _new_page(request, NewForm(initial={"context": Context.ANY}))
    stretch = Stretch.objects.offered().filter(slug=request.POST.get("stretch", "")).first()
    form = NewForm(request.POST, with_stretch=stretch is not None)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    doubt = _doubt(request, stretch)
    if doubt is not None:
        return _new_page(request, form, doubt=doubt, status=422)
    try:
        routine = create_with(request, form.cleaned_data, stretch)
    except ValidationError as error:
        form.add_error(None, error)
        return _new_page(request, form, status=422)
    return redirect("routines:edit", pk=routine.pk)


def _doubt(request: Request | PersonRequest, stretch: Stretch | None) -> Caveat | None:
    """What speaks against a stretch for this person, unless they have said that they are sure."""
    if stretch is None or request.POST.get("sure"):
        return None
    return caveat(stretch, shelf=shelf.current(), person=person_of(request))


def create_with(request: Request, values: dict[str, Any], stretch: Stretch | None) -> Routine:
    """Make a routine for whoever asks, with its first step if there is one."""
    now, person = timezone.now(), ensure_person(request)
    routine = services.create_routine(
        owner=person,
        name=values["name"] or services.free_name(person, _("My routine")),
        context=values["context"],
        now=now,
    )
    if stretch is not None:
        services.add_step(routine=routine, version=routine.version, stretch=stretch, now=now)
    return routine


def _new_page(request: Request, form: NewForm, *, doubt: Caveat | None = None, status: int = 200) -> HttpResponse:
    picker = look(lambda name: request.GET.get(name, ""), shelf=shelf.current(), person=person_of(request))
    template = "routines/new.html"
    if request.htmx and request.htmx.target == RESULTS:
        template = "routines/builder.html#picker-results"
    context = {"form": form, "picker": picker, "caveat": doubt, "add_form": "new-form"}
    return TemplateResponse(request, template, context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show the builder, or save what stands above the steps."""
    routine = own_routine(request, pk)
    if request.method != "POST":
        return show(
            request, routine, Shown(open_step=open_step_of(request), removed=as_uuid(request.GET.get("removed")))
        )
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return show(request, routine, Shown(details=form), status=422)
    contexts = dict(Context.choices)
    attempt = Attempt(
        _("Your name and purpose for this routine"),
        [
            (_("Name"), form.cleaned_data["name"]),
            (_("When you do it"), str(contexts[form.cleaned_data["context"]])),
            (_("What it is for"), form.cleaned_data["purpose"]),
        ],
    )
    try:
        services.update_details(routine=routine, version=version_of(request), now=timezone.now(), **form.cleaned_data)
    except services.Conflict:
        return conflict(request, routine, attempt)
    except ValidationError as error:
        form.add_error(None, error)
        return show(request, own_routine(request, pk), Shown(details=form), status=422)
    return saved(request, routine, Shown(said=_("Saved.")))
