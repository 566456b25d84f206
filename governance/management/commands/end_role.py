"""`manage.py end_role EMAIL --role ROLE [--unit NAME]`: a role holds no more, from now."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance import clock, people
from governance.models import RoleAssignment
from governance.permissions import ROLES


class Command(BaseCommand):
    """Ends what `add_person` gave."""

    help = "End a person's role on a unit (everywhere where none is named)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose role, which, and where."""
        parser.add_argument("email")
        parser.add_argument("--role", choices=sorted(ROLES), required=True)
        parser.add_argument("--unit", help="the unit's name")

    def handle(self, *args, **options) -> None:
        """End every role asked for; say so where there is none."""
        roles = RoleAssignment.objects.in_force(clock.today()).select_related("unit")
        roles = roles.filter(user__email=options["email"].lower(), role=options["role"])
        if options["unit"]:
            roles = roles.filter(unit__name=options["unit"])
        if not roles:
            raise CommandError(f"{options['email']} has no such role.")
        for role in roles:
            people.end_role(role, by=None)
            self.stdout.write(f"{options['email']}: {role.role}, {role.unit}")
