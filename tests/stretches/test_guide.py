"""The guide's pages: made once for a catalogue, the same for everybody."""

from collections.abc import Callable
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from stretches.guide import PAGES
from stretches.models import CatalogueState, GuideEntry
from tests.stretches.parsed import Page, assert_well_made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

EVERY_PAGE = pytest.mark.parametrize("name", list(PAGES))


def get(name: str, client: Client | None = None) -> Page:
    response = (client or Client()).get(reverse(f"guide:{name}"))
    assert response.status_code == HTTPStatus.OK
    return Page(response.content)


@EVERY_PAGE
def test_it_works_for_anybody(name: str):
    page = get(name)
    assert_well_made(page)
    levels = [int(node.tag[1]) for node in page.nodes if node.tag in ("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    current = [node for node in page.all("a", aria_current="page") if "/guide/" in str(node.attrs["href"])]
    assert [node.attrs["href"] for node in current] == [reverse(f"guide:{name}")]


@EVERY_PAGE
def test_it_is_the_same_for_somebody_with_conditions(name: str, client_as: Callable[[User | None], Client], user: User):
    user.conditions = ["knee"]
    user.save(update_fields=["conditions"])
    client = client_as(user)
    assert get(name, client).one(id="guide").text == get(name).one(id="guide").text
    assert "ETag" not in client.get(reverse(f"guide:{name}")).headers


@EVERY_PAGE
def test_it_costs_one_query_once_it_is_known(name: str, count_queries: Callable[[Client, str], int]):
    get(name)
    assert count_queries(Client(), reverse(f"guide:{name}")) == 1


@EVERY_PAGE
def test_a_visitor_who_has_it_gets_nothing_new(name: str):
    tag = Client().get(reverse(f"guide:{name}")).headers["ETag"]
    again = Client().get(reverse(f"guide:{name}"), headers={"If-None-Match": tag})
    assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_links_within_the_guide_lead_to_something():
    pages = {reverse(f"guide:{name}"): get(name) for name in PAGES}
    for page in pages.values():
        for node in page.all("a", href="*"):
            address, _, anchor = str(node.attrs["href"]).partition("#")
            if address in pages and anchor:
                assert anchor in pages[address].ids, node.attrs["href"]


def test_benefits_stand_best_supported_first():
    badges = [str(node.attrs["data-evidence"]) for node in get("benefits").all("span", class_="badge evidence")]
    shown = list(dict.fromkeys(badges))
    assert shown[0] == "supported"
    assert shown[-1] == "not supported"


def test_emergencies_come_before_everything_else():
    page = get("safety")
    order = [page.ids.index(name) for name in ("now", "urgent", "halt", "checklist", "conditions")]
    assert order == sorted(order)
    assert page.ids.index("now") < page.ids.index("R01") < page.ids.index("urgent")


def test_types_that_need_a_therapist_are_not_offered_as_stretches():
    links = {str(node.attrs["href"]) for node in get("types").all("a", class_="button")}
    assert links == {"/stretches/?type=static", "/stretches/?type=dynamic"}


def test_a_page_is_made_anew_for_a_new_catalogue():
    before = get("questions").text
    GuideEntry.objects.filter(kind="question", key="F1").update(
        data={"question": "A new one?", "answer": "", "link": "K01"}
    )
    assert get("questions").text == before
    CatalogueState.objects.update(version="anew")
    assert "A new one?" in get("questions").text


@pytest.mark.parametrize("debug", [True, False])
def test_while_debugging_nothing_is_kept(debug: bool, settings):
    get("questions")
    GuideEntry.objects.filter(kind="question", key="F2").update(
        data={"question": "Changed?", "answer": "", "link": "K01"}
    )
    settings.DEBUG = debug
    assert ("Changed?" in get("questions").text) is debug


def test_before_the_first_load_pages_are_there_and_empty():
    CatalogueState.objects.all().delete()
    GuideEntry.objects.all().delete()
    assert get("questions").one("h1").text == "Six questions"


def test_it_rejects_posts():
    assert Client().post(reverse("guide:home")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
