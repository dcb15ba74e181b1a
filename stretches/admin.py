"""Staff look the whole catalogue up here; nothing in it can be changed here.

The words come from the reviewed files in `stretches/catalogue/`: a change made in
the database would be undone by the next load, so the pages say where to make it.
What people keep for themselves must not be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stretches.content.checks import stretch_file
from stretches.content.lists import entry_file
from stretches.models import (
    Benefit,
    CatalogueState,
    Caution,
    Condition,
    Correction,
    GuideEntry,
    RedFlag,
    Source,
    Stretch,
    VariantGroup,
)

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Caution, Stretch]
else:  # the classes take no parameters when they run
    Admin = admin.ModelAdmin
    Inline = admin.TabularInline


class OfferedFilter(admin.SimpleListFilter):
    """On offer, or retired and kept for what points at it."""

    title = _("on offer")
    parameter_name = "offered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the two answers."""
        return [("yes", _("Yes")), ("no", _("No, retired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows with the chosen answer."""
        if self.value() in {"yes", "no"}:
            return queryset.filter(retired_at__isnull=self.value() == "yes")
        return queryset


class FromFiles(Admin):
    """A table that is filled from the content files: every member of staff may look, nobody may write."""

    file = ""
    list_per_page = 100
    list_filter: ClassVar[Any] = [OfferedFilter]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the table is listed."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this person may look: everybody who may enter here at all."""
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes rows by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes rows; the files retire them."""
        return False

    def file_of(self, row: Any) -> str:
        """Return the file that one row comes from, inside the folder of the content files."""
        return self.file

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the list, with the sentence above it."""
        return super().changelist_view(request, {**(extra_context or {}), "subtitle": where_to_change(self.file)})

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Show one row, with the sentence above its fields."""
        fields = list(self.get_fields(request, obj))
        return [(None, {"fields": fields, "description": where_to_change(self.file_of(obj))})]


def where_to_change(file: str) -> str:
    """Return the sentence that says where a change is made."""
    return gettext("Read only. This comes from %(file)s; change the file and run “manage.py load_catalogue”.") % {
        "file": f"stretches/catalogue/{file}"
    }


class CautionInline(Inline):
    """Who takes care with a stretch."""

    model = Caution
    fk_name = "stretch"
    fields = ["condition", "action", "text", "substitute"]
    can_delete = False
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Cautions are part of their stretch."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes rows by hand."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Caution]:
        """Return cautions in the order of the conditions."""
        return super().get_queryset(request).select_related("condition", "substitute").order_by("condition__order")


@admin.register(Stretch)
class StretchAdmin(FromFiles):
    """The stretches of the catalogue; people's own are theirs alone."""

    file = "stretches/"
    list_display = ["name", "slug", "section", "position", "type", "level", "origin", "reviewed_on", "retired_at"]
    list_filter = [OfferedFilter, "section", "position", "type", "level", "sides", "origin"]
    search_fields = ["name", "slug", "article_name", "summary", "feel"]
    inlines = [CautionInline]
    exclude = ["owner"]

    def file_of(self, row: Stretch) -> str:
        """Each stretch has a file of its own."""
        return stretch_file(row.slug)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stretch]:
        """Return the catalogue's stretches."""
        found: QuerySet[Stretch] = super().get_queryset(request)
        return found.filter(owner=None).select_related("variant_group")


@admin.register(Condition)
class ConditionAdmin(FromFiles):
    """The checklist."""

    file = "conditions.toml"
    list_display = ["label", "tag", "severity", "retired_at"]
    list_filter = [OfferedFilter, "severity"]
    search_fields = ["label", "tag", "rule"]


@admin.register(Benefit)
class BenefitAdmin(FromFiles):
    """Benefits and their evidence."""

    file = "benefits.toml"
    list_display = ["key", "title", "evidence", "retired_at"]
    list_filter = [OfferedFilter, "evidence"]
    search_fields = ["key", "title", "text"]


@admin.register(Correction)
class CorrectionAdmin(FromFiles):
    """What was changed in the article."""

    file = "corrections.toml"
    list_display = ["key", "place", "kind", "severity", "retired_at"]
    list_filter = [OfferedFilter, "severity", "kind"]
    search_fields = ["key", "place", "article_says", "problem", "editor_note"]


@admin.register(RedFlag)
class RedFlagAdmin(FromFiles):
    """The warning signs."""

    file = "red_flags.toml"
    list_display = ["key", "urgency", "sign", "retired_at"]
    list_filter = [OfferedFilter, "urgency"]
    search_fields = ["sign", "why"]


@admin.register(Source)
class SourceAdmin(FromFiles):
    """What was read."""

    file = "sources.toml"
    list_display = ["key", "citation", "how_read", "retired_at"]
    search_fields = ["key", "citation", "how_read"]


@admin.register(VariantGroup)
class VariantGroupAdmin(FromFiles):
    """Stretches that share a name."""

    file = "variant_groups.toml"
    list_display = ["name", "slug", "retired_at"]
    search_fields = ["name", "slug", "how"]


@admin.register(GuideEntry)
class GuideEntryAdmin(FromFiles):
    """The guide's numbered statements."""

    list_display = ["key", "kind", "data", "retired_at"]
    list_filter = [OfferedFilter, "kind"]
    search_fields = ["key"]

    def file_of(self, row: GuideEntry) -> str:
        """The kinds come from several files."""
        return entry_file(row.kind)


@admin.register(CatalogueState)
class CatalogueStateAdmin(FromFiles):
    """Which catalogue is loaded."""

    list_display = ["version", "loaded_at"]
    list_filter = []
