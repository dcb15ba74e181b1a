"""What happens to a guest's sessions when the guest signs in to an account."""

from accounts.models import User


def move_sessions(guest: User, account: User) -> None:
    """Hand every session of `guest` to `account`; ids are unique over all people, so none can clash."""
    guest.sessions.update(owner=account)
