"""Everything that writes pauses: days off for illness, a flare-up, travel or something else.

A pause changes figures and no session. What days it covers is arithmetic, in `tracking.pausing`.
"""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext

from accounts.models import User
from tracking.models import Pause
from tracking.services import days

YEAR = timedelta(days=365)
MOST = 200


@transaction.atomic
def add_pause(*, owner: User, starts_on: date, ends_on: date | None, reason: str, today: date) -> Pause:
    """Take days off, or return the very same pause if it is there already; `today` is the practice day.

    Raises:
        ValidationError: by field (starts_on, ends_on, reason), or by none where there are too many.

    """
    _lock(owner)
    same = owner.pauses.filter(starts_on=starts_on, ends_on=ends_on, reason=reason).first()
    if same is not None:
        return same
    _check_room(owner)
    return _store(Pause(owner=owner), starts_on, ends_on, reason, today=today)


@transaction.atomic
def change_pause(*, pause: Pause, starts_on: date, ends_on: date | None, reason: str, today: date) -> Pause:
    """Give a pause other days or another reason; errors as in `add_pause`."""
    _lock(pause.owner)
    return _store(pause, starts_on, ends_on, reason, today=today)


@transaction.atomic
def delete_pause(*, pause: Pause) -> None:
    """Remove a pause; `put_back` with what it was brings it back."""
    pause.delete()
    days.changed(pause.owner)


def put_back(*, owner: User, pk: uuid.UUID, starts_on: date, ends_on: date | None, reason: str) -> Pause:
    """Let a pause be as it was before it was changed or deleted; doing so again changes nothing.

    Raises:
        Pause.DoesNotExist: somebody else has that id.
        ValidationError: there are too many by now.

    """
    try:
        with transaction.atomic():
            _lock(owner)
            pause = owner.pauses.filter(pk=pk).first()
            is_gone = pause is None
            if pause is None:
                _check_room(owner)
                pause = Pause(pk=pk, owner=owner)
            # What was right when it was made is right again, however long ago.
            pause.starts_on, pause.ends_on, pause.reason = starts_on, ends_on, reason
            pause.full_clean(validate_unique=False)
            pause.save(force_insert=is_gone)
            days.changed(owner)
            return pause
    except IntegrityError:
        raise Pause.DoesNotExist from None


def _store(pause: Pause, starts_on: date, ends_on: date | None, reason: str, *, today: date) -> Pause:
    _check_days(pause, starts_on, ends_on, today=today)
    pause.starts_on, pause.ends_on, pause.reason = starts_on, ends_on, reason
    pause.full_clean(validate_unique=False)
    pause.save()
    days.changed(pause.owner)
    return pause


def _check_days(pause: Pause, starts_on: date, ends_on: date | None, *, today: date) -> None:
    errors = {}
    if starts_on != pause.starts_on and not today - YEAR <= starts_on <= today + YEAR:
        errors["starts_on"] = gettext("A pause can begin up to a year ago or a year ahead.")
    elif ends_on is not None and ends_on < starts_on:
        errors["ends_on"] = gettext("A pause cannot end before it starts.")
    if ends_on is not None and ends_on > today + YEAR:
        errors["ends_on"] = gettext("A pause can be planned up to a year ahead. Leave it open if it may take longer.")
    if errors:
        raise ValidationError(errors)


def _check_room(owner: User) -> None:
    if owner.pauses.count() >= MOST:
        full = ngettext(
            "You have %(count)s pause, which is as many as there can be. Delete one first.",
            "You have %(count)s pauses, which is as many as there can be. Delete one first.",
            MOST,
        )
        raise ValidationError(full % {"count": MOST})


def _lock(owner: User) -> None:
    User.objects.select_for_update().get(pk=owner.pk)
