"""The guide's pages. They are the same for everybody, so each is made once for a catalogue."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.http import Request
from stretches.freshness import answer
from stretches.guide import PAGES
from stretches.kept import Kept
from stretches.models import CatalogueState
from stretches.reference import reference

_kept: Kept[SafeString] = Kept(most=20)


@login_not_required
@require_safe
def page(request: Request, name: str) -> HttpResponse:
    """Show one page of the guide; its partial `guide` holds all but the frame."""
    version = CatalogueState.current_version()
    template = f"guide/{name.replace('-', '_')}.html"

    def context() -> dict[str, object]:
        body = _kept.get((version, get_language() or "", name), lambda: _body(template, name, version))
        return {"body": body, "page": name}

    return answer(request, template, context, version, template)


def _body(template: str, name: str, version: str) -> SafeString:
    return render_to_string(f"{template}#guide", {**PAGES[name](reference(version)), "page": name})
