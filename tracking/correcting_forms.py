"""What a person types to log practice done elsewhere, to put a session right, and to take days off.

Forms parse and explain; what may be stored is decided in the services.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from tracking.models import NOTE_LENGTH, PauseReason
from tracking.services.gap import NOTHING, STRETCHED, Answer
from tracking.services.manual import MINUTES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_DATES = ["%Y-%m-%d"]
_TIMES = ["%H:%M", "%H:%M:%S"]


def _date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _day(label: "str | _StrPromise", **more: Any) -> forms.DateField:
    wrong = {"invalid": _("Write the day as in 2026-03-14."), "required": _("Choose a day.")}
    return forms.DateField(label=label, input_formats=_DATES, widget=_date_input(), error_messages=wrong, **more)


def _time() -> forms.TimeField:
    return forms.TimeField(
        label=_("Time, if you remember it"),
        required=False,
        input_formats=_TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write the time as in 18:30.")},
        help_text=_("What began before your day starts belongs to the night after."),
    )


def _minutes() -> forms.IntegerField:
    length = _("A session lasts 1 to 600 minutes.")
    return forms.IntegerField(
        label=_("Minutes"),
        min_value=MINUTES[0],
        max_value=MINUTES[-1],
        error_messages={
            "required": _("Say how many minutes, roughly."),
            "invalid": _("Write whole minutes, such as 10."),
            "min_value": length,
            "max_value": length,
        },
    )


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("A note for yourself"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: routines in groups of (id, name), and stretches as (slug, name)."""

    what: list[tuple[str, list[tuple[str, str]]]]
    stretches: list[tuple[str, str]]


class AddForm(forms.Form):
    """Practice done elsewhere: when, what and how long."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    day = _day(_("Day"))
    at = _time()
    minutes = _minutes()
    what = forms.ChoiceField(label=_("A routine"), required=False)
    stretches = forms.MultipleChoiceField(label=_("Stretches"), required=False)
    name = forms.CharField(
        label=_("Or call it something"),
        required=False,
        max_length=120,
        help_text=_("A class, a walk with stretches, anything that loosened your back."),
    )
    note = _note()

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", _("None of these")), *choices.what]  # type: ignore[attr-defined]
        self.fields["stretches"].choices = choices.stretches  # type: ignore[attr-defined]

    def clean_id(self) -> UUID:
        """The id that the page was made with: sending it twice makes one session."""
        given: UUID | None = self.cleaned_data["id"]
        return given or uuid7()

    def clean(self) -> dict[str, Any]:
        """A routine or single stretches, not both."""
        data = super().clean() or {}
        if data.get("what") and data.get("stretches"):
            self.add_error("what", ValidationError(_("Choose a routine or single stretches, not both.")))
        return data


class ChangeForm(forms.Form):
    """What can be put right of a session; the name only of one that was not followed here."""

    day = _day(_("Day"))
    at = _time()
    minutes = _minutes()
    name = forms.CharField(label=_("Name"), max_length=120)
    note = _note()

    def __init__(self, *args: Any, without: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in without:
            del self.fields[name]


class PauseForm(forms.Form):
    """Days off, from one to another, both included; open where the last one is not known yet."""

    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"), required=False, help_text=_("Leave it empty if you don't know yet."))
    reason = forms.ChoiceField(
        label=_("Why"), choices=PauseReason.choices, widget=forms.RadioSelect, initial=PauseReason.OTHER
    )


class GapForm(forms.Form):
    """What happened on each of `days`: a choice, and minutes for whoever stretched."""

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = tuple(days)
        choices = [
            (NOTHING, _("Nothing that day")),
            (STRETCHED, _("I stretched")),
            (PauseReason.ILL, _("I was ill")),
            (PauseReason.FLARE_UP, _("A flare-up")),
            (PauseReason.TRAVEL, _("I was travelling")),
        ]
        for day in self.days:
            self.fields[f"day-{day}"] = forms.ChoiceField(choices=choices, required=False, initial=NOTHING)
            minutes = _minutes()
            minutes.required, minutes.initial = False, 10
            self.fields[f"minutes-{day}"] = minutes

    @property
    def rows(self) -> list[tuple[date, forms.BoundField, forms.BoundField]]:
        """(day, its choice, its minutes) in order, for the page."""
        return [(day, self[f"day-{day}"], self[f"minutes-{day}"]) for day in self.days]

    @property
    def until(self) -> date:
        """The last day asked about."""
        return self.days[-1]

    def clean(self) -> dict[str, Any]:
        """Whoever stretched says for how long; nobody else's minutes matter."""
        data = super().clean() or {}
        for day in self.days:
            name = f"minutes-{day}"
            if data.get(f"day-{day}") != STRETCHED:
                self.errors.pop(name, None)
            elif data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Say how many minutes, roughly."))
        return data

    def answers(self) -> dict[date, Answer]:
        """What was said, by day."""
        data = self.cleaned_data
        return {day: Answer(data[f"day-{day}"] or NOTHING, data.get(f"minutes-{day}") or 0) for day in self.days}


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused beside the field it is about, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
