"""The page of one stretch. What it says about a person comes from their own conditions only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.http import Request
from stretches import wording
from stretches.care import asking_first, tags_of
from stretches.gallery import Look, gallery
from stretches.kept import Kept
from stretches.models import Caution, Condition, Stretch
from stretches.reference import reference
from stretches.shelf import Shelf, current


@dataclass(frozen=True)
class Shown:
    """A stretch with its words, and the finished part of the page below the picture."""

    stretch: Stretch
    section: str
    dose: str
    facts: Sequence[str]
    body: SafeString
    own: Sequence[Caution]
    own_asking: Sequence[Condition]

    @property
    def own_avoids(self) -> bool:
        """Whether one of the person's conditions leaves this stretch out."""
        return any(caution.action == Caution.Action.AVOID for caution in self.own)

    @property
    def leaves_out(self) -> bool:
        """Whether the person should not simply start: it is left out, or somebody is to be asked."""
        return self.own_avoids or bool(self.own_asking)


@dataclass(frozen=True)
class Preview:
    """The page's own address, and its preview image with its words; addresses are absolute."""

    page: str
    image: str
    alt: str


# Every stretch for a visitor, and as many again for people with conditions.
_kept: Kept[Shown] = Kept(most=120)


@login_not_required
@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    """Show a stretch; a retired one keeps its page, with a word about it."""
    shelf = current()
    tags = tags_of(request.user)
    look = Look.of(request.user)
    key = (shelf.version, get_language() or "", slug, look.key, *tags)
    shown = _kept.get(key, lambda: _show(slug, tags, shelf, look))
    context = {"shown": shown, "stretch": shown.stretch, "look": look, "preview": _preview(slug)}
    return TemplateResponse(request, "stretches/detail.html", context)


def _preview(slug: str) -> Preview | None:
    """Return what other sites show beside a link to this page; None where nothing is drawn yet."""
    drawn = gallery()
    entry = drawn.find(slug)
    url = drawn.share_url(entry) if entry else ""
    return (
        Preview(f"{settings.SITE_URL}{reverse('stretches:detail', args=[slug])}", url, entry.alt)
        if entry and url
        else None
    )


def _show(slug: str, tags: Sequence[str], shelf: Shelf, look: Look) -> Shown:
    def words(vocabulary: str, values: Iterable[str]) -> str:
        return ", ".join(shelf.label(vocabulary, value) for value in values)

    stretch = get_object_or_404(Stretch.objects.for_page(), slug=slug)
    cautions = sorted(
        stretch.cautions.all(),
        key=lambda caution: (caution.condition.tag not in tags, caution.action != Caution.Action.AVOID),
    )
    asking = [condition for condition in asking_first() if slug not in condition.exempt]
    own = [caution for caution in cautions if caution.condition.tag in tags]
    dose = wording.dose(stretch.dose, stretch.sides)
    context = {
        "look": look,
        "stretch": stretch,
        "dose": dose,
        "dose_limits": wording.dose_limits(stretch.dose["mode"], stretch.dose_range),
        "areas": words("area", stretch.areas),
        "equipment": words("equipment", stretch.equipment or ["none"]),
        "helpful": words("equipment", stretch.helpful),
        "positions": words("position", [stretch.position, *stretch.alt_positions]),
        "sides": shelf.label("sides", stretch.sides),
        "phases": words("phase", stretch.phases),
        "variants": _variants(stretch),
        "cautions": cautions,
        "asking": asking,
        "own": {caution.condition.tag for caution in own},
        "sources": reference(shelf.version).cited(_source_keys(stretch)),
    }
    return Shown(
        stretch=stretch,
        section=shelf.label("section", stretch.section),
        dose=dose,
        facts=[
            shelf.label("position", stretch.position),
            shelf.label("type", stretch.type),
            shelf.label("level", str(stretch.level)),
        ],
        body=render_to_string("stretches/detail.html#stretch-body", context),
        own=own,
        own_asking=[condition for condition in asking if condition.tag in tags],
    )


def _variants(stretch: Stretch) -> Sequence[Stretch]:
    """Return the stretches that share this one's everyday name, or nothing."""
    if stretch.variant_group is None:
        return []
    return list(Stretch.objects.offered().filter(variant_group=stretch.variant_group).order_by("variant_order"))


def _source_keys(stretch: Stretch) -> Sequence[str]:
    """Return the keys of all that was read for this stretch, each once."""
    cited = [stretch.sources, *(correction.sources for correction in stretch.corrections.all())]
    return list(dict.fromkeys(key for keys in cited for key in keys))
