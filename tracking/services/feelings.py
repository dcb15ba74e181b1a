"""Everything that writes how a back felt: ratings, the next day, and taking all of it back.

What is said here is private: nothing of it goes into logs, messages or addresses. Sessions themselves
are written in `sessions.py`; what answers lead to is decided in `tracking.feelings`.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from accounts.models import User
from tracking.models import FEELINGS, NextDay, Session
from tracking.services import days

# What a person says about a session; a note is theirs and not among it.
SAID = (*FEELINGS, "felt_area", "next_day")


@transaction.atomic
def say(*, session: Session, values: Mapping[str, object]) -> Session:
    """Save what was said; `values` by field name, only what changes.

    Raises:
        ValidationError: a rating is not 0 to 10, or the next day none of its choices.

    """
    if set(values) - set(SAID):
        raise ValueError("Only what is said about the back is saved here.")
    for name, value in values.items():
        setattr(session, name, value)
    # What was checked when the session was made is not looked up again.
    session.full_clean(exclude={"owner", "routine", "plan"}, validate_unique=False)
    session.save(update_fields=list(values))
    days.changed(session.owner)
    return session


@transaction.atomic
def take_back(*, session: Session) -> None:
    """Delete what was said about one session; the session stays."""
    _forget(Session.objects.filter(pk=session.pk))
    days.changed(session.owner)
    session.refresh_from_db(fields=SAID)


@transaction.atomic
def forget_all(*, owner: User) -> int:
    """Delete what a person said about any session, deleted ones too; returns about how many something was said.

    Sessions, notes, days and streaks stay.
    """
    told = owner.sessions.all().telling_feelings()
    count = told.count()
    _forget(told)
    days.changed(owner)
    return count


def _forget(sessions: QuerySet[Session]) -> None:
    """Clear ratings and areas. An answered next day becomes "no answer", so that nobody is asked again."""
    sessions.update(
        **dict.fromkeys(FEELINGS),
        felt_area="",
        next_day=Case(When(next_day="", then=Value("")), default=Value(NextDay.PASSED.value)),
    )
