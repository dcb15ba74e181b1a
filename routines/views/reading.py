"""Looking at routines: the list, a ready-made one, one's own, and the sheets to print. Nothing is written."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest, Request
from accounts.models import User
from routines.models import Routine
from routines.sheet import Sheet
from stretches import shelf
from stretches.kept import Kept


def person_of(request: Request | PersonRequest) -> User | None:
    """The person of this request, or None for a visitor."""
    return request.user if isinstance(request.user, User) else None


# The ready-made cards follow from the catalogue alone and are the same for everybody.
_kept: Kept[SafeString] = Kept(most=8)


@login_not_required
@require_safe
def listing(request: Request) -> HttpResponse:
    """Show the person's own routines, then the ready-made ones."""
    person, cards = person_of(request), shelf.current()
    own = person.routines.kept().for_list() if person else []
    gone = as_uuid(request.GET.get("deleted"))
    deleted = person.routines.deleted().filter(pk=gone).first() if person and gone else None
    context = {
        "own": [Sheet(routine, person, cards) for routine in own],
        "ready": _kept.get((cards.version, get_language() or ""), lambda: _ready_cards(cards)),
        "deleted": deleted,
    }
    return TemplateResponse(request, "routines/list.html", context)


def _ready_cards(cards: shelf.Shelf) -> SafeString:
    routines = Routine.objects.ready_made().for_list()
    sheets = [Sheet(routine, None, cards) for routine in routines]
    return render_to_string("routines/list.html#ready-cards", {"ready": sheets})


def as_uuid(text: str | None) -> UUID | None:
    """The identifier that a parameter holds, or None for nothing or nonsense."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


@login_not_required
@require_safe
def ready(request: Request, slug: str) -> HttpResponse:
    """Show a ready-made routine; one that is no longer offered keeps its page for old links."""
    routine = get_object_or_404(Routine.objects.everybodys().with_steps(), slug=slug)
    return _page(request, "routines/detail.html", routine)


@require_safe
def detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show a routine of one's own."""
    return _page(request, "routines/detail.html", get_object_or_404(request.user.routines.kept().with_steps(), pk=pk))


@login_not_required
@require_safe
def print_ready(request: Request, slug: str) -> HttpResponse:
    """Lay a ready-made routine out for paper."""
    routine = get_object_or_404(Routine.objects.everybodys().for_print(), slug=slug)
    return _page(request, "routines/print.html", routine)


@require_safe
def print_own(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lay a routine of one's own out for paper."""
    return _page(request, "routines/print.html", get_object_or_404(request.user.routines.kept().for_print(), pk=pk))


def _page(request: Request | PersonRequest, template: str, routine: Routine) -> HttpResponse:
    sheet = Sheet(routine, person_of(request), shelf.current())
    return TemplateResponse(request, template, {"routine": routine, "sheet": sheet})
