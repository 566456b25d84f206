"""How soon a request is answered (TF 2:15 and 2:16: promptly): by which moment, and where that stands.

No policy gives a number of days; the numbers are the product's own, and are shown as such.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.models import Disclosure
from governance import clock, workingdays
from governance.models import PolicyVersion
from governance.policy.schema import DEFAULT_CLAUSE, Origin

FIRST_DAYS = 1  # handed out, or told how it goes, at the latest on the next working day
NEXT_DAYS = 3  # after a message: handed out, or told again
ESCALATED_DAYS = 2  # late for so long, it goes to whoever decides for the authority


@dataclass(frozen=True)
class Promise:
    """What is promised, in the policy's words where it has any, and where it stands."""

    words: str
    origin: Origin


def due(start: datetime, *, told: bool) -> datetime:
    """Answer when the answer, or the next message, is due; `told` says that there was a message at `start`."""
    return workingdays.deadline(start, NEXT_DAYS if told else FIRST_DAYS)


def goes_up_at(request: Disclosure) -> datetime:
    """Answer when it is no longer the handler's alone that the answer is late."""
    return workingdays.deadline(request.due_at, ESCALATED_DAYS)


def promised() -> Promise:
    """Answer what the policy in force says of handing out promptly, else that it is the product's default."""
    version = PolicyVersion.objects.current()
    said = version.policy.diary.promptness if version else None
    if said is None:
        return Promise("", Origin(DEFAULT_CLAUSE, "bör", "default"))
    return Promise(said.text, Origin(said.clause, said.strength, said.basis))


def taken(request: Disclosure) -> timedelta:
    """Answer how long it took until it was answered, or how long it has gone on."""
    return (request.answered_at or request.ended_at or clock.now()) - request.received_at
