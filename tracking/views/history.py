"""The person's history: figures, a year's calendar, the list of sessions, and one page for each day.

Reads only; deleting and bringing back a session is in `sessions.py`. What a day or a figure means
is worked out in `tracking.progress`, how it reads in `tracking.telling`.
"""

from datetime import date, time, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.models import User
from accounts.time import current_zone
from tracking import calendar, progress, telling
from tracking.models import Session
from tracking.querysets import SessionQuerySet
from tracking.streaks import DEFAULT_DAY_START

PAGE = 20
# How long a deleted session is offered back on the pages where it was.
UNDO_FOR = timedelta(hours=1)
MOST_UNDO = 5

_DAY = timedelta(days=1)


@login_not_required
@require_safe
def history(request: Request) -> HttpResponse:
    """Everything at a glance; for htmx, only the next sessions of the list."""
    now = timezone.now()
    sessions = _sessions_of(request)
    after = _after(request, sessions)
    wanted = _wanted_year(request)
    if request.htmx and after:
        rows = {**_rows(sessions.older_than(after), until=wanted), "is_fragment": True}
        return TemplateResponse(request, "tracking/history.html#session-rows", rows)
    record = progress.record_of(request.user, zone=current_zone(request), now=now)
    years = range(record.first_day.year, record.today.year + 1)
    year = wanted if wanted and wanted in years else record.today.year
    context = {
        "figures": record.figures(),
        "week": record.week(),
        "months": record.year(year),
        "year": year,
        "years": list(years),
        "year_days": record.days_in(year),
        "year_minutes": record.minutes_in(year),
        "is_past_year": year != record.today.year,
        "is_empty": not record.totals,
        "is_continued": after is not None,
        "is_fragment": False,
        "deleted": sessions.lately_deleted(now - UNDO_FOR)[:MOST_UNDO],
        **_rows(sessions.older_than(after) if after else sessions, until=year if year != record.today.year else None),
    }
    return TemplateResponse(request, "tracking/history.html", context)


@login_not_required
@require_safe
def day(request: Request, day: date) -> HttpResponse:
    """One practice day: what was done, when and where, and why the day counts or does not."""
    now = timezone.now()
    sessions = _sessions_of(request)
    record = progress.record_of(request.user, zone=current_zone(request), now=now)
    shown = calendar.look_at(day, record.totals, record.settings, record.today)
    context = {
        "day": shown,
        "lines": [telling.line(session) for session in sessions.for_day(day)],
        "why": telling.day_sentence(shown),
        "week": record.week(day),
        "day_start": time(request.user.day_start if isinstance(request.user, User) else DEFAULT_DAY_START),
        "before": day - _DAY if day > date.min else None,
        "after": day + _DAY if day < record.today else None,
        "deleted": sessions.lately_deleted(now - UNDO_FOR).filter(practice_day=day)[:MOST_UNDO],
        "back": request.path,
    }
    return TemplateResponse(request, "tracking/day.html", context)


def _sessions_of(request: Request) -> SessionQuerySet:
    """The sessions of whoever asks; a visitor has none."""
    return request.user.sessions.all() if isinstance(request.user, User) else Session.objects.none()


def _after(request: Request, sessions: SessionQuerySet) -> Session | None:
    """The session that the list goes on from; deleted meanwhile or not, its place is known."""
    text = request.GET.get("after", "")
    if not text:
        return None
    try:
        pk = UUID(text)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(sessions.defer("plan"), pk=pk)


def _wanted_year(request: Request) -> int | None:
    """The year asked for, if it is one at all."""
    text = request.GET.get("year", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    return number or None


def _rows(sessions: SessionQuerySet, *, until: int | None) -> dict[str, object]:
    """One page of the list, and where it goes on; `until` is the year whose end it begins at."""
    listed = sessions.for_list()
    if until is not None:
        listed = listed.up_to(date(until, 12, 31))
    found = list(listed[: PAGE + 1])
    shown = found[:PAGE]
    address = reverse("tracking:history")
    return {
        "lines": [telling.line(session) for session in shown],
        "last": shown[-1] if len(found) > PAGE else None,
        "list_year": until,
        "back": f"{address}?year={until}#sessions" if until else f"{address}#sessions",
    }
