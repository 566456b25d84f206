"""What the policy's rules say of logins and of who gets in (R-REG-9, R-REG-10, R-CRED-1..3)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.answering import answering_for, with_officers
from accounts.credentials import keeping, lost, ways
from accounts.models import Account, Credential, PlatformAccess
from governance import clock, workingdays
from governance.models import PolicyVersion, User
from governance.policy.base import Stated
from governance.policy.presence import Credentials
from governance.policy.schema import DEFAULT_CLAUSE, Origin
from governance.rules import Verdict, rule

# No policy gives these figures; the findings say whose they are.
TO_BEGIN = timedelta(days=14)
AGAIN = timedelta(days=365)
DAYS_TO_END = 1
OWN = Origin(DEFAULT_CLAUSE, "ska", "default")
ADVICE = Origin(DEFAULT_CLAUSE, "bör", "default")


@rule("CRED-1", Account)
def login_is_kept(account: Account, at: datetime) -> Iterator[Verdict]:
    """A shared login lies where the municipality finds it, and somebody looks each year that it does (R-CRED-1)."""
    rules = ways.chapter(account)
    if not ways.is_open(account) or rules is None:
        return
    origin = _origin(rules.handed_to or rules.kept_at, ADVICE)
    credential = Credential.objects.filter(account=account).first()
    page = reverse("accounts:credential-show", args=[account.pk])
    who = with_officers(account)
    if credential is None and ways.way_in(account) == PlatformAccess.Way.SHARED:
        text = _("Lämna uppgift om inloggningen till %(account)s.") % {"account": account}
        yield _verdict(text, origin, page, who, key="handed", since=_opened(account), late=_opened(account) + TO_BEGIN)
    elif credential is not None:
        text = _("Kontrollera att inloggningen till %(account)s ligger där den ska.") % {"account": account}
        yield _verdict(text, ADVICE, page, who, key="again", since=credential.checked_at + AGAIN)
        yield from _left_in_vault(account, credential, rules, page, who)


@rule("CRED-2", Account)
def registrar_gets_in(account: Account, at: datetime) -> Iterator[Verdict]:
    """The department's registrars get in, where the policy says so (R-CRED-2)."""
    rules = ways.chapter(account)
    if not ways.is_open(account) or rules is None or rules.registrar_access is None:
        return
    rows = PlatformAccess.objects.standing().filter(account=account, ground=PlatformAccess.Ground.REGISTRAR)
    inside = rows.filter(end_due_since=None, confirmed_at__isnull=False).exists()
    text = _("Ge förvaltningens registrator behörighet till %(account)s.") % {"account": account}
    since = None if inside else _opened(account)
    origin = _origin(rules.registrar_access, ADVICE)
    yield _verdict(
        text, origin, _list_of(account), answering_for(account), since=since, late=since and since + TO_BEGIN
    )


@rule("CRED-3", Account)
def login_is_changed(account: Account, at: datetime) -> Iterator[Verdict]:
    """A login is changed when somebody who knows it leaves, and when the account is lost (R-CRED-3)."""
    credential = Credential.objects.due().filter(account=account).first()
    if credential is None or credential.change_due_since is None or not ways.is_open(account):
        return
    text = _("Byt lösenordet till %(account)s. %(why)s.")
    facts = {"account": account, "why": credential.get_change_due_reason_display()}
    late = workingdays.deadline(credential.change_due_since, DAYS_TO_END)
    if credential.change_due_reason == Credential.Reason.LOST:
        late = credential.change_due_since
    rules = ways.chapter(account)
    origin = _origin(rules.when_leaving if rules else None, OWN)
    page = reverse("accounts:credential-show", args=[account.pk])
    yield _verdict(text % facts, origin, page, with_officers(account), since=credential.change_due_since, late=late)


@rule("REG-9", Account)
def nobody_stays_inside(account: Account, at: datetime) -> Iterator[Verdict]:
    """Who leaves, or has no duty on the account any more, gets in no longer (R-REG-9)."""
    rows = list(PlatformAccess.objects.to_be_ended().filter(account=account))
    if not rows or not ways.is_open(account):
        return
    since = min(row.end_due_since for row in rows if row.end_due_since)
    text = ngettext(
        "Avsluta åtkomsten till %(account)s för %(count)d person som inte längre ska nå kontot.",
        "Avsluta åtkomsten till %(account)s för %(count)d personer som inte längre ska nå kontot.",
        len(rows),
    ) % {"account": account, "count": len(rows)}
    version = PolicyVersion.objects.current()
    rules = ways.chapter(account)
    stated = (rules.when_leaving if rules else None) or (version.policy.registry.ownership if version else None)
    late = workingdays.deadline(since, DAYS_TO_END)
    yield _verdict(text, _origin(stated, OWN), _list_of(account), with_officers(account), since=since, late=late)


