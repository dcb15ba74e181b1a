"""Taking one's things along, and bringing them in. Thin: forms of files and rules are elsewhere."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest, Request
from accounts.models import User
from accounts.services import ensure_person
from accounts.time import current_zone
from tracking import telling, told_imports
from tracking.exchange.limits import MOST_BYTES
from tracking.exchange.reading import Refused
from tracking.models import Upload
from tracking.services import exporting, importing

# From here on a backup may be longer than what is taken back in one file.
PARTS_FROM = 1000

# The name of the file, and its type.
_FILES = {
    "json": ("backcare", "application/json"),
    "csv": ("backcare-sessions", "text/csv; charset=utf-8"),
    "ics": ("backcare-sessions", "text/calendar; charset=utf-8"),
}


@require_safe
def export(request: PersonRequest) -> HttpResponse:
    """What can be taken along, and how."""
    sessions = request.user.sessions.all().begun().count()
    years = exporting.years(request.user) if sessions >= PARTS_FROM else []
    context = {"sessions": sessions, "years": years, "most_mb": MOST_BYTES // 1_000_000}
    return TemplateResponse(request, "tracking/export.html", context)


@require_safe
def download(request: PersonRequest, kind: str) -> HttpResponse:
    """One of the files, to be saved and not shown."""
    now = timezone.now()
    name, content_type = _FILES[kind]
    if kind == "json":
        year = _year(request)
        name += f"-of-{year}" if year else ""
        content = b"".join(exporting.backup(request.user, now=now, year=year))
    elif kind == "csv":
        content = "".join(exporting.table(request.user)).encode()
    else:
        content = "".join(exporting.calendar(request.user)).encode()
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{now:%Y-%m-%d}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def _year(request: PersonRequest) -> int | None:
    """Return the year whose sessions are asked for, None for all; a year without any is not found."""
    asked = request.GET.get("year")
    if asked is None:
        return None
    year = next((year for year in exporting.years(request.user) if str(year) == asked), None)
    if year is None:
        raise Http404
    return year


class UploadForm(forms.Form):
    """One file; what it is follows from what is in it."""

    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.txt,application/json,text/csv"}),
    )


class TakeForm(forms.Form):
    """The word to go ahead, with what the file leaves open."""

    upload = forms.UUIDField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=_("How long was a session, in minutes?"),
        help_text=_("The file doesn't tell; this is taken for all of them."),
        min_value=1,
        max_value=600,
        required=False,
    )
    choices = forms.BooleanField(
        label=_("Take over the preferences in the file, too"),
        help_text=_("Goals, rest days, zone, conditions and so on, in place of those you have here."),
        required=False,
    )

    def __init__(self, *args: Any, coming: importing.Coming, **options: Any) -> None:
        super().__init__(*args, **options)
        if coming.kind != "loop":
            del self.fields["minutes"]
        if coming.choices is None:
            del self.fields["choices"]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request) -> HttpResponse:
    """Choose a file, then see what it would bring. A visitor becomes a guest with a file that can be read."""
    now = timezone.now()
    if request.method != "POST":
        return _import_page(request, UploadForm(), now=now)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            text = importing.decoded(form.cleaned_data["file"].read(MOST_BYTES + 1))
            importing.read(text, now=now)
        except Refused as refused:
            form.add_error("file", told_imports.sentence(refused))
        else:
            importing.keep(owner=ensure_person(request), text=text, now=now)
            return redirect("tracking:import")
    return _import_page(request, form, now=now, status=422)


@require_POST
def take_in(request: PersonRequest) -> HttpResponse:
    """Go ahead with the file that was shown, or drop it."""
    now = timezone.now()
    upload = importing.kept(request.user, now=now)
    if "cancel" in request.POST:
        importing.forget(owner=request.user)
        return redirect("tracking:import")
    if upload is None or request.POST.get("upload") != str(upload.pk):
        messages.info(request, _("This file is no longer here. Please choose it again."))
        return redirect("tracking:import")
    try:
        coming = _coming(request.user, upload, current_zone(request), now)
    except Refused as refused:
        messages.error(request, told_imports.sentence(refused))
        return redirect("tracking:import")
    form = TakeForm(request.POST, coming=coming)
    if not form.is_valid():
        return _import_page(request, UploadForm(), now=now, take=form, status=422)
    try:
        taken = importing.take(
            owner=request.user,
            upload=upload,
            minutes=form.cleaned_data.get("minutes") or importing.USUAL_MINUTES,
            takes_choices=form.cleaned_data.get("choices", False),
            zone=current_zone(request),
            now=now,
        )
    except Refused as refused:
        form.add_error(None, told_imports.sentence(refused))
        return _import_page(request, UploadForm(), now=now, take=form, status=422)
    counts = (len(taken.sessions), len(taken.routines), len(taken.pauses))
    messages.success(request, told_imports.taken(*counts))
    return redirect("tracking:history")


def _coming(owner: User, upload: Upload, zone: str, now: datetime) -> importing.Coming:
    file = importing.read(upload.text, now=now)
    return importing.coming(owner, file, minutes=importing.USUAL_MINUTES, zone=zone, now=now)


def _import_page(
    request: Request | PersonRequest,
    form: UploadForm,
    *,
    now: datetime,
    take: TakeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "most_mb": MOST_BYTES // 1_000_000}
    owner = request.user
    if isinstance(owner, User) and not form.errors and (upload := importing.kept(owner, now=now)) is not None:
        try:
            coming = _coming(owner, upload, current_zone(request), now)
        except Refused as refused:
            context["trouble"] = told_imports.sentence(refused)
            return TemplateResponse(request, "tracking/import.html", context, status=status)
        start = {
            "upload": upload.pk,
            "minutes": importing.USUAL_MINUTES,
            "choices": not owner.sessions.all().begun().exists(),
        }
        context |= {
            "coming": coming,
            "take": take or TakeForm(initial=start, coming=coming),
            "length": telling.length(coming.seconds),
            "known": sum(coming.known.values()),
            "left_out": [told_imports.left_out(why, count) for why, count in sorted(coming.left_out.items())],
        }
    return TemplateResponse(request, "tracking/import.html", context, status=status)
