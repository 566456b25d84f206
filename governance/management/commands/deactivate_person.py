"""`manage.py deactivate_person EMAIL`: a person who has left signs in no more and holds nothing."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance import people
from governance.models import User


class Command(BaseCommand):
    """Lets a person go; what the person did stays."""

    help = "Deactivate a person: no login, no roles and no duties from now."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who."""
        parser.add_argument("email")

    def handle(self, *args, **options) -> None:
        """Deactivate, or say that nobody has the address."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        people.deactivate(user, by=None)
        self.stdout.write(f"{user.email}: deactivated")
