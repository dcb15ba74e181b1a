"""People and what they prefer. No domain rule, no knowledge of routines or sessions."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.zones import is_zone

DEFAULT_GOAL = 3
# How many of each the drawings can wear; they are numbered from 1.
SKIN_TONES = 5
CLOTHES = 4
MOST_FREEZES = 5
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def normalise_email(email: str) -> str:
    """One spelling per address, so that the same person cannot have two accounts by accident."""
    return email.strip().lower()


def validate_zone(name: str) -> None:
    """Reject what is not an IANA time zone name; '' means not known yet."""
    if name and not is_zone(name):
        raise ValidationError(_("Choose a time zone from the list."), code="zone")


def validate_weekdays(days: object) -> None:
    """Accept a list of distinct whole numbers 0 (Monday) to 6, at most six of them."""
    ok = isinstance(days, list) and all(isinstance(d, int) and 0 <= d <= 6 for d in days)
    if not ok or len(set(days)) != len(days):  # type: ignore[arg-type, call-overload]
        raise ValidationError(_("Choose rest days from Monday to Sunday."), code="weekdays")
    if len(days) > 6:  # type: ignore[arg-type]
        raise ValidationError(_("Leave at least one day of the week for stretching."), code="all-rest")


class Figure(models.TextChoices):
    """Who shows the stretches in the pictures; nobody chosen means both, in turn."""

    WOMAN = "woman", _("A woman with a bun")
    MAN = "man", _("An older man with short hair")


class UserManager(BaseUserManager["User"]):
    """Makes guests, accounts and staff."""

    def create_guest(self, *, time_zone: str = "") -> "User":
        """A person without e-mail or password, known only by the browser's session."""
        user = self.model(is_guest=True, time_zone=time_zone)
        user.set_unusable_password()
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """A registered account."""
        user = self.model(email=normalise_email(email), **extra)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """An account that may enter the administration."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: a guest who lives in one browser, or an account with e-mail and password."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(
        _("e-mail"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    is_guest = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    follow_device_zone = models.BooleanField(_("use this device's time zone"), default=True)
    day_start = models.PositiveSmallIntegerField(_("your day starts at"), default=3)
    week_start = models.PositiveSmallIntegerField(_("your week starts on"), default=0)
    # Freezes save a missed day of the daily streak; 0 turns them off.
    freeze_cap = models.PositiveSmallIntegerField(_("freezes kept at most"), default=0)
    freeze_every = models.PositiveSmallIntegerField(_("days that earn a freeze"), default=7)
    asks_feelings = models.BooleanField(_("ask how my back feels"), default=True)
    # Open days up to this one have been answered for; the person is not asked about them again.
    gap_answered_until = models.DateField(null=True, blank=True, editable=False)
    # Another number after every change that the person's figures follow from, in the same transaction.
    history_version = models.PositiveBigIntegerField(default=0, editable=False)
    sound = models.BooleanField(_("sounds during a session"), default=True)
    # Who shows the stretches: "" takes turns; without a number the drawing's own tone is used.
    figure = models.CharField(_("who shows the stretches"), max_length=8, blank=True, choices=Figure)
    skin_tone = models.PositiveSmallIntegerField(_("skin tone"), null=True, blank=True)
    clothes = models.PositiveSmallIntegerField(_("clothes"), null=True, blank=True)
    # Tags of conditions, as in the catalogue; the stretches app knows and checks the words.
    conditions = models.JSONField(default=list, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            CheckConstraint(
                condition=Q(is_guest=True, email__isnull=True) | Q(is_guest=False, email__isnull=False),
                name="guest_has_no_email",
                violation_error_message=_("An account needs an e-mail address; a guest has none."),
            ),
            CheckConstraint(
                condition=Q(day_start__range=(0, 6)),
                name="day_start_midnight_to_six",
                violation_error_message=_("A day can start at midnight up to 6 in the morning."),
            ),
            CheckConstraint(
                condition=Q(week_start__range=(0, 6)),
                name="week_start_is_a_weekday",
                violation_error_message=_("Choose the day your week starts on."),
            ),
            CheckConstraint(
                condition=Q(freeze_cap__range=(0, MOST_FREEZES)),
                name="freezes_none_to_five",
                violation_error_message=_("You can keep up to 5 freezes."),
            ),
            CheckConstraint(
                condition=Q(freeze_every__range=(1, 30)),
                name="freeze_earned_by_one_to_thirty_days",
                violation_error_message=_("A freeze is earned by 1 to 30 days."),
            ),
            CheckConstraint(
                condition=Q(figure__in=["", "woman", "man"]),
                name="figure_is_drawn",
                violation_error_message=_("Choose who shows the stretches: the woman, the man, or both in turn."),
            ),
            CheckConstraint(
                condition=Q(skin_tone__isnull=True) | Q(skin_tone__range=(1, SKIN_TONES)),
                name="skin_tone_one_to_five",
                violation_error_message=_("Choose one of the five skin tones, or leave it as drawn."),
            ),
            CheckConstraint(
                condition=Q(clothes__isnull=True) | Q(clothes__range=(1, CLOTHES)),
                name="clothes_one_to_four",
                violation_error_message=_("Choose one of the four sets of clothes, or leave it as drawn."),
            ),
        ]

    def __str__(self) -> str:
        return self.email or str(_("Guest"))

    def clean(self) -> None:
        """Keep one spelling of the e-mail address."""
        super().clean()
        if self.email:
            self.email = normalise_email(self.email)


class GoalChange(models.Model):
    """From a date on, how many days a week the person wants to practise."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="goal_changes")
    starts_on = models.DateField()
    days_a_week = models.PositiveSmallIntegerField(_("weekly goal"), default=DEFAULT_GOAL)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            UniqueConstraint("owner", "starts_on", name="one_goal_per_date"),
            CheckConstraint(
                condition=Q(days_a_week__range=(1, 7)),
                name="goal_one_to_seven_days",
                violation_error_message=_("A weekly goal is 1 to 7 days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days_a_week} days a week from {self.starts_on}"


class RestChange(models.Model):
    """From a date on, which weekdays (0 is Monday) are planned rest days."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="rest_changes")
    starts_on = models.DateField()
    weekdays = models.JSONField(_("rest days"), default=list, blank=True, validators=[validate_weekdays])

    class Meta:
        ordering = ["starts_on"]
        constraints = [UniqueConstraint("owner", "starts_on", name="one_rest_plan_per_date")]

    def __str__(self) -> str:
        return f"rest on {self.weekdays} from {self.starts_on}"


class Attempt(models.Model):
    """A bucket of tries that refills with time; shared by all processes (see limits.py)."""

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
