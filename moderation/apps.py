"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """What others wrote and what we did about it."""

    name = "moderation"
    verbose_name = _("Uppsikt")
