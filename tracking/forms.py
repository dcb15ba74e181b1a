"""What a person says about a session: how the back feels, and a note. One form for each answer."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.models import Session

if TYPE_CHECKING:
    SessionForm = forms.ModelForm[Session]
else:  # the class takes no parameter when it runs
    SessionForm = forms.ModelForm

SCALE = [(str(number), str(number)) for number in range(11)]


_RATING: dict[str, Any] = {
    "choices": [*SCALE, ("", _("No answer"))],
    "coerce": int,
    "empty_value": None,
    "required": False,
    "widget": forms.RadioSelect,
}


class BeforeForm(SessionForm):
    """How the back felt before, 0 (fine) to 10 (as bad as can be)."""

    feeling_before = forms.TypedChoiceField(label=_("How did your back feel before?"), **_RATING)

    class Meta:
        model = Session
        fields = ["feeling_before"]


class AfterForm(SessionForm):
    """How the back felt after, 0 (fine) to 10 (as bad as can be)."""

    feeling_after = forms.TypedChoiceField(label=_("How does your back feel now?"), **_RATING)

    class Meta:
        model = Session
        fields = ["feeling_after"]


class NoteForm(SessionForm):
    """A few words for later."""

    class Meta:
        model = Session
        fields = ["note"]
        labels = {"note": _("A note for yourself")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
