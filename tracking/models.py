"""What was done: snapshots that nothing edited later can change. No rule of streaks lives here."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import validate_zone
from routines.models import Routine
from stretches.models import Stretch
from tracking.querysets import SessionQuerySet

NOTE_LENGTH = 2000
# A day has 86,400 seconds; no session is longer.
MOST_SECONDS = 86_400

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


class Status(models.TextChoices):
    """How far a session has come."""

    READY = "ready", _("Not started")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    ENDED = "ended", _("Ended early")


class Outcome(models.TextChoices):
    """What became of one step."""

    DONE = "done", _("Done")
    PART = "part", _("Partly done")
    SKIPPED = "skipped", _("Skipped")


class Reason(models.TextChoices):
    """Why somebody left a step out."""

    HURTS = "hurts", _("It hurt")
    CANT_REACH = "cant_reach", _("Out of reach")
    NO_TIME = "no_time", _("No time")


class Origin(models.TextChoices):
    """Where the log of a session comes from."""

    PLAYER = "player", _("Followed here")
    BY_HAND = "by_hand", _("Added by you")
    IMPORTED = "imported", _("Imported")


class NextDay(models.TextChoices):
    """How the back was on the day after, beside how it was before."""

    BETTER = "better", _("Better")
    SAME = "same", _("The same")
    WORSE = "worse", _("Worse")
    PASSED = "passed", _("No answer")


class PauseReason(models.TextChoices):
    """Why days are taken off."""

    ILL = "ill", _("Ill")
    FLARE_UP = "flare_up", _("Flare-up")
    TRAVEL = "travel", _("Travelling")
    OTHER = "other", _("Something else")


FEELINGS = ("pain_before", "pain_after", "stiffness_before", "stiffness_after")
"""What is rated from 0 (none) to 10 (as bad as can be)."""


def _rating() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(10)])


def _rated(name: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{name: None}) | Q(**{f"{name}__range": (0, 10)}),
        name=f"session_{name}_0_to_10",
        violation_error_message=_("Rate how your back feels from 0 to 10."),
    )


class Session(models.Model):
    """One practice: a frozen plan, the instants, the practice day it counts for, and what was done."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    routine = models.ForeignKey(Routine, models.SET_NULL, null=True, blank=True, related_name="+")
    routine_slug = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120)
    # The timeline as it was at the start: {"total_ms", "segments"}; later edits never reach it.
    plan = models.JSONField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    utc_offset_s = models.IntegerField()
    practice_day = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.READY)
    seconds = models.PositiveIntegerField(default=0)
    counts = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.PLAYER)
    # False where only the day is known; `started_at` is then noon of it.
    is_time_known = models.BooleanField(default=True)
    pain_before = _rating()
    pain_after = _rating()
    stiffness_before = _rating()
    stiffness_after = _rating()
    next_day = models.CharField(max_length=6, blank=True, choices=NextDay)
    # The slug of the area that the ratings are about; '' for the back as a whole.
    felt_area = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True, max_length=NOTE_LENGTH)
    # What the person has put right by hand ("when", "length"); whatever a device tells later leaves it alone.
    corrected: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True, editable=False)
    # How it was before the last change by hand, and when that was: for one step back.
    former: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True, editable=False
    )
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Session"]] = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            Index("owner", "practice_day", name="session_owner_day"),
            Index("owner", "status", name="session_owner_status"),
            # Few are deleted, and not all follow a routine: finding those must not read all of ten years.
            Index("owner", "deleted_at", name="session_owner_deleted", condition=Q(deleted_at__isnull=False)),
            Index("owner", "practice_day", name="session_owner_routine", condition=Q(routine__isnull=False)),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(status__in=Status.values),
                name="session_status_known",
                violation_error_message=_("A session is ready, running, done or ended."),
            ),
            CheckConstraint(
                condition=Q(seconds__lte=MOST_SECONDS),
                name="session_within_a_day",
                violation_error_message=_("A session cannot be longer than a day."),
            ),
            *(_rated(name) for name in FEELINGS),
            CheckConstraint(
                condition=Q(next_day__in=["", *NextDay.values]),
                name="session_next_day_known",
                violation_error_message=_("The next day was better, the same or worse."),
            ),
            CheckConstraint(
                condition=Q(origin__in=Origin.values),
                name="session_origin_known",
                violation_error_message=_("A session is followed here, added by you or imported."),
            ),
            CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=models.F("started_at")),
                name="session_ends_after_start",
                violation_error_message=_("A session cannot end before it starts."),
            ),
            CheckConstraint(
                condition=Q(note__length__lte=NOTE_LENGTH),
                name="session_note_length",
                violation_error_message=_("A note can have up to 2,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.practice_day}"

    def get_absolute_url(self) -> str:
        """The player, or the summary once all is over."""
        name = "tracking:summary" if self.is_over else "tracking:session"
        return reverse(name, args=[self.pk])

    def clean(self) -> None:
        """A zone is always known for what was done."""
        super().clean()
        if not self.time_zone:
            raise ValidationError({"time_zone": _("A session needs a time zone.")})

    def told(self) -> list[dict[str, Any]]:
        """Return all events in order, as the player tells them."""
        return [{"id": str(e.pk), "seq": e.seq, "kind": e.kind, "at": e.at, "data": e.data} for e in self.events.all()]

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be added by the player."""
        return self.status in {Status.DONE, Status.ENDED}


class SessionStep(models.Model):
    """One step of a session as it read on the day, and what was done of it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    stretch = models.ForeignKey(Stretch, models.SET_NULL, null=True, blank=True, related_name="+")
    stretch_slug = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    sides = models.CharField(max_length=4)
    planned_s = models.PositiveIntegerField()
    done_s = models.PositiveIntegerField(default=0)
    done_left_s = models.PositiveIntegerField(default=0)
    done_right_s = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.SKIPPED)
    reason = models.CharField(max_length=20, blank=True, choices=Reason)
    # The slug of the stretch that was planned, where another one took its place.
    instead_of = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            UniqueConstraint("session", "order", name="session_step_order_once"),
            CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="session_step_outcome_known",
                violation_error_message=_("A step is done, partly done or skipped."),
            ),
            CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]),
                name="session_step_reason_known",
                violation_error_message=_("A step is left out because it hurt, was out of reach or took too long."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.outcome}"


