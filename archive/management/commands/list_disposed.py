"""`manage.py list_disposed`: what was disposed of, as lines of JSON, for an archive that is restored later."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from archive.disposing import remains


class Command(BaseCommand):
    """Write a line for each record that was disposed of."""

    help = "List what was disposed of as lines of JSON, all of it or since a moment (ISO 8601)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the moment."""
        parser.add_argument("--since", default="", help="a moment such as 2026-11-20T03:00")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the lines, the oldest first."""
        for line in remains.lines(_moment(options["since"])):
            self.stdout.write(line)


def _moment(said: str) -> datetime | None:
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise CommandError(f"not a moment: {said}") from error
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
