"""The style sheet for pictures that a page takes in: the engine's colours, theme and tones as page CSS.

A picture in an `<img>` has its own style sheet; inlined, the page's content security policy
blocks that, so the same rules come from a file. Written from `stretches.figures.paint`, which
stays the only place for colours. Layout is in static/css/figures.css.
"""

from __future__ import annotations

from collections.abc import Mapping

from stretches.figures import paint

# The element around an inlined picture, with data-who, data-skin and data-clothes.
_AROUND = ".figure"


def styles_of_inlined() -> str:
    """Return the style sheet, light and dark, for every person, skin and set of clothes."""
    blocks = [_block(_AROUND, paint.properties("woman", dark=False), paint.properties("woman", dark=True))]
    for who in ("woman", "man"):
        light, dark = (paint.properties(who, dark=night) for night in (False, True))
        own = {name for name in light if name.startswith("--fig-hair")}
        blocks.append(_block(f'{_AROUND}[data-who="{who}"]', _only(light, own), _only(dark, own)))
    blocks += [
        _block(f'{_AROUND}[data-skin="{number}"]', paint.skin(number), paint.skin(number))
        for number in range(1, len(paint.SKINS) + 1)
    ]
    for number in range(1, len(paint.CLOTHES) + 1):
        light, dark = (paint.clothes(number, dark=night) for night in (False, True))
        blocks.append(_block(f'{_AROUND}[data-clothes="{number}"]', light, dark))
    rules = "".join(f".figure-live {rule}\n" for rule in paint.RULES.values())
    return f"@layer reset, tokens, base, layout, components, pages;\n@layer components {{\n{''.join(blocks)}{rules}}}\n"


def _only(found: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in found.items() if name in names}


def _block(selector: str, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    pairs = (
        f"{name}:{value if value == dark[name] else f'light-dark({value},{dark[name]})'}"
        for name, value in light.items()
    )
    return f"{selector}{{{';'.join(pairs)}}}\n"
