"""The person's history: figures, a year's calendar, the list of sessions, and one page for each day.

Reads only; deleting and bringing back a session is in `sessions.py`. What a day or a figure means
is worked out in `tracking.progress`, how it reads in `tracking.telling`.
"""

from datetime import date, time, timedelta
from functools import cache
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.models import User
from accounts.time import current_zone
from stretches import shelf
from tracking import explained, explaining, progress, telling
from tracking.milestones import Milestone, milestones
from tracking.models import Session
from tracking.querysets import SessionQuerySet
from tracking.services import gaps, manual
from tracking.streaks import DEFAULT_DAY_START

PAGE = 20
# How long a deleted session is offered back on the pages where it was.
UNDO_FOR = timedelta(hours=1)
MOST_UNDO = 5
MONTHS = 12

_DAY = timedelta(days=1)
# Stands in the drawn list where the token of the request belongs.
_TOKEN = "token-of-the-request"  # noqa: S105


@login_not_required
@require_safe
def history(request: Request) -> HttpResponse:
    """Everything at a glance; for htmx, only the next sessions of the list."""
    now = timezone.now()
    sessions = _sessions_of(request)
    after = _after(request, sessions)
    month = _wanted_month(request)
    wanted = month.year if month else _wanted_year(request)
    if request.htmx and after:
        rows = {**_rows(sessions.older_than(after), until=wanted), "is_fragment": True}
        return TemplateResponse(request, "tracking/history.html#session-rows", rows)
    record = progress.record_of(request.user, zone=current_zone(request), now=now)
    years = range(record.first_day.year, record.today.year + 1)
    year = wanted if wanted and wanted in years else record.today.year
    context = {
        "figures": record.figures(),
        "streak_why": explained.streak_why(record.figures()),
        "strength_why": explained.strength_why(record.figures(), record.lately),
        "week": record.week(),
        "year": year,
        "calendar": _calendar(request, record, year, month),
        "is_past_year": year != record.today.year,
        "is_empty": not record.totals,
        "is_continued": after is not None,
        "is_fragment": False,
        "deleted": sessions.lately_deleted(now - UNDO_FOR)[:MOST_UNDO],
        **_listed(request, record, sessions, after, year),
    }
    return TemplateResponse(request, "tracking/history.html", context)


@login_not_required
@require_safe
def day(request: Request, day: date) -> HttpResponse:
    """One practice day: what was done, when and where, and why the day counts or does not."""
    now = timezone.now()
    sessions = _sessions_of(request)
    record = progress.record_of(request.user, zone=current_zone(request), now=now)
    shown = record.day(day)
    of_day = list(sessions.for_day(day))
    facts = explaining.explain(request.user, record, day, sessions=of_day, zone=current_zone(request), now=now)
    context = {
        "day": shown,
        "lines": [telling.line(session) for session in of_day],
        "why": telling.day_sentence(shown),
        "reasons": explained.reasons(facts),
        "streak_why": explained.streak_why(record.figures()),
        "strength_why": explained.strength_why(record.figures(), record.lately),
        "week": record.week(day),
        "day_start": time(request.user.day_start if isinstance(request.user, User) else DEFAULT_DAY_START),
        "before": day - _DAY if day > date.min else None,
        "after": day + _DAY if day < record.today else None,
        "deleted": sessions.lately_deleted(now - UNDO_FOR).filter(practice_day=day)[:MOST_UNDO],
        "changed": sessions.lately_changed(now - manual.UNDO_FOR).filter(practice_day=day)[:MOST_UNDO],
        "today": record.today,
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


def _wanted_month(request: Request) -> date | None:
    """The first day of the month asked for as 2026-03, if it is one at all."""
    text = request.GET.get("month", "")
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-03") else None
    except ValueError:
        return None


def _month_beside(first: date, step: int) -> date:
    """The first day of the month before (-1) or after (1)."""
    number = first.year * MONTHS + first.month - 1 + step
    return date(number // MONTHS, number % MONTHS + 1, 1)


def _calendar(request: Request, record: progress.Record, year: int, month: date | None) -> str:
    """Month, year and what was reached, drawn once for each history and for what the page itself leads to."""

    def draw() -> str:
        return render_to_string("tracking/history.html#calendar", _of_year(request.user, record, year, month), request)

    if request.GET.urlencode() not in {"", f"year={year}"}:
        return draw()
    return record.keep(("calendar", year, get_language()), draw)


def _of_year(user: User | AnonymousUser, record: progress.Record, year: int, month: date | None) -> dict[str, object]:
    months = record.year(year)
    # Of a year that is over, its last month; of this one, the month that is going on.
    latest = record.today.month if year == record.today.year else MONTHS
    shown = months[month.month - 1 if month and month.year == year else latest - 1]
    return {
        "week": record.week(),
        "months": months,
        "shown": shown,
        "shown_minutes": record.minutes_in_month(shown.first),
        "month_before": _month_beside(shown.first, -1) if shown.first > record.first_day.replace(day=1) else None,
        "month_after": _month_beside(shown.first, 1) if shown.first < record.today.replace(day=1) else None,
        "milestones": _milestones(user, record),
        "year": year,
        "years": list(range(record.first_day.year, record.today.year + 1)),
        "year_days": record.days_in(year),
        "year_minutes": record.minutes_in(year),
    }


def _milestones(user: User | AnonymousUser, record: progress.Record) -> tuple[Milestone, ...]:
    """What was reached, worked out once for each history."""

    def find() -> tuple[Milestone, ...]:
        catalogue = shelf.current()

        @cache
        def reached(slugs: frozenset[str]) -> frozenset[str]:
            held = [card for slug in slugs if (card := catalogue.cards.get(slug)) and card.type == gaps.HELD]
            return frozenset(area for card in held for area in card.areas)

        areas = {day: reached(slugs) for day, slugs in progress.stretched_by(user).items()}
        return milestones(
            record.totals, record.settings, record.today, stretched=areas, areas=gaps.areas_held(catalogue)
        )

    return record.keep("milestones", find)


def _listed(
    request: Request, record: progress.Record, sessions: SessionQuerySet, after: Session | None, year: int
) -> dict[str, object]:
    """The list from its beginning, drawn once for each history; further on, or asked for oddly, drawn anew."""
    until = year if year != record.today.year else None
    asked = request.GET.urlencode()
    # Only addresses that the page itself has: of others there could be any number.
    if after or asked not in {"", f"year={year}"}:
        return _rows(sessions.older_than(after) if after else sessions, until=until)

    def draw() -> dict[str, object]:
        rows = _rows(sessions, until=until)
        context = {**rows, "is_fragment": False, "csrf_token": _TOKEN}
        return {**rows, "drawn": render_to_string("tracking/history.html#session-rows", context, request)}

    found = record.keep(("sessions", year, asked, get_language()), draw)
    # Each request has a token of its own.
    drawn = str(found["drawn"]).replace(_TOKEN, get_token(request))
    return {**found, "drawn": mark_safe(drawn)}  # noqa: S308


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
