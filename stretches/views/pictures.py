"""How the pictures look: who shows the stretches, in which skin and clothes. Only the person's own choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.services import ensure_person, save_look
from stretches.drawn import PEOPLE
from stretches.forms import LookForm
from stretches.gallery import Look

# Where much of what is chosen can be seen: faces from near, clothes from head to foot.
_NEAR, _WHOLE = "shoulder-shrugs", "standing-torso-twist"


@dataclass(frozen=True)
class Sample:
    """One choice: its radio button, its words, and the looks that show what it means."""

    radio: SafeString
    id: str
    label: str
    looks: tuple[Look, ...]


@login_not_required
@require_http_methods(["GET", "POST"])
def edit(request: Request) -> HttpResponse:
    """Show the choices and save what is chosen; a visitor who saves becomes a guest."""
    look = Look.of(request.user)
    initial = {"figure": look.figure, "skin_tone": look.skin or "", "clothes": look.clothes or ""}
    form = LookForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_look(user=ensure_person(request), **form.cleaned_data)
        messages.success(request, _("Saved. This is how the pictures look from now on."))
        return redirect("pictures:edit")
    groups = [
        (form["figure"], _NEAR, list(_people(form["figure"], look))),
        (form["skin_tone"], _NEAR, list(_tones(form["skin_tone"], look, "skin"))),
        (form["clothes"], _WHOLE, list(_tones(form["clothes"], look, "clothes"))),
    ]
    context = {"form": form, "groups": groups}
    return TemplateResponse(request, "stretches/pictures.html", context, status=422 if form.errors else 200)


def _people(field: BoundField, look: Look) -> Iterator[Sample]:
    for radio in field:
        who = str(radio.data["value"])
        shown = tuple(replace(look, figure=each) for each in ([who] if who else PEOPLE))
        yield Sample(radio.tag(), str(radio.id_for_label), str(radio.choice_label), shown)


def _tones(field: BoundField, look: Look, name: str) -> Iterator[Sample]:
    for place, radio in enumerate(field):
        value = radio.data["value"]
        who = look.figure or PEOPLE[place % len(PEOPLE)]
        tone = {name: int(str(value)) if value else None}
        shown = replace(look, figure=who, **tone)
        yield Sample(radio.tag(), str(radio.id_for_label), str(radio.choice_label), (shown,))
