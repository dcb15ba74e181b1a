"""Every kind of mistake in a content file is named with file and field, and nothing is loaded."""

import pytest

from stretches.content import ContentError, read

NECK = "stretches/neck-tilt.toml"
KNEE = "stretches/knee-to-chest.toml"
DESK = "routines/desk-break.toml"

# (file, old text, new text, where the message points, part of the message)
MISTAKES = [
    # One field.
    (NECK, "order = 1\n", "order = 1\ncolour = 3\n", "neck-tilt.toml: colour", "unknown key"),
    (NECK, 'feel = "A light', 'fell = "A light', "neck-tilt.toml: feel", "missing"),
    (NECK, "level = 1", 'level = "easy"', "neck-tilt.toml: level", "must be a whole number"),
    (NECK, "level = 1", "level = true", "neck-tilt.toml: level", "must be a whole number"),
    (NECK, "level = 1", "level = 4", "neck-tilt.toml: level", "from 1 to 3, is 4"),
    (NECK, 'name = "Neck nod"', 'name = " "', "neck-tilt.toml: name", "must not be empty"),
    (NECK, 'name = "Neck nod"', f'name = "{"N" * 81}"', "neck-tilt.toml: name", "at most 80 characters"),
    (NECK, 'areas = ["neck"]', 'areas = ["neckk"]', "neck-tilt.toml: areas", "unknown value “neckk”"),
    (NECK, 'areas = ["neck"]', "areas = []", "neck-tilt.toml: areas", "must not be empty"),
    (NECK, 'areas = ["neck"]', 'areas = ["neck", "neck"]', "neck-tilt.toml: areas", "twice"),
    (NECK, 'areas = ["neck"]', "areas = [1]", "neck-tilt.toml: areas", "list of texts"),
    (NECK, 'areas = ["neck"]', 'areas = "neck"', "neck-tilt.toml: areas", "must be a list"),
    (NECK, 'position = "seated"', 'position = "flying"', "neck-tilt.toml: position", "unknown value “flying”"),
    (NECK, 'sides = "both"', 'sides = "left"', "neck-tilt.toml: sides", "unknown value “left”"),
    (NECK, "reviewed_on = 2026-11-22", 'reviewed_on = "today"', "neck-tilt.toml: reviewed_on", "must be a date"),
    (NECK, "[dose]", "[dosage]", "neck-tilt.toml: dose", "missing"),
    (NECK, "[dose_range]", "[range]", "neck-tilt.toml: dose_range", "missing"),
    (NECK, "[pose]", "[posture]", "neck-tilt.toml: pose", "missing"),
    (NECK, 'mode = "reps"', 'mode = "times"', "neck-tilt.toml: dose.mode", "unknown value “times”"),
    (NECK, "repetitions = 6", "repetitions = 0", "neck-tilt.toml: dose.repetitions", "from 1 to 100"),
    (NECK, "repetitions = 6\n", "", "neck-tilt.toml: dose.repetitions", "missing"),
    (NECK, "seconds = 5\n", "seconds = 5\nweight = 2\n", "neck-tilt.toml: dose.weight", "unknown key"),
    (NECK, "seconds = [4, 8]", "seconds = [8, 4]", "neck-tilt.toml: dose_range.seconds", "[lowest, highest]"),
    (NECK, "seconds = [4, 8]", "seconds = [0, 8]", "neck-tilt.toml: dose_range.seconds", "from 1 to 1800"),
    (KNEE, "seconds = 30\n", "seconds = 30\nrepetitions = 2\n", "knee-to-chest.toml: dose.repetitions", "only for"),
    (KNEE, "switch_s = 5\n", "alternate = true\n", "knee-to-chest.toml: dose.alternate", "only for reps"),
    (KNEE, "[cautions.knee]", "[cautions.kneee]", "knee-to-chest.toml: cautions.kneee", "unknown condition"),
    (KNEE, 'action = "modify"', 'action = "forbid"', "cautions.disc_sciatica.action", "unknown value “forbid”"),
    (KNEE, 'substitute = "cat-cow"\n', "", "cautions.pregnancy.substitute", "missing: what is left out"),
    (KNEE, 'key = "leg-straight"', 'key = "foot-flat"', "knee-to-chest.toml: forms[2].key", "twice"),
    (KNEE, 'key = "leg-straight"', 'key = "Leg straight"', "knee-to-chest.toml: forms[2].key", "small letters"),
    (DESK, "total_s = 296", "total_s = 0", "desk-break.toml: total_s", "from 1 to 7200"),
    (DESK, 'phase = "warm-up"', 'phase = "nap"', "desk-break.toml: steps[1].phase", "unknown value “nap”"),
    (DESK, "dose = {", "dosis = {", "desk-break.toml: steps[1].dose", "missing"),
    ("conditions.toml", 'severity = "avoid"', 'severity = "bad"', "conditions[1].severity", "unknown value “bad”"),
    ("article.toml", 'part = "warm-up"', 'part = "start"', "instructions[1].part", "unknown value “start”"),
    ("vocabulary.toml", 'vocabulary = "area"', 'vocabulary = "aera"', "labels[1].vocabulary", "unknown value “aera”"),
    ("benefits.toml", "[[benefits]]", "[[benefit]]", "benefits.toml: benefit", "unknown key"),
    ("rules.toml", "[[rules]]", "[rules]\n[[rules.more]]", "rules.toml", "cannot be read"),
    ("search.toml", 'cobra = ["sphinx"]', "cobra = []", "search.toml: synonyms.cobra", "must not be empty"),
    (NECK, "order = 1", "order 1", "stretches/neck-tilt.toml", "cannot be read"),
    # Between files.
    (NECK, 'name = "Neck nod"', 'name = "Cat-cow"', "stretches: name", "“Cat-cow” is there twice"),
    (NECK, "order = 1\n", "order = 2\n", "stretches: order", "twice"),
    (NECK, 'benefits = ["K21"', 'benefits = ["K99"', "neck-tilt.toml: benefits", "unknown benefit “K99”"),
    (NECK, 'corrections = ["C05"]', 'corrections = ["C99"]', "neck-tilt.toml: corrections", "unknown correction"),
    (NECK, '"AAOS-SPINE"', '"NOBODY"', "neck-tilt.toml: sources", "unknown source “NOBODY”"),
    (NECK, 'harder = ["side-neck-stretch"', 'harder = ["nothing"', "neck-tilt.toml: harder", "unknown stretch"),
    (KNEE, "harder = []", 'harder = ["cat-cow"]', "cat-cow.toml: easier", "must name “knee-to-chest”"),
    (KNEE, "harder = []", 'harder = ["knee-to-chest"]', "knee-to-chest.toml: harder", "names the stretch itself"),
    (NECK, "repetitions = 6", "repetitions = 20", "neck-tilt.toml: dose.repetitions", "20 is outside 3 to 10"),
    (KNEE, "seconds = [5, 60]", "seconds = [5, 90]", "knee-to-chest.toml: dose_range.seconds", "60 s at most"),
    (
        "stretches/side-neck-stretch.toml",
        "seconds = [5, 30]",
        "seconds = [5, 40]",
        "side-neck-stretch.toml: dose_range.seconds",
        "30 s at most",
    ),
    (
        "stretches/shoulder-shrugs.toml",
        'sides = "each"',
        'sides = "both"',
        "shoulder-shrugs.toml: dose.alternate",
        "only where left and right",
    ),
    (KNEE, 'substitute = "cat-cow"', 'substitute = "dog"', "cautions.pregnancy.substitute", "unknown stretch “dog”"),
    (KNEE, 'substitute = "cat-cow"', 'substitute = "knee-to-chest"', "cautions.pregnancy.substitute", "itself"),
    (KNEE, 'substitute = "cat-cow"', 'substitute = "lying-groin"', "cautions.pregnancy.substitute", "itself left out"),
    (
        "stretches/cat-cow.toml",
        'position = "seated"',
        'position = "prone"',
        "cat-cow.toml: forms.seated.position",
        "none of the stretch's positions",
    ),
    ("stretches/childs-pose-rest.toml", 'group = "childs-pose"', 'group = "dogs"', "variant.group", "does not agree"),
    ("variant_groups.toml", '"childs-pose-rest"', '"childs-pose-nap"', "childs-pose.members", "unknown stretch"),
    ("variant_groups.toml", 'slug = "childs-pose"', 'slug = "cat-cow"', "variant_groups.toml: cat-cow", "same slug"),
    ("conditions.toml", 'tag = "recent_surgery"', 'tag = "neck"', "conditions.toml: tag", "“neck” is there twice"),
    ("conditions.toml", 'severity = "adapt"', 'severity = "avoid"', "wrist.severity", "no stretch is left out"),
    ("conditions.toml", 'severity = "avoid"', 'severity = "adapt"', "neck.severity", "is to be left out"),
    ("conditions.toml", '"adapt"', '"adapt"\nexempt = ["walking"]', "wrist.exempt", "only where"),
    ("benefits.toml", 'evidence = "supported"', 'evidence = "proven"', "K01.evidence", "unknown evidence label"),
    (
        "article.toml",
        'canonical = "K04"',
        'canonical = "K44"',
        "article.toml: benefit B01.canonical",
        "unknown benefit",
    ),
    ("article.toml", 'key = "B02"', 'key = "B01"', "article.toml: benefit.key", "“B01” is there twice"),
    (DESK, 'stretch = "neck-tilt"', 'stretch = "neck-nod"', "desk-break.toml: steps[3].stretch", "unknown stretch"),
    (DESK, 'position = "seated"', 'position = "prone"', "desk-break.toml: steps[1].position", "is not done prone"),
    (DESK, 'phase = "warm-up"', 'phase = "main"', "desk-break.toml: steps[1].phase", "does not belong to the main"),
    (DESK, 'position = "seated"', 'position = "seated"\nform = "x"', "steps[1].form", "has no form “x”"),
    (DESK, "repetitions = 3", "repetitions = 99", "desk-break.toml: steps[1].dose.repetitions", "outside 3 to 60"),
    (DESK, 'mode = "breaths"', 'mode = "reps"', "desk-break.toml: steps[1].dose.mode", "is counted in breaths"),
    (
        "routines/before-activity.toml",
        "alternate = true",
        "alternate = false",
        "before-activity.toml: steps[4].dose.alternate",
        "as in the stretch",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "message"), MISTAKES)
