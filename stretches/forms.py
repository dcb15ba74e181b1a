"""What people type or tick on pages of the catalogue. Input only; services write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Figure
from stretches.models import Condition

SKINS = (_("Fair"), _("Light"), _("Tan"), _("Brown"), _("Deep brown"))
CLOTHES = (_("Teal and navy"), _("Plum and grey"), _("Green and brown"), _("Blue and brown"))
AS_DRAWN = ("", _("As drawn"))


class ConditionsForm(forms.Form):
    """The checklist: any number of condition tags, none being a good answer too."""

    conditions = forms.MultipleChoiceField(
        label=_("What applies to you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” is not on the list. Please tick again.")},
    )

    def __init__(self, *args: Any, conditions: Sequence[Condition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["conditions"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(condition.tag, condition.label) for condition in conditions]


class LookForm(forms.Form):
    """Who shows the stretches and in which tones; empty values mean in turn, and as drawn."""

    figure = forms.ChoiceField(
        label=_("Who shows the stretches"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("Both, in turn")), *Figure.choices],
    )
    skin_tone = forms.TypedChoiceField(
        label=_("Skin"),
        required=False,
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        choices=[AS_DRAWN, *enumerate(SKINS, 1)],
    )
    clothes = forms.TypedChoiceField(
        label=_("Clothes"),
        required=False,
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        choices=[AS_DRAWN, *enumerate(CLOTHES, 1)],
    )
