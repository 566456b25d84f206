"""`manage.py demo_logins`: who one may sign in as in the demo, and the password they all have."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.demo.logins import logins
from governance.demo.people import PASSWORD


class Command(BaseCommand):
    """Prints a table for the terminal."""

    help = "Print the demo's logins and their password."

    def handle(self, *args, **options) -> None:
        """Print name, e-mail, role, and what the role is for."""
        if not settings.DEMO:
            raise CommandError("There are demo logins only where UPPSIKT_DEMO=1.")
        found = logins()
        width = {key: max((len(row[key]) for row in found), default=0) for key in ("email", "name", "title")}
        for row in found:
            cells = [row[key].ljust(width[key]) for key in width]
            self.stdout.write("  ".join([*cells, row["what"]]))
        self.stdout.write(f"\nLösenord för alla: {PASSWORD}")
