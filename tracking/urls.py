"""Addresses of today, sessions and history."""

from django.urls import path, register_converter

from tracking.converters import IsoDate
from tracking.views import history, sessions, today

register_converter(IsoDate, "isodate")

app_name = "tracking"

urlpatterns = [
    path("", today.today, name="today"),
    path("sessions/", sessions.start, name="start"),
    path("sessions/<uuid:pk>/", sessions.session, name="session"),
    path("sessions/<uuid:pk>/events/", sessions.events, name="events"),
    path("sessions/<uuid:pk>/by-hand/", sessions.finish_by_hand, name="finish-by-hand"),
    path("sessions/<uuid:pk>/summary/", sessions.summary, name="summary"),
    path("sessions/<uuid:pk>/delete/", sessions.delete, name="delete"),
    path("sessions/<uuid:pk>/restore/", sessions.restore, name="restore"),
    path("history/", history.history, name="history"),
    path("history/<isodate:day>/", history.day, name="day"),
]
