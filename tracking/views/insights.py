"""Trends and the body: what weeks come to, in charts and on the map. Reads only, but for a routine on request."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PersonRequest, Request
from accounts.models import User
from accounts.time import current_zone
from stretches import bodymap, shelf
from stretches.gallery import Look
from tracking import insights, progress, streaks, telling, trends
from tracking.insights import Felt, Span, Stretched
from tracking.models import Reason, SessionStep
from tracking.services import gaps

MOST_ROWS = 8
_DAY = timedelta(days=1)
_FELT = ("practice_day", "pain_before", "pain_after", "stiffness_before", "stiffness_after", "next_day", "felt_area")


@login_not_required
@require_safe
def trends_page(request: Request) -> HttpResponse:
    """Practice, strength, feelings and sides over the last 26 weeks, or practice over months."""
    record = progress.record_of(request.user, zone=current_zone(request), now=timezone.now())
    weeks = insights.by_week(record.totals, record.settings, record.today)
    context: dict[str, Any] = {"is_empty": not weeks}
    if isinstance(request.user, User) and weeks:
        is_long = record.first_day < weeks[0].first
        by_month = is_long and request.GET.get("by") == "month"
        spans = insights.by_month(record.totals, record.today) if by_month else weeks
        context |= {
            "is_long": is_long,
            "by_month": by_month,
            "panels": [*trends.practice(spans), trends.strength(spans, _strengths(record), record.today)],
            **_feelings(request.user, weeks),
            **_sides(request.user, weeks),
        }
    return TemplateResponse(request, "tracking/trends.html", context)


def _strengths(record: progress.Record) -> Mapping[date, float]:
    off = frozenset(record.settings.paused) | frozenset(record.settings.linked)
    per_week = record.figures().per_week
    return record.keep(
        "strengths", lambda: dict(streaks.strengths(record.days, record.today, per_week=per_week, skipped=off))
    )


def _feelings(user: User, weeks: tuple[Span, ...]) -> Mapping[str, Any]:
    told = user.sessions.all().begun().telling_feelings().filter(practice_day__gte=weeks[0].first)
    rows = [Felt(*row) for row in told.values_list(*_FELT)]
    whole = insights.feeling(rows)
    catalogue = shelf.current()
    return {
        "has_feelings": whole.times > 0,
        # Who does not want to be asked is not reminded of it, but sees what was told before.
        "shows_feelings": whole.times > 0 or user.asks_feelings,
        "felt": trends.feelings(weeks, insights.feelings_by_week(rows, weeks), whole),
        "mornings": trends.mornings(whole),
        "felt_areas": [
            (
                catalogue.label("area", area),
                felt.times,
                trends.change(felt.pain_before, felt.pain_after),
                trends.change(felt.stiffness_before, felt.stiffness_after),
            )
            for area, felt in insights.feelings_by_area(rows).items()
        ],
    }


def _sides(user: User, weeks: tuple[Span, ...]) -> Mapping[str, Any]:
    sessions = user.sessions.all().begun().filter(practice_day__gte=weeks[0].first)
    steps = SessionStep.objects.filter(session__in=sessions.values("pk")).order_by()
    rows = [
        (label, left, right)
        for label, left, right in steps.filter(sides="each")
        .values_list("label")
        .annotate(left=Sum("done_left_s"), right=Sum("done_right_s"))
        if left or right
    ]
    # Whatever leans most to one side comes first.
    rows.sort(key=lambda row: (-abs(row[1] - row[2]), row[0]))
    skipped = (
        steps.exclude(reason="").exclude(outcome="done").values_list("label", "reason").annotate(times=Count("pk"))
    )
    return {
        "balance": trends.balance(sum(row[1] for row in rows), sum(row[2] for row in rows)) if rows else None,
        "sides": [(label, telling.length(left), telling.length(right)) for label, left, right in rows[:MOST_ROWS]],
        "skipped": [
            (label, Reason(reason).label, times)
            for label, reason, times in sorted(skipped, key=lambda row: (-row[2], row[0]))[:MOST_ROWS]
        ],
    }


WORDS = {
    "nothing": _("not yet"),
    "little": _("a little more"),
    "enough": _("enough"),
    "plenty": _("plenty"),
}
_LEVELS = {"nothing": 0, "little": 1, "enough": 3, "plenty": 4}


@login_not_required
@require_safe
def body(request: Request) -> HttpResponse:
    """What each area of the body got, on the map and as a list, and what was left out lately."""
    record = progress.record_of(request.user, zone=current_zone(request), now=timezone.now())
    catalogue = shelf.current()
    found = areas_of(request.user, record.today, catalogue)
    names = {area.slug: catalogue.label("area", area.slug) for area in found}
    marks = {
        area.slug: bodymap.Mark(names[area.slug], str(WORDS[area.amount]), level=_LEVELS[area.amount]) for area in found
    }
    context = {
        "map": bodymap.body_map(marks, Look.of(request.user).figure, with_list=False),
        "areas": [(names[area.slug], area, WORDS[area.amount], _LEVELS[area.amount]) for area in found],
        "left_out": [names[area.slug] for area in found if area.is_left_out],
        "legend": [(_LEVELS[amount], words) for amount, words in WORDS.items()],
        "is_empty": not record.totals,
    }
    return TemplateResponse(request, "tracking/body.html", context)


@require_POST
def gap_routine(request: PersonRequest) -> HttpResponse:
    """Make a short routine for the areas left out, and go to it, ready to start."""
    now = timezone.now()
    record = progress.record_of(request.user, zone=current_zone(request), now=now)
    found = areas_of(request.user, record.today, shelf.current())
    missing = [area.slug for area in found if area.is_left_out]
    try:
        routine = gaps.make_routine(owner=request.user, areas=missing, now=now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("tracking:body")
    if routine is None:
        messages.info(
            request, _("No stretch for these areas suits your conditions. A physiotherapist knows what does.")
        )
        return redirect("tracking:body")
    messages.success(request, _("Made for you, ready to start. Delete it if you would rather not."))
    return redirect(routine)


def areas_of(user: Any, today: date, catalogue: shelf.Shelf) -> tuple[insights.Area, ...]:
    """Return what each area got of holds in the last 28 days; one query, none for a visitor."""
    slugs = gaps.areas_held(catalogue)
    if not isinstance(user, User):
        return insights.areas([], slugs, today)
    since = today - insights.AVERAGED_WEEKS * 7 * _DAY
    sessions = user.sessions.all().begun().filter(practice_day__gt=since)
    steps = SessionStep.objects.filter(session__in=sessions.values("pk"), done_s__gt=0).values_list(
        "session__practice_day", "stretch_slug", "done_s", "done_left_s", "done_right_s"
    )
    rows = [
        Stretched(day, card.areas, seconds, left, right)
        for day, slug, seconds, left, right in steps
        if (card := catalogue.cards.get(slug)) and card.type == gaps.HELD
    ]
    return insights.areas(rows, slugs, today)
