"""`manage.py index_archive`: make every record searchable that is not yet; `--all` indexes each of them anew."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from archive.models import Record
from archive.searching import indexing

BATCH = 100


class Command(BaseCommand):
    """Index in the order of the records, each in a transaction of its own: stopped, it goes on where it was."""

    help = "Make the archive's records searchable: those that are not, or all of them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which records."""
        parser.add_argument("--all", action="store_true", help="index every record anew")
        parser.add_argument("--after", type=int, default=0, metavar="PK", help="begin after this record")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, say how far it came, and forget words that no record holds."""
        count = 0
        for record in _records(options["after"], every=options["all"]):
            indexing.add(record)
            count += 1
            if count % BATCH == 0:
                self.stdout.write(f"{count} records indexed, the last one is number {record.pk}")
        forgotten = indexing.prune()
        self.stdout.write(f"{count} records indexed, {forgotten} words forgotten")


def _records(after: int, *, every: bool) -> Iterator[Record]:
    """Answer the records one by one, a batch in memory at a time."""
    wanted = Q() if every else Q(text=None) | Q(text__vector=None)
    rows = Record.objects.filter(wanted).order_by("pk").select_related("account").prefetch_related("files")
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        yield from batch
        after = batch[-1].pk
