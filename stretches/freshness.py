"""Whole pages for visitors nobody knows: kept, tagged, and "you have it already". HTTP only; no content.

A visitor without a session sees what follows from the catalogue's version, the
language and the address. So the tag of their page is known from one query, and
the page itself need be rendered only once. Pages with a form token, or with
anything of a person, must not come here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from stretches.kept import Kept

# Whoever sends one of these may be somebody, or be owed a message: their page is their own.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")

# The catalogue with its commonest filters, whole and as fragments, and the guide: about 20 kB each.
_pages: Kept[bytes] = Kept(most=200)


def answer(request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], *parts: str) -> HttpResponse:
    """Return a page; for a visitor nobody knows the kept one, or a 304.

    Args:
        request: whose page it is.
        template: what to render.
        context: makes the context; asked for only where something has to be rendered.
        parts: everything the page follows from besides the person, the catalogue's version first.

    """
    tag = _tag(request, *parts)
    if tag is None:
        return TemplateResponse(request, template, context())
    found = get_conditional_response(request, etag=tag)
    if isinstance(found, HttpResponseNotModified):
        return _stamp(found, tag)
    page = _pages.get((parts[0], tag), lambda: render_to_string(template, context(), request).encode())
    return _stamp(HttpResponse(page), tag)


def _tag(request: HttpRequest, *parts: str) -> str | None:
    """Return the weak entity tag of a page made from `parts`, or None where it may be personal."""
    if settings.DEBUG or not parts[0] or any(name in request.COOKIES for name in PERSONAL_COOKIES):
        return None
    seed = "\0".join((_build(), get_language() or "", *parts))
    return f'W/"{sha256(seed.encode()).hexdigest()[:24]}"'


def _stamp(response: HttpResponse, tag: str) -> HttpResponse:
    """Let the browser keep the page and ask again each time."""
    response.headers["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


@cache
def _build() -> str:
    """Fingerprint of this version of the app: a page also changes when its template does."""
    digest = sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    files = [*(settings.BASE_DIR / "templates").rglob("*.html"), *(settings.BASE_DIR / "stretches").rglob("*.py")]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
