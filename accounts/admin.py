"""Staff see who is registered; nobody's notes or history are shown here."""

from typing import TYPE_CHECKING

from django.contrib import admin

from accounts.models import User

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[User]
else:  # the class takes no parameter when it runs
    Admin = admin.ModelAdmin


@admin.register(User)
class UserAdmin(Admin):
    """Accounts: switch them off or make them staff; passwords are set by their owners."""

    list_display = ["email", "is_staff", "is_active", "created_at"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email"]
    fields = ["email", "is_active", "is_staff", "is_superuser", "groups"]
    readonly_fields = ["email"]
    filter_horizontal = ["groups"]
