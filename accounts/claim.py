"""What moves when a guest signs in to an account they already have.

Apps above register a function that moves their rows; this module knows none of them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

Mover = Callable[["User", "User"], None]
_movers: list[Mover] = []


def register(mover: Mover) -> None:
    """Have `mover(guest, account)` called inside the claiming transaction; registering twice is harmless."""
    if mover not in _movers:
        _movers.append(mover)


def move_everything(guest: "User", account: "User") -> None:
    """Call every registered mover; the caller holds the transaction."""
    for mover in _movers:
        mover(guest, account)
