"""One question for all days left open lately: takes the answer. It is asked on today's page."""

from datetime import date, datetime, timedelta

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from accounts.models import User
from accounts.time import current_zone
from tracking import progress
from tracking.correcting_forms import GapForm, tell
from tracking.gap import open_days
from tracking.services import gap as services

_DAY = timedelta(days=1)


def question(user: User, record: progress.Record) -> GapForm | None:
    """The question to ask, or None where there is nothing to ask about; no queries."""
    found = days_to_ask(user, record)
    return GapForm(days=found) if found else None


def days_to_ask(user: User, record: progress.Record) -> tuple[date, ...]:
    """The days that are worth a question, oldest first."""
    return open_days(
        record.totals,
        record.settings,
        record.today,
        answered_until=user.gap_answered_until,
        frozen=record.frozen,
    )


@require_POST
def answer(request: PersonRequest) -> HttpResponse:
    """Write down what happened on the open days; "not now" is an answer too."""
    now = timezone.now()
    record = progress.record_of(request.user, zone=current_zone(request), now=now)
    until = min(_until(request), record.today - _DAY)
    form = GapForm(request.POST, days=[day for day in days_to_ask(request.user, record) if day <= until])
    if "later" in request.POST:
        _store(request, form, until=until, now=now, is_later=True)
        return redirect("tracking:today")
    if form.is_valid() and _store(request, form, until=until, now=now):
        return redirect("tracking:today")
    return TemplateResponse(request, "tracking/gap.html", {"gap": form}, status=422)


def _store(request: PersonRequest, form: GapForm, *, until: date, now: datetime, is_later: bool = False) -> bool:
    answers = {} if is_later else form.answers()
    try:
        services.answer(owner=request.user, answers=answers, until=until, zone=current_zone(request), now=now)
    except ValidationError as error:
        tell(form, error)
        return False
    return True


def _until(request: PersonRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        raise BadRequest("Say up to which day this is the answer.") from None
