"""The page for a therapist: a period of the person's own choice, on one sheet of paper. Reads only."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from accounts.models import User
from accounts.time import current_zone
from stretches import shelf
from tracking import progress, telling
from tracking.models import NextDay, Reason, SessionStep
from tracking.report import Done, Practice, Report, report

# Six calendar weeks, the one that is going on among them.
USUAL = timedelta(weeks=5)
LONGEST = timedelta(days=366)
# More would not fit on the sheet, and nobody reads it.
MOST_STRETCHES = 14
_PRACTICE = (
    "practice_day",
    "seconds",
    "pain_before",
    "pain_after",
    "stiffness_before",
    "stiffness_after",
    "next_day",
    "note",
)
_DONE = ("stretch_slug", "label", "done_s", "done_left_s", "done_right_s", "outcome", "reason")


class PeriodForm(forms.Form):
    """From when to when, and what is nobody else's business."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    feelings = forms.BooleanField(label=_("How my back felt"), required=False)
    notes = forms.BooleanField(label=_("My notes"), required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A period that is one, and fits on paper."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if last and last > self.today:
            raise ValidationError({"last": _("This day is still to come.")})
        if first and last and last < first:
            raise ValidationError({"last": _("This is before the first day.")})
        if first and last and last - first >= LONGEST:
            raise ValidationError({"first": _("Choose at most a year.")})
        if first and first.year < 2000:
            raise ValidationError({"first": _("Choose a day since the year 2000.")})
        return data


@require_safe
def therapist_report(request: PersonRequest) -> HttpResponse:
    """What was done in a period; without a word about it, the last six weeks."""
    record = progress.record_of(request.user, zone=current_zone(request), now=timezone.now())
    usual: dict[str, Any] = {
        "first": record.week(record.today - USUAL)[0].date,
        "last": record.today,
        "feelings": True,
        "notes": False,
    }
    form = PeriodForm(request.GET or None, initial=usual, today=record.today)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else usual
    context: dict[str, Any] = {"form": form, "chosen": chosen, "is_wrong": form.is_bound and not form.is_valid()}
    if not context["is_wrong"]:
        catalogue = shelf.current()
        found = _report(request.user, record, catalogue, chosen["first"], chosen["last"])
        context |= {"report": found, **_words(found, catalogue)}
    status = 422 if context["is_wrong"] else 200
    return TemplateResponse(request, "tracking/report.html", context, status=status)


def _report(user: User, record: progress.Record, catalogue: shelf.Shelf, first: date, last: date) -> Report:
    sessions = user.sessions.all().begun().filter(practice_day__range=(first, last))
    steps = SessionStep.objects.filter(session__in=sessions.values("pk")).values_list(*_DONE)
    return report(
        [Practice(*row) for row in sessions.order_by("practice_day", "started_at").values_list(*_PRACTICE)],
        (Done(*row) for row in steps),
        first=first,
        last=last,
        days=record.days,
        settings=record.settings,
        areas_of={slug: card.areas for slug, card in catalogue.cards.items()},
    )


def _words(found: Report, catalogue: shelf.Shelf) -> Mapping[str, Any]:
    return {
        "length": telling.length(found.seconds),
        "areas": [(catalogue.label("area", area), telling.length(seconds)) for area, seconds in found.areas],
        "stretches": [(row, telling.length(row.seconds)) for row in found.stretches[:MOST_STRETCHES]],
        "others": len(found.stretches[MOST_STRETCHES:]),
        "others_length": telling.length(sum(row.seconds for row in found.stretches[MOST_STRETCHES:])),
        "left_out": [(row, Reason(row.reason).label) for row in found.left_out],
        "sides": (telling.length(found.left), telling.length(found.right)) if found.left or found.right else None,
        "next_day": [(NextDay(name).label, count) for name, count in found.next_day.items()],
    }
