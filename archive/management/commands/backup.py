"""`manage.py backup FILE`: the database and the files together, in one file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.backups import making
from archive.backups.form import BackupBroken


class Command(BaseCommand):
    """Makes a backup, and says what of the archive was damaged already."""

    help = "Write a backup of the database, the archive and the uploaded files. It is not encrypted."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="a file that does not exist yet, on a disk with room for all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; exits with 1 where an archived file is missing or damaged, though the backup is made."""
        try:
            made = making.make(options["file"])
        except (OSError, BackupBroken) as error:
            raise CommandError(f"no backup was made: {error}") from error
        self.stdout.write(f"{options['file']}: the database and {made.files} files")
        if made.damaged:
            self.stderr.write(f"{made.damaged} archived files are missing or damaged: {', '.join(made.named)}")
            sys.exit(1)
