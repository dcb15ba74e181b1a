"""How the back is: the answer about the next day, laying advice aside, and deleting what was said.

Ratings themselves are told on the page of the session (`sessions.py`). Nothing that somebody said may
go into an address, a message or a log line from here.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from accounts.time import current_zone
from tracking.checkin import LAID_ASIDE, Checkin, checkin
from tracking.forms import ForgetForm, NextDayForm
from tracking.services import feelings as services
from tracking.streaks import practice_day


@require_POST
def next_day(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the answer about the day after a session; htmx gets the card back, with what follows from it."""
    found = get_object_or_404(request.user.sessions.kept(), pk=pk)
    form = NextDayForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Better, the same, worse, or no answer.")
    services.say(session=found, values=form.cleaned_data)
    if request.htmx:
        context = {"checkin": _checkin(request), "is_answered": True}
        return TemplateResponse(request, "tracking/_checkin.html", context)
    messages.success(request, _("Thank you. That is noted."))
    return redirect("tracking:today")


@require_POST
def lay_aside(request: PersonRequest) -> HttpResponse:
    """Put away what is suggested on Today, until an answer suggests something again."""
    suggestion = _checkin(request).suggestion
    if suggestion is not None:
        request.session[LAID_ASIDE] = suggestion.key
    if request.htmx:
        context = {"checkin": _checkin(request), "is_laid_aside": True}
        return TemplateResponse(request, "tracking/_checkin.html", context)
    return redirect("tracking:today")


@require_POST
def take_back(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete what was said about one session."""
    found = get_object_or_404(request.user.sessions.kept(), pk=pk)
    services.take_back(session=found)
    messages.success(request, _("Your answers about this session are deleted."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: PersonRequest) -> HttpResponse:
    """Delete all that was ever said about the back, after a deliberate yes; the sessions stay."""
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.forget_all(owner=request.user)
        request.session.pop(LAID_ASIDE, None)
        messages.success(request, _("What you said about your back is deleted. Your sessions are still here."))
        return redirect("accounts:account")
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "tracking/forget_feelings.html", {"form": form}, status=status)


def _checkin(request: PersonRequest) -> Checkin:
    day = practice_day(timezone.now(), current_zone(request), request.user.day_start)
    return checkin(request.user, today=day, laid_aside=request.session.get(LAID_ASIDE, ""))
