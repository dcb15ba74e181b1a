"""Forms for signing up, signing in and preferences: they parse and explain, services write."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import MOST_FREEZES, WEEKDAYS, User, normalise_email
from accounts.zones import zone_choices

if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:  # the class takes no parameter when it runs
    UserForm = forms.ModelForm

_DAYS = [(str(n), name) for n, name in enumerate(WEEKDAYS)]
_EMAIL = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


class SignUpForm(forms.Form):
    """E-mail and a password; nothing else is asked."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs=_EMAIL),
        help_text=_("Only to sign in and to reset your password. No newsletters."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A short sentence works well."),
    )

    def clean_email(self) -> str:
        """One spelling; taken addresses are told at once, beside the field."""
        email = normalise_email(self.cleaned_data["email"])
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("There is already an account with this e-mail address. Sign in instead?"))
        return email

    def clean(self) -> dict[str, Any]:
        """Check the password against Django's validators, with the e-mail in view."""
        data = super().clean() or {}
        if data.get("password"):
            try:
                password_validation.validate_password(data["password"], User(email=data.get("email")))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class SignInForm(forms.Form):
    """E-mail and password."""

    email = forms.CharField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs=_EMAIL))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_email(self) -> str:
        """One spelling, as stored."""
        return normalise_email(self.cleaned_data["email"])


class PreferencesForm(UserForm):
    """How days and weeks are counted, questions about the back, and sound."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Decides which day a session counts for."),
    )
    day_start = forms.TypedChoiceField(
        label=_("A new day starts at"),
        coerce=int,
        choices=[(h, _("midnight") if h == 0 else f"{h}:00") for h in range(7)],
        help_text=_("A session before this hour still counts for the evening before."),
    )
    week_start = forms.TypedChoiceField(label=_("Your week starts on"), coerce=int, choices=_DAYS)
    goal = forms.TypedChoiceField(
        label=_("Weekly goal"),
        coerce=int,
        choices=[(n, _("1 day") if n == 1 else _("%d days") % n) for n in range(1, 8)],
        help_text=_("Three days a week is a good start. A change counts from your next week."),
    )
    rest_days = forms.MultipleChoiceField(
        label=_("Planned rest days"),
        required=False,
        choices=_DAYS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They never break a streak. A change holds from today."),
    )
    freeze_cap = forms.TypedChoiceField(
        label=_("Freezes kept at most"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[(0, _("Off")), *((n, str(n)) for n in range(1, MOST_FREEZES + 1))],
        help_text=_("A freeze keeps a run of days over one missed day. Your history shows where one was used."),
    )
    freeze_every = forms.IntegerField(
        label=_("Days in a row that earn a freeze"),
        required=False,
        min_value=1,
        max_value=30,
        error_messages={
            "invalid": _("Write a whole number of days, such as 7."),
            "min_value": _("A freeze is earned by 1 to 30 days."),
            "max_value": _("A freeze is earned by 1 to 30 days."),
        },
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "time_zone",
            "follow_device_zone",
            "day_start",
            "week_start",
            "freeze_cap",
            "freeze_every",
            "asks_feelings",
            "sound",
        ]
        help_texts: ClassVar = {
            "asks_feelings": _(
                "Pain and stiffness around a session, and how it was the next day. You need not answer."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("Not known yet")), *zone_choices()]  # type: ignore[attr-defined]

    def clean_rest_days(self) -> list[int]:
        """Whole numbers, 0 for Monday; at least one day stays for practice."""
        days = [int(day) for day in self.cleaned_data["rest_days"]]
        if len(days) == 7:
            raise ValidationError(_("Leave at least one day of the week for stretching."))
        return days

    def preference_values(self) -> dict[str, object]:
        """The fields of the person itself, as validated; what was not sent stays as it is."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {name: getattr(self.instance, name) if value is None else value for name, value in given.items()}


class DeleteForm(forms.Form):
    """A deliberate yes before everything is erased."""

    sure = forms.BooleanField(label=_("Yes, delete everything. I know it cannot be brought back."))
