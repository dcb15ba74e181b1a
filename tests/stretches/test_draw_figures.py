"""`manage.py draw_figures`: everything that is missing, nothing twice, nothing left over, the same bytes."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from stretches import drawing
from stretches.content import Catalogue
from stretches.drawn import PARTS, PEOPLE, STYLES, body_file, index
from stretches.figures.bodymap import SIDES

KEYS = ("cat-cow", "knee-to-chest")


@dataclass(frozen=True)
class Made:
    """What was drawn once for all tests here."""

    poses: Path
    folder: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Made:
    """Two figures; so few are drawn without further processes."""
    poses, folder = tmp_path_factory.mktemp("poses"), tmp_path_factory.mktemp("figures")
    for key in KEYS:
        shutil.copy(drawing.POSES / f"{key}.toml", poses)
    assert drawing.draw(folder, catalogue.stretches, poses=poses) == drawing.Report(2, 0, 0)
    return Made(poses, folder)


@pytest.fixture
def poses(made: Made, tmp_path: Path) -> Path:
    """The two pose files, to spoil."""
    return Path(shutil.copytree(made.poses, tmp_path / "poses"))


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """What was drawn from them, to spoil."""
    return Path(shutil.copytree(made.folder, tmp_path / "figures"))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_bytes_twice(made: Made, tmp_path: Path, catalogue: Catalogue):
    drawing.draw(tmp_path, catalogue.stretches, poses=made.poses)
    assert content(tmp_path) == content(made.folder)
    pictures = {f"{key}.{who}.{part}.svg" for key in KEYS for who in PEOPLE for part in PARTS}
    previews = {f"{key}.share.png" for key in KEYS}
    bodies = {body_file(who, side) for who in PEOPLE for side in SIDES}
    assert {name for name in content(tmp_path) if not name.startswith(".")} == {*pictures, *previews, *bodies, STYLES}


STOPWATCH = """
import time
from stretches.drawing import POSES, _draw_one
began = time.process_time()
for key in ("cat-cow", "knee-to-chest"):
    _draw_one((key, "woman", "Title", POSES))
print(time.process_time() - began)
"""


def test_all_of_them_take_less_than_twenty_seconds():
    # Processor time, for all on two cores: the wall clock tells what else the machine does. In a process
    # of its own, where no coverage is counted.
    found = subprocess.run(
        [sys.executable, "-c", STOPWATCH], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    assert float(found.stdout) / len(KEYS) * len(list(drawing.POSES.glob("*.toml"))) / 2 < 20


def test_only_what_changed_is_drawn(folder: Path, poses: Path, catalogue: Catalogue):
    before = {name: (folder / name).stat().st_mtime_ns for name in content(folder)}
    assert drawing.outdated(folder, catalogue.stretches, poses=poses) == []
    assert drawing.draw(folder, catalogue.stretches, poses=poses) == drawing.Report(0, 2, 0)
    assert {name: (folder / name).stat().st_mtime_ns for name in content(folder)} == before

    (poses / "cat-cow.toml").write_text((poses / "cat-cow.toml").read_text() + "\n# looked at again\n")
    assert drawing.draw(folder, catalogue.stretches, poses=poses) == drawing.Report(1, 1, 0)
    (folder / "knee-to-chest.man.end.svg").unlink()
    assert drawing.outdated(folder, catalogue.stretches, poses=poses) == ["knee-to-chest"]


def test_what_belongs_to_nothing_goes(folder: Path, poses: Path, catalogue: Catalogue):
    (poses / "cat-cow.toml").unlink()
    (folder / "old.woman.end.svg").write_text("<svg/>")
    assert drawing.outdated(folder, catalogue.stretches, poses=poses) == ["cat-cow"]
    report = drawing.draw(folder, catalogue.stretches, poses=poses)
    assert (report.drawn, report.kept) == (0, 1)
    assert set(index(folder)) == {"knee-to-chest"}
    assert not list(folder.glob("cat-cow.*"))
    assert not (folder / "old.woman.end.svg").exists()


def test_a_torn_index_is_no_index(folder: Path, poses: Path, catalogue: Catalogue):
    (folder / ".index.json").write_text('[{"key": "cat')
    assert drawing.outdated(folder, catalogue.stretches, poses=poses) == list(KEYS)


def test_checking_draws_nothing(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, poses: Path):
    settings.FIGURES_DIR = tmp_path / "figures"
    monkeypatch.setattr(drawing, "POSES", poses)
    with pytest.raises(
        CommandError, match=r"Out of date: bodymap, cat-cow, inlined, knee-to-chest\. Run manage\.py draw_figures"
    ):
        call_command("draw_figures", check=True)
    assert not settings.FIGURES_DIR.exists()


def test_it_speaks_only_when_there_was_something_to_do(
    folder: Path, settings, monkeypatch: pytest.MonkeyPatch, poses: Path
):
    settings.FIGURES_DIR = folder
    monkeypatch.setattr(drawing, "POSES", poses)
    nothing, something = StringIO(), StringIO()
    call_command("draw_figures", check=True)
    call_command("draw_figures", stdout=nothing)
    assert nothing.getvalue() == ""
    (folder / "cat-cow.share.png").unlink()
    call_command("draw_figures", stdout=something)
    assert something.getvalue() == "Drawing the figures\n1 drawn, 1 kept, 0 stray files removed\n"


def test_a_mistake_in_a_pose_is_named(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, poses: Path):
    settings.FIGURES_DIR = tmp_path / "figures"
    monkeypatch.setattr(drawing, "POSES", poses)
    (poses / "cat-cow.toml").write_text('stretch = "cat-cow"\nnonsense = 1\n')
    with pytest.raises(CommandError, match=r"cat-cow\.toml"):
        call_command("draw_figures")
