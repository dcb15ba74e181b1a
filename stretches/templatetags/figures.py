"""The pictures of stretches in templates: small ones for lists, large ones for pages.

Which picture a person gets is decided in `stretches.gallery`; where there is no drawing,
the area's icon stands in, for which the page carries stretches/_sprite.html. Markup only.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stretches.drawn import Entry
from stretches.gallery import Gallery, Look, gallery
from stretches.models import Stretch
from stretches.shelf import Card

register = template.Library()

# Pictures are 4:3; a browser that knows the ratio keeps the place free.
_THUMB = '<img class="thumb" src="{}" width="320" height="240" alt="" loading="lazy" decoding="async">'
_ICON = '<span class="thumb" aria-hidden="true"><svg><use href="#area-{}"/></svg></span>'


def look_of(context: template.Context) -> Look:
    """Return the look that a view put into the context, else that of the person who asks."""
    look = context.get("look")
    return look if isinstance(look, Look) else Look.of(context.get("user"))


def main_area(stretch: Stretch | Card) -> str:
    """Return the area whose icon stands in for a drawing."""
    return stretch.areas[0] if stretch.areas else "full-body"


@register.simple_tag(takes_context=True)
def thumb(context: template.Context, stretch: Stretch | Card, form: str = "") -> SafeString:
    """The small picture of a stretch: how it ends. Says nothing to screen readers: the name stands beside it."""
    return _thumb(gallery().find(stretch.slug, form), look_of(context)) or format_html(_ICON, main_area(stretch))


@register.simple_tag
def sample(slug: str, look: Look) -> SafeString:
    """A small picture that shows what a look means, of any stretch where this one is not drawn."""
    drawn = gallery()
    found = drawn.find(slug) or next(iter(drawn.entries.values()), None)
    return _thumb(found, look) or format_html(_ICON, "full-body")


@register.simple_tag(takes_context=True)
def form_thumb(context: template.Context, stretch: Stretch, form: str) -> SafeString:
    """The small picture of one way to do a stretch, nothing where that way has none of its own.

    The stretch's own picture shows the one way that is left, if just one is.
    """
    drawn = gallery()
    own = {each["key"] for each in stretch.forms if (entry := drawn.find(stretch.slug, each["key"])) and entry.form}
    left = {each["key"] for each in stretch.forms} - own
    shown = form in own or (bool(own) and left == {form})
    return (_thumb(drawn.find(stretch.slug, form), look_of(context)) if shown else None) or SafeString()


def _thumb(entry: Entry | None, look: Look) -> SafeString | None:
    if entry is None:
        return None
    who = look.who(entry)
    fragment = look.fragment(who)
    url = gallery().url(entry, who, "thumb" if fragment else "plain")
    return format_html(_THUMB, url + fragment) if url else None


@register.simple_tag
def figure_colours() -> SafeString:
    """The link to the colours of moving pictures, for a page's head; nothing where nothing is drawn."""
    url = gallery().styles_url
    return format_html('<link rel="stylesheet" href="{}">', url) if url else SafeString()


@register.inclusion_tag("stretches/_picture.html", takes_context=True)
def picture(context: template.Context, stretch: Stretch, form: str = "") -> dict[str, Any]:
    """The large picture of a stretch: start and end, and with JavaScript the movement between them."""
    return _large(context, stretch, form)


@register.inclusion_tag("stretches/_still.html", takes_context=True)
def still(context: template.Context, stretch: Stretch, form: str = "") -> dict[str, Any]:
    """The large picture of how a stretch ends, for the session; the page mirrors it for the left side."""
    return _large(context, stretch, form)


def _large(context: template.Context, stretch: Stretch, form: str) -> dict[str, Any]:
    drawn = gallery()
    entry = drawn.find(stretch.slug, form)
    shown = _shown(drawn, entry, look_of(context)) if entry else {}
    return {"shown": shown, "area": main_area(stretch)}


def _shown(drawn: Gallery, entry: Entry, look: Look) -> dict[str, Any]:
    """Return the addresses and words of one figure; nothing where a picture is missing."""
    who = look.who(entry)
    start, end, moving = (drawn.url(entry, who, part) for part in ("start", "end", "moving"))
    if not (start and end and moving):
        return {}
    skin, clothes = look.tones(who)
    fragment = look.fragment(who)
    return {
        "start": start + fragment,
        "end": end + fragment,
        "moving": moving,
        "alt": entry.alt,
        "who": who,
        "skin": skin,
        "clothes": clothes,
    }
