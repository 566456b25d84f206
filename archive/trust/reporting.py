"""What people read of the archive's checks; of a record that the reader may not see stands only its identifier."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive import integrity, secrecy
from archive.models import ArchiveCheck, ArchiveProblem, Record, RecordSeal
from archive.trust import seals
from governance import access
from governance.models import User

SUM = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class State:
    """How the archive stands: its chain, and the latest checks that came to their end."""

    sealed: int
    sealed_at: datetime | None
    unsealed_since: datetime | None
    whole: ArchiveCheck | None
    sample: ArchiveCheck | None


@dataclass(frozen=True)
class Told:
    """One problem as it is read: with the record's page for whoever may see the record."""

    text: str
    identifier: str
    url: str
    problem: ArchiveProblem


def state() -> State:
    """Answer how the archive stands; four queries, whatever it holds."""
    last = RecordSeal.objects.order_by("-number").first()
    done = ArchiveCheck.objects.filter(finished_at__isnull=False)
    return State(
        sealed=last.number if last else 0,
        sealed_at=last.sealed_at if last else None,
        unsealed_since=seals.unsealed_since(),
        whole=done.filter(scope=ArchiveCheck.Scope.WHOLE).first(),
        sample=done.filter(scope=ArchiveCheck.Scope.SAMPLE).first(),
    )


def told(problems: Iterable[ArchiveProblem], user: User) -> list[Told]:
    """Answer problems as this person may read them; three queries for all."""
    listed = list(problems)
    wanted = Record.objects.filter(identifier__in={each.identifier for each in listed if each.identifier})
    seen = {record.identifier: record for record in access.visible(user, wanted, "see_record")}
    closed = secrecy.withheld(user, wanted)
    return [_told(each, seen.get(each.identifier) if each.identifier else None, closed) for each in listed]


def _told(problem: ArchiveProblem, record: Record | None, closed: set[int]) -> Told:
    # A file's name may say what is in it: it is for those who see the record, and what is in it.
    unseen = problem.identifier is not None and record is None and problem.phase == "records"
    # Of a record that was marked when it was checked, the sum of the file stands there already.
    hidden = unseen or (record is not None and record.pk in closed and not SUM.fullmatch(problem.name))
    return Told(
        text=integrity.say(problem.code, "…" if hidden else problem.name),
        identifier=str(problem.identifier or ""),
        url=record.get_absolute_url() if record else "",
        problem=problem,
    )
