"""`manage.py setup_code`: print the one-time code and the address of the first page, until somebody is in."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from governance import day_one


class Command(BaseCommand):
    """Makes a new code each time; only its hash is kept, and the one before stops working."""

    help = "Print a one-time code that opens the first-run page; nothing once the first user exists."

    def handle(self, *args, **options) -> None:
        """Say where to begin, or nothing where somebody already has."""
        code = day_one.new_code()
        if code is not None:
            self.stdout.write(f"Take Uppsikt into use: {settings.BASE_URL}{reverse('governance:first-run')}")
            self.stdout.write(f"One-time code: {code}")
