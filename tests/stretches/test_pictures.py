"""The pictures on pages: which one somebody gets, what stands in, what a list weighs, the choice of person."""

import re
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.template import Context, Template
from django.test import Client

from accounts.models import User
from stretches.content import Catalogue
from stretches.gallery import Look, gallery
from stretches.models import Stretch
from tests.stretches.parsed import Page, assert_well_made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelved")]

URL = "/account/pictures/"
PNG = b"\x89PNG\r\n\x1a\n"


def get(path: str, client: Client | None = None) -> Page:
    return Page((client or Client()).get(path).content)


def thumb(slug: str, look: Look, form: str = "") -> str:
    """The thumb's markup as a template gets it."""
    context = Context({"stretch": Stretch.objects.get(slug=slug), "look": look, "form": form})
    return Template("{% load figures %}{% thumb stretch form %}").render(context)


@pytest.fixture
def undrawn(tmp_path: Path, settings) -> None:
    """A site whose figures nobody has drawn yet."""
    settings.FIGURES_DIR = tmp_path / "none"


def test_a_thumb_is_light_lazy_and_silent():
    shown = thumb("cat-cow", Look())
    assert re.search(r'src="[^"]*figures/cat-cow\.(wo)?man\.plain[^"]*\.svg"', shown)
    for attribute in ('width="320"', 'height="240"', 'alt=""', 'loading="lazy"', 'decoding="async"'):
        assert attribute in shown


def test_chosen_tones_are_asked_for_and_the_rest_stays_as_drawn():
    assert "cat-cow.man.plain" in thumb("cat-cow", Look("man"))
    assert re.search(r"cat-cow\.woman\.thumb[^\"]*\.svg#s3c2\"", thumb("cat-cow", Look("woman", 3, 2)))
    assert re.search(r"\.svg#s5c1\"", thumb("cat-cow", Look("woman", skin=5)))


def test_an_unknown_form_is_shown_as_the_stretch():
    assert thumb("cat-cow", Look(), "no-such") == thumb("cat-cow", Look())


def test_each_way_to_do_a_stretch_has_its_own_picture():
    images = [str(image.attrs["src"]) for image in get("/stretches/cat-cow/").all("img", class_="thumb")]
    assert [name for name in images if "cat-cow--seated." in name]
    shown = "{% load figures %}{% for way in stretch.forms %}[{% form_thumb stretch way.key %}]{% endfor %}"

    def pictures(slug: str) -> list[str]:
        context = Context({"stretch": Stretch.objects.get(slug=slug), "look": Look()})
        found = re.findall(r"\[(.*?)\]", Template(shown).render(context))
        return [re.sub(r".*figures/([a-z0-9-]+)\..*", r"\1", each) for each in found]

    assert pictures("walking") == ["walking--on-the-spot", "walking", "walking--seated"]
    assert pictures("leg-swing") == ["leg-swing", "leg-swing--sideways"]
    assert pictures("seated-calf") == ["seated-calf", "seated-calf--towel"]


def test_a_way_without_a_picture_shows_none(undrawn):
    context = Context({"stretch": Stretch.objects.get(slug="cat-cow"), "look": Look()})
    assert Template('{% load figures %}{% form_thumb stretch "seated" %}').render(context) == ""


def test_woman_and_man_take_turns(shelved: Catalogue):
    shown = [entry.who for slug in (s.slug for s in shelved.stretches) if (entry := gallery().find(slug))]
    assert abs(shown.count("woman") - shown.count("man")) <= len(shelved.stretches) - len(shown) + 1


@pytest.mark.usefixtures("undrawn")
def test_without_drawings_the_icons_stand_in():
    stretch = Stretch.objects.get(slug="cat-cow")
    assert f'href="#area-{stretch.areas[0]}"' in thumb("cat-cow", Look())
    assert len(thumb("cat-cow", Look())) < 150
    page = get("/stretches/cat-cow/")
    assert not page.all("img")
    assert not page.all("meta", property="og:image")
    assert_well_made(page)
    assert not get("/stretches/").all("img")
    assert Client().get(URL).status_code == HTTPStatus.OK


def test_a_stretch_without_areas_still_has_a_picture():
    Stretch.objects.filter(slug="cat-cow").update(areas=[], slug="fresh")
    assert "#area-full-body" in thumb("fresh", Look())


def test_a_page_has_both_poses_and_their_words():
    page = get("/stretches/cat-cow/")
    figure = page.one("div", data_figure="*")
    assert str(figure.attrs["data-moving"]).endswith(".svg")
    start, end = [node for node in page.all("img") if "loading" not in node.attrs]
    assert (start.attrs["alt"], end.attrs["alt"]) == ("", gallery().entries["cat-cow"].alt)
    assert [node.text for node in page.all("figcaption")] == ["Start", "End"]
    assert_well_made(page)


def test_a_link_shows_a_preview(settings):
    settings.SITE_URL = "https://back.example.org"
    page = get("/stretches/cat-cow/")
    told = {node.attrs["property"]: node.attrs["content"] for node in page.all("meta", property="*")}
    assert str(told["og:image"]).startswith("https://back.example.org/static/figures/cat-cow.share")
    assert told["og:url"] == "https://back.example.org/stretches/cat-cow/"
    assert told["og:title"] == "Cat-cow"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert page.one("meta", name="description").attrs["content"] == told["og:description"]
    picture = (Path(django_settings.FIGURES_DIR) / "cat-cow.share.png").read_bytes()
    assert picture.startswith(PNG)
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1200, 630)


def test_everybody_has_their_own_cards(client_as, user: User, stranger: User):
    User.objects.filter(pk=user.pk).update(figure="man", skin_tone=4)
    own, other = get("/stretches/", client_as(user)), get("/stretches/", client_as(stranger))
    assert all(".man.thumb" in str(node.attrs["src"]) for node in own.all("img"))
    assert all("#s" not in str(node.attrs["src"]) for node in other.all("img"))
    assert [node.attrs["src"] for node in other.all("img")] == [n.attrs["src"] for n in get("/stretches/").all("img")]


def test_choosing_makes_a_guest_and_is_remembered(client: Client):
    assert_well_made(get(URL))
    assert User.objects.count() == 0
    answer = client.post(URL, {"figure": "woman", "skin_tone": "3", "clothes": ""})
    assert answer.status_code == HTTPStatus.FOUND
    person = User.objects.get()
    assert (person.is_guest, person.figure, person.skin_tone, person.clothes) == (True, "woman", 3, None)
    page = get(URL, client)
    assert [node.attrs["value"] for node in page.all("input", checked="*")] == ["woman", "3", ""]
    assert "woman" in str(get("/stretches/cat-cow/", client).one("div", data_figure="*").attrs["data-who"])


def test_choosing_again_can_take_it_all_back(client_as, user: User):
    client = client_as(user)
    client.post(URL, {"figure": "man", "skin_tone": "5", "clothes": "4"})
    client.post(URL, {})
    user.refresh_from_db()
    assert (user.figure, user.skin_tone, user.clothes) == ("", None, None)


@pytest.mark.parametrize(("name", "value"), [("figure", "cat"), ("skin_tone", "6"), ("clothes", "0"), ("clothes", "x")])
def test_what_is_not_drawn_cannot_be_chosen(client_as, user: User, name: str, value: str):
    answer = client_as(user).post(URL, {"figure": "man", name: value})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "errorlist" in answer.content.decode()
    user.refresh_from_db()
    assert user.figure == ""
