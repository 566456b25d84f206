"""`manage.py restore FILE [--disposed LIST | --check]`: a backup, into an empty installation."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from archive.backups import form, restoring

REFUSED = (OSError, DatabaseError, form.BackupBroken, restoring.NotEmpty, restoring.OtherVersion)


class Command(BaseCommand):
    """Restores a backup, disposes again of what had been disposed of since, and checks the archive."""

    help = "Restore a backup into an empty, migrated database and empty storages, and check the archive."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup, and what was disposed of after it was made."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--disposed", metavar="LIST", help="what list_disposed wrote after the backup was made")
        parser.add_argument("--check", action="store_true", help="only see whether the backup is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and check; exits with 1 where the archive is not what it was."""
        try:
            if options["check"]:
                head = form.checked(options["file"])
                self.stdout.write(f"{options['file']} is whole, made {head['made_at']}")
                return
            check = restoring.restore(options["file"])
        except REFUSED as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        self.stdout.write(f"{check.seals} seals, {check.records} records, {check.files} files: {check.found} problems")
        if options["disposed"]:
            call_command("apply_disposed", options["disposed"], stdout=self.stdout)
        if check.found:
            sys.exit(1)
