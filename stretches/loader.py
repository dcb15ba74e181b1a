"""Brings the database to what the content files say, and reports what that took.

The only writer of the catalogue's tables. Reading and checking files is done
before, in `stretches.content`; ready-made routines are loaded by `routines.loader`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from stretches.content import Catalogue, Entry, fingerprint
from stretches.content import Stretch as StretchRecord
from stretches.models import (
    Benefit,
    CatalogueState,
    Caution,
    Condition,
    Correction,
    GuideEntry,
    RedFlag,
    Retiring,
    Source,
    Stretch,
    VariantGroup,
)


@dataclass
class Report:
    """What one load did: names of rows by table, and how many were right already."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.updated or self.retired or self.returned or self.removed)

    def lines(self) -> list[str]:
        """Return the report for people: a line for each thing that happened, then the totals."""
        verbs = ("updated", "retired", "returned", "removed")
        found = [f"{verb}: {name}" for verb in verbs for name in getattr(self, verb)]
        totals = ", ".join(f"{len(getattr(self, verb))} {verb}" for verb in ("created", *verbs))
        return [*found, f"{totals}, {self.unchanged.total()} unchanged"]


def load(catalogue: Catalogue, *, now: datetime) -> Report:
    """Write what differs between the catalogue and the database, in one transaction.

    Rows whose key is gone are retired at `now`; rows whose key is back are offered
    again. A second run with the same catalogue writes nothing.

    Args:
        catalogue: checked content, from `stretches.content.read`.
        now: the moment of loading, aware.

    Returns:
        A report that names every row written.

    """
    with transaction.atomic():
        # One loader at a time: two would both find a row missing and both insert it.
        state, _ = CatalogueState.objects.select_for_update().get_or_create(
            pk=CatalogueState.ONLY, defaults={"version": "", "loaded_at": now}
        )
        report = Report()
        _load_lists(catalogue, report, now)
        _load_stretches(catalogue, report, now)
        _load_cautions(catalogue, report)
        _load_links(catalogue, report)
        if report.changed or not state.version.startswith(catalogue.version):
            # The moment is part of it, so that repaired rows also make pages read anew.
            state.version = f"{catalogue.version}-{now.timestamp():.6f}"
            state.loaded_at = now
            state.save(update_fields=["version", "loaded_at"])
    return report


def _sync(
    model: type[Retiring],
    key: str,
    wanted: Mapping[Any, dict[str, Any]],
    existing: Iterable[Retiring],
    report: Report,
    now: datetime,
) -> None:
    """Make the rows of one table say what is wanted, keyed by the field `key` (or a pair)."""
    names = key.split()
    table = model._meta.verbose_name

    def key_of(row: object) -> Any:
        values = tuple(getattr(row, name) for name in names)
        return values if len(values) > 1 else values[0]

    rows = {key_of(row): row for row in existing}
    new: list[Retiring] = []
    for place, (identity, content) in enumerate(wanted.items(), 1):
        fields = {"order": place, **content, "retired_at": None}
        fields["version"] = fingerprint({**fields, "key": identity})
        label = f"{table} {'/'.join(identity) if isinstance(identity, tuple) else identity}"
        row = rows.pop(identity, None)
        if row is None:
            own = dict(zip(names, identity if isinstance(identity, tuple) else (identity,), strict=True))
            new.append(model(**own, **fields))
            report.created.append(label)
            continue
        different = [name for name, value in fields.items() if getattr(row, name) != value]
        if not different:
            report.unchanged[str(table)] += 1
            continue
        (report.returned if "retired_at" in different else report.updated).append(label)
        for name in different:
            setattr(row, name, fields[name])
        row.save(update_fields=different)
    model._default_manager.bulk_create(new)
    for row in rows.values():
        if row.retired_at is None:
            row.retired_at = now
            row.save(update_fields=["retired_at"])
            report.retired.append(f"{table} {row}")


def _plain(record: Any, *, without: Iterable[str]) -> dict[str, Any]:
    """Return a record's fields as JSON knows them: tuples become lists."""
    return {name: _listed(value) for name, value in asdict(record).items() if name not in set(without)}


def _listed(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_listed(item) for item in value]
    if isinstance(value, dict):
        return {name: _listed(item) for name, item in value.items()}
    return value


def _load_lists(catalogue: Catalogue, report: Report, now: datetime) -> None:
    by_key: tuple[tuple[type[Retiring], str, Iterable[Any]], ...] = (
        (Source, "key", catalogue.sources),
        (Condition, "tag", catalogue.conditions),
        (Benefit, "key", catalogue.benefits),
        (Correction, "key", catalogue.corrections),
        (RedFlag, "key", catalogue.red_flags),
    )
    for model, key, records in by_key:
        wanted = {getattr(record, key): _plain(record, without=[key]) for record in records}
        _sync(model, key, wanted, model._default_manager.all(), report, now)
    groups = {group.slug: _plain(group, without=["slug", "members"]) for group in catalogue.groups}
    _sync(VariantGroup, "slug", groups, VariantGroup.objects.all(), report, now)
    entries: dict[Any, dict[str, Any]] = {}
    places: Counter[str] = Counter()
    for entry in catalogue.entries:
        places[entry.kind] += 1
        entries[entry.kind, entry.key] = {"order": places[entry.kind], "data": _entry_data(entry)}
    _sync(GuideEntry, "kind key", entries, GuideEntry.objects.all(), report, now)


