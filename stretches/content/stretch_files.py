"""The files of one stretch or one routine each.

Turns a file into a record and checks each field against the words of the
vocabulary. Links between files are checked in `stretches.content.checks`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from stretches.content.fields import Table
from stretches.content.records import Caution, Dose, DoseRange, Form, Pose, Routine, RoutineStep, Stretch

MODES: Final = ("hold", "reps", "breaths", "time")

# Beyond these a number is a slip of the pen, whatever the stretch.
LIMITS: Final = {"seconds": (1, 1800), "repetitions": (1, 100), "sets": (1, 20), "rest_s": (0, 300)}
SWITCH_S: Final = 5

type Words = Mapping[str, Collection[str]]


def read_dose(table: Table | None, owner: Table, name: str) -> Dose:
    """Return the dose of a table; a missing table is a mistake of `owner`."""
    if table is None:
        if name not in owner:
            owner.note(name, "missing")
        return Dose("hold", 1, 1, 1, 0, SWITCH_S, alternate=False)
    mode = table.choice("mode", MODES)
    counted = mode in {"reps", "breaths"}
    dose = Dose(
        mode=mode,
        seconds=table.whole("seconds", *LIMITS["seconds"]),
        repetitions=table.whole("repetitions", *LIMITS["repetitions"], None if counted else 1),
        sets=table.whole("sets", *LIMITS["sets"]),
        rest_s=table.whole("rest_s", *LIMITS["rest_s"]),
        switch_s=table.whole("switch_s", 0, 60, SWITCH_S),
        alternate=table.flag("alternate", default=False),
    )
    if not counted and dose.repetitions != 1:
        table.note("repetitions", "only for reps and breaths")
    if dose.alternate and mode != "reps":
        table.note("alternate", "only for reps")
    table.done()
    return dose


def _read_range(file: Table, mode: str) -> DoseRange:
    table = file.table("dose_range")
    if table is None:
        if "dose_range" not in file:
            file.note("dose_range", "missing")
        return DoseRange((0, 0), (0, 0), (0, 0), (0, 0))
    counted = mode in {"reps", "breaths"}
    found = DoseRange(
        seconds=table.span("seconds"),
        repetitions=table.span("repetitions", None if counted else (1, 1)),
        sets=table.span("sets"),
        rest_s=table.span("rest_s"),
    )
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(found, name)[0] <= getattr(found, name)[1] <= high:
            table.note(name, f"must stay from {low} to {high}")
    table.done()
    return found


def _read_forms(file: Table, words: Words) -> tuple[Form, ...]:
    forms: list[Form] = []
    for table in file.tables("forms"):
        form = Form(
            key=table.slug("key"),
            label=table.text("label", longest=60),
            level=table.whole("level", 1, 3) if "level" in table else None,
            position=table.choice("position", words["position"]) if "position" in table else None,
        )
        if form.key in {other.key for other in forms}:
            table.note("key", f"“{form.key}” is there twice")
        table.done()
        forms.append(form)
    return tuple(forms)


def _read_cautions(file: Table, conditions: Collection[str]) -> tuple[Caution, ...]:
    cautions = []
    for tag, table in file.entries("cautions"):
        if tag not in conditions:
            file.note(f"cautions.{tag}", "unknown condition")
        caution = Caution(
            condition=tag,
            action=table.choice("action", ("avoid", "modify")),
            text=table.text("text"),
            substitute=table.text("substitute") if "substitute" in table else None,
        )
        if caution.action == "avoid" and caution.substitute is None:
            table.note("substitute", "missing: what is left out needs a stand-in")
        table.done()
        cautions.append(caution)
    return tuple(cautions)


def _read_pose(file: Table) -> Pose:
    table = file.table("pose")
    if table is None:
        if "pose" not in file:
            file.note("pose", "missing")
        return Pose("", "", "", "", "")
    pose = Pose(*(table.text(name) for name in ("view", "props", "start", "end", "notes")))
    table.done()
    return pose


def read_stretch(file: Table, slug: str, words: Words) -> Stretch:
    """Return the stretch of one file.

    Args:
        file: the whole file as a table.
        slug: the file's name without its ending.
        words: the allowed values by vocabulary, with "condition" among them.

    """
    variant = file.table("variant")
    dose = read_dose(file.table("dose"), file, "dose")
    stretch = Stretch(
        slug=slug,
        order=file.whole("order", 1, 10_000),
        name=file.text("name", longest=80),
        article_name=file.text("article_name", longest=80),
        aliases=file.texts("aliases"),
        summary=file.text("summary", longest=160),
        origin=file.choice("origin", ("listed", "mentioned")),
        article_section=file.text("article_section", longest=120),
        also_mentioned=file.texts("also_mentioned"),
        reviewed_on=file.day("reviewed_on"),
        group=variant.slug("group") if variant else None,
        variant=variant.text("label", longest=60) if variant else "",
        section=file.choice("section", words["section"]),
        areas=file.texts("areas", words["area"], empty=False),
        primary_muscles=file.texts("primary_muscles", empty=False),
        secondary_muscles=file.texts("secondary_muscles"),
        position=file.choice("position", words["position"]),
        alt_positions=file.texts("alt_positions", words["position"]),
        places=file.texts("places", words["place"]),
        type=file.choice("type", words["type"]),
        phases=file.texts("phases", words["phase"], empty=False),
        sides=file.choice("sides", words["sides"]),
        level=file.whole("level", 1, 3),
        equipment=file.texts("equipment", words["equipment"]),
        helpful=file.texts("helpful", words["equipment"]),
        steps=file.texts("steps", empty=False),
        steps_origin=file.choice("steps_origin", ("article", "editor")),
        feel=file.text("feel"),
        article_steps=file.texts("article_steps"),
        article_dose=file.text("article_dose"),
        dose_note=file.text("dose_note"),
        sources=file.texts("sources", empty=False),
        benefits=file.texts("benefits", empty=False),
        corrections=file.texts("corrections"),
        easier=file.texts("easier"),
        harder=file.texts("harder"),
        dose=dose,
        dose_range=_read_range(file, dose.mode),
        forms=_read_forms(file, words),
        cautions=_read_cautions(file, words["condition"]),
        pose=_read_pose(file),
    )
    if variant:
        variant.done()
    file.done()
    return stretch


def read_routine(file: Table, slug: str, words: Words) -> Routine:
    """Return the ready-made routine of one file; arguments as for `read_stretch`."""
    steps = []
    for table in file.tables("steps", required=True):
        steps.append(
            RoutineStep(
                stretch=table.slug("stretch"),
                phase=table.choice("phase", words["phase"]),
                position=table.choice("position", words["position"]),
                form=table.slug("form") if "form" in table else "",
                dose=read_dose(table.table("dose"), table, "dose"),
                note=table.text("note", "", longest=300),
            )
        )
        table.done()
    routine = Routine(
        slug=slug,
        order=file.whole("order", 1, 10_000),
        name=file.text("name", longest=80),
        purpose=file.text("purpose", longest=300),
        when=file.text("when", longest=200),
        context=file.choice("context", words["context"]),
        level=file.whole("level", 1, 3),
        equipment=file.texts("equipment", words["equipment"]),
        total_s=file.whole("total_s", 1, 7200),
        steps=tuple(steps),
    )
    file.done()
    return routine
