"""The catalogue's tables: stretches, cautions, benefits, and the guide's entries.

Rows are written by `stretches.loader` from the reviewed files in
`stretches/catalogue/` and by nothing else. A row that disappears from the files
is retired, never deleted, because routines and history point at it. Durations
chosen by a person, and anything else that belongs to one, must not go here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stretches.querysets import (
    CautionQuerySet,
    GuideEntryQuerySet,
    RetiringQuerySet,
    StretchQuerySet,
)


class Retiring(models.Model):
    """What every catalogue row has: a place, a fingerprint and a day of retirement."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.CharField(
        _("version"),
        max_length=16,
        editable=False,
        help_text=_("Fingerprint of the row's content; changes when any word of it changes."),
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_retired(self) -> bool:
        """Whether the catalogue no longer offers this."""
        return self.retired_at is not None


class Source(Retiring):
    """Something that was read before a word of the catalogue was written."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    citation = models.TextField(_("citation"))
    how_read = models.TextField(_("how it was read"))

    objects = RetiringQuerySet["Source"].as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.key


class Condition(Retiring):
    """Something about a body that calls for care: one of the checklist's tags."""

    class Severity(models.TextChoices):
        """What the condition asks for, from strictest to mildest."""

        CLEARANCE = "clearance", _("Ask first")
        AVOID = "avoid", _("Leaves some stretches out")
        ADAPT = "adapt", _("Adapts some stretches")

    tag = models.SlugField(_("tag"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=120)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    rule = models.TextField(_("what to keep in mind"))
    severity = models.CharField(_("severity"), max_length=12, choices=Severity)
    exempt = models.JSONField(
        _("stays open"),
        default=list,
        blank=True,
        help_text=_("Only for “ask first”: slugs of the stretches that need no clearance."),
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = RetiringQuerySet["Condition"].as_manager()

    class Meta:
        ordering = ("order", "tag")
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(severity__in=["clearance", "avoid", "adapt"]),
                name="condition_severity_known",
                violation_error_message=_("Choose how strictly the condition is taken."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Benefit(Retiring):
    """One benefit that stretching is said to have, and what the evidence says."""

    class Evidence(models.TextChoices):
        """How well the benefit is supported, best first."""

        SUPPORTED = "supported", _("Supported")
        ACTIVE_WARM_UP = "supported for active warm-up", _("Supported for moving warm-ups")
        LIKELY = "likely", _("Likely")
        PLAUSIBLE = "plausible", _("Plausible")
        MIXED = "mixed", _("Mixed")
        WEAK = "weak", _("Weak")
        NOT_ALONE = "not supported for stretching alone", _("Not by stretching alone")
        NOT_SUPPORTED = "not supported", _("Not supported")

    key = models.SlugField(_("key"), max_length=8, unique=True)
    title = models.CharField(_("title"), max_length=120)
    evidence = models.CharField(_("evidence"), max_length=40, choices=Evidence)
    text = models.TextField(_("what the evidence says"))
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = RetiringQuerySet["Benefit"].as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")

    def __str__(self) -> str:
        return self.title


class Correction(Retiring):
    """One place where the article was changed, with the reason."""

    class Severity(models.TextChoices):
        """How much harm the uncorrected words could do."""

        HIGH = "high", _("Important")
        MEDIUM = "medium", _("Worth knowing")
        LOW = "low", _("Small")

    key = models.SlugField(_("key"), max_length=8, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    place = models.CharField(_("where in the article"), max_length=200)
    article_says = models.TextField(_("the article says"))
    problem = models.TextField(_("what is wrong with it"))
    evidence = models.TextField(_("evidence"), blank=True)
    article_figure = models.TextField(_("figure as printed"), blank=True)
    app_default = models.TextField(_("what we use"), blank=True)
    editor_note = models.TextField(_("editor's note"))
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = RetiringQuerySet["Correction"].as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.key}: {self.place}"


class RedFlag(Retiring):
    """A sign that means: this is not a matter for stretching."""

    class Urgency(models.TextChoices):
        """How fast to act."""

        NOW = "now", _("Get emergency help now")
        URGENT = "urgent", _("See a doctor within days")
        STOP = "stop", _("Stop this stretch")

    key = models.SlugField(_("key"), max_length=8, unique=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency)
    sign = models.TextField(_("sign"))
    why = models.TextField(_("why"))
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = RetiringQuerySet["RedFlag"].as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("red flag")
        verbose_name_plural = _("red flags")

    def __str__(self) -> str:
        return self.sign


class VariantGroup(Retiring):
    """Two or more stretches that share one everyday name, such as child's pose.

    The members are stretches with `variant_order`; the first is meant when
    only the shared name is given.
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    how = models.TextField(_("how the variants differ"))

    objects = RetiringQuerySet["VariantGroup"].as_manager()

    class Meta:
        ordering = ("order", "slug")
        verbose_name = _("variant group")
        verbose_name_plural = _("variant groups")

    def __str__(self) -> str:
        return self.name


class GuideEntry(Retiring):
    """One numbered statement of the guide; `data` has the keys of its kind.

    - section: heading, carries
    - benefit: section, statement, canonical (a benefit's key)
    - safety: section, scope ("general" or "specific"), statement
    - instruction: part ("warm-up" or "cool-down"), instruction, corrections
    - dose: what, value
    - question: question, answer, editor_note, link (a benefit's or safety statement's key),
      corrections
    - type: name, article, article_dose, article_intensity, note, use ("play" or "read"),
      corrections, stretches
    - rule: title, text, sources
    - evidence: label, meaning (the key is `Benefit.evidence`)
    - label: vocabulary, value, label, hint (the words for areas, positions and so on; the key
      is "vocabulary:value")
    - search: what people type; "stop-words" has words, "phrases" and "synonyms" have a key for
      each word or phrase
    """

    class Kind(models.TextChoices):
        """What sort of statement it is."""

        SECTION = "section", _("Section of the article")
        BENEFIT = "benefit", _("Benefit statement")
        SAFETY = "safety", _("Safety statement")
        INSTRUCTION = "instruction", _("Warm-up or cool-down instruction")
        DOSE = "dose", _("Dose statement")
        QUESTION = "question", _("Question")
        TYPE = "type", _("Type of stretching")
        RULE = "rule", _("Rule")
        EVIDENCE = "evidence", _("Evidence label")
        LABEL = "label", _("Word for a facet")
        SEARCH = "search", _("Words for the search")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    key = models.CharField(_("key"), max_length=60)
    data = models.JSONField(_("data"), default=dict)

    objects = GuideEntryQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "order", "key")
        verbose_name = _("guide entry")
        verbose_name_plural = _("guide entries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="guide_entry_unique_key",
                violation_error_message=_("There is already an entry of that kind with that key."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Stretch(Retiring):
    """One thing to do: how, for how long, where it is felt, and who takes care."""

    class Origin(models.TextChoices):
        """Whether the article lists the stretch or only names it."""

        LISTED = "listed", _("Listed in the article")
        MENTIONED = "mentioned", _("Named in passing")

    class Sides(models.TextChoices):
        """Whether left and right get a window of their own."""

        EACH = "each", _("Left and right separately")
        BOTH = "both", _("Both sides at once")
        NONE = "none", _("Not about sides")

    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("There is already a stretch at that address.")},
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="stretches",
        verbose_name=_("owner"),
        help_text=_("Empty for the catalogue's own."),
    )
    name = models.CharField(_("name"), max_length=80)
    article_name = models.CharField(_("name in the article"), max_length=80, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.LISTED)
    article_section = models.CharField(_("place in the article"), max_length=120, blank=True)
    also_mentioned = models.JSONField(_("also mentioned in"), default=list, blank=True)
    variant_group = models.ForeignKey(
        VariantGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("variant group"),
    )
    variant = models.CharField(_("variant"), max_length=60, blank=True)
    variant_order = models.PositiveSmallIntegerField(_("order among variants"), default=0)
    forms = models.JSONField(
        _("forms"),
        default=list,
        blank=True,
        help_text=_("List of key and label, the first being the usual form."),
    )

    section = models.CharField(_("section"), max_length=24)
    areas = models.JSONField(_("areas"), default=list)
    primary_muscles = models.JSONField(_("main muscles"), default=list)
    secondary_muscles = models.JSONField(_("other muscles"), default=list, blank=True)
    position = models.CharField(_("position"), max_length=16)
    alt_positions = models.JSONField(_("other positions"), default=list, blank=True)
    type = models.CharField(_("type"), max_length=16)
    phases = models.JSONField(_("phases"), default=list)
    sides = models.CharField(_("sides"), max_length=8, choices=Sides)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    equipment = models.JSONField(
        _("equipment"), default=list, blank=True, help_text=_("Needed; empty for nothing at all.")
    )
    helpful = models.JSONField(_("helpful equipment"), default=list, blank=True)
    places = models.JSONField(
        _("places"),
        default=list,
        blank=True,
        help_text=_("Where it can be done whatever the position: no-floor, desk, bed."),
    )

    summary = models.CharField(_("in one line"), max_length=160, blank=True)
    steps = models.JSONField(_("steps"), default=list)
    steps_origin = models.CharField(_("where the steps come from"), max_length=16)
    article_steps = models.JSONField(_("steps in the article"), default=list, blank=True)
    feel = models.TextField(_("where it is felt"))
    article_dose = models.TextField(_("dose in the article"), blank=True)
    dose_note = models.TextField(_("note on the dose"), blank=True)
    dose = models.JSONField(_("dose"))
    dose_range = models.JSONField(_("range of doses"))
    pose = models.JSONField(_("pose in words"), default=dict, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    benefits = models.ManyToManyField(Benefit, related_name="stretches", blank=True, verbose_name=_("benefits"))
    corrections = models.ManyToManyField(
        Correction, related_name="stretches", blank=True, verbose_name=_("corrections")
    )
    harder = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="easier",
        blank=True,
        verbose_name=_("harder relatives"),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)

    objects = StretchQuerySet.as_manager()

    class Meta:
        ordering = ("order", "slug")
        verbose_name = _("stretch")
        verbose_name_plural = _("stretches")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(level__range=(1, 3)),
                name="stretch_level_1_to_3",
                violation_error_message=_("The level is 1 (easy), 2 (moderate) or 3 (advanced)."),
            ),
            models.CheckConstraint(
                condition=Q(sides__in=["each", "both", "none"]),
                name="stretch_sides_known",
                violation_error_message=_("Say whether the sides are done one after the other."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the stretch's own page."""
        return reverse("stretches:detail", args=[self.slug])

    @property
    def is_edited(self) -> bool:
        """Whether the article's words were corrected; needs `corrections` prefetched in lists."""
        return bool(self.corrections.all())

    @property
    def default_form(self) -> dict[str, Any] | None:
        """The form meant when none is named, or None where there is only one way."""
        return self.forms[0] if self.forms else None


class Caution(models.Model):
    """What one condition asks of one stretch.

    Part of its stretch: replaced with it when the stretch's file changes.
    """

    class Action(models.TextChoices):
        """Leave it out, or do it differently."""

        AVOID = "avoid", _("Leave out")
        MODIFY = "modify", _("Adapt")

    stretch = models.ForeignKey(Stretch, models.CASCADE, related_name="cautions", verbose_name=_("stretch"))
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="cautions", verbose_name=_("condition"))
    action = models.CharField(_("action"), max_length=8, choices=Action)
    text = models.TextField(_("what to do"))
    substitute = models.ForeignKey(
        Stretch,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("do this instead"),
    )

    objects = CautionQuerySet.as_manager()

    class Meta:
        ordering = ("stretch", "condition")
        verbose_name = _("caution")
        verbose_name_plural = _("cautions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["stretch", "condition"],
                name="caution_once_per_condition",
                violation_error_message=_("This stretch already has a caution for that condition."),
            ),
            models.CheckConstraint(
                condition=Q(action__in=["avoid", "modify"]),
                name="caution_action_known",
                violation_error_message=_("A caution says either to leave out or to adapt."),
            ),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("stretch")),
                name="caution_substitute_is_another",
                violation_error_message=_("A stretch cannot be its own substitute."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stretch_id}: {self.condition_id} {self.action}"


class CatalogueState(models.Model):
    """One row that says which catalogue is loaded; pages use `version` as a cache key."""

    # The only row there may be: two would be two answers to one question.
    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    version = models.CharField(_("version"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("state of the catalogue")
        verbose_name_plural = _("state of the catalogue")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="catalogue_state_is_one_row",
                violation_error_message=_("There is only one catalogue."),
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @classmethod
    def current_version(cls) -> str:
        """Return the loaded catalogue's version, or "" before the first load. One query."""
        return cls.objects.values_list("version", flat=True).filter(pk=cls.ONLY).first() or ""
