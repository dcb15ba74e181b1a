"""Staff's view of routines. Ready-made ones come from reviewed files, people's own are theirs: read only."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from routines.models import Routine, Step

if TYPE_CHECKING:
    RoutineModelAdmin = admin.ModelAdmin[Routine]
    StepInline = admin.TabularInline[Step, Routine]
else:  # the classes take no parameter when they run
    RoutineModelAdmin = admin.ModelAdmin
    StepInline = admin.TabularInline


class _ReadOnly:
    """Nothing can be added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Routines are made by loading the catalogue, or by people for themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A change here would be overwritten by the next load."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Routines are retired by their files."""
        return False


class StepsOfRoutine(_ReadOnly, StepInline):
    """The steps in order."""

    model = Step
    fields = ("order", "stretch", "phase", "position", "form", "mode", "seconds", "repetitions", "sets", "rest_s")
    ordering = ("order",)


@admin.register(Routine)
class RoutineAdmin(_ReadOnly, RoutineModelAdmin):
    """The ready-made routines; what people built for themselves is nobody's business."""

    list_display = ("name", "slug", "context", "level", "version", "updated_at", "retired_at")
    list_filter = ("context", "level")
    search_fields = ("name", "slug")
    ordering = ("order",)
    inlines = (StepsOfRoutine,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Routine]:
        """Leave out everything that belongs to a person."""
        return super().get_queryset(request).filter(owner=None)
