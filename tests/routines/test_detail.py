"""The page of one's own routine."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from routines.models import Routine, Step
from tests.routines.factories import LONG_AGO
from tests.routines.pages import steps, text, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(routine: Routine) -> str:
    return f"/routines/{routine.pk}/"


def test_it_shows_steps_and_total(owner: Client, url: str, three: list[Step]) -> None:
    response = owner.get(url)
    assert steps(response) == ["walking", "cat-cow", "knee-to-chest"]
    assert total(response) == 10 + 300 + 20 + 60 + 15 + 140


def test_it_can_be_started_edited_and_deleted(owner: Client, url: str, three: list[Step]) -> None:
    page = text(owner.get(url))
    assert f'name="routine" value="{three[0].routine_id}"' in page
    for name in ("edit", "print", "delete"):
        assert reverse(f"routines:{name}", args=[three[0].routine_id]) in page


def test_an_empty_one_asks_for_stretches(owner: Client, url: str) -> None:
    page = text(owner.get(url))
    assert "Add your first stretch" in page
    assert 'action="/sessions/"' not in page


def test_a_note_is_shown_as_it_was_written(owner: Client, url: str, three: list[Step]) -> None:
    Step.objects.filter(pk=three[0].pk).update(note="Slowly <b>first</b>\nthen more")
    assert "Slowly &lt;b&gt;first&lt;/b&gt;<br>then more" in owner.get(url).content.decode()


def test_a_retired_stretch_says_so(owner: Client, url: str, three: list[Step]) -> None:
    three[0].stretch.retired_at = LONG_AGO
    three[0].stretch.save(update_fields=["retired_at"])
    assert "no longer offered" in text(owner.get(url))


def test_a_stranger_gets_404(client_as: Callable[[User], Client], stranger: User, url: str) -> None:
    assert client_as(stranger).get(url).status_code == 404


def test_a_visitor_is_asked_to_sign_in(visitor: Client, url: str) -> None:
    assert visitor.get(url).status_code == 302


def test_a_deleted_one_is_gone(owner: Client, url: str, routine: Routine) -> None:
    Routine.objects.update(deleted_at=LONG_AGO)
    assert owner.get(url).status_code == 404


def test_it_is_only_read(owner: Client, url: str) -> None:
    assert owner.post(url).status_code == 405
