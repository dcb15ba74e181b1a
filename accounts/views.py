"""Pages about the person: signing up, in and out, preferences, deletion. Short; services write."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits, services
from accounts.forms import DeleteForm, PreferencesForm, SignInForm, SignUpForm
from accounts.http import PersonRequest, Request
from accounts.models import DEFAULT_GOAL, User
from accounts.plan import plan_of
from accounts.time import current_zone, device_zone
from accounts.weeks import local_day, week_of


def _next(request: Request) -> str:
    """Where to go afterwards: an address of this site, or today."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else "/"


def _guest(request: Request) -> User | None:
    user = request.user
    return user if isinstance(user, User) and user.is_guest else None


def _form_page(request: Request, template: str, form: object, **extra: object) -> HttpResponse:
    invalid = request.method == "POST"
    context = {"form": form, "next": _next(request), "guest": _guest(request), **extra}
    return TemplateResponse(request, template, context, status=422 if invalid else 200)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_up(request: Request) -> HttpResponse:
    """Make an account; a guest keeps all they made."""
    if request.user.is_authenticated and not _guest(request):
        return redirect("accounts:account")
    form = SignUpForm(request.POST or None)
    if request.method != "POST":
        return _form_page(request, "accounts/sign_up.html", form)
    if not limits.allow(limits.SIGN_UP, limits.client_address(request), now=timezone.now()):
        form.add_error(None, _("Too many new accounts from here just now. Please try again in an hour."))
    if form.is_valid():
        try:
            user = services.register(
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                guest=_guest(request),
                time_zone=device_zone(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, user, backend=services.BACKEND)
            messages.success(request, _("Welcome. Everything you made is saved in your account."))
            return redirect(_next(request))
    return _form_page(request, "accounts/sign_up.html", form)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Sign in; what a guest made in this browser moves into the account."""
    if request.user.is_authenticated and not _guest(request):
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _checked_user(request, form)
        if user is not None:
            guest = _guest(request)
            if guest is not None:
                services.claim(guest=guest, account=user)
            login(request, user, backend=services.BACKEND)
            return redirect(_next(request))
    return _form_page(request, "accounts/sign_in.html", form)


def _checked_user(request: Request, form: SignInForm) -> User | None:
    """The person behind e-mail and password, or None with a message that tells nothing about either."""
    email, now, address = form.cleaned_data["email"], timezone.now(), limits.client_address(request)
    allowed = (
        limits.allow(limits.SIGN_IN_BY_ADDRESS, address, now=now)
        and limits.allow(limits.SIGN_IN_BY_ACCOUNT, email, address, now=now)
        and limits.allow(limits.SIGN_IN_EVERYWHERE, email, now=now)
    )
    if not allowed:
        form.add_error(None, _("Too many tries. Please wait a few minutes and try again."))
        return None
    user = authenticate(request, username=email, password=form.cleaned_data["password"])
    if isinstance(user, User):
        return user
    form.add_error(None, _("That e-mail and password do not go together. Please check both."))
    return None


@login_not_required
@require_safe
def token(request: Request) -> HttpResponse:
    """Tell a page that was open for long, or offline, who is signed in by now, with a token that holds."""
    person = str(request.user.pk) if request.user.is_authenticated else ""
    return JsonResponse({"person": person, "token": get_token(request)})


@require_POST
def sign_out(request: PersonRequest) -> HttpResponse:
    """End this session. A guest has no way back, so a guest is asked to make an account or to delete."""
    if request.user.is_guest:
        messages.warning(
            request, _("You are here as a guest: signing out would lose everything. Make an account first.")
        )
        return redirect("accounts:account")
    logout(request)
    messages.success(request, _("You are signed out."))
    return _leave_nothing(redirect("tracking:today"))


def _leave_nothing(response: HttpResponse) -> HttpResponse:
    """Ask the browser to forget all it keeps of us; its own script has brought to us what was not saved yet."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """Preferences, and the ways in and out."""
    user = request.user if isinstance(request.user, User) else None
    now = timezone.now()
    if request.method == "POST":
        form = PreferencesForm(request.POST, instance=_copy(user))
        if form.is_valid() and _save_preferences(request, form):
            messages.success(request, _("Saved."))
            return redirect("accounts:account")
        return _account_page(request, user, form, status=422)
    form = PreferencesForm(instance=user or User(time_zone=current_zone(request)), initial=_initial(request, user))
    return _account_page(request, user, form, now_zone=current_zone(request), now=now)


def _copy(user: User | None) -> User:
    """A stand-in for the form to write to: the person of the request stays as stored until all is valid."""
    return User.objects.get(pk=user.pk) if user else User(is_guest=True)


def _initial(request: Request, user: User | None) -> dict[str, object]:
    if user is None:
        return {"goal": DEFAULT_GOAL, "time_zone": current_zone(request)}
    goal = user.goal_changes.last()
    rest = user.rest_changes.last()
    return {
        "goal": goal.days_a_week if goal else DEFAULT_GOAL,
        "rest_days": [str(d) for d in (rest.weekdays if rest else [])],
        "time_zone": current_zone(request),
    }


def _save_preferences(request: Request, form: PreferencesForm) -> bool:
    user = services.ensure_person(request)
    today = local_day(timezone.now(), form.cleaned_data["time_zone"] or settings.TIME_ZONE, user.day_start)
    try:
        services.save_preferences(
            user=user,
            values=form.preference_values(),
            goal=form.cleaned_data["goal"],
            rest_days=form.cleaned_data["rest_days"],
            today=today,
            this_week=week_of(today, form.cleaned_data["week_start"]),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _account_page(
    request: Request, user: User | None, form: PreferencesForm, *, status: int = 200, **extra: object
) -> HttpResponse:
    context = {"form": form, "person": user, "device_zone": device_zone(request), **extra}
    if user is not None:
        today = local_day(timezone.now(), current_zone(request), user.day_start)
        context["plan"] = plan_of(user, today=today)
    return TemplateResponse(request, "accounts/account.html", context, status=status)


@require_POST
def cancel_goal(request: PersonRequest) -> HttpResponse:
    """Drop a change of the goal that is still to come; doing so again is harmless."""
    try:
        starts_on = date.fromisoformat(request.POST.get("starts_on", ""))
    except ValueError:
        raise BadRequest("Say from which day the goal was to hold.") from None
    today = local_day(timezone.now(), current_zone(request), request.user.day_start)
    if services.cancel_goal(user=request.user, starts_on=starts_on, this_week=week_of(today, request.user.week_start)):
        messages.success(request, _("The change is dropped. Your goal stays as it is."))
    return redirect("accounts:account")


@require_http_methods(["GET", "POST"])
def delete(request: PersonRequest) -> HttpResponse:
    """Erase the person and everything that is theirs, after a deliberate yes."""
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = request.user
        logout(request)
        services.delete_person(user=user)
        messages.success(request, _("Everything has been deleted. Take care of your back."))
        return _leave_nothing(redirect("tracking:today"))
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "accounts/delete.html", {"form": form}, status=status)
