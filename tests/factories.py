"""People for tests. Each app keeps the factories of its own rows beside its tests."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User

PASSWORD = "a calm sentence"


class UserFactory(DjangoModelFactory[User]):
    """Somebody with an account."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    time_zone = "Europe/Berlin"

    @factory.post_generation
    def password(obj: User, create: bool, extracted: str | None, **kwargs: object) -> None:  # noqa: N805
        obj.set_password(extracted or PASSWORD)
        if create:
            obj.save(update_fields=["password"])


class GuestFactory(DjangoModelFactory[User]):
    """Somebody who lives in one browser."""

    class Meta:
        model = User

    email = None
    is_guest = True
    time_zone = "Europe/Berlin"
    password = "!"
