"""What must hold between the files: known slugs, safe stand-ins, doses inside their range.

Each check takes the whole catalogue and notes what it finds; none changes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from stretches.content.fields import Problems
from stretches.content.lists import entry_file
from stretches.content.records import Catalogue, Dose, DoseRange, Routine, Stretch

# Rule P16: nothing is held longer than a minute, but for child's pose, and no neck over 30 s.
LONGEST_HOLD_S: Final = 60
LONGER_HOLDS_S: Final = {"childs-pose-reach": 120, "childs-pose-rest": 90}
LONGEST_NECK_HOLD_S: Final = 30

RANGE_FIELDS: Final = ("seconds", "repetitions", "sets", "rest_s")


def check_all(catalogue: Catalogue, problems: Problems) -> None:
    """Note everything that does not fit together."""
    _check_unique(catalogue, problems)
    _check_links(catalogue, problems)
    _check_conditions(catalogue, problems)
    _check_groups(catalogue, problems)
    for stretch in catalogue.stretches:
        _check_dose(stretch, problems)
        _check_forms(stretch, problems)
    _check_relatives(catalogue, problems)
    _check_cautions(catalogue, problems)
    for routine in catalogue.routines:
        _check_routine(routine, catalogue, problems)


def stretch_file(slug: str) -> str:
    """Return the name of a stretch's file as messages give it."""
    return f"stretches/{slug}.toml"


def _twice[T](values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]


def _check_unique(catalogue: Catalogue, problems: Problems) -> None:
    named: tuple[tuple[str, str, list[str] | list[int]], ...] = (
        ("conditions.toml", "tag", [c.tag for c in catalogue.conditions]),
        ("benefits.toml", "key", [b.key for b in catalogue.benefits]),
        ("corrections.toml", "key", [c.key for c in catalogue.corrections]),
        ("red_flags.toml", "key", [r.key for r in catalogue.red_flags]),
        ("sources.toml", "key", [s.key for s in catalogue.sources]),
        ("variant_groups.toml", "slug", [g.slug for g in catalogue.groups]),
        ("stretches", "order", [s.order for s in catalogue.stretches]),
        ("stretches", "name", [s.name for s in catalogue.stretches]),
        ("routines", "order", [r.order for r in catalogue.routines]),
        ("routines", "name", [r.name for r in catalogue.routines]),
    )
    for file, name, values in named:
        for value in _twice(list(values)):
            problems.note(file, name, f"“{value}” is there twice")
    for kind, key in _twice([(entry.kind, entry.key) for entry in catalogue.entries]):
        problems.note(entry_file(kind), f"{kind}.key", f"“{key}” is there twice")


def _keys(catalogue: Catalogue, kind: str) -> set[str]:
    return {entry.key for entry in catalogue.entries if entry.kind == kind}


type Naming = tuple[str, str, Iterable[str], str]


def _named_by_stretches(catalogue: Catalogue) -> Iterator[Naming]:
    for stretch in catalogue.stretches:
        file = stretch_file(stretch.slug)
        yield file, "sources", stretch.sources, "source"
        yield file, "benefits", stretch.benefits, "benefit"
        yield file, "corrections", stretch.corrections, "correction"
        yield file, "easier", stretch.easier, "stretch"
        yield file, "harder", stretch.harder, "stretch"


def _named_by_lists(catalogue: Catalogue) -> Iterator[Naming]:
    for condition in catalogue.conditions:
        yield "conditions.toml", f"{condition.tag}.sources", condition.sources, "source"
        yield "conditions.toml", f"{condition.tag}.exempt", condition.exempt, "stretch"
    for benefit in catalogue.benefits:
        yield "benefits.toml", f"{benefit.key}.sources", benefit.sources, "source"
        yield "benefits.toml", f"{benefit.key}.evidence", [benefit.evidence], "evidence label"
    for correction in catalogue.corrections:
        yield "corrections.toml", f"{correction.key}.sources", correction.sources, "source"
    for flag in catalogue.red_flags:
        yield "red_flags.toml", f"{flag.key}.sources", flag.sources, "source"


# Which fields of a guide entry name something, and what.
_ENTRY_LINKS: Final = {
    "sources": "source",
    "corrections": "correction",
    "stretches": "stretch",
    "section": "section",
    "canonical": "benefit",
    "link": "benefit or safety statement",
}


def _named_by_entries(catalogue: Catalogue) -> Iterator[Naming]:
    for entry in catalogue.entries:
        if entry.kind in {"label", "search"}:
            continue
        for name, value in entry.data:
            if name in _ENTRY_LINKS:
                keys = [value] if isinstance(value, str) else value
                yield entry_file(entry.kind), f"{entry.kind} {entry.key}.{name}", keys, _ENTRY_LINKS[name]


def _check_links(catalogue: Catalogue, problems: Problems) -> None:
    """Every key that is named must exist."""
    benefits = {b.key for b in catalogue.benefits}
    known = {
        "source": {s.key for s in catalogue.sources},
        "benefit": benefits,
        "correction": {c.key for c in catalogue.corrections},
        "stretch": {s.slug for s in catalogue.stretches},
        "evidence label": _keys(catalogue, "evidence"),
        "section": _keys(catalogue, "section"),
        "benefit or safety statement": benefits | _keys(catalogue, "safety"),
    }
    for named in (_named_by_stretches, _named_by_lists, _named_by_entries):
        for file, field, keys, what in named(catalogue):
            for key in keys:
                if key not in known[what]:
                    problems.note(file, field, f"unknown {what} “{key}”")


