"""Addresses of the guide."""

from django.urls import path

from stretches.views import guide

app_name = "guide"

urlpatterns = [
    path("", guide.page, {"name": "home"}, name="home"),
    path("benefits/", guide.page, {"name": "benefits"}, name="benefits"),
    path("types/", guide.page, {"name": "types"}, name="types"),
    path("warm-up/", guide.page, {"name": "warm-up"}, name="warm-up"),
    path("how-much/", guide.page, {"name": "how-much"}, name="how-much"),
    path("safety/", guide.page, {"name": "safety"}, name="safety"),
    path("cool-down/", guide.page, {"name": "cool-down"}, name="cool-down"),
    path("questions/", guide.page, {"name": "questions"}, name="questions"),
    path("about/", guide.page, {"name": "about"}, name="about"),
]
