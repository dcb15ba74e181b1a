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
    feeling_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(10)])
    feeling_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(10)])
    note = models.TextField(blank=True, max_length=NOTE_LENGTH)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Session"]] = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            Index("owner", "practice_day", name="session_owner_day"),
            Index("owner", "status", name="session_owner_status"),
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
            CheckConstraint(
                condition=Q(feeling_before=None) | Q(feeling_before__range=(0, 10)),
                name="session_before_0_to_10",
                violation_error_message=_("Rate how your back feels from 0 to 10."),
            ),
            CheckConstraint(
                condition=Q(feeling_after=None) | Q(feeling_after__range=(0, 10)),
                name="session_after_0_to_10",
                violation_error_message=_("Rate how your back feels from 0 to 10."),
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
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            UniqueConstraint("session", "order", name="session_step_order_once"),
            CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="session_step_outcome_known",
                violation_error_message=_("A step is done, partly done or skipped."),
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
