"""What the rules say of an account's information: looked at in time, nothing missing, looked at again (R-INFO-1)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.answering import answering_for
from accounts.information import checklist
from accounts.information.checklist import Line
from accounts.models import Account
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule

# No policy gives these figures; the findings say whose they are.
TO_BEGIN = timedelta(days=14)
AGAIN = timedelta(days=365)
LONGEST_CLAUSE = 200


@rule("INFO-1", Account)
def shows_what_it_should(account: Account, at: datetime) -> Iterator[Verdict]:
    """What must stand on the account stands there; what should is missed; and somebody looks every year."""
    lines = checklist.lines(account) if checklist.applies_to(account) else []
    if not lines:
        return
    unseen = [line for line in lines if line.answer is None]
    if unseen:
        yield _to_look_at(account, len(unseen), len(lines))
    else:
        yield _to_look_again(account, min(line.answer.checked_at for line in lines if line.answer))
    missing = [line for line in lines if line.is_missing]
    demanded = [line for line in missing if line.item.binding]
    advised = [line for line in missing if not line.item.binding]
    if demanded:
        yield _missing(account, demanded, "ska")
    if advised:
        yield _missing(account, advised, "bör")


def _to_look_at(account: Account, unseen: int, total: int) -> Verdict:
    text = _("Kontrollera vad %(account)s visar om sig självt.") % {"account": account}
    if unseen < total:
        text = ngettext(
            "Kontrollera vad %(account)s visar: %(count)d punkt har inget svar.",
            "Kontrollera vad %(account)s visar: %(count)d punkter har inget svar.",
            unseen,
        ) % {"account": account, "count": unseen}
    opened = account.known_since
    return Verdict(
        text,
        DEFAULT_CLAUSE,
        _page(account),
        key="check",
        basis=DEFAULT,
        due_at=opened,
        breached_at=opened + TO_BEGIN,
        who=answering_for(account),
    )


def _to_look_again(account: Account, last: datetime) -> Verdict:
    text = _("Kontrollera på nytt vad %(account)s visar om sig självt.") % {"account": account}
    who = answering_for(account)
    due = last + AGAIN
    return Verdict(
        text, DEFAULT_CLAUSE, _page(account), key="check", basis=DEFAULT, strength="bör", due_at=due, who=who
    )


def _missing(account: Account, missing: list[Line], strength: str) -> Verdict:
    labels = ", ".join(f"”{line.item.label}”" for line in missing)
    text = _("%(account)s visar inte: %(items)s") % {"account": account, "items": labels}
    clauses = "; ".join(dict.fromkeys(line.item.clause for line in missing))
    since = checklist.missing_since(account, [line.key for line in missing])
    return Verdict(
        Truncator(text).chars(300),
        Truncator(clauses).chars(LONGEST_CLAUSE),
        _page(account),
        key=f"missing-{'must' if strength == 'ska' else 'should'}",
        basis=missing[0].item.basis,
        strength=strength,
        due_at=since,
        # What only should be there is a thing to do, and never a breach.
        breached_at=since if strength == "ska" else None,
        who=answering_for(account),
    )


def _page(account: Account) -> str:
    return reverse("accounts:information-check", args=[account.pk])
