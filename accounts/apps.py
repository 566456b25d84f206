"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Which accounts exist, and under what mandate."""

    name = "accounts"
    verbose_name = _("Konton")
