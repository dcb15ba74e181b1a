"""What people change through pages of the catalogue. The catalogue itself is written by the loader."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User


@transaction.atomic
def save_conditions(*, user: User, tags: Sequence[str]) -> User:
    """Remember which conditions a person ticked; the tags are known ones, from the form."""
    user.conditions = sorted(set(tags))
    user.full_clean()
    user.save(update_fields=["conditions"])
    return user
