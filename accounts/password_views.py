"""Changing and resetting a password, on Django's own forms and tokens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.http import PersonRequest, Request
from accounts.models import normalise_email


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change(request: PersonRequest) -> HttpResponse:
    """A new password; every other device is signed out."""
    if request.user.is_guest:
        return redirect("accounts:sign-up")
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("accounts:account")
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "accounts/password_change.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: Request) -> HttpResponse:
    """Send a link to choose a new password; the answer is the same whether the account exists."""
    if not settings.CAN_MAIL:
        return TemplateResponse(request, "accounts/password_forgotten.html", {"no_mail": True})
    form = PasswordResetForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and _may_ask(request, normalise_email(form.cleaned_data["email"])):
        form.save(
            domain_override=settings.SITE.netloc,
            use_https=settings.HTTPS,
            subject_template_name="accounts/mail/password_subject.txt",
            email_template_name="accounts/mail/password.txt",
        )
    status = 422 if request.method == "POST" and not sent else 200
    return TemplateResponse(request, "accounts/password_forgotten.html", {"form": form, "sent": sent}, status=status)


def _may_ask(request: Request, email: str) -> bool:
    now, address = timezone.now(), limits.client_address(request)
    return limits.allow(limits.RESET_BY_ADDRESS, address, now=now) and limits.allow(
        limits.RESET_BY_ACCOUNT, email, now=now
    )
