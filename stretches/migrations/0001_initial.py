# First tables of the catalogue.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Benefit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                ("key", models.SlugField(max_length=8, unique=True, verbose_name="key")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("supported", "Supported"),
                            ("supported for active warm-up", "Supported for moving warm-ups"),
                            ("likely", "Likely"),
                            ("plausible", "Plausible"),
                            ("mixed", "Mixed"),
                            ("weak", "Weak"),
                            ("not supported for stretching alone", "Not by stretching alone"),
                            ("not supported", "Not supported"),
                        ],
                        max_length=40,
                        verbose_name="evidence",
                    ),
                ),
                ("text", models.TextField(verbose_name="what the evidence says")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
            ],
            options={
                "verbose_name": "benefit",
                "verbose_name_plural": "benefits",
                "ordering": ("order", "key"),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                ("key", models.SlugField(max_length=8, unique=True, verbose_name="key")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                (
                    "severity",
                    models.CharField(
                        choices=[("high", "Important"), ("medium", "Worth knowing"), ("low", "Small")],
                        max_length=8,
                        verbose_name="severity",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="where in the article")),
                ("article_says", models.TextField(verbose_name="the article says")),
                ("problem", models.TextField(verbose_name="what is wrong with it")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("article_figure", models.TextField(blank=True, verbose_name="figure as printed")),
                ("app_default", models.TextField(blank=True, verbose_name="what we use")),
                ("editor_note", models.TextField(verbose_name="editor's note")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ("order", "key"),
            },
        ),
        migrations.CreateModel(
            name="RedFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                ("key", models.SlugField(max_length=8, unique=True, verbose_name="key")),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("now", "Get emergency help now"),
                            ("urgent", "See a doctor within days"),
                            ("stop", "Stop this stretch"),
                        ],
                        max_length=8,
                        verbose_name="urgency",
                    ),
                ),
                ("sign", models.TextField(verbose_name="sign")),
                ("why", models.TextField(verbose_name="why")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
            ],
            options={
                "verbose_name": "red flag",
                "verbose_name_plural": "red flags",
                "ordering": ("order", "key"),
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="key")),
                ("citation", models.TextField(verbose_name="citation")),
                ("how_read", models.TextField(verbose_name="how it was read")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ("order", "key"),
            },
        ),
        migrations.CreateModel(
            name="VariantGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("how", models.TextField(verbose_name="how the variants differ")),
            ],
            options={
                "verbose_name": "variant group",
                "verbose_name_plural": "variant groups",
                "ordering": ("order", "slug"),
            },
        ),
        migrations.CreateModel(
            name="CatalogueState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=64, verbose_name="version")),
                ("loaded_at", models.DateTimeField(verbose_name="loaded at")),
            ],
            options={
                "verbose_name": "state of the catalogue",
                "verbose_name_plural": "state of the catalogue",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="catalogue_state_is_one_row",
                        violation_error_message="There is only one catalogue.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                ("tag", models.SlugField(max_length=40, unique=True, verbose_name="tag")),
                ("label", models.CharField(max_length=120, verbose_name="label")),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="hint")),
                ("rule", models.TextField(verbose_name="what to keep in mind")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("clearance", "Ask first"),
                            ("avoid", "Leaves some stretches out"),
                            ("adapt", "Adapts some stretches"),
                        ],
                        max_length=12,
                        verbose_name="severity",
                    ),
                ),
                (
                    "exempt",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Only for “ask first”: slugs of the stretches that need no clearance.",
                        verbose_name="stays open",
                    ),
                ),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
            ],
            options={
                "verbose_name": "condition",
                "verbose_name_plural": "conditions",
                "ordering": ("order", "tag"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["clearance", "avoid", "adapt"])),
                        name="condition_severity_known",
                        violation_error_message="Choose how strictly the condition is taken.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuideEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("section", "Section of the article"),
                            ("benefit", "Benefit statement"),
                            ("safety", "Safety statement"),
                            ("instruction", "Warm-up or cool-down instruction"),
                            ("dose", "Dose statement"),
                            ("question", "Question"),
                            ("type", "Type of stretching"),
                            ("rule", "Rule"),
                            ("evidence", "Evidence label"),
                            ("label", "Word for a facet"),
                            ("search", "Words for the search"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="key")),
                ("data", models.JSONField(default=dict, verbose_name="data")),
            ],
            options={
                "verbose_name": "guide entry",
                "verbose_name_plural": "guide entries",
                "ordering": ("kind", "order", "key"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key"),
                        name="guide_entry_unique_key",
                        violation_error_message="There is already an entry of that kind with that key.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stretch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.CharField(
                        editable=False,
                        help_text="Fingerprint of the row's content; changes when any word of it changes.",
                        max_length=16,
                        verbose_name="version",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
                (
                    "slug",
                    models.SlugField(
                        error_messages={"unique": "There is already a stretch at that address."},
                        max_length=60,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("article_name", models.CharField(blank=True, max_length=80, verbose_name="name in the article")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="other names")),
                (
                    "origin",
                    models.CharField(
                        choices=[("listed", "Listed in the article"), ("mentioned", "Named in passing")],
                        default="listed",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                ("article_section", models.CharField(blank=True, max_length=120, verbose_name="place in the article")),
                ("also_mentioned", models.JSONField(blank=True, default=list, verbose_name="also mentioned in")),
                ("variant", models.CharField(blank=True, max_length=60, verbose_name="variant")),
                ("variant_order", models.PositiveSmallIntegerField(default=0, verbose_name="order among variants")),
                (
                    "forms",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="List of key and label, the first being the usual form.",
                        verbose_name="forms",
                    ),
                ),
                ("section", models.CharField(max_length=24, verbose_name="section")),
                ("areas", models.JSONField(default=list, verbose_name="areas")),
                ("primary_muscles", models.JSONField(default=list, verbose_name="main muscles")),
                ("secondary_muscles", models.JSONField(blank=True, default=list, verbose_name="other muscles")),
                ("position", models.CharField(max_length=16, verbose_name="position")),
                ("alt_positions", models.JSONField(blank=True, default=list, verbose_name="other positions")),
                ("type", models.CharField(max_length=16, verbose_name="type")),
                ("phases", models.JSONField(default=list, verbose_name="phases")),
                (
                    "sides",
                    models.CharField(
                        choices=[
                            ("each", "Left and right separately"),
                            ("both", "Both sides at once"),
                            ("none", "Not about sides"),
                        ],
                        max_length=8,
                        verbose_name="sides",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=1, verbose_name="level")),
                (
                    "equipment",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Needed; empty for nothing at all.",
                        verbose_name="equipment",
                    ),
                ),
                ("helpful", models.JSONField(blank=True, default=list, verbose_name="helpful equipment")),
                (
                    "places",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Where it can be done whatever the position: no-floor, desk, bed.",
                        verbose_name="places",
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=160, verbose_name="in one line")),
                ("steps", models.JSONField(default=list, verbose_name="steps")),
                ("steps_origin", models.CharField(max_length=16, verbose_name="where the steps come from")),
                ("article_steps", models.JSONField(blank=True, default=list, verbose_name="steps in the article")),
                ("feel", models.TextField(verbose_name="where it is felt")),
                ("article_dose", models.TextField(blank=True, verbose_name="dose in the article")),
                ("dose_note", models.TextField(blank=True, verbose_name="note on the dose")),
                ("dose", models.JSONField(verbose_name="dose")),
                ("dose_range", models.JSONField(verbose_name="range of doses")),
                ("pose", models.JSONField(blank=True, default=dict, verbose_name="pose in words")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="reviewed on")),
                (
                    "benefits",
                    models.ManyToManyField(
                        blank=True, related_name="stretches", to="stretches.benefit", verbose_name="benefits"
                    ),
                ),
                (
                    "corrections",
                    models.ManyToManyField(
                        blank=True, related_name="stretches", to="stretches.correction", verbose_name="corrections"
                    ),
                ),
                (
                    "harder",
                    models.ManyToManyField(
                        blank=True, related_name="easier", to="stretches.stretch", verbose_name="harder relatives"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the catalogue's own.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stretches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "variant_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="stretches.variantgroup",
                        verbose_name="variant group",
                    ),
                ),
            ],
            options={
                "verbose_name": "stretch",
                "verbose_name_plural": "stretches",
                "ordering": ("order", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Caution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[("avoid", "Leave out"), ("modify", "Adapt")], max_length=8, verbose_name="action"
                    ),
                ),
                ("text", models.TextField(verbose_name="what to do")),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cautions",
                        to="stretches.condition",
                        verbose_name="condition",
                    ),
                ),
                (
                    "stretch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cautions",
                        to="stretches.stretch",
                        verbose_name="stretch",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stretches.stretch",
                        verbose_name="do this instead",
                    ),
                ),
            ],
            options={
                "verbose_name": "caution",
                "verbose_name_plural": "cautions",
                "ordering": ("stretch", "condition"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stretch", "condition"),
                        name="caution_once_per_condition",
                        violation_error_message="This stretch already has a caution for that condition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ["avoid", "modify"])),
                        name="caution_action_known",
                        violation_error_message="A caution says either to leave out or to adapt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("substitute", None),
                            models.Q(("substitute", models.F("stretch")), _negated=True),
                            _connector="OR",
                        ),
                        name="caution_substitute_is_another",
                        violation_error_message="A stretch cannot be its own substitute.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stretch",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__range", (1, 3))),
                name="stretch_level_1_to_3",
                violation_error_message="The level is 1 (easy), 2 (moderate) or 3 (advanced).",
            ),
        ),
        migrations.AddConstraint(
            model_name="stretch",
            constraint=models.CheckConstraint(
                condition=models.Q(("sides__in", ["each", "both", "none"])),
                name="stretch_sides_known",
                violation_error_message="Say whether the sides are done one after the other.",
            ),
        ),
    ]
