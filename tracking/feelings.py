"""What somebody's answers about their back ask of us: a question for the next day, a gentle word, rule P20.

Pure: plain values in, plain values out. No Django, no clock, no words for the page, and no verdict
about anybody's health: an answer leads to a suggestion or to nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Concern = Literal["", "rising", "strong"]
Advice = Literal["ease", "rising", "strong"]

# From this rating on pain is strong; so much more after than before is a rise.
STRONG = 8
RISE = 2
# Rule P20: worse so often, one after the other, asks for less.
WORSE_IN_A_ROW = 2
# How many of the last sessions with an answer are looked at for pain.
LAST_SESSIONS = 3
# A next day is asked about for so long; answers older than the other say nothing about today.
ASK_FOR = timedelta(days=7)
LOOK_BACK = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered about one finished session.

    `key` names the session, `day` is its practice day; ratings are 0 to 10 or None, `next_day` is "",
    "better", "same", "worse" or "passed"; `routine` is the slug of a ready-made routine or "".
    """

    key: str
    day: date
    pain_before: int | None = None
    pain_after: int | None = None
    next_day: str = ""
    routine: str = ""

    @property
    def is_told(self) -> bool:
        """Whether there is an answer that says anything about pain or the next day."""
        return self.pain_before is not None or self.pain_after is not None or self.next_day in _SPEAKING


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One piece of advice, and the key of the session whose answer brought it."""

    advice: Advice
    about: str

    @property
    def key(self) -> str:
        """What a person lays aside: this advice for this answer; the next one comes anew."""
        return f"{self.advice}:{self.about}"


_SPEAKING = frozenset({"better", "same", "worse"})


def concern(before: int | None, after: int | None) -> Concern:
    """Return what a pair of pain ratings (0 to 10, None for no answer) gives reason to say."""
    if max(before or 0, after or 0) >= STRONG:
        return "strong"
    if before is not None and after is not None and after - before >= RISE:
        return "rising"
    return ""


def ask_about(sessions: Sequence[Said], today: date) -> Said | None:
    """Return the session to ask the next-day question about, or None.

    `sessions` are the finished ones, newest first, deleted ones with an answer among them. Only the
    newest is asked about, from the day after it on for a week, and only where nothing was answered for
    its day or a later one: so nobody is asked twice, nor about something older.
    """
    if not sessions:
        return None
    newest = sessions[0]
    is_asked = any(said.next_day and said.day >= newest.day for said in sessions)
    return newest if not is_asked and timedelta() < today - newest.day <= ASK_FOR else None


def suggest(sessions: Sequence[Said], today: date) -> Suggestion | None:
    """Return what the last answers (newest first) suggest today: rule P20 first, then a word about pain.

    Either holds until the next answer that isn't worse, and for four weeks at most.
    """
    recent = [said for said in sessions if today - said.day <= LOOK_BACK]
    nights = [said for said in recent if said.next_day in _SPEAKING][:WORSE_IN_A_ROW]
    if len(nights) == WORSE_IN_A_ROW and all(said.next_day == "worse" for said in nights):
        return Suggestion("ease", nights[0].key)
    for said in [said for said in recent if said.is_told][:LAST_SESSIONS]:
        if said.next_day in {"better", "same"}:
            return None
        worry = concern(said.pain_before, said.pain_after)
        if worry:
            return Suggestion(worry, said.key)
        if said.pain_after is not None:
            return None
    return None


def gentlest(
    routines: Mapping[str, Sequence[str]], cares: Mapping[str, str], *, besides: Iterable[str] = ()
) -> str | None:
    """Return the gentle routine that suits somebody best, or None where none does.

    `routines` has the stretches of each, the preferred routine first; `cares` says "avoid", "ask" or
    "modify" for the stretches that the person's conditions concern. One with a stretch to avoid or to
    ask about is never taken, one with nothing to adapt is preferred, and one of `besides` (what was
    done when the back got worse) is left out.
    """
    fitting = [
        slug
        for slug, stretches in routines.items()
        if stretches and slug not in set(besides) and not any(cares.get(one) in {"avoid", "ask"} for one in stretches)
    ]
    return min(fitting, key=lambda slug: any(one in cares for one in routines[slug]), default=None)