def test_mistake_is_named_with_file_and_field(copy, file, old, new, where, message):
    copy.edit(file, old, new)
    with pytest.raises(ContentError) as caught:
        read(copy.path)
    assert any(where in str(error) and message in str(error) for error in caught.value.errors), str(caught.value)


def test_the_copy_itself_is_right(copy, catalogue):
    assert read(copy.path) == catalogue


def test_all_mistakes_are_named_at_once(copy):
    copy.edit(NECK, "level = 1", "level = 9")
    copy.edit(KNEE, 'type = "static"', 'type = "still"')
    copy.edit(DESK, "total_s = 296", "total_s = -1")
    with pytest.raises(ContentError) as caught:
        read(copy.path)
    assert [error.file for error in caught.value.errors] == [DESK, KNEE, NECK]
    assert str(caught.value).count("\n") == 2


def test_one_slip_brings_one_message(copy):
    copy.edit("sources.toml", 'key = "ARTICLE"', 'kee = "ARTICLE"')
    with pytest.raises(ContentError) as caught:
        read(copy.path)
    assert {error.field for error in caught.value.errors} == {"sources[1].key", "sources[1].kee"}


@pytest.mark.parametrize("name", ["conditions.toml", "search.toml"])
def test_missing_file(copy, name):
    (copy.path / name).unlink()
    with pytest.raises(ContentError, match=f"{name}: missing"):
        read(copy.path)


