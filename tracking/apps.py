"""App configuration."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Done: sessions, days and what they add up to."""

    name = "tracking"

    def ready(self) -> None:
        from accounts import claim
        from routines import experience
        from tracking.services import claiming

        claim.register(claiming.move_sessions)
        # Level 3 is only suggested after some finished sessions (rule P12); routines cannot count them.
        experience.register(lambda person: person.sessions.finished())
