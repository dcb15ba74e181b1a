"""What Today asks and says about somebody's back: the bridge from the tables to `tracking.feelings`.

Reads only, one small query where there is nothing to suggest. The rules are in `feelings.py`, the
words in the template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from routines import plans
from routines.models import Routine
from stretches.care import care_by_slug, tags_of
from tracking import feelings, moment
from tracking.feelings import Said, Suggestion

# Where the last suggestion that a person laid aside is kept: in the browser's session, as one key.
LAID_ASIDE = "feelings_laid_aside"
# Ready-made routines that ask little, the one for a sore lower back first.
GENTLE = (moment.EASE, moment.BED, "floor-free", moment.DESK)
# More sessions than anybody finishes in the weeks that answers are looked at.
MOST = 80


@dataclass(frozen=True)
class Checkin:
    """The card on Today: at most one question and one suggestion.

    `asked` is the session asked about and its `name`; `gentle` a routine to start and `last` the
    routine practised last, both only beside the suggestion to do less.
    """

    asked: Said | None = None
    name: str = ""
    suggestion: Suggestion | None = None
    gentle: Routine | None = None
    last: Routine | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.asked is None and self.suggestion is None


def checkin(user: User, *, today: date, laid_aside: str = "") -> Checkin:
    """Return what to ask and to suggest on the practice day `today`; nothing for who does not want it."""
    if not user.asks_feelings:
        return Checkin()
    said, answered, names = [], [], {}
    for pk, day, before, after, next_day, routine, name, is_deleted in _rows(user, today):
        one = Said(str(pk), day, before, after, next_day, routine)
        names[one.key] = name
        if not is_deleted:
            said.append(one)
        elif next_day:
            # A deleted session is no reason for anything; that its day was answered for is known.
            answered.append(one)
    asked = feelings.ask_about([*said, *answered], today) if said else None
    suggestion = feelings.suggest(said, today)
    if suggestion is not None and suggestion.key == laid_aside:
        suggestion = None
    name = names[asked.key] if asked else ""
    if suggestion is None or suggestion.advice != "ease":
        return Checkin(asked, name, suggestion)
    worse = [one.routine for one in said if one.next_day == "worse"]
    return Checkin(asked, name, suggestion, gentle=_gentle(user, besides=worse), last=_last(user))


def _rows(user: User, today: date) -> list[tuple[UUID, date, int | None, int | None, str, str, str, bool]]:
    return list(user.sessions.all().said_since(today - feelings.LOOK_BACK)[:MOST])


def _gentle(user: User, *, besides: Sequence[str]) -> Routine | None:
    """Return a gentle routine that the person's conditions have nothing against."""
    found = {routine.slug: routine for routine in Routine.objects.ready_made().filter(slug__in=GENTLE).with_steps()}
    stretches = {slug: [step.stretch for step in plans.plan(found[slug])] for slug in GENTLE if slug in found}
    cares = care_by_slug(tags_of(user), {one for slugs in stretches.values() for one in slugs})
    # Better the same one again, and half of it, than none.
    best = feelings.gentlest(stretches, cares, besides=besides) or feelings.gentlest(stretches, cares)
    return found[best] if best else None


def _last(user: User) -> Routine | None:
    last = user.sessions.all().last_routine()
    return Routine.objects.filter(pk=last).first() if last else None
