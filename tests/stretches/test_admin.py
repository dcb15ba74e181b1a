"""The administration shows the whole catalogue to staff, and lets nobody change it."""

import pytest
from django.test import Client
from django.urls import reverse

from stretches.models import (
    Benefit,
    CatalogueState,
    Condition,
    Correction,
    GuideEntry,
    RedFlag,
    Source,
    Stretch,
    VariantGroup,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TABLES = [Stretch, Condition, Benefit, Correction, RedFlag, Source, VariantGroup, GuideEntry, CatalogueState]


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def staff(client_as) -> Client:
    return client_as(UserFactory.create(email="staff@example.org", is_staff=True))


@pytest.mark.parametrize("model", TABLES)
def test_staff_see_list_and_row_and_where_to_change_it(staff, loaded, model):
    row = model.objects.first()
    for page in (url(model, "changelist"), url(model, "change", row.pk)):
        answer = staff.get(page)
        assert answer.status_code == 200
        assert "Read only. This comes from stretches/catalogue/" in answer.content.decode()


@pytest.mark.parametrize("model", TABLES)
def test_nobody_adds_changes_or_deletes(staff, loaded, model):
    row = model.objects.first()
    assert staff.get(url(model, "add")).status_code == 403
    assert staff.post(url(model, "change", row.pk), {"name": "x"}).status_code == 403
    assert staff.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_a_row_names_its_file(staff, loaded):
    answer = staff.get(url(Stretch, "change", Stretch.objects.get(slug="cat-cow").pk)).content.decode()
    assert "stretches/catalogue/stretches/cat-cow.toml" in answer
    assert "Fists, forearms on a low stool" in answer
    answer = staff.get(url(GuideEntry, "change", GuideEntry.objects.get(kind="rule", key="P01").pk)).content.decode()
    assert "stretches/catalogue/rules.toml" in answer
    label = GuideEntry.objects.filter(kind="label").first()
    assert label
    assert "stretches/catalogue/vocabulary.toml" in staff.get(url(GuideEntry, "change", label.pk)).content.decode()


def test_searching_and_filtering(staff, loaded, now):
    Stretch.objects.filter(slug="jogging").update(retired_at=now)
    page = url(Stretch, "changelist")
    for query, count in (("?q=pigeon", 1), ("?offered=no", 1), ("?offered=yes", 33), ("?level__exact=3", 2), ("", 34)):
        assert staff.get(page + query).context["cl"].result_count == count, query


def test_people_s_own_stretches_are_not_shown(staff, loaded, user):
    own = Stretch.objects.create(
        slug="my-own", owner=user, name="My own", dose={}, dose_range={}, sides="both", feel="", version="1"
    )
    assert staff.get(url(Stretch, "change", own.pk)).status_code == 302
    assert b"my-own" not in staff.get(url(Stretch, "changelist")).content


def test_others_are_sent_away(client_as, loaded, user):
    page = url(Stretch, "changelist")
    assert client_as(None).get(page).status_code == 302
    assert client_as(user).get(page).status_code == 302
