"""`manage.py load_policy KEY|FILE [--adopt-as EMAIL --decision TEXT]`: load a policy as a version."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance import policies_in_force
from governance.models import User
from governance.policy.reader import PolicyRefused, shipped


class Command(BaseCommand):
    """Loads one of the shipped policies by key, or any file."""

    help = "Load a policy file as a version; a file with a problem loads nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the policy and, if it is to be adopted at once, by whom and under which decision."""
        parser.add_argument("policy", help="a shipped policy's key, or a file")
        parser.add_argument("--adopt-as", metavar="EMAIL", help="adopt it as this communications officer")
        parser.add_argument("--decision", default="", help="the decision, as in 'KS 2026-11-20 § 100'")

    def handle(self, *args, **options) -> None:
        """Load, and adopt where asked."""
        path = shipped().get(options["policy"], Path(options["policy"]))
        try:
            version = policies_in_force.load(path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except PolicyRefused as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        if options["adopt_as"]:
            officer = User.objects.get_by_natural_key(options["adopt_as"])
            policies_in_force.adopt(version, by=officer, decision=options["decision"])
        self.stdout.write(f"{version}: {version.get_status_display()}")
