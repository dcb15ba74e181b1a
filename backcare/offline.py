"""What makes the site installable and lets it open without a network: manifest, worker, shell.

All three are the same for everybody: nothing about a person may be in them.
"""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

WORKER = settings.BASE_DIR / "static" / "js" / "offline" / "worker.js"
# What the shell and the player need; everything else is kept when it is first seen.
NEEDED = (
    "css/base.css",
    "css/components.css",
    "css/forms.css",
    "css/stretches.css",
    "css/summary.css",
    "css/player",
    "css/figures.css",
    "js/app.js",
    "js/lib/",
    "js/offline/",
    "js/player/",
    "vendor/htmx.min.js",
    "vendor/figtree-latin",
    "img/icon.svg",
)

same_for_everybody = cache_control(no_cache=True, private=True)


@login_not_required
@require_safe
@same_for_everybody
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the site installs as an app."""
    sizes = [("192", "any"), ("512", "any"), ("512", "maskable")]
    icons = [
        {
            "src": static(f"img/icon-{'maskable-' if purpose == 'maskable' else ''}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in sizes
    ]
    today = reverse("tracking:today")
    shortcuts = [
        (_("Start my routine"), f"{today}#next-up"),
        (_("Routines"), reverse("routines:list")),
        (_("History"), reverse("tracking:history")),
    ]
    content = {
        "id": today,
        "name": "Backcare",
        "short_name": "Backcare",
        "description": _("Calm, guided stretching routines for your back."),
        "start_url": today,
        "scope": today,
        "display": "standalone",
        "background_color": "#faf6ef",
        "theme_color": "#faf6ef",
        "categories": ["health", "fitness"],
        "icons": icons,
        "shortcuts": [{"name": name, "url": url, "icons": icons[:1]} for name, url in shortcuts],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@login_not_required
@require_safe
@same_for_everybody
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from the root, so that it may look after the whole site."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> str:
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    names = sorted(name for name in hashed if name.startswith(NEEDED) and name != "js/offline/worker.js")
    files = [staticfiles_storage.url(name) for name in names]
    source = WORKER.read_text(encoding="utf-8")
    shell = render_to_string("offline/shell.html")
    version = hashlib.sha256("\n".join([*files, source, shell]).encode()).hexdigest()[:12]
    precache = {"version": version, "files": files, "shell": reverse("offline")}
    return f"globalThis.precache = {json.dumps(precache)};\n{source}"


@login_not_required
@require_safe
@same_for_everybody
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page that stands in for any other without a network; rendered without a person."""
    return HttpResponse(render_to_string("offline/shell.html"))
