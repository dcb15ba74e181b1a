"""The map of the body on pages: areas that lead to their stretches, areas coloured by a value, and no drawing."""

import json
from html import unescape
from http import HTTPStatus
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from stretches.bodymap import BodyMap, Mark, body_map, by_level
from stretches.content import Catalogue
from stretches.drawn import AREAS
from stretches.models import Stretch
from tests.stretches.parsed import Node, Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

WORDS = {0: "not yet", 1: "a little", 2: "some", 3: "often", 4: "almost every day"}


def shown(path: str, client: Client | None = None, headers: dict[str, str] | None = None) -> Page:
    response = (client or Client()).get(path, headers=headers)
    assert response.status_code == HTTPStatus.OK
    return Page(response.content)


def links(page: Page) -> list[Node]:
    """The areas that lead somewhere, one for each shape."""
    return [node for node in page.nodes if node.tag == "a" and node.attrs.get("hx-target") == "#results"]


def rendered(marks: dict[str, Mark]) -> Page:
    found = body_map(marks)
    assert isinstance(found, BodyMap)
    return Page(render_to_string("stretches/_body_map.html", {"map": found}).encode())


@pytest.fixture
def undrawn(tmp_path: Path, settings) -> Path:
    """A site whose map nobody has drawn yet."""
    settings.FIGURES_DIR = tmp_path
    return tmp_path


def test_every_area_of_the_catalogue_that_a_body_has_is_on_the_map(shelved: Catalogue):
    areas = {area for stretch in shelved.stretches for area in stretch.areas}
    found = {str(link.attrs["href"]).rpartition("=")[2] for link in links(shown("/stretches/"))}
    assert found == areas - {"full-body", "breathing"}, "these two have no place of their own"


def test_an_area_leads_to_exactly_its_stretches_and_says_how_many():
    for link in links(shown("/stretches/")):
        url = unescape(str(link.attrs["href"]))
        assert link.attrs["hx-get"] == link.attrs["href"]
        names = {node.attrs["data-stretch"] for node in shown(url).all("li", data_stretch="*")}
        area = url.rpartition("=")[2]
        assert names == {stretch.slug for stretch in Stretch.objects.all() if area in stretch.areas}
        assert f", {len(names)} stretch" in str(link.attrs["aria-label"])


def test_a_chosen_area_says_so_and_its_link_takes_it_back():
    chosen = [link for link in links(shown("/stretches/?area=lower-back&q=knee")) if link.attrs.get("aria-current")]
    assert [link.attrs["href"] for link in chosen] == ["/stretches/?q=knee"]


def test_an_area_without_an_answer_leads_nowhere():
    page = shown("/stretches/?area=calves&position=supine")
    assert all(
        ", 0 stretches" not in str(link.attrs["aria-label"]) or link.attrs.get("aria-current") for link in links(page)
    )
    dead = [node for node in page.all("path", role="img") if ", 0 stretches" in str(node.attrs["aria-label"])]
    assert dead


def test_keyboard_and_screen_reader_meet_each_area_once():
    page = shown("/stretches/")
    met = [link.attrs["aria-label"] for link in links(page) if link.attrs.get("aria-hidden") != "true"]
    assert len(met) == len(set(met))
    again = [link for link in links(page) if link.attrs.get("aria-hidden") == "true"]
    assert again
    assert all(link.attrs["tabindex"] == "-1" for link in again)


def test_the_map_comes_anew_with_the_filters():
    page = shown("/stretches/?area=neck", headers={"hx-request": "true", "hx-target": "section#results"})
    assert any(link.attrs.get("aria-current") for link in links(page))


def test_it_shows_whom_the_person_chose(client_as, user: User):
    user.figure = "man"
    user.save()
    pictures = [str(node.attrs["href"]) for node in shown("/stretches/", client_as(user)).all("image")]
    assert [name.rpartition("/")[2].split(".")[:3] for name in pictures] == [
        ["bodymap", "man", "front"],
        ["bodymap", "man", "back"],
    ]


def test_colours_by_value_are_told_in_words_too():
    page = rendered(by_level({"neck": 4, "calves": 1}, {"neck": "Neck", "calves": "Calves", "full-body": "All"}, WORDS))
    told = {node.attrs["aria-label"]: node.attrs["class"] for node in page.all("path", role="img")}
    assert told == {"Neck, almost every day": "map-area map-4", "Calves, a little": "map-area map-1"}
    assert [node.text for node in page.all("li")] == ["Neck almost every day", "Calves a little", "All not yet"]


def test_a_level_without_a_colour_is_refused():
    with pytest.raises(ValueError, match="A level is 0 to 4, not 5"):
        Mark("Neck", "more than all", level=5)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"bodies": 3}', json.dumps({"bodies": {"woman": {"front": [1]}}})])
def test_without_a_drawing_the_list_has_to_do(undrawn: Path, broken: str):
    if broken:
        (undrawn / AREAS).write_text(broken)
    assert body_map({"neck": Mark("Neck", "6 stretches")}) is None
    page = shown("/stretches/")
    assert not links(page)
    assert page.all("input", name="area")
