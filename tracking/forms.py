"""What a person says about a session: how the back feels, and a note. They parse and explain; services write."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracking.models import NextDay, Session

if TYPE_CHECKING:
    SessionForm = forms.ModelForm[Session]
else:  # the class takes no parameter when it runs
    SessionForm = forms.ModelForm

SCALE = [(str(number), str(number)) for number in range(11)]


class Scale(forms.RadioSelect):
    """Eleven numbers and "no answer". Nothing is chosen before somebody chooses it."""

    def format_value(self, value: Any) -> Any:
        """Leave "no answer" open, too, where nothing was answered."""
        return [] if value in {None, ""} else super().format_value(value)


_RATING: dict[str, Any] = {
    "choices": [*SCALE, ("", _("No answer"))],
    "coerce": int,
    "empty_value": None,
    "required": False,
    "widget": Scale,
    "error_messages": {"invalid_choice": _("Choose a number from 0 to 10, or no answer.")},
}


class FeelingsForm(forms.Form):
    """Pain and stiffness, before and after, 0 (none) to 10 (as bad as can be), and the area they are about.

    Any part of it may be sent: what was not asked stays as the session has it. `spoken` are the names
    of the fields that were sent.
    """

    pain_before = forms.TypedChoiceField(label=_("Pain before"), **_RATING)
    stiffness_before = forms.TypedChoiceField(label=_("Stiffness before"), **_RATING)
    pain_after = forms.TypedChoiceField(label=_("Pain now"), **_RATING)
    stiffness_after = forms.TypedChoiceField(label=_("Stiffness now"), **_RATING)
    felt_area = forms.ChoiceField(
        label=_("Where it is, if it is one place"),
        required=False,
        error_messages={"invalid_choice": _("Choose an area from the list.")},
    )

    def __init__(self, session: Session, areas: Mapping[str, str], data: QueryDict | None = None) -> None:
        """Ask about `session`; `areas` are the words for the areas by slug."""
        kept = {name: getattr(session, name) for name in self.base_fields}
        self.spoken = [name for name in self.base_fields if data is not None and name in data]
        sent = {name: "" if value is None else str(value) for name, value in kept.items()}
        if data is not None:
            sent |= {name: data.get(name, "") for name in self.spoken}
        super().__init__(sent if data is not None else None, initial=kept)
        choices = {"": _("The back as a whole"), **areas}
        # An area that the catalogue has dropped since stays what was said.
        choices.setdefault(session.felt_area, session.felt_area)
        self.fields["felt_area"].choices = list(choices.items())  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, object]:
        """What was sent, as validated."""
        return {name: self.cleaned_data[name] for name in self.spoken}

    @property
    def moments(self) -> dict[str, list[forms.BoundField]]:
        """The scales of each moment."""
        return {
            "before": [self["pain_before"], self["stiffness_before"]],
            "after": [self["pain_after"], self["stiffness_after"]],
        }


class NextDayForm(forms.Form):
    """How the back was on the day after: one of the choices."""

    next_day = forms.ChoiceField(choices=NextDay.choices)


class ForgetForm(forms.Form):
    """A deliberate yes before answers are deleted."""

    sure = forms.BooleanField(label=_("Yes, delete what I said about my back. It cannot be brought back."))


class NoteForm(SessionForm):
    """A few words for later."""

    class Meta:
        model = Session
        fields = ["note"]
        labels = {"note": _("A note for yourself")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