@rule("REG-10", Account)
def everyone_has_two_factors(account: Account, at: datetime) -> Iterator[Verdict]:
    """Everybody who gets in has two factors there, looked at once a year (R-REG-10)."""
    stated = ways.two_factor(account)
    if stated is None or not ways.is_open(account):
        return
    rows = list(PlatformAccess.objects.standing().filter(account=account, end_due_since=None))
    without = [row for row in rows if row.two_factor_on is None]
    who, page = answering_for(account), _list_of(account)
    if without:
        text = ngettext(
            "%(account)s: tvåfaktorsinloggning är inte bekräftad för %(count)d person.",
            "%(account)s: tvåfaktorsinloggning är inte bekräftad för %(count)d personer.",
            len(without),
        ) % {"account": account, "count": len(without)}
        since = min(row.expected_at for row in without)
        yield _verdict(text, stated.origin, page, who, since=since, late=since + TO_BEGIN)
    elif rows:
        text = _("Kontrollera tvåfaktorsinloggningen till %(account)s.") % {"account": account}
        oldest = min(row.two_factor_on for row in rows if row.two_factor_on)
        since = clock.at(oldest, datetime.min.time()) + AGAIN
        yield _verdict(text, ADVICE, page, who, key="again", since=since)


@rule("CRED-4", Account)
def list_is_right(account: Account, at: datetime) -> Iterator[Verdict]:
    """It is known who gets in: each is confirmed when expected, and looked at again every year, and after a loss."""
    rows = list(PlatformAccess.objects.standing().filter(account=account, end_due_since=None))
    if not ways.is_open(account):
        return
    who, page = answering_for(account), _list_of(account)
    waiting = [row.expected_at for row in rows if row.confirmed_at is None]
    seen = [row.checked_at for row in rows if row.checked_at]
    if since := keeping.lost_since(account):
        if lost.unchecked(account):
            text = _("Gå igenom vilka som når %(account)s på plattformen.") % {"account": account}
            yield _verdict(text, OWN, page, with_officers(account), key="lost", since=since, late=since)
    elif waiting:
        text = ngettext(
            "Bekräfta hur %(count)d person når %(account)s på plattformen.",
            "Bekräfta hur %(count)d personer når %(account)s på plattformen.",
            len(waiting),
        ) % {"account": account, "count": len(waiting)}
        yield _verdict(text, ADVICE, page, who, key="confirm", since=min(waiting), late=min(waiting) + TO_BEGIN)
    elif seen:
        text = _("Kontrollera vilka som når %(account)s på plattformen.") % {"account": account}
        yield _verdict(text, ADVICE, page, who, key="again", since=min(seen) + AGAIN)


def _left_in_vault(
    account: Account, credential: Credential, rules: Credentials, page: str, who: list[User]
) -> Iterator[Verdict]:
    """A login lies in the vault, and the policy that holds now keeps none there."""
    version = PolicyVersion.objects.current()
    if credential.way != Credential.Way.VAULT or ways.store(account) == Credential.Way.VAULT or version is None:
        return
    since = max(version.adopted_at or credential.checked_at, credential.checked_at)
    text = _("Ange var inloggningen till %(account)s ligger: då försvinner den ur valvet, som policyn inte använder.")
    yield _verdict(
        text % {"account": account},
        _origin(rules.store, OWN),
        page,
        who,
        key="vault",
        since=since,
        late=since + TO_BEGIN,
    )


def _verdict(
    text: str,
    origin: Origin,
    url: str,
    who: list[User],
    *,
    key: str = "",
    since: datetime | None,
    late: datetime | None = None,
) -> Verdict:
    clause = origin.clause
    if origin.basis != "default" and late is not None:
        clause = _("%(clause)s; tidsgränsen: %(default)s") % {"clause": clause, "default": DEFAULT_CLAUSE}
    return Verdict(
        text,
        clause[:200],
        url,
        key=key,
        basis=origin.basis,
        strength=origin.strength,
        due_at=since,
        breached_at=late,
        who=who,
    )


def _origin(stated: Stated | None, otherwise: Origin) -> Origin:
    return stated.origin if stated else otherwise


def _list_of(account: Account) -> str:
    return reverse("accounts:access-list", args=[account.pk])


def _opened(account: Account) -> datetime:
    return account.known_since
