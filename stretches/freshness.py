"""Answers "you have this page already" before anything is rendered. HTTP only; no content.

Holds for visitors without a session: their pages follow from the catalogue's
version, the language and the address, so the tag is known from one query.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

# Whoever sends one of these may be somebody, or be owed a message: their page is their own.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


def tag_for(request: HttpRequest, *parts: str) -> str | None:
    """Return the weak entity tag of a page made from `parts`, or None where pages are personal.

    Args:
        request: whose page it is.
        parts: everything the page follows from, the catalogue's version first.

    """
    if settings.DEBUG or not parts[0] or any(name in request.COOKIES for name in PERSONAL_COOKIES):
        return None
    seed = "\0".join((_build(), get_language() or "", *parts))
    return f'W/"{sha256(seed.encode()).hexdigest()[:24]}"'


def unchanged(request: HttpRequest, tag: str | None) -> HttpResponse | None:
    """Return a 304 for a browser that holds the page with this tag, else None."""
    if tag is None:
        return None
    found = get_conditional_response(request, etag=tag)
    return stamp(found, tag) if isinstance(found, HttpResponseNotModified) else None


def stamp[R: HttpResponse](response: R, tag: str | None) -> R:
    """Let the browser keep the page and ask again each time; without a tag leave it as it is."""
    if tag is not None:
        response.headers["ETag"] = tag
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


@cache
def _build() -> str:
    """Fingerprint of this version of the app: a page also changes when its template does."""
    digest = sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    files = list((settings.BASE_DIR / "templates").rglob("*.html"))
    files += Path(__file__).parent.rglob("*.py")
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
