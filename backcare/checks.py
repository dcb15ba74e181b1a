"""Configuration that must hold before the site is public. Checks only."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def site_url_is_https(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A public site needs https: passwords and health notes cross the network."""
    if settings.HTTPS:
        return []
    return [Error("SITE_URL must start with https:// on a public site.", id="backcare.E001")]


@register(Tags.database)
def data_directory_is_writable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Say which directory is in the way instead of failing at the first write."""
    directory = settings.DATA_DIR
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return [Error(f"DATA_DIR {directory} cannot be written: {error.strerror}.", id="backcare.E002")]
    return []
