"""`manage.py import_archive FILE --by E-MAIL`: read an export into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.packages import importing
from archive.packages.reading import NotABag
from governance.models import User


class Command(BaseCommand):
    """Check every sum, then read the records in, whole or not at all."""

    help = "Read an export of the archive (a tar file) into an installation that has no records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and who reads it in."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="the e-mail of whoever reads it in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read in, or say what stands against it."""
        user = User.objects.filter(email__iexact=options["by"]).first()
        if user is None:
            raise CommandError("nobody has that e-mail")
        try:
            count = importing.read_in(options["file"], by=user, tell=self.stdout.write)
        except (NotABag, importing.NotEmpty, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} records are read in")
