"""`manage.py check_policy FILE`: say whether a policy file can be loaded, and what is wrong with it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.policy.reader import PolicyRefused, read


class Command(BaseCommand):
    """Reads a policy file and loads nothing."""

    help = "Check a policy file: every problem is named with its file, its key and what was expected."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args, **options) -> None:
        """Answer "ok" or every problem."""
        path: Path = options["file"]
        try:
            policy = read(path.read_text(encoding="utf-8"), path.name)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path}: the file is not text in UTF-8") from error
        except PolicyRefused as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        self.stdout.write(f"{path.name}: ok ({policy.municipality.name}, {policy.title})")
