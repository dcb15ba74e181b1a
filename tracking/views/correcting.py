"""Putting history right: log practice done elsewhere, change a session, and take a change back.

Thin views over `tracking.services.manual`; deleting and bringing back is in `sessions.py`.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest, Request
from accounts.ids import uuid7
from accounts.models import User
from accounts.services import ensure_person
from accounts.time import current_zone
from routines import plans
from routines.models import Routine
from routines.querysets import RoutineQuerySet
from stretches import shelf
from stretches.models import Stretch
from tracking.calendar import minutes_of
from tracking.correcting_forms import AddForm, ChangeForm, Choices, tell
from tracking.models import Origin, Session, Status
from tracking.services import manual
from tracking.streaks import DEFAULT_DAY_START, practice_day

_GET_POST = ["GET", "HEAD", "POST"]
_USUAL_MINUTES = 10


@login_not_required
@require_http_methods(_GET_POST)
def add(request: Request) -> HttpResponse:
    """Log a session done elsewhere; a visitor becomes a guest."""
    now = timezone.now()
    today = _today(request, now)
    groups = _stretches()
    routines = _routines(request)
    choices = Choices(
        what=[(label, [(str(routine.pk), routine.name) for routine in some]) for label, some in routines if some],
        stretches=[pair for _label, pairs in groups for pair in pairs],
    )
    if request.method != "POST":
        start = {"id": uuid7(), "day": _asked_day(request) or today, "minutes": _USUAL_MINUTES}
        return _add_page(request, AddForm(initial=start, choices=choices), groups, today)
    form = AddForm(request.POST, choices=choices)
    if form.is_valid() and (session := _added(request, form, now)) is not None:
        messages.success(request, _("Added. It counts like any other session."))
        return redirect("tracking:day", session.practice_day)
    return _add_page(request, form, groups, today, status=422)


def _added(request: Request, form: AddForm, now: datetime) -> Session | None:
    """Store what the form says, or say beside its fields what cannot be."""
    data = form.cleaned_data
    try:
        return manual.add_session(
            owner=ensure_person(request),
            done=_done(request, data["what"], data["stretches"], data["name"].strip()),
            day=data["day"],
            at=data["at"],
            minutes=data["minutes"],
            zone=current_zone(request),
            now=now,
            note=data["note"],
            pk=data["id"],
        )
    except Session.DoesNotExist:
        raise Http404 from None
    except ValidationError as error:
        tell(form, error)
        return None


def _done(request: Request, what: str, slugs: list[str], name: str) -> manual.Done:
    if what:
        own = _own(request) | Routine.objects.ready_made()
        routine = get_object_or_404(own.with_steps(), pk=what)
        return manual.Done(name or routine.name, plans.plan(routine), routine)
    found = {stretch.slug: stretch for stretch in Stretch.objects.offered().filter(slug__in=slugs)}
    steps = [plans.single(found[slug]) for slug in slugs if slug in found]
    if not steps:
        return manual.Done(name or _("Stretching"))
    return manual.Done(name or (steps[0].label if len(steps) == 1 else _("Stretching")), steps)


def _own(request: Request) -> RoutineQuerySet:
    return request.user.routines.kept() if isinstance(request.user, User) else Routine.objects.none()


def _routines(request: Request) -> list[tuple[str, list[Routine]]]:
    return [
        (_("Your routines"), list(_own(request).order_by("name", "pk"))),
        (_("Ready-made routines"), list(Routine.objects.ready_made().order_by("order", "pk"))),
    ]


def _stretches() -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue's stretches, by section."""
    groups: dict[str, list[tuple[str, str]]] = {}
    known = shelf.current()
    for slug, name, section in Stretch.objects.offered().order_by("name").values_list("slug", "name", "section"):
        groups.setdefault(known.label("section", section), []).append((slug, name))
    order = [label.label for label in known.labels.get("section", {}).values()]
    return sorted(groups.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order))


def _add_page(
    request: Request, form: AddForm, groups: list[tuple[str, list[tuple[str, str]]]], today: date, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "groups": groups,
        "chosen": set(form["stretches"].value() or ()),
        "today": today,
        "first": today - manual.FURTHEST_BACK,
    }
    return TemplateResponse(request, "tracking/add.html", context, status=status)


@require_http_methods(_GET_POST)
def change(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a session right, or move it to another day."""
    now = timezone.now()
    found = get_object_or_404(request.user.sessions.kept(), pk=pk)
    if found.status == Status.READY:
        # Nothing has happened yet that could be put right.
        return redirect(found)
    was = {
        "day": found.practice_day,
        "at": manual.wall_time(found),
        "minutes": max(1, minutes_of(found.seconds)),
        "name": found.name,
        "note": found.note,
    }
    without = (*(() if found.is_over else ("minutes",)), *(("name",) if found.origin == Origin.PLAYER else ()))
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=was, without=without)
    if form.is_valid() and (changed := _changed(found, form, was, now)) is not None:
        messages.success(request, _("Changed. Everything follows at once."))
        return redirect("tracking:day", changed.practice_day)
    context = {"form": form, "session": found, "first": _today(request, now) - manual.FURTHEST_BACK}
    return TemplateResponse(request, "tracking/change.html", context, status=422 if request.method == "POST" else 200)


def _changed(found: Session, form: ChangeForm, was: Mapping[str, Any], now: datetime) -> Session | None:
    """Store what the form says, or say beside its fields what cannot be."""
    data = form.cleaned_data
    minutes = data.get("minutes", was["minutes"])
    to = manual.Correction(
        day=data["day"],
        at=data["at"],
        # The page shows whole minutes: the same number means that nobody wanted another length.
        seconds=None if minutes == was["minutes"] else minutes * manual.MINUTE,
        name=data.get("name", found.name),
        note=data["note"],
    )
    try:
        return manual.change_session(session=found, to=to, now=now)
    except ValidationError as error:
        tell(form, error)
        return None


@require_POST
def undo_change(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the last change of a session back; doing so again is harmless."""
    found = get_object_or_404(request.user.sessions.kept(), pk=pk)
    after = manual.undo_change(session=found, now=timezone.now())
    return redirect("tracking:day", after.practice_day)


def _today(request: Request | PersonRequest, now: datetime) -> date:
    day_start = request.user.day_start if isinstance(request.user, User) else DEFAULT_DAY_START
    return practice_day(now, current_zone(request), day_start)


def _asked_day(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
