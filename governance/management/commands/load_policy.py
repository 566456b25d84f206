"""`manage.py load_policy KEY|FILE [--adopt-as EMAIL --decision TEXT]`: load a policy as a version."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from governance import policies_in_force
from governance.models import PolicyVersion, User
from governance.policy.reader import PolicyRefused, shipped
from governance.workflow import Refused


class Command(BaseCommand):
    """Loads one of the shipped policies by key, or any file."""

    help = "Load a policy file as a version; a file with a problem loads nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the policy and, if it is to be adopted at once, by whom and under which decision."""
        parser.add_argument("policy", help="a shipped policy's key, or a file")
        parser.add_argument("--adopt-as", metavar="EMAIL", help="adopt it as this communications officer")
        parser.add_argument("--decision", default="", help="the decision, as in 'KS 2026-11-20 § 100'")

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Load, and adopt where asked; what cannot be adopted is not loaded either."""
        version = _load(shipped().get(options["policy"], Path(options["policy"])))
        if options["adopt_as"]:
            _adopt(version, options["adopt_as"], options["decision"])
        self.stdout.write(f"{version}: {version.get_status_display()}")


def _load(path: Path) -> PolicyVersion:
    try:
        return policies_in_force.load(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: the file is not text in UTF-8") from error
    except PolicyRefused as refused:
        raise CommandError("\n".join(refused.problems)) from refused


def _adopt(version: PolicyVersion, email: str, decision: str) -> None:
    try:
        officer = User.objects.get_by_natural_key(email)
        policies_in_force.adopt(version, by=officer, decision=decision)
    except User.DoesNotExist as error:
        raise CommandError(f"--adopt-as: nobody here has the address {email}") from error
    except PermissionDenied as error:
        raise CommandError(f"--adopt-as: {email} may not adopt a policy") from error
    except Refused as refused:
        raise CommandError(f"{version}: {refused}") from refused
