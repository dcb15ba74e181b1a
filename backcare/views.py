"""Error pages that belong to no app."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what happened and what to do; tell the operator which address is expected."""
    context = {"origin": request.headers.get("Origin", ""), "expected": settings.SITE_URL, "reason": reason}
    return render(request, "403_csrf.html", context, status=403)
