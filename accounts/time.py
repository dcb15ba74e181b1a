"""Which time zone a request lives in. Practice days are computed in the tracking app."""

from urllib.parse import unquote

from django.conf import settings

from accounts.http import PersonRequest, Request
from accounts.zones import is_zone

COOKIE = "tz"


def device_zone(request: Request | PersonRequest) -> str:
    """The zone that the browser told in its cookie, or '' when it told none or nonsense."""
    name = unquote(request.COOKIES.get(COOKIE, ""))
    return name if is_zone(name) else ""


def current_zone(request: Request | PersonRequest) -> str:
    """The IANA name to count this person's days in: their own choice, else their device's.

    Someone who follows their device (the default) is where the device is; someone who chose
    a zone stays in it, because some browsers hide the real one.
    """
    device = device_zone(request)
    if not request.user.is_authenticated:
        return device or settings.TIME_ZONE
    if request.user.follow_device_zone and device:
        return device
    return request.user.time_zone or device or settings.TIME_ZONE
