"""App configuration."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Done: sessions, days and what they add up to."""

    name = "tracking"

    def ready(self) -> None:
        from accounts import claim
        from tracking.services import claiming

        claim.register(claiming.move_sessions)
