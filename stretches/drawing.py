"""Draws all figures into a folder: only what changed, the same bytes each time, on all cores.

The one place that knows both the drawing engine (`stretches.figures`) and the names of the
files; `stretches.gallery` reads what this leaves behind. Pure: no Django, so that the
processes that draw start quickly. No shapes and no poses here.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from stretches.content import Stretch
from stretches.drawn import AREAS, INDEX, PARTS, PEOPLE, STYLES, Entry, body_file, index
from stretches.figures.bodymap import SIDES, areas_json, body_svg
from stretches.figures.picture import pictures
from stretches.figures.poses import Figure, load_all
from stretches.inlined import styles_of_inlined
from stretches.share import share_image
from stretches.slim import slim

POSES = Path(__file__).resolve().parent / "catalogue" / "figures"
# Hidden from collectstatic by its name.
LOCK = ".lock"
# Starting processes takes longer than drawing this many figures.
_FEW = 2


# Key, who shows it by default, title, folder of the pose files.
type Job = tuple[str, str, str, Path]


@dataclass(frozen=True)
class Report:
    """How many figures were drawn, were still right, and how many stray files were removed."""

    drawn: int
    kept: int
    removed: int


def draw(
    folder: Path,
    stretches: Sequence[Stretch],
    *,
    poses: Path | None = None,
    begin: Callable[[], None] = lambda: None,
) -> Report:
    """Bring `folder` up to date; two processes that try at once wait for each other.

    Args:
        folder: where the pictures go; made if it is missing. Nothing else may live there.
        stretches: all of the catalogue in its order, by which woman and man take turns.
        poses: the folder of pose files, if not that of the catalogue.
        begin: called before the first picture, when there is anything to draw.

    """
    poses = poses or POSES
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        wanted = _wanted(stretches, poses)
        before = index(folder)
        stale = [entry for entry in wanted if before.get(entry.key) != entry or not _is_there(folder, entry)]
        if stale:
            begin()
        for key, files in _drawn([(entry.key, entry.who, entry.title, poses) for entry in stale]):
            for name, content in files.items():
                _write(folder / f"{key}.{name}", content)
        shared = _shared()
        names = {name for entry in wanted for name in _names(entry)} | shared.keys()
        strays = [path for path in folder.iterdir() if not path.name.startswith(".") and path.name not in names]
        for path in strays:
            path.unlink()
        for name in _changed(folder, shared):
            _write(folder / name, shared[name])
        if stale or strays or before.keys() != {entry.key for entry in wanted} or not (folder / INDEX).exists():
            text = json.dumps([asdict(entry) for entry in wanted], indent=1, ensure_ascii=False)
            _write(folder / INDEX, text.encode())
    return Report(drawn=len(stale), kept=len(wanted) - len(stale), removed=len(strays))


def outdated(folder: Path, stretches: Sequence[Stretch], *, poses: Path | None = None) -> list[str]:
    """Return what `draw` would draw or forget, sorted: keys of figures, and "bodymap" or "inlined" for what all share."""
    wanted = {entry.key: entry for entry in _wanted(stretches, poses or POSES)}
    before = index(folder)
    stale = {key for key, entry in wanted.items() if before.get(key) != entry or not _is_there(folder, entry)}
    shared = {name.strip(".").partition(".")[0] for name in _changed(folder, _shared())}
    return sorted(stale | (before.keys() - wanted.keys()) | shared)


def _shared() -> Mapping[str, bytes]:
    """Return what belongs to no stretch, by file name: colours for pages, and the map of the body."""
    bodies = {body_file(who, side): body_svg(side, who) for who in PEOPLE for side in SIDES}
    texts = {STYLES: styles_of_inlined(), **bodies, AREAS: areas_json(sha256(_code()).hexdigest()[:24])}
    return {name: text.encode() for name, text in texts.items()}


def _changed(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files that are missing or different in `folder`."""
    return [name for name, new in files.items() if not (folder / name).is_file() or (folder / name).read_bytes() != new]


def _wanted(stretches: Sequence[Stretch], poses: Path) -> list[Entry]:
    """Return what there should be, in the catalogue's order and the forms after their stretch."""
    places = {stretch.slug: place for place, stretch in enumerate(stretches)}
    figures = load_all(poses).values() if poses.is_dir() else ()
    code = _code()
    entries = []
    for figure in figures:
        place = places.get(figure.stretch)
        who = PEOPLE[place % len(PEOPLE)] if place is not None else figure.who
        title = _title(stretches[place], figure.form) if place is not None else figure.key
        made_from = sha256(code + title.encode() + (poses / f"{figure.key}.toml").read_bytes()).hexdigest()[:24]
        entries.append(Entry(figure.key, figure.stretch, figure.form or "", who, title, figure.alt, made_from))
    return sorted(entries, key=lambda entry: (places.get(entry.stretch, len(places)), entry.stretch, entry.form))


def _title(stretch: Stretch, form: str) -> str:
    label = next((each.label for each in stretch.forms if each.key == form), "")
    return f"{stretch.name}, {label[:1].lower()}{label[1:]}" if label else stretch.name


@cache
def _code() -> bytes:
    """Return a fingerprint of everything but the poses that a picture follows from."""
    here = Path(__file__).resolve().parent
    digest = sha256()
    for name in ("numpy", "resvg-py"):
        digest.update(f"{name} {version(name)}\n".encode())
    sources = [path for path in (here / "figures").rglob("*") if path.suffix in {".py", ".toml"}]
    for path in sorted([*sources, *(here / f"{name}.py" for name in ("drawing", "share", "slim"))]):
        digest.update(f"{path.relative_to(here)}\n".encode() + path.read_bytes())
    return digest.digest()


def _names(entry: Entry) -> Iterator[str]:
    for who in PEOPLE:
        for part in PARTS:
            yield f"{entry.key}.{who}.{part}.svg"
    if not entry.form:
        yield f"{entry.key}.share.png"


def _is_there(folder: Path, entry: Entry) -> bool:
    return all((folder / name).is_file() for name in _names(entry))


def _drawn(jobs: Sequence[Job]) -> Iterable[tuple[str, Mapping[str, bytes]]]:
    """Draw figures, with more than one core where that pays."""
    cores = min(os.cpu_count() or 1, 4)
    if len(jobs) <= _FEW or cores == 1:
        yield from map(_draw_one, jobs)
        return
    # Not forked: the parent may have threads.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_draw_one, jobs)


def _draw_one(job: Job) -> tuple[str, Mapping[str, bytes]]:
    """Draw every picture of one figure: the files by the end of their names."""
    key, default, title, poses = job
    figure = _figures(poses)[key]
    files = {}
    for who in PEOPLE:
        drawn = pictures(figure, who, title=title)
        for part in ("start", "end", "moving", "thumb"):
            files[f"{who}.{part}.svg"] = getattr(drawn, part).encode()
        files[f"{who}.plain.svg"] = slim(drawn.thumb, who).encode()
        if who == default and not figure.form:
            files["share.png"] = share_image(drawn.end, who)
    return key, files


@cache
def _figures(poses: Path) -> Mapping[str, Figure]:
    return load_all(poses)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
