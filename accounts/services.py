"""Everything that writes people: guests, accounts, claims, preferences, deletion."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth import login
from django.db import transaction

from accounts.claim import move_everything
from accounts.http import PersonRequest, Request
from accounts.models import GoalChange, RestChange, User
from accounts.time import device_zone

BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a person chose about the people in the pictures.
LOOK = ("figure", "skin_tone", "clothes")


def ensure_person(request: Request | PersonRequest) -> User:
    """The person of this request; a visitor who saves something for the first time becomes a guest.

    Call it only where something is written (never on GET).
    """
    if isinstance(request.user, User):
        return request.user
    guest = User.objects.create_guest(time_zone=device_zone(request))
    login(request, guest, backend=BACKEND)
    return guest


@transaction.atomic
def register(*, email: str, password: str, guest: User | None, time_zone: str = "") -> User:
    """Make an account. A guest becomes the account itself, so that nothing has to move."""
    if guest is None:
        return User.objects.create_user(email, password, time_zone=time_zone)
    person = User.objects.select_for_update().get(pk=guest.pk, is_guest=True)
    person.email, person.is_guest = email, False
    person.set_password(password)
    person.full_clean()
    person.save(update_fields=["email", "is_guest", "password"])
    return person


@transaction.atomic
def claim(*, guest: User, account: User) -> None:
    """Move all that a guest made into their account, once, and remove the guest."""
    locked = User.objects.select_for_update().filter(pk=guest.pk, is_guest=True).first()
    if locked is None or account.is_guest:
        return
    move_everything(locked, account)
    _move_preferences(locked, account)
    locked.delete()


def _move_preferences(guest: User, account: User) -> None:
    """The account's own preferences win; a guest's fill what the account left open."""
    if not account.time_zone and guest.time_zone:
        account.time_zone = guest.time_zone
    # A condition named by the guest is a warning the account must not lose.
    account.conditions = [*account.conditions, *(c for c in guest.conditions if c not in account.conditions)]
    for name in LOOK:
        if getattr(account, name) in {None, ""}:
            setattr(account, name, getattr(guest, name))
    if not account.freeze_cap:
        account.freeze_cap, account.freeze_every = guest.freeze_cap, guest.freeze_every
    # What was answered in this browser is not asked again.
    answered = [day for day in (account.gap_answered_until, guest.gap_answered_until) if day]
    account.gap_answered_until = max(answered, default=None)
    account.save(update_fields=["time_zone", "conditions", "freeze_cap", "freeze_every", "gap_answered_until", *LOOK])
    if not account.goal_changes.exists():
        guest.goal_changes.update(owner=account)
    if not account.rest_changes.exists():
        guest.rest_changes.update(owner=account)
    history_changed(account)


@transaction.atomic
def save_preferences(
    *, user: User, values: dict[str, object], goal: int, rest_days: Sequence[int], today: date, this_week: date
) -> User:
    """Save what a person chose.

    `today` is their practice day and `this_week` the first day of its week. A changed goal holds
    from the next week on, changed rest days from today on.
    """
    for name, value in values.items():
        setattr(user, name, value)
    user.full_clean()
    user.save(update_fields=list(values))
    _change_goal(user, goal, this_week=this_week)
    _change_rest(user, rest_days, today=today)
    history_changed(user)
    return user


def history_changed(user: User) -> None:
    """Tell, in the caller's transaction, that something has changed that the person's figures follow from.

    A random number and not the next one: a change that is taken back with its transaction and
    another one after it must not share a version, or figures kept for the first would be shown for
    the second.
    """
    User.objects.filter(pk=user.pk).update(history_version=secrets.randbits(62))


@transaction.atomic
def cancel_goal(*, user: User, starts_on: date, this_week: date) -> bool:
    """Drop a change of the goal that is still to come; False where there is none.

    `this_week` is the first day of the person's week: what holds by then is history and stays.
    """
    gone, _ = user.goal_changes.filter(starts_on=starts_on, starts_on__gt=this_week).delete()
    if gone:
        history_changed(user)
    return bool(gone)


@transaction.atomic
def save_look(*, user: User, figure: str, skin_tone: int | None, clothes: int | None) -> User:
    """Remember who shows the stretches and in which tones; "" and None mean as drawn.

    Raises:
        ValidationError: there is no such figure, tone or set of clothes.

    """
    user.figure, user.skin_tone, user.clothes = figure, skin_tone, clothes
    user.full_clean()
    user.save(update_fields=LOOK)
    return user


def _change_goal(user: User, goal: int, *, this_week: date) -> None:
    first = not user.goal_changes.exists()
    # The first goal a person sets is simply theirs; a change must not rewrite the week under way.
    starts_on = this_week if first else this_week + timedelta(days=7)
    if user.goal_changes.filter(starts_on__lte=starts_on).values_list("days_a_week", flat=True).last() == goal:
        return
    change = GoalChange(owner=user, starts_on=starts_on, days_a_week=goal)
    change.clean_fields()
    user.goal_changes.update_or_create(starts_on=starts_on, defaults={"days_a_week": goal})


def _change_rest(user: User, weekdays: Sequence[int], *, today: date) -> None:
    wanted = sorted(set(weekdays))
    if (user.rest_changes.values_list("weekdays", flat=True).last() or []) == wanted:
        return
    change = RestChange(owner=user, starts_on=today, weekdays=wanted)
    change.clean_fields()
    user.rest_changes.update_or_create(starts_on=today, defaults={"weekdays": wanted})


@transaction.atomic
def delete_person(*, user: User) -> None:
    """Erase a person and everything that is theirs, at once."""
    User.objects.get(pk=user.pk).delete()
