"""`manage.py update_catalogue`: bring the texts of the sources into locale/en, translations kept."""

from django.core.management.base import BaseCommand

from governance import catalogue


class Command(BaseCommand):
    """Rewrites the English catalogue."""

    help = "Extract every marked text into the English catalogue; what is gone is left out."

    def handle(self, *args, **options) -> None:
        """Update, and say how much waits for a translation."""
        path = catalogue.path_of()
        kept = catalogue.update(path)
        waiting = [text for text in kept if text.id and not catalogue.is_translated(text)]
        self.stdout.write(f"{path}: {len(kept)} texts, {len(waiting)} untranslated")
