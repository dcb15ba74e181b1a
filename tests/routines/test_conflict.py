"""Two tabs, one routine: the second to save sees both versions, loses nothing, and chooses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from routines.models import Routine, Step
from tests.routines.factories import LONG_AGO, make_stretch
from tests.routines.pages import HTMX, is_page, steps, text

pytestmark = pytest.mark.django_db

# What each small form sends, and what of it has to be on the page that says somebody was quicker.
CHANGES: dict[str, tuple[Callable[[list[Step]], list[Any]], dict[str, str], str]] = {
    "edit": (lambda _: [], {"name": "My evenings", "context": "bed", "purpose": "To rest."}, "My evenings"),
    "step-add": (lambda _: [], {"stretch": "chest-opener"}, "Add Chest opener"),
    "step-update": (
        lambda three: [three[2].pk],
        {"seconds": "55", "sets": "3", "rest_s": "10", "phase": "main", "way": "foot-flat", "note": "Very slowly."},
        "Very slowly.",
    ),
    "step-move": (lambda three: [three[2].pk], {"to": "up"}, "Move Knee-to-chest up"),
    "step-remove": (lambda three: [three[2].pk], {}, "Remove Knee-to-chest"),
    "step-swap": (lambda three: [three[2].pk], {"stretch": "chest-opener"}, "Swap Knee-to-chest for Chest opener"),
    "order": (lambda _: [], {"order": ""}, "another order"),
}


@pytest.fixture
def changed_elsewhere(routine: Routine, three: list[Step]) -> Routine:
    """Another tab has renamed the routine meanwhile."""
    make_stretch("chest-opener")
    Routine.objects.filter(pk=routine.pk).update(name="Renamed elsewhere", version=2)
    return routine


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("name", CHANGES)
def test_both_versions_are_shown(
    owner: Client, changed_elsewhere: Routine, three: list[Step], name: str, headers: dict[str, str]
) -> None:
    args, data, tried = CHANGES[name]
    url = reverse(f"routines:{name}", args=[changed_elsewhere.pk, *args(three)])
    response = owner.post(url, {"version": 1, **data}, headers=headers)
    page = text(response)
    assert response.status_code == 409
    assert is_page(response) == (not headers)
    assert 'id="builder"' in page
    assert tried in page
    assert "Renamed elsewhere" in page
    assert "Knee-to-chest" in page
    assert not Routine.objects.filter(version__gt=2).exists()


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "order"])
def test_saving_mine_anyway_sends_all_that_was_typed(
    owner: Client, changed_elsewhere: Routine, three: list[Step], name: str
) -> None:
    args, data, _ = CHANGES[name]
    url = reverse(f"routines:{name}", args=[changed_elsewhere.pk, *args(three)])
    page = text(owner.post(url, {"version": 1, **data}))
    form = page[page.index('<form method="post" action="' + url) :]
    form = form[: form.index("</form>")]
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    kept.pop("csrfmiddlewaretoken", None)
    assert kept == {"version": "2", **data}
    assert owner.post(url, kept).status_code == 302
    changed_elsewhere.refresh_from_db()
    assert changed_elsewhere.version == 3


def test_a_form_without_a_version_never_wins(owner: Client, routine: Routine, three: list[Step]) -> None:
    for version in ("", "x", "-1", "²", "9" * 40):
        url = reverse("routines:step-remove", args=[routine.pk, three[0].pk])
        assert owner.post(url, {"version": version}).status_code == 409
    assert steps(owner.get(f"/routines/{routine.pk}/edit/")) == ["walking", "cat-cow", "knee-to-chest"]


def test_deleted_elsewhere_is_not_found(owner: Client, routine: Routine, three: list[Step]) -> None:
    Routine.objects.update(deleted_at=LONG_AGO)
    url = reverse("routines:step-remove", args=[routine.pk, three[0].pk])
    assert owner.post(url, {"version": 1}).status_code == 404


def test_deleted_at_the_same_moment_can_be_brought_back(
    owner: Client, user: User, routine: Routine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from routines import services

    def deleted_first(**kwargs: Any) -> None:
        Routine.objects.update(deleted_at=LONG_AGO)
        raise services.Conflict

    monkeypatch.setattr(services, "update_details", deleted_first)
    data = {"version": 1, "name": "My evenings", "context": "any", "purpose": ""}
    response = owner.post(f"/routines/{routine.pk}/edit/", data)
    assert response.status_code == 409
    assert "It was deleted from another tab or device." in text(response)
    assert "My evenings" in text(response)
    assert reverse("routines:restore", args=[routine.pk]) in text(response)
