"""Colours of the pictures: the palette, the tones a person may choose, and the style sheet of a picture.

Every colour is a custom property `--fig-*`, so a page can give its own. No shapes here.
"""

import re
from collections.abc import Iterable
from typing import Final

# name: (light theme, dark theme)
PALETTE: Final[dict[str, tuple[str, str]]] = {
    "hot": ("#ff7d40", "#ffab66"),
    "hot-skin": ("#ee5a24", "#ff8f4d"),
    "arrow": ("#d9481f", "#ff9d6b"),
    "pebble": ("#e7efe6", "#253230"),
    "leaf": ("#c3d9c6", "#33473f"),
    "pot": ("#e0d6c3", "#3d4542"),
    "floor": ("#d3cdbb", "#40504f"),
    "shade": ("#d6e0d3", "#1d2827"),
    "mat": ("#a8d5c8", "#3c6b64"),
    "mat2": ("#86bfb0", "#2d544f"),
    "prop": ("#d9b98f", "#9a8061"),
    "prop2": ("#bd9a6c", "#78634a"),
    "wall": ("#ece3d5", "#39454a"),
    "wall2": ("#d6c9b5", "#2f3a3f"),
    "soft": ("#f0c987", "#b8935a"),
    "soft2": ("#dcae63", "#96753f"),
    "line": ("#5b2f22", "#5b2f22"),
    "blush": ("#e0654a", "#e0654a"),
}
# skin: lit, in shade, neck and ear, contour
SKINS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("#f3c9ad", "#e3b194", "#eabea1", "#b9775b"),
    ("#e3ab87", "#d19673", "#d9a07b", "#9c5f42"),
    ("#c98d63", "#b47952", "#bf835a", "#7f4c2e"),
    ("#a26a45", "#8e5a39", "#98623e", "#5c3620"),
    ("#71462e", "#603b26", "#68402a", "#3a2015"),
)
# clothes: (top, top in shade, top contour, legs, legs in shade, legs contour) for light, then for dark
CLOTHES: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (
        ("#17595c", "#11484b", "#0a3134", "#3f4d82", "#2d3762", "#1e2749"),
        ("#276d6e", "#1f5a5c", "#123e40", "#4d5a93", "#36406e", "#262f57"),
    ),
    (
        ("#6a2f52", "#582543", "#3d172d", "#4a5058", "#3c4148", "#25282d"),
        ("#85406a", "#703459", "#4c203b", "#5b636d", "#484f58", "#31363d"),
    ),
    (
        ("#31502f", "#284227", "#1a2d1a", "#5b4838", "#4a3a2d", "#2f241b"),
        ("#456a41", "#395837", "#263c25", "#6b5543", "#564434", "#3c2f24"),
    ),
    (
        ("#2a4a7a", "#223d67", "#12243f", "#50525a", "#303238", "#212227"),
        ("#3b5d92", "#314f7c", "#203556", "#63666f", "#42454c", "#2d2f35"),
    ),
)
CLOTH_NAMES: Final = ("top", "top2", "topl", "leg", "leg2", "legl")
SKIN_NAMES: Final = ("skin", "skin2", "skin3", "skinl")
HAIR: Final[dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    # hair, lighter hair (beard); light theme then dark
    "woman": (("#3d2a2f", "#3d2a2f"), ("#6a4c50", "#6a4c50")),
    "man": (("#8b8d90", "#a3a5a7"), ("#a9acae", "#bdbfc1")),
}
DEFAULT_SKIN: Final = {"woman": 2, "man": 3}
DEFAULT_CLOTHES: Final = {"woman": 1, "man": 4}


def _vars(names: Iterable[str], values: Iterable[str]) -> dict[str, str]:
    return {f"--fig-{name}": value for name, value in zip(names, values, strict=True)}


def properties(who: str, *, dark: bool) -> dict[str, str]:
    """All custom properties of one person's default look in one theme, by name."""
    theme = int(dark)
    return {
        **_vars(PALETTE, (pair[theme] for pair in PALETTE.values())),
        **_vars(("hair", "hair2"), HAIR[who][theme]),
        **skin(DEFAULT_SKIN[who]),
        **clothes(DEFAULT_CLOTHES[who], dark=dark),
    }


def clothes(number: int, *, dark: bool) -> dict[str, str]:
    """Custom properties of clothes 1-4."""
    return _vars(CLOTH_NAMES, CLOTHES[number - 1][int(dark)])


