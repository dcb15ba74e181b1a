"""The catalogue's page: searching, filtering, fragments, and what it costs."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from stretches.content import Catalogue
from stretches.models import CatalogueState, Stretch
from tests.stretches.parsed import Page, assert_well_made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

URL = "/stretches/"
HTMX = {"HX-Request": "true", "HX-Target": "section#results"}


def get(query: str = "", client: Client | None = None, **headers: str) -> Page:
    response = (client or Client()).get(URL + query, headers=headers)
    assert response.status_code == HTTPStatus.OK
    return Page(response.content)


def fragment(query: str = "", client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(URL + query, headers=HTMX)  # type: ignore[return-value]


def counts(page: Page, facet: str) -> dict[str, int]:
    """What each choice of a facet promises."""
    boxes = page.all("input", type="checkbox")
    labels = [label for label in page.all("label", class_="chip") if label.text]
    return {
        str(box.attrs["value"]): int(label.text.split()[-1])
        for box, label in zip(boxes, labels, strict=True)
        if box.attrs["name"] == facet
    }


def test_it_shows_every_stretch_to_anybody(shelved: Catalogue):
    page = get()
    assert_well_made(page)
    assert sorted(page.stretches) == sorted(stretch.slug for stretch in shelved.stretches)
    assert page.count == len(page.stretches) == 34


def test_a_card_says_what_and_how_long_and_links_to_the_stretch():
    page = get("?q=cat-cow")
    card = page.all(data_stretch="cat-cow")[0]
    for words in ("Cat-cow", "Lower back", "On all fours", "10 breaths of 6 seconds"):
        assert words in card.text
    assert page.one("a", href="/stretches/cat-cow/").text == "Cat-cow"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("figure four", "piriformis-figure-4"),
        ("cat cow", "cat-cow"),
        ("child's pose", "childs-pose-reach"),
        ("neck tilt", "neck-tilt"),
    ],
)
def test_searching_shows_the_best_first(words: str, first: str):
    page = get(f"?q={words}")
    assert page.stretches[0] == first
    assert page.one("input", id="q").attrs["value"] == words


def test_searching_forgives_a_slip():
    assert {"seated-hamstring", "standing-hurdler"} <= set(get("?q=hamstrng").stretches)


def test_values_of_one_facet_add_and_facets_narrow():
    neck, chest = set(get("?area=neck").stretches), set(get("?area=chest").stretches)
    both = set(get("?area=neck&area=chest").stretches)
    assert both == neck | chest
    sitting = set(get("?position=seated").stretches)
    assert set(get("?area=neck&area=chest&position=seated").stretches) == both & sitting
    assert set(get("?area=neck&q=nod").stretches) <= neck


def test_the_count_of_a_choice_is_what_choosing_it_shows():
    page = get("?area=neck")
    for value, promised in counts(page, "position").items():
        assert get(f"?area=neck&position={value}").count == promised, value
    alone = get("?level=1")
    assert all(get(f"?level={level}").count == promised for level, promised in counts(alone, "level").items())


def test_a_choice_that_leads_nowhere_cannot_be_ticked():
    page = get("?area=breathing")
    prone = page.one("input", name="position", value="prone")
    assert "disabled" in prone.attrs
    # What is chosen can always be dropped again.
    chosen = get("?area=breathing&position=prone").one("input", name="position", value="prone")
    assert "checked" in chosen.attrs
    assert "disabled" not in chosen.attrs


def test_unknown_values_and_names_are_passed_over():
    assert get("?area=tail&level=9&colour=red&place=moon").count == 34


def test_chosen_filters_are_ticked_and_can_be_dropped_one_by_one():
    page = get("?area=neck&position=seated&q=nod")
    assert {node.attrs["value"] for node in page.all("input", checked="*")} == {"neck", "seated"}
    links = {str(node.attrs["href"]) for node in page.all("a", data_on="*")}
    assert links == {
        "/stretches/?q=nod&position=seated",
        "/stretches/?q=nod&area=neck",
        "/stretches/?area=neck&position=seated",
    }


@pytest.mark.parametrize("place", ["no-floor", "desk", "bed"])
def test_one_tap_narrows_to_a_place_and_another_takes_it_back(place: str):
    link = next(str(node.attrs["href"]) for node in get("?area=neck").all("a") if place in str(node.attrs.get("href")))
    page = Page(Client().get(link).content)
    assert 0 < page.count < 34
    assert set(page.stretches) <= set(get("?area=neck").stretches)
    # The choice stays when the form is sent, and its link now leads back.
    assert page.one("input", type="hidden", name="place").attrs["value"] == place
    assert [node.attrs["href"] for node in page.all("a", aria_current="true", class_="chip")] == [
        "/stretches/?area=neck"
    ]


def test_no_floor_means_standing_or_sitting():
    positions = Stretch.objects.in_bulk(get("?place=no-floor").stretches, field_name="slug").values()
    assert all({"standing", "seated"} & {stretch.position, *stretch.alt_positions} for stretch in positions)


def test_an_empty_answer_says_what_to_loosen():
    page = get("?area=breathing&position=prone&level=3")
    assert page.count == 0
    assert page.stretches == []
    for node in page.all("a", class_="chip"):
        if "without" in node.text:
            assert Page(Client().get(str(node.attrs["href"])).content).count == int(node.text.split()[-1]) > 0
    page = get("?q=xyzzy&area=neck")
    assert page.count == 0
    assert "without “xyzzy” 6" in page.text


def test_nonsense_alone_offers_everything():
    page = get("?q=xyzzy")
    assert "Show all stretches" in page.text
    assert "without “xyzzy” 34" in page.text


def test_without_a_question_cards_stand_by_section_and_headings_do_not_skip():
    for query in ("", "?q=neck", "?area=neck", "?area=breathing&position=prone"):
        levels = [int(node.tag[1]) for node in get(query).nodes if node.tag in ("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "Thighs and calves" in [node.text for node in get().all("h3")]


def test_it_works_without_javascript():
    page = get("?q=neck")
    form = page.one("form", class_="catalogue")
    assert (form.attrs["method"], form.attrs["action"]) == ("get", URL)
    assert any(node.text == "Search" for node in page.all("button"))
    assert any(node.text == "Show" for node in page.all("button"))


def test_htmx_gets_only_results_and_filters():
    response = fragment("?q=neck")
    page = Page(response.content)
    assert page.nodes[0].attrs["id"] == "results"
    assert not page.all("h1")
    assert not page.all("input", id="q")
    assert page.stretches == get("?q=neck").stretches
    assert page.one("hx-partial").attrs["hx-target"] == "#filters"
    assert page.all("input", type="checkbox")


def test_htmx_puts_the_tidy_address_into_the_bar():
    response = fragment("?q=%20neck%20%20nod&level=1&area=neck&area=chest&colour=red")
    assert response.headers["HX-Push-Url"] == "/stretches/?q=neck+nod&area=chest&area=neck&level=1"


def test_going_back_gets_the_whole_page():
    response = Client().get(URL, headers={**HTMX, "HX-Target": "body"})
    assert Page(response.content).all("h1")


def test_words_from_the_address_are_not_markup():
    response = Client().get(URL, {"q": '<script>alert("x")</script>'})
    assert b"<script>alert" not in response.content


def test_a_visitor_gets_a_tag_and_then_nothing_new():
    first = Client().get(URL)
    tag = first.headers["ETag"]
    assert tag.startswith("W/")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "HX-Request"} <= set(first.headers["Vary"].split(", "))
    again = Client().get(URL, headers={"If-None-Match": tag})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert not again.content
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_the_tag_tells_filters_fragments_and_versions_apart(now: datetime):
    tags = [Client().get(URL).headers["ETag"], Client().get(URL + "?area=neck").headers["ETag"]]
    tags.append(fragment().headers["ETag"])
    CatalogueState.objects.update(version="another")
    tags.append(Client().get(URL).headers["ETag"])
    assert len(set(tags)) == 4


def test_no_tag_before_the_catalogue_is_loaded():
    CatalogueState.objects.all().delete()
    response = Client().get(URL)
    assert response.status_code == HTTPStatus.OK
    assert "ETag" not in response.headers


def test_a_person_gets_no_tag_and_no_copy_is_kept(client_as: Callable[[User | None], Client], user: User):
    response = client_as(user).get(URL)
    assert "ETag" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


def test_conditions_show_on_the_cards_of_their_owner_only(
    client_as: Callable[[User | None], Client], user: User, stranger: User
):
    user.conditions = ["knee"]
    user.save(update_fields=["conditions"])
    for _ in range(2):
        mine = get("", client_as(user))
        assert "Not for you now" in mine.text
        assert "With care" in mine.text
        for other in (Client(), client_as(stranger)):
            theirs = get("", other)
            assert "Not for you now" not in theirs.text
            assert "With care" not in theirs.text


def test_surgery_asks_first_for_all_but_the_exempt(client_as: Callable[[User | None], Client], user: User):
    user.conditions = ["recent_surgery"]
    user.save(update_fields=["conditions"])
    page = get("", client_as(user))
    asked = {str(card.attrs["data-stretch"]) for card in page.all(data_stretch="*") if "Ask first" in card.text}
    assert set(page.stretches) - asked == {"walking", "diaphragmatic-breathing"}


def test_it_costs_one_query_whatever_is_asked(count_queries: Callable[[Client, str], int]):
    for query in ("", "?q=neck", "?area=neck&level=1"):
        get(query)
        assert count_queries(Client(), URL + query) == 1


def test_a_person_costs_no_more_queries_than_who_they_are(
    client_as: Callable[[User | None], Client], user: User, count_queries: Callable[[Client, str], int]
):
    user.conditions = ["knee", "hip"]
    user.save(update_fields=["conditions"])
    client = client_as(user)
    client.get(URL)
    assert count_queries(client, URL) == 3  # session, person, version


def test_a_new_filter_costs_no_query_more():
    get()
    with CaptureQueriesContext(connection) as captured:
        get("?q=never+asked+before&area=hips")
    assert len(captured) == 1


def test_kept_pages_hold_no_token_and_greet_nobody(client_as: Callable[[User | None], Client], user: User):
    get("", client_as(user))
    page = Client().get(URL).content
    assert b"csrfmiddlewaretoken" not in page
    assert str(user.email).encode() not in page


def test_a_message_is_not_kept_for_the_next_visitor():
    owed = Client()
    owed.cookies["messages"] = "anything"
    response = owed.get(URL + "?level=2")
    assert "ETag" not in response.headers


def test_a_visitor_is_given_no_cookie():
    assert not Client().get(URL).cookies


def test_the_whole_page_stays_under_60_kilobytes():
    assert len(Client().get(URL).content) < 60_000


def test_it_rejects_posts():
    assert Client().post(URL).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_retired_stretch_is_not_listed(now: datetime):
    Stretch.objects.filter(slug="cat-cow").update(retired_at=now)
    CatalogueState.objects.update(version="after")
    page = get()
    assert page.count == 33
    assert "cat-cow" not in page.stretches
