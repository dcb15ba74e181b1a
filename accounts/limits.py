"""How often somebody may try: token buckets in the database, shared by all processes.

Keys are hashed, so that neither addresses nor e-mails are kept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.http import Request
from accounts.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most `tries` at once, refilled evenly over `per`."""

    name: str
    tries: int
    per: timedelta


SIGN_IN_BY_ADDRESS = Limit("sign-in-ip", 30, timedelta(minutes=10))
# Keyed by account and address together: a stranger elsewhere cannot lock the owner out.
SIGN_IN_BY_ACCOUNT = Limit("sign-in-account", 5, timedelta(minutes=5))
# A ceiling per account over all addresses: one hour's guesses stay at 60.
SIGN_IN_EVERYWHERE = Limit("sign-in-everywhere", 60, timedelta(hours=1))
SIGN_UP = Limit("sign-up", 20, timedelta(hours=1))
RESET_BY_ADDRESS = Limit("reset-ip", 20, timedelta(hours=1))
RESET_BY_ACCOUNT = Limit("reset-account", 5, timedelta(hours=1))


def client_address(request: Request) -> str:
    """The visitor's IP address; proxies are believed only as many as TRUSTED_PROXIES says."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    hops: int = settings.TRUSTED_PROXIES
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return str(request.META.get("REMOTE_ADDR", ""))


@transaction.atomic
def allow(limit: Limit, *parts: str, now: datetime) -> bool:
    """Take one token from the bucket of `parts`; False when it is empty."""
    key = hashlib.sha256("\0".join((settings.SECRET_KEY, limit.name, *parts)).encode()).hexdigest()
    bucket, _ = Attempt.objects.select_for_update().get_or_create(
        key=key, defaults={"tokens": float(limit.tries), "updated_at": now}
    )
    refill = max(0.0, (now - bucket.updated_at) / limit.per) * limit.tries
    bucket.tokens = min(float(limit.tries), bucket.tokens + refill)
    bucket.updated_at = max(now, bucket.updated_at)
    allowed = bucket.tokens >= 1
    if allowed:
        bucket.tokens -= 1
    bucket.save(update_fields=["tokens", "updated_at"])
    return allowed
