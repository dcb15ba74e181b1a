"""Everything that writes routines. Each function is one transaction; the clock is an argument.

Versions: whoever changes a routine says which version they looked at. Of two that
looked at the same one, the first wins and the second gets a `Conflict`, with the
saved routine in it. Nothing is ever overwritten unseen.
"""

from accounts.models import User
from routines.models import Routine


def move_routines(guest: User, account: User) -> None:
    """Hand a guest's routines to their account; the caller holds the transaction.

    All of them move, even past the limit: nothing anybody made is lost by signing in.
    """
    Routine.objects.filter(owner=guest).update(owner=account)
