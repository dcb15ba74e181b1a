"""The address of the choice of person in the pictures, which lies below the account's."""

from django.urls import path

from stretches.views import pictures

# A namespace of its own: the catalogue's is taken by /stretches/.
app_name = "pictures"

urlpatterns = [
    path("", pictures.edit, name="edit"),
]