class SessionEvent(models.Model):
    """Something the player did, as the device told it: append-only, made once under the device's id."""

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    at = models.BigIntegerField()
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["seq", "at", "id"]
        indexes = [Index("session", "seq", name="event_session_seq")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Pause(models.Model):
    """Days off, from one date to another, both included: they neither add nor break. May be set afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pauses")
    starts_on = models.DateField(_("first day"))
    # Open where nobody knows yet how long it takes.
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=8, choices=PauseReason, default=PauseReason.OTHER)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="pause_ends_after_start",
                violation_error_message=_("A pause cannot end before it starts."),
            ),
            CheckConstraint(
                condition=Q(reason__in=PauseReason.values),
                name="pause_reason_known",
                violation_error_message=_("Choose a reason from the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} from {self.starts_on} to {self.ends_on}"


class PracticeDay(models.Model):
    """What all sessions of one practice day add up to: a copy, made in the transaction that changes a session.

    Nothing here is known that the sessions do not tell; `rebuild_days` makes all of it anew.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_days")
    day = models.DateField()
    seconds = models.PositiveIntegerField(default=0)
    sessions = models.PositiveSmallIntegerField(default=0)
    counting = models.PositiveSmallIntegerField(default=0)
    # The zones of the sessions that count, in alphabetical order.
    zones: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    # The slugs of the stretches of which anything was done, in alphabetical order.
    stretches: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [UniqueConstraint("owner", "day", name="practice_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.seconds} s"


class Upload(models.Model):
    """A file between preview and confirmation: the last one of each person, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="upload")
    created_at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"upload of {self.created_at}"
