"""`manage.py load_platforms`: enter the platforms that come with the product."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.platforms import loading


class Command(BaseCommand):
    """Load the platforms; run it as often as you like."""

    help = "Load the platforms that come with the product; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many there are."""
        loaded = loading.load(demo=settings.DEMO)
        self.stdout.write(f"{len(loaded)} platforms: {', '.join(platform.key for platform in loaded)}")
