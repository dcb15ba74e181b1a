"""What happens to a guest's history when the guest signs in to an account."""

from accounts.models import User
from tracking.services import days


def move_sessions(guest: User, account: User) -> None:
    """Hand every session and pause of `guest` to `account`; ids are unique over all people, so none can clash."""
    guest.sessions.update(owner=account)
    guest.pauses.update(owner=account)
    days.rebuild(account)
