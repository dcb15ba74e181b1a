"""The page of pauses: what is and was taken off, one more, another one, and one step back.

Thin views over `tracking.services.pauses`. What a pause was before its last change is kept in the
browser's session for an hour: that is where the one who changed it looks for it.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
from accounts.models import User
from accounts.services import ensure_person
from accounts.time import current_zone
from tracking import telling
from tracking.correcting_forms import PauseForm, tell
from tracking.models import Pause
from tracking.services import pauses as services
from tracking.streaks import DEFAULT_DAY_START, practice_day

UNDO_FOR = timedelta(hours=1)
_FORMER = "pause_before"
_GET_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Row:
    """A pause as the list shows it."""

    pause: Pause
    words: str
    is_now: bool
    is_ahead: bool


@login_not_required
@require_http_methods(_GET_POST)
def pauses(request: Request) -> HttpResponse:
    """All pauses, and a form for one more; a visitor becomes a guest."""
    now = timezone.now()
    if request.method != "POST":
        asked = _asked_day(request)
        start = {"starts_on": asked or _today(request, now), "ends_on": asked}
        return _page(request, PauseForm(initial=start), now)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            services.add_pause(owner=ensure_person(request), **form.cleaned_data, today=_today(request, now))
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Your pause is noted. These days break nothing."))
            return redirect("tracking:pauses")
    return _page(request, form, now, status=422)


def _page(request: Request, form: PauseForm, now: datetime, *, status: int = 200) -> HttpResponse:
    found = request.user.pauses.order_by("-starts_on", "pk") if isinstance(request.user, User) else []
    today = _today(request, now)
    context = {"form": form, "rows": [_row(pause, today) for pause in found], "former": _former(request, now)}
    return TemplateResponse(request, "tracking/pauses.html", context, status=status)


def _row(pause: Pause, today: date) -> Row:
    return Row(
        pause=pause,
        words=telling.span_of_days(pause.starts_on, pause.ends_on),
        is_now=pause.starts_on <= today <= (pause.ends_on or today),
        is_ahead=pause.starts_on > today,
    )


@require_http_methods(_GET_POST)
def pause(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Change one pause."""
    found = get_object_or_404(request.user.pauses.all(), pk=pk)
    was = _picture(found)
    form = PauseForm(request.POST if request.method == "POST" else None, initial=was)
    now = timezone.now()
    if form.is_valid():
        try:
            services.change_pause(pause=found, **form.cleaned_data, today=_today(request, now))
        except ValidationError as error:
            tell(form, error)
        else:
            _remember(request, found.pk, was, now, kind="changed")
            return redirect("tracking:pauses")
    context = {"form": form, "pause_id": pk, "words": telling.span_of_days(found.starts_on, found.ends_on)}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "tracking/pause.html", context, status=status)


@require_POST
def delete(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a pause; the page that follows offers it back."""
    found = get_object_or_404(request.user.pauses.all(), pk=pk)
    was = _picture(found)
    services.delete_pause(pause=found)
    _remember(request, pk, was, timezone.now(), kind="deleted")
    return redirect("tracking:pauses")


@require_POST
def undo(request: PersonRequest) -> HttpResponse:
    """Let the pause changed or deleted last be as it was; without one, nothing happens."""
    former = _former(request, timezone.now())
    if former is not None:
        try:
            services.put_back(
                owner=request.user,
                pk=uuid.UUID(former["id"]),
                starts_on=date.fromisoformat(former["starts_on"]),
                ends_on=date.fromisoformat(former["ends_on"]) if former["ends_on"] else None,
                reason=former["reason"],
            )
        except Pause.DoesNotExist:
            raise Http404 from None
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        del request.session[_FORMER]
    return redirect("tracking:pauses")


def _picture(pause: Pause) -> dict[str, object]:
    return {"starts_on": pause.starts_on, "ends_on": pause.ends_on, "reason": pause.reason}


def _remember(request: PersonRequest, pk: uuid.UUID, was: dict[str, object], now: datetime, *, kind: str) -> None:
    texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in was.items()}
    request.session[_FORMER] = {"id": str(pk), "at": now.isoformat(), "kind": kind, **texts}


def _former(request: Request | PersonRequest, now: datetime) -> dict[str, str] | None:
    """The pause that can be put back, as it was, with `words` for its days."""
    kept: dict[str, str] | None = request.session.get(_FORMER)
    if kept is None or now - datetime.fromisoformat(kept["at"]) > UNDO_FOR:
        return None
    last = date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None
    return {**kept, "words": telling.span_of_days(date.fromisoformat(kept["starts_on"]), last)}


def _today(request: Request | PersonRequest, now: datetime) -> date:
    day_start = request.user.day_start if isinstance(request.user, User) else DEFAULT_DAY_START
    return practice_day(now, current_zone(request), day_start)


def _asked_day(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
