"""Django's registration of the catalogue app; start-up work must not go here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StretchesConfig(AppConfig):
    """The catalogue of stretches and the guide."""

    name = "stretches"
    verbose_name = _("Stretches and guide")
