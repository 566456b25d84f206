"""Handing out is prompt (R-ARCH-4): who waits for what, since when, and when it goes one step up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from archive.disclosing import promptness
from archive.models import Disclosure
from governance import clock
from governance.models import RoleAssignment, Unit, User
from governance.permissions import MANAGER, REGISTRAR
from governance.rules import Verdict, rule

Status = Disclosure.Status


@rule("ARCH-4", Disclosure)
def handed_out_promptly(request: Disclosure, at: datetime) -> Iterator[Verdict]:
    """A request is answered, or whoever asked is told how it goes, promptly (R-ARCH-4, TF 2:15 and 2:16)."""
    if request.is_open:
        yield from _waits(request)


def _waits(request: Disclosure) -> Iterator[Verdict]:
    registrars = _in_role(request.unit, REGISTRAR)
    # Who has handled a request does not take the authority's decision about it, where there is somebody else.
    deciders = [user for user in _in_role(request.unit, MANAGER) if user != request.handler] or registrars
    handlers = list(dict.fromkeys([*([request.handler] if request.handler else []), *registrars]))
    decides = request.status == Status.DECISION
    who = [*deciders, *handlers] if decides else handlers
    yield _verdict(request, _what(request), key="answer", due=request.clock_from, late=request.due_at, who=who)
    if not decides:
        text = _("%(request)s har inte fått svar i tid.") % {"request": request}
        late = promptness.goes_up_at(request)
        yield _verdict(request, text, key="late", due=request.due_at, late=late, who=deciders)


def _what(request: Disclosure) -> str:
    words = {
        Status.DECISION: _("%(request)s: fatta myndighetens beslut."),
        Status.READY: _("%(request)s: lämna ut det som är i ordning."),
    }
    return words.get(Status(request.status), _("%(request)s: lämna ut, eller ge besked.")) % {"request": request}


def _verdict(request: Disclosure, text: str, *, key: str, due: datetime, late: datetime, who: list[User]) -> Verdict:
    origin = promptness.promised().origin
    source: dict[str, Any] = {"clause": origin.clause, "basis": origin.basis, "strength": origin.strength}
    return Verdict(
        text, url=request.get_absolute_url(), key=key, due_at=due, breached_at=late, who=_once(who), **source
    )


def _in_role(unit: Unit, role: str) -> list[User]:
    """Answer those who hold the role nearest the unit: on it, else on the next one above."""
    held = list(RoleAssignment.objects.in_force(clock.today()).covering(unit).filter(role=role).select_related("user"))
    return _once(given.user for given in held if given.unit_id == held[0].unit_id)


def _once(users: Any) -> list[User]:
    return list(dict.fromkeys(users))
