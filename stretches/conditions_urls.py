"""The address of the checklist, which lies below the account's."""

from django.urls import path

from stretches.views import conditions

# A namespace of its own: the catalogue's is taken by /stretches/.
app_name = "conditions"

urlpatterns = [
    path("", conditions.edit, name="edit"),
]
