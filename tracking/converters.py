"""Path converters of this app. Parsing only."""

from datetime import date


class IsoDate:
    """A date as in 2026-03-31; anything else is no address of ours."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The date; ValueError (a 404) for one that does not exist."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The address part."""
        return value.isoformat()
