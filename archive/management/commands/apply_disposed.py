"""`manage.py apply_disposed FILE`: after a restore, dispose again of what had been disposed of."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.disposing import carrying_out, remains
from archive.models import Disposal


class Command(BaseCommand):
    """Read the lines that `list_disposed` wrote, and carry them out; safe to run again."""

    help = "Dispose again of what had been disposed of before a restore: the lines of list_disposed, or - for stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", help="the lines of list_disposed, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply the lines, go on with what an earlier run left, and say how many records went."""
        try:
            told = sys.stdin.read() if options["file"] == "-" else Path(options["file"]).read_text("utf-8")
            remains.apply(told.splitlines())
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        under_way = Disposal.objects.filter(origin=Disposal.Origin.RESTORE, status=Disposal.Status.RUNNING)
        done = [carrying_out.run(disposal.pk) for disposal in under_way.order_by("pk")]
        gone = sum(disposal.rows.filter(outcome="disposed").count() for disposal in done)
        self.stdout.write(f"{gone} records disposed of again")
        if left := [disposal.pk for disposal in done if disposal.status != Disposal.Status.DONE]:
            raise CommandError(f"not finished, run it again: {left}")
