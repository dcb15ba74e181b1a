"""Routines and their steps: plans, not practice. What was done lives in the tracking app.

Limits and character rules are enforced here, below the forms; what spans several
rows (60 steps, 200 routines, versions) is in `services.py`.
"""

from typing import Any, ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Index, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from routines import dose as doses
from routines import wording
from routines.dose import LIMITS, LONGEST_STEP_S, MODES, Dose, DoseRange, Sides, work_seconds
from routines.querysets import RoutineQuerySet, StepQuerySet
from routines.text import tidy, validate_line, validate_lines
from stretches.models import Stretch

NAME_LENGTH = 80
PURPOSE_LENGTH = 300
NOTE_LENGTH = 500


class Context(models.TextChoices):
    """When a routine is meant to be done; rules about warming up depend on it."""

    ANY = "any", _("Any time")
    BEFORE = "before-activity", _("Before activity")
    AFTER = "after-activity", _("After activity")
    DESK = "desk", _("At the desk")
    BED = "bed", _("In bed or before sleep")


class Phase(models.TextChoices):
    """The three parts of a routine."""

    WARM_UP = "warm-up", _("Warm-up")
    MAIN = "main", _("Main part")
    COOL_DOWN = "cool-down", _("Cool-down")


class Position(models.TextChoices):
    """How the body is placed."""

    STANDING = "standing", _("Standing")
    SEATED = "seated", _("Sitting")
    QUADRUPED = "quadruped", _("On all fours")
    KNEELING = "kneeling", _("Kneeling")
    PRONE = "prone", _("Lying face down")
    SUPINE = "supine", _("Lying on your back")


class Mode(models.TextChoices):
    """What a dose counts."""

    HOLD = "hold", _("Hold")
    REPS = "reps", _("Repetitions")
    BREATHS = "breaths", _("Breaths")
    TIME = "time", _("Time")


def sides_of(stretch: Stretch) -> Sides:
    """Return a stretch's sides as the pure modules take them; a constraint holds the words."""
    return cast("Sides", stretch.sides)


class Routine(models.Model):
    """A plan: somebody's own, or one of the ready-made ones, which belong to nobody and have a slug."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="routines")
    slug = models.SlugField(max_length=80, null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, validators=[validate_line])
    purpose = models.CharField(_("what it is for"), max_length=PURPOSE_LENGTH, blank=True, validators=[validate_line])
    when = models.CharField(_("when"), max_length=PURPOSE_LENGTH, blank=True, validators=[validate_line])
    context = models.CharField(_("when you do it"), max_length=16, choices=Context, default=Context.ANY)
    # Of a ready-made routine, as reviewed; a person's own shows those of its steps.
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    equipment = models.JSONField(_("equipment"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Counts every change; a form made from an older one is a conflict (see services.py).
    version = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RoutineQuerySet.as_manager()

    class Meta:
        verbose_name = _("routine")
        verbose_name_plural = _("routines")
        indexes = [Index(fields=["owner", "deleted_at"], name="routine_owner_kept")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(owner=None, slug__isnull=False) | Q(owner__isnull=False, slug=None),
                name="routine_owned_or_ready_made",
                violation_error_message=_("A routine is somebody's own or ready-made, not both."),
            ),
            CheckConstraint(
                condition=~Q(name="") & Q(LessThanOrEqual(Length("name"), NAME_LENGTH)),
                name="routine_name_1_to_80",
                violation_error_message=_("A name has 1 to 80 characters."),
            ),
            CheckConstraint(
                condition=Q(LessThanOrEqual(Length("purpose"), PURPOSE_LENGTH))
                & Q(LessThanOrEqual(Length("when"), PURPOSE_LENGTH)),
                name="routine_purpose_up_to_300",
                violation_error_message=_("Please keep this to 300 characters."),
            ),
            CheckConstraint(
                condition=Q(context__in=Context.values),
                name="routine_context_known",
                violation_error_message=_("Choose when you do this routine from the list."),
            ),
            CheckConstraint(
                condition=Q(level__range=(1, 3)),
                name="routine_level_1_to_3",
                violation_error_message=_("The level is 1 (easy), 2 (moderate) or 3 (advanced)."),
            ),
            CheckConstraint(
                condition=Q(version__gte=1),
                name="routine_version_from_1",
                violation_error_message=_("Versions count from 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The routine's own page; a ready-made one has its slug in the address."""
        if self.slug:
            return reverse("routines:ready", args=[self.slug])
        return reverse("routines:detail", args=[self.pk])

    def clean_fields(self, exclude: Any = None) -> None:
        """Put the texts into one form before they are measured."""
        self.name, self.purpose, self.when = tidy(self.name), tidy(self.purpose), tidy(self.when)
        super().clean_fields(exclude)

    @property
    def is_ready_made(self) -> bool:
        """Whether it belongs to the catalogue rather than to a person."""
        return self.slug is not None


