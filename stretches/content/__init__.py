"""The content files, read and checked: `read(path)` gives a `Catalogue` or says all that is wrong.

Pure: no Django, no database, no clock. The files lie in `stretches/catalogue/`:
one for each stretch and routine, named by its slug, and one for each list. Their
keys are the fields of the records in `stretches.content.records`; which values
are allowed stands in `vocabulary.toml`. Writing rows is the business of
`stretches.loader` and `routines.loader`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from stretches.content import lists
from stretches.content.checks import check_all
from stretches.content.fields import SLUG, Problem, Problems, Table
from stretches.content.records import (
    Benefit,
    Catalogue,
    Caution,
    Condition,
    Correction,
    Dose,
    DoseRange,
    Entry,
    Form,
    Pose,
    RedFlag,
    Routine,
    RoutineStep,
    Source,
    Stretch,
    VariantGroup,
    fingerprint,
)
from stretches.content.stretch_files import read_routine, read_stretch

__all__ = [
    "CATALOGUE",
    "Benefit",
    "Catalogue",
    "Caution",
    "Condition",
    "ContentError",
    "Correction",
    "Dose",
    "DoseRange",
    "Entry",
    "Form",
    "Pose",
    "Problem",
    "RedFlag",
    "Routine",
    "RoutineStep",
    "Source",
    "Stretch",
    "VariantGroup",
    "fingerprint",
    "read",
]

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"

LIST_FILES = (
    "article.toml",
    "benefits.toml",
    "conditions.toml",
    "corrections.toml",
    "red_flags.toml",
    "rules.toml",
    "search.toml",
    "sources.toml",
    "variant_groups.toml",
    "vocabulary.toml",
)
FOLDERS = ("routines", "stretches")
# The drawings' poses lie beside the words; `stretches.figures.poses` reads and checks them.
ELSEWHERE = ("figures",)


class ContentError(Exception):
    """The files do not make a catalogue; `errors` has every reason, by file and field."""

    def __init__(self, errors: Iterable[Problem]) -> None:
        self.errors: tuple[Problem, ...] = tuple(sorted(errors))
        super().__init__("\n".join(str(error) for error in self.errors))


def read(path: Path = CATALOGUE) -> Catalogue:
    """Read and check all content files below `path`.

    Raises:
        ContentError: something is wrong; it lists all that was found. Where single
            files cannot be trusted, links between them are not looked at, so that
            one slip does not bring a hundred complaints.

    """
    problems = Problems()
    files = _open_all(path, problems)
    if problems.found:
        raise ContentError(problems.found)
    catalogue = _read_all(files, problems)
    if not problems.found:
        check_all(catalogue, problems)
    if problems.found:
        raise ContentError(problems.found)
    return catalogue


def _open_all(path: Path, problems: Problems) -> dict[str, Table]:
    """Return every file as a table by its name; note what is missing, strange or no TOML."""
    files: dict[str, Table] = {}
    if not path.is_dir():
        problems.note(str(path), "", "there is no such folder")
        return files
    for found in sorted(path.iterdir()):
        if found.name not in {*LIST_FILES, *FOLDERS, *ELSEWHERE} and not found.name.startswith("."):
            problems.note(found.name, "", "unknown file")
    names = [path / name for name in LIST_FILES]
    for folder in FOLDERS:
        names += sorted((path / folder).glob("[!.]*")) if (path / folder).is_dir() else []
    for file in names:
        name = file.relative_to(path).as_posix()
        if file.suffix != ".toml" or not SLUG.fullmatch(file.stem.replace("_", "-")):
            problems.note(name, "", "unknown file: a slug and .toml is expected")
            continue
        try:
            files[name] = Table(tomllib.loads(file.read_text(encoding="utf-8")), name, problems)
        except FileNotFoundError:
            problems.note(name, "", "missing")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.note(name, "", f"cannot be read: {error}")
    return files


def _read_all(files: dict[str, Table], problems: Problems) -> Catalogue:
    entries = lists.read_entries(files)
    for name in ("article.toml", "rules.toml"):
        files[name].done()
    labels = lists.read_labels(files["vocabulary.toml"])
    conditions = lists.read_conditions(files["conditions.toml"])
    words: dict[str, set[str]] = {name: set() for name in lists.VOCABULARIES}
    for label in labels:
        data = dict(label.data)
        words.setdefault(data["vocabulary"], set()).add(data["value"])
    words["condition"] = {condition.tag for condition in conditions}
    stretches = [read_stretch(table, slug, words) for slug, table in _folder(files, "stretches", problems)]
    routines = [read_routine(table, slug, words) for slug, table in _folder(files, "routines", problems)]
    return Catalogue(
        stretches=tuple(sorted(stretches, key=lambda stretch: stretch.order)),
        routines=tuple(sorted(routines, key=lambda routine: routine.order)),
        conditions=tuple(conditions),
        benefits=tuple(lists.read_benefits(files["benefits.toml"])),
        corrections=tuple(lists.read_corrections(files["corrections.toml"])),
        red_flags=tuple(lists.read_red_flags(files["red_flags.toml"])),
        sources=tuple(lists.read_sources(files["sources.toml"])),
        groups=tuple(lists.read_groups(files["variant_groups.toml"])),
        entries=(*entries, *labels, *lists.read_search_words(files["search.toml"])),
    )


def _folder(files: dict[str, Table], folder: str, problems: Problems) -> list[tuple[str, Table]]:
    found = [
        (name.removeprefix(f"{folder}/").removesuffix(".toml"), table)
        for name, table in files.items()
        if name.startswith(f"{folder}/")
    ]
    if not found:
        problems.note(folder, "", "there is no file in this folder")
    return found
