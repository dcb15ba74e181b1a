"""A session from its start to its summary: thin views over tracking.services.sessions.

What the page shows is gathered in `tracking.stage`, what events add up to in `tracking.playback`.
"""

import json
import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest, Request
from accounts.models import User
from accounts.services import ensure_person
from accounts.time import current_zone
from routines import plans
from routines.models import Routine
from routines.timeline import PlanStep
from stretches import shelf
from stretches.models import Stretch
from tracking import feelings, progress, telling
from tracking.forms import FeelingsForm, NoteForm
from tracking.models import Session, Status
from tracking.services import feelings as feeling_services
from tracking.services import sessions as services
from tracking.stage import stage, words
from tracking.told import PlaybackError, parse_events

# Two thousand events of 500 bytes; what is longer was not sent by the player.
MOST_BYTES = 1_000_000

# Areas of the catalogue that are no place of the body to feel something in.
NO_PLACE = frozenset({"full-body", "breathing"})

Source = tuple[str, list[PlanStep], Routine | None]


@login_not_required
@require_POST
def start(request: Request) -> HttpResponse:
    """Make a session of a routine, a ready-made routine or one stretch, and go there.

    A visitor becomes a guest. The same device-made id leads to the same session again.
    """
    name, steps, routine = _source(request)
    if not steps:
        raise BadRequest("There is nothing to do in an empty routine.")
    pk = _uuid(request.POST["id"]) if request.POST.get("id") else None
    person = ensure_person(request)
    try:
        session = services.start_session(
            owner=person,
            name=name,
            steps=steps,
            zone=current_zone(request),
            now=timezone.now(),
            routine=routine,
            pk=pk,
        )
    except Session.DoesNotExist:
        raise Http404 from None
    return redirect("tracking:session", session.pk)


def _source(request: Request) -> Source:
    """Find what to do: (name, steps, routine), or 404; a request that names nothing is a 400."""
    post = request.POST
    if "\x00" in post.get("ready", "") + post.get("stretch", ""):
        # Not every database takes such a question.
        raise Http404
    if "routine" in post:
        own = request.user.routines.kept() if isinstance(request.user, User) else Routine.objects.none()
        return _of_routine(get_object_or_404(own.with_steps(), pk=_uuid(post["routine"])))
    if "ready" in post:
        return _of_routine(get_object_or_404(Routine.objects.ready_made().with_steps(), slug=post["ready"]))
    if "stretch" in post:
        stretch = get_object_or_404(Stretch.objects.offered(), slug=post["stretch"])
        return stretch.name, [plans.single(stretch)], None
    raise BadRequest("Say what to start: a routine, a ready-made routine or a stretch.")


def _of_routine(routine: Routine) -> Source:
    return routine.name, plans.plan(routine), routine


