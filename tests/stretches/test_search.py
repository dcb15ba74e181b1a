"""Searching the real catalogue as people type, and properties of the search on its own."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stretches import shelf
from stretches.search import LONGEST_QUERY, Document, Index, Words, normalise, slips, stem

# (what is typed, what must come first)
QUERIES = [
    # Names, as we call them and as the article does.
    ("neck nod", "neck-tilt"),
    ("neck tilt", "neck-tilt"),
    ("Neck Tilt", "neck-tilt"),
    ("cat-cow", "cat-cow"),
    ("Cat/Cow pose", "cat-cow"),
    ("catcow", "cat-cow"),
    ("child's pose", "childs-pose-reach"),
    ("childs pose", "childs-pose-reach"),
    ("child’s pose", "childs-pose-reach"),  # noqa: RUF001
    ("child pose resting", "childs-pose-rest"),
    ("hip flexor stretch", "hip-flexor-kneeling"),
    ("standing hurdlers stretch", "standing-hurdler"),
    ("seated calf stretch", "seated-calf"),
    ("seated shoulder press", "seated-shoulder-press"),
    ("diaphragmatic breathing", "diaphragmatic-breathing"),
    # Other names.
    ("figure four", "piriformis-figure-4"),
    ("figure 4", "piriformis-figure-4"),
    ("figure-four stretch", "piriformis-figure-4"),
    ("sphinx", "upward-facing-dog"),
    ("updog", "upward-facing-dog"),
    ("cobra", "upward-facing-dog"),
    ("deep breathing", "diaphragmatic-breathing"),
    ("low lunge", "hip-flexor-low-lunge"),
    ("tennis ball", "massage-ball"),
    ("knee hug", "knee-to-chest"),
    ("belly breath", "diaphragmatic-breathing"),
    # Slips of the finger.
    ("hamstrng", "seated-hamstring"),
    ("shoulder rols", "shoulder-rolls"),
    ("hip flexer", "hip-flexor-kneeling"),
    ("pijeon pose", "pigeon-pose"),
    ("pirifromis", "piriformis-figure-4"),
    ("diafragm", "diaphragmatic-breathing"),
    ("shoudler blade squeeze", "shoulder-blade-squeeze"),
    ("upwards faceing dog", "upward-facing-dog"),
    # Word forms.
    ("rolling shoulders", "shoulder-rolls"),
    ("twisting", "standing-torso-twist"),
    ("lunges walking", "walking-lunge"),
    ("circling arms", "arm-circles"),
    ("jogs", "jogging"),
    # Areas, muscles, complaints.
    ("piriformis", "piriformis-figure-4"),
    ("calf", "standing-calf"),
    ("calves", "standing-calf"),
    ("tight calves", "standing-calf"),
    ("quads", "standing-quad"),
    ("psoas", "hip-flexor-kneeling"),
    ("inner thigh", "lying-groin"),
    ("sciatica", "piriformis-figure-4"),
    ("buttock", "piriformis-figure-4"),
    ("stiff neck", "side-neck-stretch"),
    ("piriformis syndrome", "piriformis-figure-4"),
    # As it is being typed.
    ("pirif", "piriformis-figure-4"),
    ("should rol", "shoulder-rolls"),
]


@pytest.fixture
def index(loaded) -> Index:
    return shelf.current().index


@pytest.fixture
def by_slug(catalogue):
    return {stretch.slug: stretch for stretch in catalogue.stretches}


def test_first_answer(index):
    # One test for all, because loading the catalogue is what takes the time.
    wrong = {query: found[:3] for query, first in QUERIES if (found := index.search(query))[:1] != [first]}
    assert wrong == {}


def test_every_name_finds_its_stretch_first(index, catalogue):
    usual = {group.slug: group.members[0] for group in catalogue.groups}
    for stretch in catalogue.stretches:
        assert index.search(stretch.name)[0] == stretch.slug
        shared = usual.get(stretch.group, stretch.slug)
        assert index.search(stretch.article_name)[0] == shared
        for alias in stretch.aliases:
            # An alias that the variants share stands for the usual one.
            sharing = [other.slug for other in catalogue.stretches if alias in other.aliases]
            assert index.search(alias)[0] == (shared if len(sharing) > 1 else stretch.slug), alias


@pytest.mark.parametrize(
    ("query", "area"),
    [
        ("low back pain", "lower-back"),
        ("lower back", "lower-back"),
        ("lumbar", "lower-back"),
        ("upper back", "upper-back"),
    ],
)
def test_an_area_finds_all_its_stretches_first(index, by_slug, query, area):
    found = index.search(query)
    inside = {slug for slug, stretch in by_slug.items() if area in stretch.areas}
    assert inside <= set(found)
    assert area in by_slug[found[0]].areas
    assert by_slug[found[0]].level == 1


@pytest.mark.parametrize("query", ["xyzzy qwerty", "bike", "coat", "purple elephant dog", "zzzz", "?", "心"])
def test_nonsense_finds_nothing(index, query):
    assert index.search(query) == [] or not normalise(query)


@pytest.mark.parametrize("query", ["", "   ", "stretch", "a stretch for my pain", "!!!"])
def test_a_query_that_says_nothing_finds_everything_in_order(index, catalogue, query):
    assert index.search(query) == [stretch.slug for stretch in catalogue.stretches]


def test_steps_count_where_nothing_better_is_known(index):
    assert index.search("towel")[0] == "seated-calf"
    assert index.search("pendulum")[0] == "leg-swing"


def test_a_hit_in_a_name_hides_hits_in_steps(index, by_slug):
    for slug in index.search("neck"):
        assert "neck" in by_slug[slug].areas


@pytest.mark.parametrize(
    ("forms", "shared"),
    [
        (("roll", "rolls", "rolling", "rolled"), "roll"),
        (("stretch", "stretches", "stretching", "stretched"), "stretch"),
        (("calf", "calves"), "calf"),
        (("hamstring", "hamstrings"), "hamstring"),
        (("sit", "sits", "sitting"), "sit"),
        (("breath", "breaths", "breathing", "breathe"), "breath"),
        (("body", "bodies"), "body"),
        (("piriformis",), "piriformis"),
        (("trapezius",), "trapezius"),
        (("press", "presses"), "press"),
        (("lunge", "lunges"), "lunge"),
    ],
)
def test_stem(forms, shared):
    assert {stem(form) for form in forms} == {shared}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Child’s Pose", "childs pose"),  # noqa: RUF001
        ("Cat/Cow", "cat cow"),
        ("  Knee-to-chest ", "knee to chest"),
        ("Piriformis (figure 4)", "piriformis figure 4"),
        ("Étirement", "etirement"),
        ("snake_case", "snake case"),
        ("", ""),
    ],
)
def test_normalise(text, plain):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("calf", "calf", 0),
        ("claf", "calf", 1),
        ("cal", "calf", 1),
        ("calff", "calf", 1),
        ("half", "calf", 1),
        ("flexer", "flexor", 1),
        ("diafragm", "diaphragm", 2),
        ("neck", "hamstring", 3),
        ("abcdef", "uvwxyz", 3),
    ],
)
def test_slips(one, other, expected):
    assert slips(one, other, 2) == expected


words = st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=10)


@given(words, words)
def test_slips_are_the_same_both_ways(one, other):
    assert slips(one, other, 3) == slips(other, one, 3)


@given(words)
def test_stem_is_a_beginning_of_the_word_or_a_known_form(word):
    assert stem(word)
    assert stem(word)[:2] == word[:2] or len(word) < 3


@given(st.text(max_size=40))
@example("ᴬ")
@example("İ")
def test_normalise_twice_is_once(text):
    assert normalise(normalise(text)) == normalise(text)


names = st.lists(st.text(alphabet="abcdefgh ", min_size=3, max_size=14).filter(str.strip), min_size=1, max_size=6)


def small_index(titles):
    documents = [
        Document(f"s{number}", {"name": [title], "step": titles}, place=(number,))
        for number, title in enumerate(titles)
    ]
    return Index(documents, Words(frozenset({"the"}), {"big cat": "lion"}, {"kitty": ["cat"]}))


@given(names, st.text(max_size=2 * LONGEST_QUERY))
@example(["abc"], "\x00")
@example(["abc"], "the")
@example(["abc"], "a" * 500)
def test_never_raises_and_never_invents(titles, query):
    found = small_index(titles).search(query)
    assert len(found) == len(set(found))
    assert set(found) <= {f"s{number}" for number in range(len(titles))}


@given(names, st.data())
def test_an_exact_name_comes_first(titles, data):
    wanted = data.draw(st.sampled_from(titles))
    first = small_index(titles).search(wanted)[0]
    same = {
        f"s{number}"
        for number, title in enumerate(titles)
        if normalise(title).replace(" ", "") == normalise(wanted).replace(" ", "")
    }
    assert first in same
    assert first == min(same)


@given(st.text(max_size=30))
def test_an_empty_index_answers_nothing(query):
    assert Index([], Words()).search(query) == []


def test_phrases_and_synonyms():
    documents = [Document("a", {"name": ["Lion walk"]}), Document("b", {"name": ["Cat nap"]})]
    index = Index(documents, Words(phrases={"big cat": "lion"}, synonyms={"kitty": ["cat nap"], "dog": ["wolf"]}))
    assert index.search("big cat") == ["a"]
    assert index.search("kitties") == ["b"]
    assert index.search("dog") == []
    assert index.search("lion nap") == ["a", "b"]
