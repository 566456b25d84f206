"""`manage.py verify_archive [--sample N | --record ID ... | --resume] [--json]`: is the archive what it was?"""

import json
import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q, QuerySet

from archive import integrity
from archive.models import ArchiveCheck, ArchiveProblem, Record
from archive.trust import verifying

CHANGED, NOT_CHECKED = 1, 2
CHUNK = 500


class Command(BaseCommand):
    """Checks the archive, names what does not hold, and keeps the result."""

    help = (
        "Check seals, records, files and the storage; exits with 1 where something does not hold, with 2 where the "
        "check could not be made (--resume goes on with it)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be looked at, and how it is told."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--sample", type=_positive, metavar="N", help="the seals, and N records drawn by lot")
        what.add_argument("--record", action="append", metavar="ID", help="one record, by number or identifier")
        what.add_argument("--resume", action="store_true", help="go on with the last check where it stopped")
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, tell, and exit with what the answer is."""
        try:
            check = _made(options)
        except OSError as error:
            raise CommandError(f"the archive could not be checked: {error}", returncode=NOT_CHECKED) from error
        self._tell_json(check) if options["json"] else self._tell(check)
        if check.found:
            sys.exit(CHANGED)

    def _tell(self, check: ArchiveCheck) -> None:
        for problem in _problems(check):
            about = f"{problem.identifier}: " if problem.identifier else ""
            self.stdout.write(f"{about}{integrity.say(problem.code, problem.name)}")
        looked_at = f"{check.seals} seals, {check.records} records, {check.files} files, {check.size} bytes"
        self.stdout.write(f"{looked_at}: {check.found} problems")

    def _tell_json(self, check: ArchiveCheck) -> None:
        counts = {name: getattr(check, name) for name in ("scope", "seals", "records", "files", "size", "found")}
        self.stdout.write(json.dumps(counts)[:-1] + ', "problems": [', ending="")
        for number, problem in enumerate(_problems(check)):
            said = {
                "code": problem.code,
                "record": str(problem.identifier) if problem.identifier else None,
                "name": problem.name,
                "text": integrity.say(problem.code, problem.name),
            }
            self.stdout.write((", " if number else "") + json.dumps(said, ensure_ascii=False), ending="")
        self.stdout.write("]}")


def _made(options: dict[str, Any]) -> ArchiveCheck:
    if options["sample"]:
        return verifying.sample(options["sample"])
    if options["record"]:
        return verifying.records(_named(options["record"]))
    return verifying.whole(verifying.unfinished() if options["resume"] else None)


def _named(names: list[str]) -> QuerySet[Record]:
    wanted = [_one(name) for name in names]
    found = Record.objects.filter(
        Q(pk__in=[one for one in wanted if isinstance(one, int)])
        | Q(identifier__in=[one for one in wanted if isinstance(one, UUID)])
    )
    if found.count() != len(set(wanted)):
        raise CommandError("--record: there is no such record", returncode=NOT_CHECKED)
    return found


def _one(name: str) -> int | UUID:
    try:
        return int(name) if name.isdigit() else UUID(name)
    except ValueError as error:
        raise CommandError(f"--record: {name} is neither a number nor an identifier", returncode=NOT_CHECKED) from error


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _problems(check: ArchiveCheck) -> Any:
    return ArchiveProblem.objects.filter(check_made=check).order_by("pk").iterator(chunk_size=CHUNK)
