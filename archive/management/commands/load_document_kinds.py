"""`manage.py load_document_kinds`: enter the kinds of documents that come with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.disposing import kinds


class Command(BaseCommand):
    """Load the kinds; run it as often as you like."""

    help = "Load the kinds of documents that come with the product; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many there are."""
        self.stdout.write(f"{len(kinds.load())} kinds of documents")
