"""Finding stretches by words: tolerant of typing and word forms, best match first.

Pure: documents and words in, slugs in order out. It knows nothing of models,
filters or pages; what a document's fields hold is decided in `stretches.shelf`,
filters are counted in `stretches.facets`.

How a word of the query may meet a word of a document, best first: the same
word in any form, the start of a longer word, a synonym, a slip of the finger.
Slips are forgiven only for words that are known in no other way, and only
against names, areas and muscles, so that nonsense finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

# What a word in a field is worth. A name beats a muscle, a muscle beats a step.
WEIGHTS: Final[Mapping[str, float]] = {
    "name": 10,
    "group": 8,
    "article_name": 8,
    "alias": 7,
    "area": 6,
    "muscle": 6,
    "other_muscle": 3,
    "kind": 3,
    "summary": 2,
    "feel": 2,
    "step": 1,
}
# A query that is a whole name goes first, whatever else shares its words.
WHOLE: Final[Mapping[str, float]] = {"name": 1000, "article_name": 900, "group": 800, "alias": 700}

# Fields whose words are worth mending a typing error for.
MENDABLE: Final = frozenset({"name", "group", "article_name", "alias", "area", "muscle"})

SAME, START, MEANT, SLIP, TWO_SLIPS = 1.0, 0.7, 0.8, 0.6, 0.4
# A hit in the steps only is noise where others have the word in their name.
NOISE: Final = 0.2
REST: Final = 0.05

LONGEST_QUERY: Final = 100
MOST_WORDS: Final = 8

_IRREGULAR: Final = {"calves": "calf", "feet": "foot", "bodies": "body", "hamstring": "hamstring", "string": "string"}
_VOWEL: Final = re.compile(r"[aeiouy]")


@dataclass(frozen=True)
class Words:
    """What people type: words without meaning, phrases to rewrite, and synonyms."""

    stop_words: frozenset[str] = frozenset()
    phrases: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One thing to be found.

    `fields` maps names of `WEIGHTS` to texts; `boost` multiplies what its words are
    worth, `place` settles ties.
    """

    slug: str
    fields: Mapping[str, Sequence[str]]
    place: tuple[int, ...] = ()
    boost: float = 1.0


def normalise(text: str) -> str:
    """Return a text in small plain letters and digits, words apart by one blank."""
    # Small letters last: what looks like a raised A is one only after it is taken apart.
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"['’`´]", "", plain)  # noqa: RUF001
    return " ".join(re.findall(r"[^\W_]+", plain))


def stem(word: str) -> str:
    """Return what the forms of an English word share: "rolls" and "rolling" give "roll".

    Light on purpose: it only has to do the same to query and document.
    """
    word = _IRREGULAR.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = _IRREGULAR.get(word, word)
    if word in _IRREGULAR.values():
        return word
    for ending in ("ing", "ed"):
        if len(word) > 5 and word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            return word
    return word[:-1] if len(word) > 5 and word.endswith("e") else word


