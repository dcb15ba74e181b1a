"""The checklist of conditions that call for care. Only the person's own; what follows is shown beside it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.services import ensure_person
from stretches.care import tags_of
from stretches.forms import ConditionsForm
from stretches.models import Condition
from stretches.services import save_conditions


@login_not_required
@require_http_methods(["GET", "POST"])
def edit(request: Request) -> HttpResponse:
    """Show the checklist and save what is ticked; a visitor who saves becomes a guest."""
    conditions = list(Condition.objects.offered())
    form = ConditionsForm(request.POST or None, conditions=conditions, initial={"conditions": tags_of(request.user)})
    if request.method == "POST":
        form = ConditionsForm(request.POST, conditions=conditions)
        if form.is_valid():
            save_conditions(user=ensure_person(request), tags=form.cleaned_data["conditions"])
            messages.success(request, _("Saved. We adapt what we show you."))
            return redirect("conditions:edit")
    ticked = set(form["conditions"].value() or ())
    context = {"form": form, "conditions": conditions, "ticked": ticked}
    return TemplateResponse(request, "stretches/conditions.html", context, status=422 if form.errors else 200)