@pytest.mark.parametrize("name", ["notes.txt", "stretches/notes.txt", "stretches/Neck Tilt.toml"])
def test_strange_file(copy, name):
    (copy.path / name).write_text("")
    with pytest.raises(ContentError, match="unknown file"):
        read(copy.path)


@pytest.mark.parametrize("name", [".DS_Store", "stretches/.neck-tilt.toml.swp"])
def test_hidden_files_are_left_alone(copy, catalogue, name):
    (copy.path / name).write_text("")
    assert read(copy.path) == catalogue


def test_missing_folder(tmp_path):
    with pytest.raises(ContentError, match="no such folder"):
        read(tmp_path / "nowhere")


def test_no_stretch_at_all(copy):
    for file in (copy.path / "stretches").iterdir():
        file.unlink()
    with pytest.raises(ContentError, match="stretches: there is no file"):
        read(copy.path)


def test_file_that_is_no_text(copy):
    (copy.path / "rules.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match=r"rules.toml: cannot be read"):
        read(copy.path)


def test_list_of_something_else_than_tables(copy):
    (copy.path / "rules.toml").write_text("rules = [1]\n")
    with pytest.raises(ContentError, match=r"rules.toml: rules: must be a list of tables"):
        read(copy.path)


def test_text_in_place_of_a_table(copy):
    copy.edit(KNEE, "[dose]\n", 'dose = "some"\n[nothing]\n')
    with pytest.raises(ContentError, match=r"knee-to-chest.toml: .*dose: must be a table"):
        read(copy.path)


def test_empty_list_file(copy):
    (copy.path / "conditions.toml").write_text("")
    with pytest.raises(ContentError, match=r"conditions.toml: conditions: missing"):
        read(copy.path)
