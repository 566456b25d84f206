"""The kernel's start: every app's registrations are found here, as Django finds `admin.py`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

# What an app may register, each kind in a module of its own.
REGISTERED_IN = (
    "checks",
    "registrations",
    "log_rules",
    "events",
    "guards",
    "followups",
    "rules",
    "panels",
    "importers",
)


class GovernanceConfig(AppConfig):
    """How the municipality decides."""

    name = "governance"
    verbose_name = _("Styrning")

    def ready(self) -> None:
        """Collect what every app registers with the kernel."""
        for module in REGISTERED_IN:
            autodiscover_modules(module)
