"""What people type or tick on pages of the catalogue. Input only; services write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stretches.models import Condition


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
