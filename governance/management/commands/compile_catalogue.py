"""`manage.py compile_catalogue`: make the .mo files that Django reads of the .po files."""

from django.core.management.base import BaseCommand, CommandError

from governance import catalogue


class Command(BaseCommand):
    """Compiles every language; one with broken placeholders stops all."""

    help = "Compile locale/*/LC_MESSAGES/django.po."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        """Compile, or name what is broken."""
        try:
            compiled = catalogue.compile_all()
        except catalogue.CatalogueBroken as broken:
            raise CommandError(str(broken)) from broken
        for file in compiled:
            self.stdout.write(str(file))
