"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """What must outlive the platform."""

    name = "archive"
    verbose_name = _("Arkiv")
