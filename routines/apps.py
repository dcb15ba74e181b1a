"""App configuration."""

from django.apps import AppConfig


class RoutinesConfig(AppConfig):
    """Plans."""

    name = "routines"

    def ready(self) -> None:
        """Have a guest's routines move along when they sign in to an account."""
        from accounts import claim
        from routines.services import move_routines

        claim.register(move_routines)
