"""Addresses of today, sessions and history."""

from django.urls import path, register_converter

from tracking.converters import IsoDate
from tracking.views import correcting, exchange, feelings, gap, history, insights, pauses, report, sessions, today

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
    path("sessions/<uuid:pk>/change/", correcting.change, name="change"),
    path("sessions/<uuid:pk>/change/undo/", correcting.undo_change, name="change-undo"),
    path("sessions/<uuid:pk>/next-day/", feelings.next_day, name="next-day"),
    path("sessions/<uuid:pk>/feelings/delete/", feelings.take_back, name="take-back-feelings"),
    path("feelings/lay-aside/", feelings.lay_aside, name="lay-aside"),
    path("account/feelings/delete/", feelings.forget, name="forget-feelings"),
    path("account/export/", exchange.export, name="export"),
    path("account/export/backcare.json", exchange.download, {"kind": "json"}, name="export-json"),
    path("account/export/sessions.csv", exchange.download, {"kind": "csv"}, name="export-csv"),
    path("account/export/sessions.ics", exchange.download, {"kind": "ics"}, name="export-ics"),
    path("account/import/", exchange.bring, name="import"),
    path("account/import/confirm/", exchange.take_in, name="import-confirm"),
    path("history/", history.history, name="history"),
    path("today/open-days/", gap.answer, name="gap"),
    path("history/pauses/", pauses.pauses, name="pauses"),
    path("history/pauses/undo/", pauses.undo, name="pause-undo"),
    path("history/pauses/<uuid:pk>/", pauses.pause, name="pause"),
    path("history/pauses/<uuid:pk>/delete/", pauses.delete, name="pause-delete"),
    path("history/add/", correcting.add, name="add"),
    path("history/trends/", insights.trends_page, name="trends"),
    path("history/body/", insights.body, name="body"),
    path("history/body/routine/", insights.gap_routine, name="gap-routine"),
    path("history/report/", report.therapist_report, name="report"),
    path("history/<isodate:day>/", history.day, name="day"),
]
