"""The page of one stretch: everything its file says, and what it says to somebody with conditions."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.test import Client

from accounts.models import User
from stretches import wording
from stretches.content import Catalogue
from stretches.models import CatalogueState, Condition, Stretch
from tests.stretches.parsed import Page, assert_well_made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]


def get(slug: str, client: Client | None = None) -> Page:
    response = (client or Client()).get(f"/stretches/{slug}/")
    assert response.status_code == HTTPStatus.OK
    return Page(response.content)


def with_conditions(user: User, *tags: str) -> User:
    user.conditions = list(tags)
    user.save(update_fields=["conditions"])
    return user


def squeezed(words: str) -> str:
    return " ".join(words.split())


def test_every_page_shows_everything_its_file_says(shelved: Catalogue):
    conditions = {condition.tag: condition.label for condition in shelved.conditions}
    benefits = {benefit.key: benefit for benefit in shelved.benefits}
    corrections = {correction.key: correction for correction in shelved.corrections}
    sources = {source.key: source.citation for source in shelved.sources}
    for record in shelved.stretches:
        page = get(record.slug)
        assert_well_made(page)
        assert page.one("h1").text == record.name
        said = [
            record.summary,
            *record.steps,
            *record.article_steps,
            record.article_name,
            record.article_dose,
            record.article_section,
            record.dose_note,
            record.feel,
            *record.primary_muscles,
            *record.secondary_muscles,
            *record.aliases,
            *(form.label for form in record.forms),
            *(caution.text for caution in record.cautions),
            *(conditions[caution.condition] for caution in record.cautions),
            *(benefits[key].title for key in record.benefits),
            *(benefits[key].text for key in record.benefits),
            *(sources[key] for key in record.sources),
        ]
        for key in record.corrections:
            correction = corrections[key]
            said += [correction.article_says, correction.problem, correction.editor_note, correction.app_default]
        missing = [words for words in said if squeezed(words) not in page.text]
        assert not missing, (record.slug, missing)


def test_headings_do_not_skip():
    for slug in ("cat-cow", "childs-pose-reach", "walking", "pigeon-pose"):
        levels = [int(node.tag[1]) for node in get(slug).nodes if node.tag in ("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), slug


def test_an_unknown_stretch_is_not_found():
    assert Client().get("/stretches/no-such-thing/").status_code == HTTPStatus.NOT_FOUND


def test_somebodys_own_stretch_is_not_found_here(user: User):
    Stretch.objects.filter(slug="cat-cow").update(owner=user)
    CatalogueState.objects.update(version="owned")
    assert Client().get("/stretches/cat-cow/").status_code == HTTPStatus.NOT_FOUND


def test_trying_it_and_adding_it_are_one_step_away():
    page = get("cat-cow")
    form = next(node for node in page.all("form") if node.attrs.get("action") == "/sessions/")
    assert form.attrs["method"] == "post"
    assert page.one("input", name="stretch").attrs["value"] == "cat-cow"
    assert page.all("input", name="csrfmiddlewaretoken")
    assert any(str(node.attrs.get("href")).endswith("?stretch=cat-cow") for node in page.all("a"))


def test_what_was_changed_is_marked_edited(shelved: Catalogue):
    for record in shelved.stretches:
        badges = [node.text for node in get(record.slug).all("span", class_="badge edited")]
        assert bool(badges) == bool(record.corrections), record.slug


def test_corrections_link_to_the_sources_on_the_page():
    page = get("knee-to-chest")
    assert "C01" in page.ids
    assert page.all("a", href="#source-MAYO-BACK")
    assert "source-MAYO-BACK" in page.ids


def test_variants_lead_to_each_other():
    page = get("childs-pose-rest")
    chooser = [node for node in page.all("a", class_="chip") if node.attrs["href"] != "/stretches/"]
    assert [node.attrs["href"] for node in chooser] == ["/stretches/childs-pose-reach/", "/stretches/childs-pose-rest/"]
    assert [node.attrs.get("aria-current") for node in chooser] == [None, "page"]


def test_easier_and_harder_are_offered():
    assert "/stretches/piriformis-figure-4/" in {node.attrs["href"] for node in get("pigeon-pose").all("a")}
    assert "/stretches/jogging/" in {node.attrs["href"] for node in get("walking").all("a")}


def test_a_stand_in_is_named_where_the_stretch_is_to_be_left_out():
    page = get("knee-to-chest")
    assert "Try Cat-cow instead" in [node.text for node in page.all("a", href="/stretches/cat-cow/")]


def test_a_retired_stretch_keeps_its_page_with_a_word_about_it(now: datetime):
    Stretch.objects.filter(slug="cat-cow").update(retired_at=now)
    CatalogueState.objects.update(version="retired")
    page = get("cat-cow")
    assert "We no longer offer this stretch" in page.text
    assert not page.all("input", name="stretch")


def test_nobody_is_warned_without_conditions(client_as: Callable[[User | None], Client], user: User):
    for client in (Client(), client_as(user)):
        page = get("knee-to-chest", client)
        assert "own-care" not in page.ids
        assert not page.all("li", data_own="*")


def test_a_persons_own_conditions_come_first_and_on_top(client_as: Callable[[User | None], Client], user: User):
    page = get("knee-to-chest", client_as(with_conditions(user, "hip", "wrist")))
    assert page.one(id="own-care").text == "Not for you now"
    note = next(node for node in page.all("section") if node.attrs.get("aria-labelledby") == "own-care")
    assert "Hip replacement or hip impingement" in note.text
    assert "Try Cat-cow instead" in note.text
    assert "stop" in str(note.attrs["class"])
    assert [("yours" in node.text) for node in page.all("li", class_="caution")][:2] == [True, False]


def test_what_only_needs_care_is_said_more_softly(client_as: Callable[[User | None], Client], user: User):
    page = get("knee-to-chest", client_as(with_conditions(user, "knee")))
    assert page.one(id="own-care").text == "Take care with this one"


def test_surgery_asks_first_but_not_for_the_exempt(client_as: Callable[[User | None], Client], user: User):
    client = client_as(with_conditions(user, "recent_surgery"))
    assert get("cat-cow", client).one(id="own-care").text == "Ask first"
    assert "own-care" not in get("walking", client).ids


def test_one_persons_conditions_never_show_to_another(
    client_as: Callable[[User | None], Client], user: User, stranger: User
):
    assert "own-care" in get("knee-to-chest", client_as(with_conditions(user, "hip"))).ids
    for other in (Client(), client_as(stranger)):
        page = get("knee-to-chest", other)
        assert "own-care" not in page.ids
        assert not page.all("li", data_own="*")


def test_an_old_tag_of_the_catalogue_does_no_harm(client_as: Callable[[User | None], Client], user: User):
    client = client_as(with_conditions(user, "no-longer-known"))
    assert "own-care" not in get("cat-cow", client).ids


def test_it_costs_one_query_once_it_is_known(count_queries: Callable[[Client, str], int]):
    for slug in ("cat-cow", "childs-pose-rest"):
        get(slug)
        assert count_queries(Client(), f"/stretches/{slug}/") == 1


def test_it_costs_the_same_queries_whatever_the_stretch_has(
    count_queries: Callable[[Client, str], int], shelved: Catalogue
):
    CatalogueState.objects.update(version="fresh")
    get("walking")
    alone = {
        count_queries(Client(), f"/stretches/{record.slug}/")
        for record in shelved.stretches
        if not record.group and record.slug != "walking"
    }
    assert len(alone) == 1
    assert max(alone) <= 10


def test_it_rejects_posts():
    assert Client().post("/stretches/cat-cow/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_every_caution_is_one_of_the_checklist(shelved: Catalogue):
    assert set(Condition.objects.values_list("tag", flat=True)) >= {
        caution.condition for record in shelved.stretches for caution in record.cautions
    }


@pytest.mark.parametrize(
    ("dose", "sides", "words"),
    [
        ({"mode": "hold", "seconds": 30, "repetitions": 1, "sets": 2}, "each", "2 × 30 seconds each side"),  # noqa: RUF001
        ({"mode": "hold", "seconds": 20, "repetitions": 1, "sets": 1}, "both", "20 seconds"),
        ({"mode": "time", "seconds": 300, "repetitions": 1, "sets": 1}, "none", "5 minutes"),
        ({"mode": "time", "seconds": 60, "repetitions": 1, "sets": 1}, "each", "1 minute each side"),
        ({"mode": "breaths", "seconds": 6, "repetitions": 10, "sets": 1}, "both", "10 breaths of 6 seconds"),
        (
            {"mode": "reps", "seconds": 3, "repetitions": 5, "sets": 1, "alternate": True},
            "each",
            "5 repetitions of 3 seconds each side, taking turns",
        ),
    ],
)
def test_doses_are_said_as_a_person_would(dose: dict[str, object], sides: str, words: str):
    assert wording.dose(dose, sides) == words


def test_limits_that_leave_no_choice_are_not_said():
    assert wording.dose_limits("time", {"seconds": [60, 900], "repetitions": [1, 1], "sets": [1, 1]}) == (
        "60 to 900 seconds"
    )
    assert wording.dose_limits("breaths", {"seconds": [4, 10], "repetitions": [4, 15], "sets": [1, 2]}) == (
        "4 to 15 breaths, 4 to 10 seconds, 1 to 2 times"
    )
    assert wording.dose_limits("reps", {"seconds": [4, 8], "repetitions": [3, 10], "sets": [1, 1]}) == (
        "3 to 10 repetitions, 4 to 8 seconds"
    )
