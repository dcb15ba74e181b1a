"""What every request passes: health, deny by default, nothing private in any cache.

No rule of an app belongs here.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from backcare import health

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HealthMiddleware:
    """Answers /healthz and /readyz first: a probe knows neither our host name nor https."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return health.alive()
        if request.path == "/readyz":
            return health.ready()
        return self.get_response(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Denies by default; tells htmx to leave the page instead of swapping the sign-in form into it."""

    def handle_no_permission(  # type: ignore[override]
        self, request: Request, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        back_to = request.htmx.current_url_abs_path or "/"
        login = redirect_to_login(back_to, str(self.get_login_url(view_func)))
        return HttpResponseClientRedirect(login.url)


class RenewSessionMiddleware:
    """Renews a person's session once a week, so that a guest who keeps coming never loses anything."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Looking at an anonymous visitor's session would cost a query and a Vary header for nothing.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            week = int(timezone.now().timestamp() // (7 * 24 * 3600))
            if request.session.get("week") != week:
                request.session["week"] = week
        return self.get_response(request)


class PrivateByDefaultMiddleware:
    """Pages may hold health notes: no cache keeps them, and a fragment is never taken for its page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
