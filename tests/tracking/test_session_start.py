"""Starting: from a routine, a ready-made one, a stretch; as anybody; twice."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import User
from tests.routines.factories import ReadyMadeFactory, RoutineFactory, make_step, make_stretch
from tests.tracking.session_helpers import own_routine
from tracking.models import Session

pytestmark = pytest.mark.django_db
URL = "/sessions/"


@pytest.fixture
def ready():
    routine = ReadyMadeFactory.create(slug="desk-break", name="Desk break")
    make_step(routine, "shoulder-rolls")
    make_step(routine, "knee-to-chest")
    return routine


def test_a_ready_made_routine_starts(client_as, user, ready):
    response = client_as(user).post(URL, {"ready": "desk-break"})
    session = user.sessions.get()
    assert response.status_code == 302
    assert response.url == reverse("tracking:session", args=[session.pk])
    assert (session.name, session.routine, session.routine_slug) == ("Desk break", ready, "desk-break")
    assert session.steps.count() == 2


def test_an_own_routine_starts(client_as, user):
    routine = own_routine(user, "cat-cow", name="Mornings")
    client_as(user).post(URL, {"routine": str(routine.pk)})
    session = user.sessions.get()
    assert (session.name, session.routine, session.routine_slug) == ("Mornings", routine, "")


def test_a_stretch_alone_starts(client_as, user):
    make_stretch("cat-cow")
    client_as(user).post(URL, {"stretch": "cat-cow"})
    assert user.sessions.get().plan["segments"][0]["stretch"] == "cat-cow"


def test_a_visitor_becomes_a_guest(client, ready):
    response = client.post(URL, {"ready": "desk-break"})
    guest = User.objects.get()
    assert guest.is_guest
    assert response.url == reverse("tracking:session", args=[guest.sessions.get().pk])
    assert client.get(response.url).status_code == 200


def test_the_zone_of_the_device_is_kept(client, ready):
    client.cookies["tz"] = "Asia/Tokyo"
    client.post(URL, {"ready": "desk-break"})
    assert Session.objects.get().time_zone == "Asia/Tokyo"


def test_the_same_id_leads_to_the_same_session(client_as, user, ready):
    pk = str(uuid.uuid4())
    client = client_as(user)
    urls = {client.post(URL, {"ready": "desk-break", "id": pk}).url for _ in range(3)}
    assert urls == {f"/sessions/{pk}/"}
    assert user.sessions.count() == 1


def test_an_id_that_somebody_else_has_is_a_404(client_as, user, stranger, ready):
    pk = str(uuid.uuid4())
    client_as(stranger).post(URL, {"ready": "desk-break", "id": pk})
    assert client_as(user).post(URL, {"ready": "desk-break", "id": pk}).status_code == 404
    assert user.sessions.count() == 0


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"ready": "nothing"}, 404),
        ({"ready": "\x00"}, 404),
        ({"stretch": "nothing"}, 404),
        ({"stretch": "cat\x00cow"}, 404),
        ({"routine": "x"}, 400),
        ({"routine": str(uuid.uuid4())}, 404),
        ({"stretch": "cat-cow", "id": "x"}, 400),
    ],
)
def test_nonsense_starts_nothing(client, data, status):
    make_stretch("cat-cow")
    assert client.post(URL, data).status_code == status
    assert not User.objects.exists()


def test_an_empty_routine_cannot_be_started(client_as, user):
    routine = RoutineFactory.create(owner=user)
    assert client_as(user).post(URL, {"routine": str(routine.pk)}).status_code == 400


def test_a_routine_of_somebody_else_is_a_404(client_as, user, stranger):
    routine = own_routine(stranger, "cat-cow")
    assert client_as(user).post(URL, {"routine": str(routine.pk)}).status_code == 404
    assert client_as(None).post(URL, {"routine": str(routine.pk)}).status_code == 404


def test_what_is_off_the_shelf_cannot_be_started(client_as, user, ready, now):
    ready.retired_at = now
    ready.save()
    stretch = make_stretch("cat-cow")
    stretch.retired_at = now
    stretch.save()
    client = client_as(user)
    assert client.post(URL, {"ready": "desk-break"}).status_code == 404
    assert client.post(URL, {"stretch": "cat-cow"}).status_code == 404


def test_a_get_starts_nothing(client):
    assert client.get(URL).status_code == 405
