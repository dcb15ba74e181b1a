"""Addresses of routines: the list, the ready-made ones, one's own, and the builder."""

app_name = "routines"

urlpatterns: list[object] = []
