"""A request from the day it comes in: registered, given to somebody, kept promised, and at last forgotten who asked."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.disclosing import promptness
from archive.models import Disclosure
from governance import access, audit, clock, notices
from governance.models import AuditEvent, AuditPersonal, Unit, User
from governance.workflow import Refused

HANDLES = "handle_disclosure"
# What may hold personal data of whoever asked, and is emptied when it is forgotten who it was.
PERSONAL = ("asked_for", "name", "contact", "asked_because", "purpose", "answer_reasons", "problem")
FREE_TEXT = '"reason":'


@transaction.atomic
def register(
    *, by: User, unit: Unit, received_at: datetime, channel: str, asked_for: str, handler: User | None, **told: str
) -> Disclosure:
    """Note a request; `told` is what the person said of his or her own accord (`name`, `contact`)."""
    now = clock.now()
    request = Disclosure(
        unit=unit,
        authority=unit.authority,
        received_at=received_at,
        channel=channel,
        asked_for=asked_for,
        handler=handler,
        registered_by=by,
        registered_at=now,
        clock_from=received_at,
        due_at=promptness.due(received_at, told=False),
        **told,
    )
    request.save()
    _demand(request, by)
    audit.record("disclosure.register", by=by, obj=request)
    _tell(request, by)
    return request


@transaction.atomic
def change(request: Disclosure, *, by: User, received_at: datetime, **facts: str) -> Disclosure:
    """Correct what was noted of a request; promptness is counted from the moment it came in."""
    locked = _open(request, by)
    for name, value in facts.items():
        setattr(locked, name, value)
    if locked.clock_from == locked.received_at:
        locked.clock_from = received_at
        locked.due_at = promptness.due(received_at, told=False)
    locked.received_at = received_at
    return _saved(locked, "disclosure.change", by)


@transaction.atomic
def ask_identity(request: Disclosure, *, by: User, asked_because: str, purpose: str = "") -> Disclosure:
    """Note why the secrecy test needed to know who asks or what for, and then the answer (TF 2:18, OSL 10:14)."""
    locked = _open(request, by)
    locked.asked_because, locked.purpose = asked_because, purpose
    return _saved(locked, "disclosure.ask_identity", by)


@transaction.atomic
def assign(request: Disclosure, *, by: User, handler: User) -> Disclosure:
    """Let somebody handle it, who may."""
    locked = _open(request, by)
    if not access.can(handler, HANDLES, locked):
        raise Refused(_("%(person)s får inte lämna ut handlingar för enheten.") % {"person": handler})
    locked.handler = handler
    _saved(locked, "disclosure.assign", by, personal={"handler": str(handler)})
    _tell(locked, by)
    return locked


@transaction.atomic
def tell(request: Disclosure, *, by: User, note: str) -> Disclosure:
    """Note that whoever asked was told how it goes; the next message is due some working days later."""
    locked = _open(request, by)
    locked.told_at = locked.clock_from = clock.now()
    locked.due_at = promptness.due(locked.told_at, told=True)
    return _saved(locked, "disclosure.tell", by, personal={"reason": note})


@transaction.atomic
def note_fee(
    request: Disclosure, *, by: User, fee_pages: int | None, fee_amount: Decimal | None, fee_note: str
) -> Disclosure:
    """Note the fee by the municipality's own tariff; whether it is paid is nobody's business here."""
    locked = _locked(request, by)
    locked.fee_pages, locked.fee_amount, locked.fee_note = fee_pages, fee_amount, fee_note
    return _saved(locked, "disclosure.fee", by)


@transaction.atomic
def forget(request: Disclosure, *, by: User) -> Disclosure:
    """Empty what is known of whoever asked, when that may be forgotten; in the log too."""
    locked = _locked(request, by)
    if locked.forgotten_at or locked.may_forget_from is None or locked.may_forget_from > clock.now():
        raise Refused(_("Uppgifterna får inte tas bort än."))
    return _forget(locked, by)


def forget_before(moment: datetime) -> int:
    """Empty what is known of whoever asked in requests that ended before a moment; answer how many."""
    ended = Disclosure.objects.select_for_update(of=("self",)).filter(forgotten_at=None, ended_at__lte=moment)
    return len([_forget(request, None) for request in ended.select_related("unit", "authority")])


def _forget(locked: Disclosure, by: User | None) -> Disclosure:
    for name in PERSONAL:
        setattr(locked, name, "")
    locked.forgotten_at = clock.now()
    events = AuditEvent.objects.filter(object_type=locked._meta.label_lower, object_id=locked.pk)
    # What was written freely in the log may speak of the person; the event stays, with its seal.
    AuditPersonal.objects.filter(event_id__in=events.values("pk"), payload__contains=FREE_TEXT).delete()
    return _saved(locked, "disclosure.forget", by)


def _tell(request: Disclosure, by: User) -> None:
    """Tell whoever got a request of somebody else."""
    if request.handler is None or request.handler == by:
        return
    notices.send(
        "disclosure.assigned",
        to=request.handler,
        key=f"disclosure-{request.pk}-{request.handler.pk}",
        subject=_("Du handlägger: %(request)s") % {"request": request},
        body=_("Du har fått en begäran om utlämnande att handlägga. Den ska besvaras skyndsamt."),
        url=request.get_absolute_url(),
    )


def _saved(locked: Disclosure, action: str, by: User | None, personal: dict[str, Any] | None = None) -> Disclosure:
    locked.save()
    audit.record(action, by=by, obj=locked, personal=personal)
    return locked


def _open(request: Disclosure, by: User) -> Disclosure:
    """Answer the request, held, while it goes on. Raises `Refused` where it has ended."""
    locked = _locked(request, by)
    if not locked.is_open:
        raise Refused(_("Begäran är avslutad."))
    return locked


def _locked(request: Disclosure, by: User) -> Disclosure:
    _demand(request, by)
    return Disclosure.objects.select_for_update(of=("self",)).select_related("unit", "authority").get(pk=request.pk)


def _demand(request: Disclosure, by: User) -> None:
    if not access.can(by, HANDLES, request):
        raise access.PermissionDenied
