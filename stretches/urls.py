"""Addresses of the catalogue."""

from django.urls import path

from stretches.views import catalogue, stretch

app_name = "stretches"

urlpatterns = [
    path("", catalogue.listing, name="list"),
    path("<slug:slug>/", stretch.detail, name="detail"),
]
