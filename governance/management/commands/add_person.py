"""`manage.py add_person EMAIL NAME --role ROLE`: enter a person with a role, as on the day of installation."""

from django.core.management.base import BaseCommand, CommandParser

from governance import people
from governance.models import Unit
from governance.permissions import ROLES


class Command(BaseCommand):
    """Enters the first people of an installation, before anybody can sign in."""

    help = "Enter a person with a role on a unit (the municipality itself where none is named)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who, which role, and where."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", choices=sorted(ROLES), required=True)
        parser.add_argument("--unit", help="the unit's name")
        parser.add_argument("--municipality", help="made as the root of the organisation where there is none")

    def handle(self, *args, **options) -> None:
        """Enter the person; the password is set through the login page's "forgotten password"."""
        if not Unit.objects.exists():
            people.found(options["municipality"] or "Kommunen")
        unit = Unit.objects.get(name=options["unit"]) if options["unit"] else Unit.objects.root()
        user = people.enter(email=options["email"], name=options["name"])
        people.give_role(user, role=options["role"], unit=unit, by=None)
        self.stdout.write(f"{user.email}: {options['role']}, {unit}")
