"""A lost or hijacked account: what is done until it is recovered or closed, by whom and when."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.life import closing, pausing
from accounts.models import Account, Loss, LossEntry
from governance import audit, clock
from governance.models import User
from governance.workflow import Refused, perform

CHECKLIST: dict[str, Any] = dict(LossEntry.Point.choices)


def current(account: Account) -> Loss | None:
    """Answer the loss that is going on."""
    return account.losses.going_on().select_related("reported_by").first()


def begin(account: Account, by: User | None, reason: str) -> None:
    """Effect of report_lost: the log begins, a pause or a closing is over."""
    if by is None:
        raise Refused(_("En person anmäler att ett konto är förlorat."))
    pausing.end_pause(account, by, reason)
    closing.interrupt(account)
    account.successor = None
    Loss.objects.create(account=account, unit=account.unit, reported_by=by, reported_at=clock.now(), what=reason)


@transaction.atomic
def note(loss: Loss, *, by: User, key: str, text: str) -> LossEntry:
    """Write down what has been done: a point of the checklist, or a note of one's own; nothing is ever taken back."""
    locked = Loss.objects.select_for_update(of=("self",)).select_related("account").get(pk=loss.pk)
    if locked.ended_at is not None:
        raise Refused(_("Kontot är inte längre förlorat. Loggen är avslutad."))
    try:
        with transaction.atomic():
            made = LossEntry.objects.create(loss=locked, key=key, text=text.strip(), by=by, at=clock.now())
    except IntegrityError as error:
        raise Refused(_("Någon annan har redan kryssat av den punkten.")) from error
    what = str(CHECKLIST[key]) if key else _("en anteckning")
    audit.record("loss.note", by=by, obj=locked, data={"what": what}, personal={"note": made.text})
    return made


def recover(account: Account, *, by: User, how: str) -> Account:
    """Decide that the account is the municipality's again. Raises `Refused` while a login or an access is not done.

    `accounts.credentials.lost` sets that guard: it knows who gets in.
    """
    return perform(account, "recover", by=by, reason=how)


def end(account: Account, by: User | None, reason: str) -> None:
    """Effect of recover: the log is over, with what was done."""
    Loss.objects.going_on().filter(account=account).update(
        ended_at=clock.now(), ended_by=by, outcome=Loss.Outcome.RECOVERED, how=reason
    )
