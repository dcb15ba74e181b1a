"""The builder asks how experienced somebody is; only this app can count it."""

from routines.experience import finished_sessions
from tests.tracking.factories import SessionFactory
from tracking.models import Status


def test_sessions_followed_to_the_end_are_experience(user, stranger, now):
    SessionFactory.create_batch(2, owner=user)
    SessionFactory.create(owner=user, status=Status.ENDED)
    SessionFactory.create(owner=user, deleted_at=now)
    SessionFactory.create(owner=stranger)
    assert finished_sessions(user) == 2
