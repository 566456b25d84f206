"""`manage.py check_catalogue`: is everything translated, and nothing translated that is gone?"""

from django.core.management.base import BaseCommand, CommandError

from governance import catalogue


class Command(BaseCommand):
    """Fails with every problem on a line of its own."""

    help = "Check the English catalogue against the sources."

    def handle(self, *args, **options) -> None:
        """Answer "ok" or every problem."""
        problems = catalogue.problems(catalogue.path_of())
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("ok")
