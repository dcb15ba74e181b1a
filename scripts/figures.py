"""Contact sheets for people who edit poses: `sheet` shows start and end of each figure, `film` its frames.

    .venv/bin/python scripts/figures.py sheet [KEY[:woman|:man] ...] [--dark] [--width 320] [--out FILE]
    .venv/bin/python scripts/figures.py film KEY ...

Without keys it shows all of them. Faults that a body could not do are printed. Draws from the pose
files as they are now; the app's own pictures are made by `manage.py draw_figures`.
"""

import argparse
import base64
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import resvg_py

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from stretches.figures import paint  # noqa: E402 - the project is not installed
from stretches.figures.builds import BUILDS  # noqa: E402
from stretches.figures.limits import faults  # noqa: E402
from stretches.figures.picture import frame, movement, pictures  # noqa: E402
from stretches.figures.poses import load  # noqa: E402

POSES = ROOT / "stretches" / "catalogue" / "figures"
LABEL = 18


def resolved(svg: str, who: str, *, dark: bool) -> str:
    """The picture with its colours written out, for a renderer without custom properties."""
    colours = paint.properties(who, dark=dark)
    rules = re.sub(r"var\((--fig-[\w-]+)\)", lambda found: colours[found[1]], "".join(paint.RULES.values()))
    return re.sub(r"<style>.*?</style>", f"<style>{rules}</style>", svg, flags=re.DOTALL)


def cells(keys: list[str], *, film: bool) -> Iterator[tuple[str, str, str]]:
    """Label, SVG and person of every picture on the sheet, in its order."""
    for word in keys:
        key, _, who = word.partition(":")
        figure = load(POSES / f"{key}.toml")
        who = who or figure.who
        for fault in faults(figure, BUILDS[who].lengths):
            print(fault)
        if film:
            laid = movement(figure, who)
            for index in range(len(laid.frames)):
                yield f"{key} {index}", frame(laid, index), who
        else:
            found = pictures(figure, who)
            yield f"{key}, start", found.start, who
            yield f"{key}, end", found.end, who


def sheet(pictured: list[tuple[str, str, str]], columns: int, width: int, *, dark: bool) -> bytes:
    """One PNG with all pictures in rows."""
    height = width * 3 // 4 + LABEL
    rows = -(-len(pictured) // columns)
    ground, ink = ("#14191b", "#a9b5b1") if dark else ("#faf6ef", "#566462")
    text = f'<rect width="100%" height="100%" fill="{ground}"/>'
    for n, (label, svg, who) in enumerate(pictured):
        x, y = n % columns * width, n // columns * height
        # As pixels first: an image within an image is not cut at its frame.
        picture = bytes(resvg_py.svg_to_bytes(svg_string=resolved(svg, who, dark=dark), width=width))
        data = base64.b64encode(picture).decode()
        text += (
            f'<image x="{x}" y="{y}" width="{width}" height="{height - LABEL}" href="data:image/png;base64,{data}"/>'
            f'<text x="{x + 8}" y="{y + height - 6}" font-family="Arial, Helvetica, DejaVu Sans, sans-serif" font-size="11" fill="{ink}">'
            f"{escape(_fitting(label, width))}</text>"
        )
    size = f'width="{columns * width}" height="{rows * height}"'
    return bytes(resvg_py.svg_to_bytes(svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{text}</svg>'))


def _fitting(label: str, width: int) -> str:
    """The label as far as it fits under its picture."""
    most = (width - 14) // 6
    return label if len(label) <= most else f"{label[: most - 1]}…"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("sheet", "film"))
    parser.add_argument("keys", nargs="*", metavar="KEY")
    parser.add_argument("--dark", action="store_true", help="as in the dark theme")
    parser.add_argument("--width", type=int, default=320, help="of each picture, in pixels")
    parser.add_argument("--out", type=Path, default=None, help="a PNG file")
    given = parser.parse_args()
    film = given.kind == "film"
    keys = given.keys or sorted(path.stem for path in POSES.glob("*.toml"))
    out = given.out or ROOT / "build" / f"figures-{given.kind}.png"
    out.parent.mkdir(parents=True, exist_ok=True)
    pictured = list(cells(keys, film=film))
    out.write_bytes(sheet(pictured, 7 if film else 6, given.width, dark=given.dark))
    print(f"{len(pictured)} pictures: {out}")


if __name__ == "__main__":
    main()
