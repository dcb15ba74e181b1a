"""Staff see who is registered; nobody's notes or history are shown here."""

from typing import ClassVar

from django.contrib import admin

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Accounts: switch them off or make them staff; passwords are set by their owners."""

    list_display = ["email", "is_staff", "is_active", "created_at"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email"]
    fields: ClassVar[list[str]] = ["email", "is_active", "is_staff", "is_superuser", "groups"]
    readonly_fields: ClassVar[list[str]] = ["email"]
    filter_horizontal = ["groups"]