class KeptSteps(models.Manager["Step"]):
    """Steps as a routine shows them: removed ones are out of sight."""

    def get_queryset(self) -> StepQuerySet:
        return StepQuerySet(self.model, using=self._db).kept()

    def with_stretch(self, *more: str) -> StepQuerySet:
        """See StepQuerySet.with_stretch."""
        return self.get_queryset().with_stretch(*more)


class Step(models.Model):
    """One stretch in a routine, with its dose. The same stretch may stand in it twice.

    A removed step stays as a row for a while, so that it can be put back where it
    was; `routine.steps` does not show it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    routine = models.ForeignKey(Routine, models.CASCADE, related_name="steps")
    stretch = models.ForeignKey(Stretch, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    phase = models.CharField(_("part of the routine"), max_length=9, choices=Phase, default=Phase.MAIN)
    position = models.CharField(_("position"), max_length=16, choices=Position)
    form = models.CharField(_("form"), max_length=40, blank=True)
    mode = models.CharField(max_length=7, choices=Mode)
    seconds = models.PositiveIntegerField(_("seconds"))
    repetitions = models.PositiveSmallIntegerField(_("repetitions"), default=1)
    sets = models.PositiveSmallIntegerField(_("sets"), default=1)
    rest_s = models.PositiveSmallIntegerField(_("rest between sets, in seconds"), default=0)
    switch_s = models.PositiveSmallIntegerField(default=5)
    alternate = models.BooleanField(default=False)
    note = models.TextField(
        _("note to yourself"),
        max_length=NOTE_LENGTH,
        blank=True,
        validators=[MaxLengthValidator(NOTE_LENGTH), validate_lines],
    )
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = KeptSteps()
    everything = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(mode__in=MODES),
                name="step_mode_known",
                violation_error_message=_("A dose counts holds, repetitions, breaths or time."),
            ),
            CheckConstraint(
                condition=Q(phase__in=Phase.values) & Q(position__in=Position.values),
                name="step_place_known",
                violation_error_message=_("Choose the part of the routine and the position from the list."),
            ),
            CheckConstraint(
                condition=Q(seconds__range=LIMITS["seconds"]) & Q(repetitions__range=LIMITS["repetitions"]),
                name="step_amount_in_bounds",
                violation_error_message=_("One hold lasts up to an hour, with up to 200 repetitions."),
            ),
            CheckConstraint(
                condition=Q(sets__range=LIMITS["sets"])
                & Q(rest_s__range=LIMITS["rest_s"])
                & Q(switch_s__range=LIMITS["switch_s"]),
                name="step_sets_in_bounds",
                violation_error_message=_("Up to 20 sets, with up to 5 minutes of rest between them."),
            ),
            CheckConstraint(
                condition=Q(LessThanOrEqual(Length("note"), NOTE_LENGTH)),
                name="step_note_up_to_500",
                violation_error_message=_("Please keep a note to 500 characters."),
            ),
            CheckConstraint(
                condition=Q(alternate=False) | Q(mode="reps"),
                name="step_turns_only_for_repetitions",
                violation_error_message=_("Only repetitions can take turns between the sides."),
            ),
        ]
        indexes = [Index(fields=["routine", "order"], name="step_routine_order")]

    def __str__(self) -> str:
        return f"{self.order + 1}: {self.stretch}"

    def clean_fields(self, exclude: Any = None) -> None:
        """Put the note into one form before it is measured."""
        self.note = tidy(self.note)
        super().clean_fields(exclude)

    def clean(self) -> None:
        """Hold the step to what its own stretch offers."""
        super().clean()
        errors: dict[str, Any] = dict(wording.dose_problems(self.dose, self.dose_range))
        if self.mode != self.stretch.dose["mode"]:
            errors["mode"] = _("This stretch is counted differently.")
        if self.position not in (self.stretch.position, *self.stretch.alt_positions):
            errors["position"] = _("This stretch is not done in that position.")
        if self.form and self.form not in {form["key"] for form in self.stretch.forms}:
            errors["form"] = _("This stretch has no such form.")
        if not errors and work_seconds(self.dose, sides_of(self.stretch)) > LONGEST_STEP_S:
            errors["sets"] = _("One step can take up to an hour.")
        if errors:
            raise ValidationError(errors)

    @property
    def dose(self) -> Dose:
        """The prescription as the pure modules take it."""
        return Dose(
            cast("doses.Mode", self.mode),
            self.seconds,
            self.repetitions,
            self.sets,
            self.rest_s,
            self.switch_s,
            self.alternate,
        )

    @dose.setter
    def dose(self, dose: Dose) -> None:
        for name, value in dose.as_json().items():
            setattr(self, name, value)

    @property
    def dose_range(self) -> DoseRange:
        """What its stretch offers."""
        return DoseRange.from_json(self.stretch.dose_range)