def _entry_data(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = _listed(entry.as_json())
    return data


# Fields of the record that are rows or links of their own.
_LINKED = ("slug", "group", "benefits", "corrections", "easier", "harder", "cautions")


def _load_stretches(catalogue: Catalogue, report: Report, now: datetime) -> None:
    groups = dict(VariantGroup.objects.values_list("slug", "pk"))
    places = {member: place for group in catalogue.groups for place, member in enumerate(group.members)}
    wanted = {
        stretch.slug: {
            **_plain(stretch, without=_LINKED),
            "forms": [_form(form) for form in _listed(asdict(stretch)["forms"])],
            "variant_group_id": groups[stretch.group] if stretch.group else None,
            "variant_order": places.get(stretch.slug, 0),
        }
        for stretch in catalogue.stretches
    }
    _sync(Stretch, "slug", wanted, Stretch.objects.filter(owner=None), report, now)


def _form(form: dict[str, Any]) -> dict[str, Any]:
    """Return a form without the parts that do not differ from the stretch."""
    return {name: value for name, value in form.items() if value is not None}


def _load_cautions(catalogue: Catalogue, report: Report) -> None:
    """Cautions are part of their stretch: those that are gone from its file are removed."""
    stretches = dict(Stretch.objects.filter(owner=None).values_list("slug", "pk"))
    conditions = dict(Condition.objects.values_list("tag", "pk"))
    rows = {
        (caution.stretch_id, caution.condition_id): caution
        for caution in Caution.objects.filter(stretch__owner=None, stretch__retired_at=None)
    }
    new: list[Caution] = []
    for stretch in catalogue.stretches:
        for record in stretch.cautions:
            key = stretches[stretch.slug], conditions[record.condition]
            fields = {
                "action": record.action,
                "text": record.text,
                "substitute_id": stretches[record.substitute] if record.substitute else None,
            }
            label = f"caution {stretch.slug}/{record.condition}"
            row = rows.pop(key, None)
            if row is None:
                new.append(Caution(stretch_id=key[0], condition_id=key[1], **fields))
                report.created.append(label)
                continue
            different = [name for name, value in fields.items() if getattr(row, name) != value]
            if not different:
                report.unchanged["caution"] += 1
                continue
            for name in different:
                setattr(row, name, fields[name])
            row.save(update_fields=different)
            report.updated.append(label)
    Caution.objects.bulk_create(new)
    slugs, tags = ({pk: name for name, pk in keys.items()} for keys in (stretches, conditions))
    report.removed += [f"caution {slugs[stretch]}/{tags[condition]}" for stretch, condition in rows]
    if rows:
        Caution.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()


def _load_links(catalogue: Catalogue, report: Report) -> None:
    stretches = dict(Stretch.objects.filter(owner=None).values_list("slug", "pk"))
    benefits = dict(Benefit.objects.values_list("key", "pk"))
    corrections = dict(Correction.objects.values_list("key", "pk"))
    links: tuple[tuple[str, type[models.Model], str, Mapping[str, int]], ...] = (
        ("benefits", Stretch.benefits.through, "benefit_id", benefits),
        ("corrections", Stretch.corrections.through, "correction_id", corrections),
        ("harder", Stretch.harder.through, "to_stretch_id", stretches),
    )
    for name, through, target, keys in links:
        source = "from_stretch_id" if name == "harder" else "stretch_id"
        wanted = {
            (stretches[stretch.slug], keys[key]) for stretch in catalogue.stretches for key in _named(stretch, name)
        }
        # Links of retired stretches stay as they were: they say what the stretch was.
        offered = [stretches[stretch.slug] for stretch in catalogue.stretches]
        rows = through._default_manager.filter(**{f"{source}__in": offered})
        existing = set(rows.values_list(source, target))
        report.unchanged[name] += len(existing & wanted)
        through._default_manager.bulk_create(
            through(**{source: one, target: other}) for one, other in sorted(wanted - existing)
        )
        report.created += [f"{name} link" for _ in wanted - existing]
        for one, other in existing - wanted:
            rows.filter(**{source: one, target: other}).delete()
            report.removed.append(f"{name} link")


def _named(stretch: StretchRecord, name: str) -> tuple[str, ...]:
    keys: tuple[str, ...] = getattr(stretch, name)
    return keys
