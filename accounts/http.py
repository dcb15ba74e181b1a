"""Types of the requests that views receive. Types only."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User


class Request(HttpRequest):
    """Anybody's request: a person, or an anonymous visitor."""

    user: "User | AnonymousUser"
    htmx: HtmxDetails


class PersonRequest(HttpRequest):
    """A request of a person, guest or registered; the middleware lets nobody else through."""

    user: "User"
    htmx: HtmxDetails
