"""Whole routines: copying, deleting with a way back, and putting a stretch into one from elsewhere."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest, Request
from accounts.models import User
from accounts.services import ensure_person
from routines import services
from routines.forms import NewForm
from routines.models import Context, Routine
from routines.picker import caveat
from routines.views.editing import create_with
from routines.views.reading import as_uuid, person_of
from stretches import shelf
from stretches.models import Stretch


@login_not_required
@require_POST
def copy(request: Request) -> HttpResponse:
    """Make a routine one's own: a ready-made one (`ready`), or another copy of one's own (`routine`)."""
    source = _source(request, person_of(request))
    try:
        mine = services.copy_routine(owner=ensure_person(request), source=source, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(source)
    messages.success(request, _("This copy is yours. Change whatever you like."))
    return redirect("routines:edit", pk=mine.pk)


def _source(request: Request, person: User | None) -> Routine:
    if slug := request.POST.get("ready"):
        return get_object_or_404(Routine.objects.ready_made(), slug=slug)
    own = person.routines.kept() if person else Routine.objects.none()
    return get_object_or_404(own, pk=as_uuid(request.POST.get("routine")))


@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Delete a routine; the list offers to bring it back."""
    routine = get_object_or_404(request.user.routines.kept(), pk=pk)
    services.delete_routine(routine=routine, now=timezone.now())
    return redirect(reverse("routines:list") + f"?deleted={routine.pk}")


@require_POST
def restore(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Bring a deleted routine back."""
    routine = get_object_or_404(request.user.routines.all(), pk=pk)
    try:
        services.restore_routine(routine=routine, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(reverse("routines:list") + f"?deleted={routine.pk}")
    messages.success(request, _("%(name)s is back.") % {"name": routine.name})
    return redirect("routines:list")


@login_not_required
@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Put a stretch into one of one's routines, or into a new one."""
    stretch = get_object_or_404(
        Stretch.objects.offered(), slug=request.POST.get("stretch") or request.GET.get("stretch", "")
    )
    if request.method != "POST":
        return _choose(request, stretch, NewForm(with_stretch=True, initial={"context": Context.ANY}))
    if not request.POST.get("sure") and caveat(stretch, shelf=shelf.current(), person=person_of(request)):
        return _choose(request, stretch, NewForm(request.POST, with_stretch=True), status=422)
    if request.POST.get("routine"):
        return _add_to_own(request, stretch)
    return _add_to_new(request, stretch)


def _add_to_own(request: Request, stretch: Stretch) -> HttpResponse:
    person = person_of(request)
    own = person.routines.kept() if person else Routine.objects.none()
    routine = get_object_or_404(own, pk=as_uuid(request.POST["routine"]))
    try:
        # Nobody looked at the routine here, so there is no older version to protect: its end is its end.
        step = services.add_step(routine=routine, version=routine.version, stretch=stretch, now=timezone.now())
    except services.Conflict:
        messages.error(request, _("That routine was just being changed. Please try once more."))
        return redirect(reverse("routines:add") + f"?stretch={stretch.slug}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("routines:edit", pk=routine.pk)
    messages.success(request, _("%(name)s added.") % {"name": stretch.name})
    return redirect(reverse("routines:edit", args=[routine.pk]) + f"#step-{step.pk}")


def _add_to_new(request: Request, stretch: Stretch) -> HttpResponse:
    form = NewForm(request.POST, with_stretch=True)
    if not form.is_valid():
        return _choose(request, stretch, form, status=422)
    try:
        routine = create_with(request, form.cleaned_data, stretch)
    except ValidationError as error:
        form.add_error(None, error)
        return _choose(request, stretch, form, status=422)
    return redirect("routines:edit", pk=routine.pk)


def _choose(request: Request, stretch: Stretch, form: NewForm, *, status: int = 200) -> HttpResponse:
    person = person_of(request)
    own = person.routines.kept().order_by("-updated_at", "pk") if person else []
    doubt = caveat(stretch, shelf=shelf.current(), person=person)
    context = {"stretch": stretch, "own": own, "form": form, "caveat": doubt}
    return TemplateResponse(request, "routines/add.html", context, status=status)
