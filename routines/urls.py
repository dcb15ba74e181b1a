"""Addresses of routines: the list, the ready-made ones, one's own, and the builder's small forms."""

from django.urls import path

from routines.views import editing, reading, steps, whole

app_name = "routines"

urlpatterns = [
    path("", reading.listing, name="list"),
    path("new/", editing.new, name="new"),
    path("add/", whole.add, name="add"),
    path("copy/", whole.copy, name="copy"),
    path("ready/<slug:slug>/", reading.ready, name="ready"),
    path("ready/<slug:slug>/print/", reading.print_ready, name="ready-print"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/print/", reading.print_own, name="print"),
    path("<uuid:pk>/edit/", editing.edit, name="edit"),
    path("<uuid:pk>/delete/", whole.delete, name="delete"),
    path("<uuid:pk>/restore/", whole.restore, name="restore"),
    path("<uuid:pk>/order/", steps.order, name="order"),
    path("<uuid:pk>/steps/", steps.add, name="step-add"),
    path("<uuid:pk>/steps/<uuid:step>/", steps.update, name="step-update"),
    path("<uuid:pk>/steps/<uuid:step>/move/", steps.move, name="step-move"),
    path("<uuid:pk>/steps/<uuid:step>/swap/", steps.swap, name="step-swap"),
    path("<uuid:pk>/steps/<uuid:step>/remove/", steps.remove, name="step-remove"),
    path("<uuid:pk>/steps/<uuid:step>/restore/", steps.restore, name="step-restore"),
]