def _check_conditions(catalogue: Catalogue, problems: Problems) -> None:
    """A condition's severity must say what its cautions do."""
    avoiding = {c.condition for s in catalogue.stretches for c in s.cautions if c.action == "avoid"}
    for condition in catalogue.conditions:
        leaves_out = condition.tag in avoiding
        field = f"{condition.tag}.severity"
        if condition.severity == "adapt" and leaves_out:
            problems.note("conditions.toml", field, "says “adapt”, but a stretch is to be left out")
        if condition.severity == "avoid" and not leaves_out:
            problems.note("conditions.toml", field, "says “avoid”, but no stretch is left out")
        if condition.exempt and condition.severity != "clearance":
            problems.note("conditions.toml", f"{condition.tag}.exempt", "only where severity is “clearance”")


def _check_groups(catalogue: Catalogue, problems: Problems) -> None:
    slugs = {s.slug for s in catalogue.stretches}
    members = {member: group.slug for group in catalogue.groups for member in group.members}
    for group in catalogue.groups:
        if group.slug in slugs:
            problems.note("variant_groups.toml", group.slug, "a stretch has the same slug")
        for member in group.members:
            if member not in slugs:
                problems.note("variant_groups.toml", f"{group.slug}.members", f"unknown stretch “{member}”")
    for stretch in catalogue.stretches:
        if members.get(stretch.slug) != stretch.group:
            file = stretch_file(stretch.slug)
            problems.note(file, "variant.group", "does not agree with variant_groups.toml")


def _outside(dose: Dose, allowed: DoseRange) -> Iterable[tuple[str, str]]:
    for name in RANGE_FIELDS:
        low, high = getattr(allowed, name)
        value = getattr(dose, name)
        # A rest between sets means nothing where there is one set; 0 then is always right.
        if name == "rest_s" and dose.sets == 1 and value == 0:
            continue
        if not low <= value <= high:
            yield name, f"{value} is outside {low} to {high}"


def _check_dose(stretch: Stretch, problems: Problems) -> None:
    file = stretch_file(stretch.slug)
    for name, message in _outside(stretch.dose, stretch.dose_range):
        problems.note(file, f"dose.{name}", message)
    if stretch.dose.alternate and stretch.sides != "each":
        problems.note(file, "dose.alternate", "only where left and right are done separately")
    if stretch.type == "static" and stretch.dose.mode == "hold":
        longest = LONGER_HOLDS_S.get(stretch.slug, LONGEST_HOLD_S)
        if stretch.section == "neck" or stretch.areas[:1] == ("neck",):
            longest = LONGEST_NECK_HOLD_S
        if stretch.dose_range.seconds[1] > longest:
            problems.note(file, "dose_range.seconds", f"a hold of this stretch is {longest} s at most (rule P16)")


def _check_forms(stretch: Stretch, problems: Problems) -> None:
    for form in stretch.forms:
        if form.position and form.position not in {stretch.position, *stretch.alt_positions}:
            problems.note(
                stretch_file(stretch.slug), f"forms.{form.key}.position", "is none of the stretch's positions"
            )


def _check_relatives(catalogue: Catalogue, problems: Problems) -> None:
    """What is harder than another must be named as such in both files."""
    by_slug = {s.slug: s for s in catalogue.stretches}
    for stretch in catalogue.stretches:
        for mine, theirs in (("harder", "easier"), ("easier", "harder")):
            for slug in getattr(stretch, mine):
                other = by_slug.get(slug)
                if slug == stretch.slug:
                    problems.note(stretch_file(slug), mine, "names the stretch itself")
                elif other and stretch.slug not in getattr(other, theirs):
                    problems.note(
                        stretch_file(slug), theirs, f"must name “{stretch.slug}”, whose {mine} names this one"
                    )


def _check_cautions(catalogue: Catalogue, problems: Problems) -> None:
    """A stand-in must exist, be another stretch, and not be left out for the same condition."""
    avoided = {(s.slug, c.condition) for s in catalogue.stretches for c in s.cautions if c.action == "avoid"}
    slugs = {s.slug for s in catalogue.stretches}
    for stretch in catalogue.stretches:
        for caution in stretch.cautions:
            field = f"cautions.{caution.condition}.substitute"
            file = stretch_file(stretch.slug)
            if caution.substitute is None:
                continue
            if caution.substitute not in slugs:
                problems.note(file, field, f"unknown stretch “{caution.substitute}”")
            elif caution.substitute == stretch.slug:
                problems.note(file, field, "is the stretch itself")
            elif (caution.substitute, caution.condition) in avoided:
                problems.note(file, field, f"“{caution.substitute}” is itself left out for that condition")


def _check_routine(routine: Routine, catalogue: Catalogue, problems: Problems) -> None:
    file = f"routines/{routine.slug}.toml"
    by_slug = {s.slug: s for s in catalogue.stretches}
    for number, step in enumerate(routine.steps, 1):
        where = f"steps[{number}]"
        stretch = by_slug.get(step.stretch)
        if stretch is None:
            problems.note(file, f"{where}.stretch", f"unknown stretch “{step.stretch}”")
            continue
        if step.position not in {stretch.position, *stretch.alt_positions}:
            problems.note(file, f"{where}.position", f"{stretch.name} is not done {step.position}")
        if step.phase not in stretch.phases:
            problems.note(file, f"{where}.phase", f"{stretch.name} does not belong to the {step.phase}")
        if step.form and step.form not in {form.key for form in stretch.forms}:
            problems.note(file, f"{where}.form", f"{stretch.name} has no form “{step.form}”")
        if step.dose.mode != stretch.dose.mode:
            problems.note(file, f"{where}.dose.mode", f"{stretch.name} is counted in {stretch.dose.mode}")
        if step.dose.alternate != stretch.dose.alternate:
            problems.note(file, f"{where}.dose.alternate", "must be as in the stretch")
        for name, message in _outside(step.dose, stretch.dose_range):
            problems.note(file, f"{where}.dose.{name}", message)
