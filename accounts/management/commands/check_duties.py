"""`manage.py check_duties [--mend]`: compare who may what on each account with the duties it follows from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import duties
from accounts.models import Account


class Command(BaseCommand):
    """Compares guardian's rows with the duties; they differ only where somebody wrote past the application."""

    help = "Compare account permissions with the duties they follow from; fails where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to mend what differs."""
        parser.add_argument("--mend", action="store_true", help="make the permissions say what the duties say")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say each difference, by account and person number, never by name."""
        missing, beyond = duties.differences()
        for word, powers in (("missing", missing), ("beyond", beyond)):
            for pk, person, name in sorted(powers):
                self.stdout.write(f"{word}: account {pk}, person {person}, {name}")
        if not missing and not beyond:
            self.stdout.write("every permission follows from a duty")
        elif options["mend"]:
            for account in Account.objects.filter(pk__in={power[0] for power in missing | beyond}):
                duties.project(account)
            self.stdout.write("mended")
        else:
            raise CommandError(f"{len(missing) + len(beyond)} differences")
