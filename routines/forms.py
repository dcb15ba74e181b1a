"""Forms of the builder: they show the choices and parse what was typed; services and models judge it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from routines import plans, wording
from routines.models import NAME_LENGTH, NOTE_LENGTH, PURPOSE_LENGTH, Context, Phase, Position, Step


class DetailsForm(forms.Form):
    """What stands above the steps."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("For example: My mornings")}),
        error_messages={"required": _("Please give your routine a name.")},
    )
    context = forms.ChoiceField(label=_("When you do it"), choices=Context.choices, initial=Context.ANY)
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=PURPOSE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("If you like")}),
    )


class NewForm(DetailsForm):
    """The same for a routine that does not exist yet; the first stretch may come before its name."""

    purpose = None  # type: ignore[assignment]

    def __init__(self, *args: Any, with_stretch: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = not with_stretch


class StepForm(forms.Form):
    """How one step is done: only what its stretch leaves open.

    Limits are shown and given to the browser's controls; what lies outside is
    answered by the model, in words that say what to choose instead.
    """

    seconds = forms.IntegerField()
    repetitions = forms.IntegerField()
    sets = forms.IntegerField(label=_("Sets"))
    rest_s = forms.IntegerField(label=_("Rest between sets, in seconds"))
    # Not called "form": an input of that name hides the form itself from scripts.
    way = forms.ChoiceField(label=_("How you do it"), required=False)
    position = forms.ChoiceField(label=_("Position"), required=False)
    phase = forms.ChoiceField(label=_("Part of the routine"), choices=Phase.choices)
    note = forms.CharField(
        label=_("Note to yourself"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, step: Step) -> None:
        self.step = step
        super().__init__(data, auto_id=f"step-{step.pk.hex}-%s", initial=_initial(step))
        self._set_up_amounts()
        self._set_up_choices()

    def _set_up_amounts(self) -> None:
        mode, within = self.step.dose.mode, self.step.dose_range
        self.fields["seconds"].label = str(wording.SECONDS_LABELS[mode])
        self.fields["repetitions"].label = str(wording.REPETITIONS_LABELS.get(mode, ""))
        for name in ("seconds", "repetitions", "sets", "rest_s"):
            low, high = getattr(within, name)
            if low == high:
                del self.fields[name]
                continue
            field = self.fields[name]
            field.help_text = wording.limits(name, low, high)
            field.error_messages["required"] = _("Please type a number.")
            field.error_messages["invalid"] = _("Please type a whole number.")
            step = 5 if name == "rest_s" or (name == "seconds" and high > 30) else 1
            field.widget.attrs.update({"min": low, "max": high, "inputmode": "numeric", "data-by": step})

    def _set_up_choices(self) -> None:
        stretch = self.step.stretch
        if stretch.forms:
            self.fields["way"].choices = [  # type: ignore[attr-defined]
                (form["key"], form["label"]) for form in stretch.forms
            ]
        else:
            del self.fields["way"]
        positions = list(dict.fromkeys([stretch.position, *stretch.alt_positions]))
        if len(positions) == 1 or plans.form_position(stretch, ""):
            del self.fields["position"]
        else:
            self.fields["position"].choices = [  # type: ignore[attr-defined]
                (position, Position(position).label) for position in positions
            ]

    def amounts(self) -> list[forms.BoundField]:
        """The numbers, in the order they are said."""
        return [self[name] for name in ("repetitions", "seconds", "sets", "rest_s") if name in self.fields]

    def choices(self) -> list[forms.BoundField]:
        """How and where it is done."""
        return [self[name] for name in ("way", "position", "phase") if name in self.fields]

    def typed(self) -> list[forms.BoundField]:
        """Everything on the form, for showing what was typed."""
        return [*self.amounts(), *self.choices(), self["note"]]

    def values(self) -> dict[str, Any]:
        """What `services.update_step` takes; what the stretch leaves no choice in stays as it is."""
        data = self.cleaned_data
        amounts = {name: data[name] for name in ("seconds", "repetitions", "sets", "rest_s") if name in data}
        return {
            "dose": replace(self.step.dose, **amounts),
            "phase": data["phase"],
            "position": data.get("position") or self.step.position,
            "form": self._form(data.get("way", "")),
            "note": data["note"],
        }

    def _form(self, chosen: str) -> str:
        """The usual form is stored as "", so that a step reads like its stretch."""
        usual = self.step.stretch.forms[0]["key"] if self.step.stretch.forms else ""
        return "" if chosen == usual and self.step.form != usual else chosen

    def explain(self, error: ValidationError) -> None:
        """Put each sentence beside its field, or on top where the field is not shown."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            shown = "way" if name == "form" else name
            self.add_error(shown if shown in self.fields else None, errors)


def _initial(step: Step) -> dict[str, Any]:
    usual = step.stretch.forms[0]["key"] if step.stretch.forms else ""
    names = ("seconds", "repetitions", "sets", "rest_s", "position", "phase", "note")
    return {**{name: getattr(step, name) for name in names}, "way": step.form or usual}