def slips(one: str, other: str, most: int) -> int:
    """Return how many letters were added, dropped, changed or swapped; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        new = [i]
        for j, theirs in enumerate(other, 1):
            cost = min(row[j] + 1, new[-1] + 1, row[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return min(row[-1], most + 1)


class Index:
    """The searchable catalogue. Built once for each version, never changed after."""

    def __init__(self, documents: Iterable[Document], words: Words) -> None:
        self._words = words
        self._documents = tuple(documents)
        # Two forms of one word ("thigh", "thighs") share their synonyms.
        self._synonyms: dict[str, list[list[str]]] = defaultdict(list)
        for word, found in words.synonyms.items():
            meanings = [[stem(part) for part in self._rewrite(meant).split()] for meant in found]
            self._synonyms[stem(normalise(word))] += meanings
        # stem -> document -> what it is worth there; spelling -> stem, for starts and slips.
        self._worth: dict[str, dict[int, float]] = defaultdict(dict)
        self._spellings: dict[str, str] = {}
        self._mendable: dict[str, str] = {}
        self._whole: dict[str, dict[int, float]] = defaultdict(dict)
        for number, document in enumerate(self._documents):
            self._add(number, document)

    def _add(self, number: int, document: Document) -> None:
        found: dict[str, list[float]] = defaultdict(list)
        for name, texts in document.fields.items():
            for text in texts:
                if name in WHOLE:
                    # With and without blanks, because people write "catcow" too.
                    for whole in {self._rewrite(text), self._rewrite(text).replace(" ", "")}:
                        _keep_best(self._whole[whole], {number: WHOLE[name]}, SAME)
                for spelling in set(self._rewrite(text).split()) - self._words.stop_words:
                    word = stem(spelling)
                    found[word].append(WEIGHTS[name])
                    self._spellings[spelling] = word
                    if name in MENDABLE:
                        self._mendable[spelling] = word
        for word, weights in found.items():
            best = max(weights)
            self._worth[word][number] = document.boost * (best + REST * (sum(weights) - best))

    def _rewrite(self, text: str) -> str:
        """Normalise, and put phrases into the words the catalogue uses."""
        padded = f" {normalise(text)} "
        for phrase, meant in self._words.phrases.items():
            padded = padded.replace(f" {phrase} ", f" {meant} ")
        return padded.strip()

    def search(self, query: str) -> list[str]:
        """Return the slugs that answer a query, best first; a query that says nothing gets all.

        Never raises, whatever is typed.
        """
        text = self._rewrite(query[:LONGEST_QUERY])
        whole = self._whole.get(text) or self._whole.get(text.replace(" ", ""), {})
        spellings = [word for word in text.split() if word not in self._words.stop_words][:MOST_WORDS]
        if not spellings and not whole:
            return [document.slug for document in self._documents]
        meetings = [found for word in dict.fromkeys(spellings) if (found := self._meet(word))]
        # Words that are known nowhere are passed over, but a query made mostly of them is nonsense.
        if len(meetings) * 2 < len(set(spellings)):
            meetings = []
        return self._ordered(whole, self._together(meetings))

    def _together(self, meetings: Sequence[Mapping[int, float]]) -> dict[int, float]:
        """Return the scores of the documents that meet the most words of the query."""
        met: dict[int, int] = defaultdict(int)
        scores: dict[int, float] = defaultdict(float)
        for meeting in meetings:
            for number, score in meeting.items():
                met[number] += 1
                scores[number] += score
        most = max(met.values(), default=0)
        kept = {number: score for number, score in scores.items() if met[number] == most}
        best = max(kept.values(), default=0)
        return {number: score for number, score in kept.items() if score >= NOISE * best}

    def _ordered(self, whole: Mapping[int, float], scores: Mapping[int, float]) -> list[str]:
        """Return the slugs: those whose whole name it is first, then by score; ties by place."""

        def rank(number: int) -> tuple[float, float, tuple[int, ...], int]:
            # Variants share a name; which comes first is settled by place and not by other words.
            score = 0 if number in whole else round(scores[number], 6)
            return -whole.get(number, 0), -score, self._documents[number].place, number

        return [self._documents[number].slug for number in sorted({*whole, *scores}, key=rank)]

    def _meet(self, spelling: str) -> dict[int, float]:
        """Return the documents that one word of a query meets, with what the meeting is worth."""
        word = stem(spelling)
        found: dict[int, float] = {}
        _keep_best(found, self._worth.get(word, {}), SAME)
        if len(spelling) >= 3:
            for other, other_stem in self._spellings.items():
                if other.startswith(spelling) and other_stem != word:
                    _keep_best(found, self._worth[other_stem], START)
        for meant in self._synonyms.get(word, []):
            _keep_best(found, self._all_of(meant), MEANT)
        return found or self._mend(spelling)

    def _all_of(self, stems: Sequence[str]) -> dict[int, float]:
        """Return the documents that have every one of these words, with their mean worth."""
        rows = [self._worth.get(word, {}) for word in stems]
        shared = set.intersection(*(set(row) for row in rows)) if rows else set()
        return {number: sum(row[number] for row in rows) / len(rows) for number in shared}

    def _mend(self, spelling: str) -> dict[int, float]:
        """Return the documents whose names, areas or muscles have a word a slip or two away."""
        if len(spelling) < 4:
            return {}
        allowed = 2 if len(spelling) >= 7 else 1
        nearest: dict[str, int] = {}
        letters = set(spelling)
        for other, other_stem in self._mendable.items():
            # A slip changes at most two letters of the set; looking at it first saves most of the work.
            if len(other) < 4 or len(letters.symmetric_difference(other)) > 2 * allowed:
                continue
            if (distance := slips(spelling, other, allowed)) <= allowed:
                nearest[other_stem] = min(distance, nearest.get(other_stem, allowed))
        closest = min(nearest.values(), default=0)
        found: dict[int, float] = {}
        for other_stem, distance in nearest.items():
            if distance == closest:
                _keep_best(found, self._worth[other_stem], SLIP if distance == 1 else TWO_SLIPS)
        return found


def _keep_best(found: dict[int, float], row: Mapping[int, float], factor: float) -> None:
    for number, worth in row.items():
        found[number] = max(found.get(number, 0), worth * factor)
