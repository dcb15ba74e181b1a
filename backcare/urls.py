"""The addresses of the whole site; each app keeps its own below."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from backcare import offline

urlpatterns = [
    path("stretches/", include("stretches.urls")),
    path("guide/", include("stretches.guide_urls")),
    path("routines/", include("routines.urls")),
    path("account/conditions/", include("stretches.conditions_urls")),
    path("account/pictures/", include("stretches.pictures_urls")),
    path("account/", include("accounts.urls")),
    # Staff use the same door as everybody, with its limits.
    path(
        "admin/login/",
        login_not_required(RedirectView.as_view(pattern_name="accounts:sign-in", query_string=True)),
    ),
    path("admin/", admin.site.urls),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.worker, name="worker"),
    path("offline/", offline.shell, name="offline"),
    path("", include("tracking.urls")),
]