def skin(number: int) -> dict[str, str]:
    """Custom properties of skin tone 1-5."""
    return _vars(SKIN_NAMES, SKINS[number - 1])


# A part's class: the rule that paints it. Lines are as wide in steps of the grid, of which four are a pixel.
FILLED: Final = [
    "pebble",
    "leaf",
    "pot",
    "skin",
    "skin2",
    "skin3",
    "hair",
    "hair2",
    "top",
    "top2",
    "leg",
    "leg2",
    "mat",
    "mat2",
    "prop",
    "prop2",
    "wall",
    "wall2",
    "soft",
    "soft2",
    "shade",
    "blush",
]
# Cloth has fainter edges than skin: folds and shadows tell it apart.
STROKED: Final = {"skinl": 0.6, "topl": 0.4, "legl": 0.4}
RULES: Final[dict[str, str]] = {
    **{name: f".{name}{{fill:var(--fig-{name})}}" for name in FILLED},
    **{name: f".{name}{{stroke:var(--fig-{name});opacity:{opacity}}}" for name, opacity in STROKED.items()},
    # A lit muscle: its shape, and a paler rim round it.
    **{
        name: f".{name}{{fill:var(--fig-{name});stroke:var(--fig-{name});stroke-opacity:.4}}"
        for name in ("hot", "hot-skin")
    },
    "blush": ".blush{fill:var(--fig-blush);opacity:.28}",
    "k": ".k{fill:#1c0a14;opacity:.17}",
    "under": ".under{fill:#0c2a26;opacity:.11}",
    "e": ".e{fill:none;stroke-width:4}",
    "arrow": (".arrow{fill:none;stroke:var(--fig-arrow);stroke-width:12.8;stroke-linecap:round;stroke-linejoin:round}"),
    "line": ".line{fill:none;stroke:var(--fig-line);stroke-width:4.8;stroke-linejoin:round}",
    "brow": ".brow{fill:none;stroke:var(--fig-line);stroke-width:4;opacity:.42;stroke-linejoin:round}",
    "fine": ".fine{stroke-width:3.4}",
    "gap": ".gap{fill:none;stroke-width:2.8;opacity:.7}",
    "floor": ".floor{stroke:var(--fig-floor);stroke-width:8;stroke-linecap:round}",
}
TONES: Final = tuple(f"s{s}c{c}" for s in range(1, len(SKINS) + 1) for c in range(1, len(CLOTHES) + 1))


_WIDTH = re.compile(r"stroke-width:([\d.]+)")


def _block(found: dict[str, str], used: frozenset[str]) -> str:
    return "".join(f"{name}:{value};" for name, value in found.items() if name in used)


def rules_of(drawing: str, scale: float = 1.0) -> list[str]:
    """The rules for the classes that a drawing has. `scale` narrows the lines of one on a coarser grid."""
    classes = {name for value in re.findall(r'class="([^"]+)"', drawing) for name in value.split()}
    rules = (rule for name, rule in RULES.items() if name in classes)
    return [_WIDTH.sub(lambda found: f"stroke-width:{float(found[1]) * scale:g}", rule) for rule in rules]


def style(who: str, drawing: str, *, tones: bool = True, scale: float = 1.0) -> str:
    """The style sheet inside a standalone picture: only what this drawing uses.

    With `tones` it answers to the address's fragment: `picture.svg#s3c2` is skin 3 in clothes 2.
    `scale` narrows the lines of a drawing on a coarser grid.
    """
    rules = "".join(rules_of(drawing, scale))
    used = frozenset(re.findall(r"var\((--fig-[\w-]+)\)", rules))
    light, night = properties(who, dark=False), properties(who, dark=True)
    own = f".fig{{{_block(light, used)}}}"
    dark = f".fig{{{_block({n: value for n, value in night.items() if light[n] != value}, used)}}}"
    if tones:
        for number in range(1, len(SKINS) + 1):
            own += f"[id^=s{number}]:target{{{_block(skin(number), used)}}}"
        for number in range(1, len(CLOTHES) + 1):
            own += f"[id$=c{number}]:target{{{_block(clothes(number, dark=False), used)}}}"
            dark += f"[id$=c{number}]:target{{{_block(clothes(number, dark=True), used)}}}"
    return f"{own}@media(prefers-color-scheme:dark){{{dark}}}{rules}"


def toned(drawing: str) -> str:
    """The drawing inside one group per tone, so that each can be the address's target."""
    return "".join(f'<g id="{tone}">' for tone in TONES) + drawing + "</g>" * len(TONES)
