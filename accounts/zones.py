"""Time zone names: which are valid, and how they are shown. Pure; no Django here."""

from functools import cache
from zoneinfo import available_timezones

_MAX_LENGTH = 64
# Names kept for old systems; they clutter the list and mean nothing to a person.
_HIDDEN = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name that this machine knows."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether `name` is a time zone this machine knows."""
    return 0 < len(name) <= _MAX_LENGTH and name in known_zones()


@cache
def zone_choices() -> list[tuple[str, str]]:
    """(IANA name, words) of the zones a person may pick, in alphabetical order."""
    names = [n for n in known_zones() if "/" in n and not n.startswith(_HIDDEN)]
    return [("UTC", "UTC"), *((n, n.replace("_", " ").replace("/", " / ")) for n in sorted(names))]