@require_safe
def session(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Play a session, from wherever it stands; once it is over, look back on it."""
    found = _kept(request, pk)
    if found.is_over:
        return redirect("tracking:summary", found.pk)
    context = {
        "session": found,
        "stage": stage(found, now=timezone.now()),
        "words": words(),
        "feelings": FeelingsForm(found, _areas()) if request.user.asks_feelings else None,
        "clock_speed": settings.PLAYER_CLOCK_SPEED,
        "clock_origin": int(found.created_at.timestamp() * 1000),
    }
    return TemplateResponse(request, "tracking/session.html", context)


@login_not_required
@require_POST
def events(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Take in events of the player: JSON `events`, and `now`, its clock. Answers which are safe.

    Somebody whose sign-in ran out gets a plain 401: nobody is to be thrown out of a stretch.
    """
    if not isinstance(request.user, User):
        return JsonResponse({"error": _("Sign in to save this session.")}, status=401)
    found = get_object_or_404(request.user.sessions.all(), pk=pk)
    try:
        told, device_now = _told(request)
        recorded = services.record_events(
            session=found,
            events=parse_events(told),
            zone=current_zone(request),
            now=timezone.now(),
            device_now=device_now,
        )
    except PlaybackError as error:
        return JsonResponse({"error": str(error)}, status=422)
    after = recorded.session
    answer = {
        "acked": [str(event) for event in recorded.acknowledged],
        "status": after.status,
        "seconds": after.seconds,
        "over": after.is_over,
    }
    if recorded.device != request.POST.get("device", recorded.device):
        # It goes on elsewhere: this device is to see what the other did.
        answer["events"] = after.told()
    return JsonResponse(answer)


def _told(request: HttpRequest) -> tuple[object, int | None]:
    """Read the posted events; numbers that no database takes (NaN, Infinity) are refused."""
    text = request.POST.get("events", "")
    if len(text) > MOST_BYTES:
        raise PlaybackError("That is more than a session can hold.")
    try:
        told = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise PlaybackError("The events are not valid JSON.") from None
    now = request.POST.get("now", "")
    return told, int(now) if now.isascii() and now.isdigit() and len(now) < 16 else None


def _no_constant(name: str) -> object:
    raise ValueError(name)


@require_POST
def finish_by_hand(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Tick off a session done without the player; ticking it off again is harmless."""
    found = _kept(request, pk)
    steps = [int(number) for number in request.POST.getlist("done") if number.isascii() and number.isdigit()]
    services.finish_by_hand(session=found, steps=steps, zone=current_zone(request), now=timezone.now())
    return redirect("tracking:summary", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Look back: what was done, how it felt, where the week stands. A deleted one can be brought back."""
    found = get_object_or_404(request.user.sessions.all(), pk=pk)
    if request.method == "POST":
        return _look_back(request, found)
    if found.deleted_at is None and not found.is_over:
        return redirect("tracking:session", found.pk)
    return TemplateResponse(request, "tracking/summary.html", _looking_back(request, found))


def _look_back(request: PersonRequest, found: Session) -> HttpResponse:
    """Save what was told, by its own form."""
    if FeelingsForm.base_fields.keys() & request.POST.keys():
        return _feel(request, found)
    if "note" in request.POST:
        return _note(request, found)
    raise BadRequest("Say how it felt, or leave a note.")


def _feel(request: PersonRequest, found: Session) -> HttpResponse:
    """Save ratings or an area; htmx gets a word that they are saved, a plain form the whole page."""
    form = FeelingsForm(found, _areas(), request.POST)
    if form.is_valid():
        try:
            feeling_services.say(session=found, values=form.values)
        except ValidationError as error:
            form.add_error(None, error)
    status = 200 if form.is_valid() else 422
    if request.htmx:
        about_after = any(name.endswith("after") for name in form.spoken)
        worry = feelings.concern(found.pain_before, found.pain_after if about_after else None)
        context = {"form": form, "is_saved": form.is_valid(), "concern": worry}
        return TemplateResponse(request, "tracking/_felt.html", context, status=status)
    if form.is_valid():
        return redirect(found)
    context = {**_looking_back(request, found), "feelings": form}
    return TemplateResponse(request, "tracking/summary.html", context, status=status)


def _note(request: PersonRequest, found: Session) -> HttpResponse:
    """Save the note; htmx gets its form back, a plain form the whole page."""
    form = NoteForm(request.POST, instance=found)
    if form.is_valid():
        try:
            services.look_back(session=found, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    if form.is_valid() and not request.htmx:
        return redirect(found)
    template = "tracking/summary.html"
    if request.htmx:
        template += "#own-note"
        context: dict[str, object] = {"session": found, "note_form": form, "is_saved": form.is_valid()}
    else:
        context = {**_looking_back(request, found), "note_form": form}
    return TemplateResponse(request, template, context, status=200 if form.is_valid() else 422)


def _looking_back(request: PersonRequest, found: Session) -> dict[str, object]:
    record = progress.record_of(request.user, zone=current_zone(request), now=timezone.now())
    return {
        "session": found,
        "length": telling.length_in_words(found.seconds),
        "steps": list(found.steps.all()),
        "is_whole": found.status == Status.DONE,
        "figures": record.figures(),
        "week": record.week(),
        "is_this_week": found.practice_day in {day.date for day in record.week()},
        "feelings": FeelingsForm(found, _areas()) if request.user.asks_feelings else None,
        "felt": telling.feelings(found),
        "concern_before": feelings.concern(found.pain_before, None),
        "concern_after": feelings.concern(found.pain_before, found.pain_after) if found.pain_after is not None else "",
        "note_form": NoteForm(instance=found),
        "is_saved": False,
    }


def _areas() -> dict[str, str]:
    """The words for the areas that something can be about; the whole body is no area."""
    areas = shelf.current().labels.get("area", {})
    return {value: word.label for value, word in areas.items() if value not in NO_PLACE}


@require_POST
def delete(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a session; the page that follows offers it back."""
    found = get_object_or_404(request.user.sessions.all(), pk=pk)
    services.delete_session(session=found, now=timezone.now())
    return redirect(_next(request) or found)


@require_POST
def restore(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring a deleted session back."""
    found = get_object_or_404(request.user.sessions.all(), pk=pk)
    services.restore_session(session=found)
    return redirect(_next(request) or found)


def _kept(request: PersonRequest, pk: uuid.UUID) -> Session:
    return get_object_or_404(request.user.sessions.kept().select_related("owner"), pk=pk)


def _next(request: PersonRequest) -> str:
    """Return where the form wants to go back to, if that is a page of ours."""
    path = request.POST.get("next", "")
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise BadRequest("That is not an id.") from None
