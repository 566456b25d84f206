"""The rules of oversight: every account is looked at when promised (OVER-1), and somebody is able to (OVER-3)."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Duty
from governance import clock
from governance.models import PolicyVersion, User
from governance.permissions import DUTIES
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule
from moderation import managers
from moderation.models import Round

PROMISED = _("Uppsikt över %(account)s")
MISSED = _("Missad uppsikt över %(account)s, och ingen har loggat sedan dess")
ABLE = _("Någon håller uppsikt över %(account)s")
UNABLE = _("Ingen kan hålla uppsikt över %(account)s")
WATCHING_DUTIES = [kind for kind, held in DUTIES.items() if "watch" in held]


@rule("OVER-1", Account)
def the_account_is_looked_at_when_promised(account: Account, at: datetime) -> Iterator[Verdict]:
    """Late since the first round that nobody logged and after which nobody looked; else the next one that is due."""
    if not account.is_running:
        return
    rounds = Round.objects.filter(account=account).select_related("policy_version")
    missed = rounds.unanswered(at).first()
    subject = missed or rounds.filter(status=Round.Status.DUE, due_at__gt=at).order_by("due_at").first()
    if subject is None:
        return
    yield Verdict(
        text=str(MISSED if missed else PROMISED) % {"account": account},
        clause=subject.clause,
        basis=subject.basis,
        strength=subject.strength,
        due_at=subject.due_from,
        breached_at=subject.due_at,
        who=_who(account, subject, at),
        url=reverse("moderation:round-today") + f"#konto-{account.pk}",
    )


@rule("OVER-3", Account)
def somebody_is_able_to_watch(account: Account, at: datetime) -> Iterator[Verdict]:
    """Late from the day when nobody active held the oversight any more; the manager must name somebody."""
    if not account.is_running:
        return
    version = PolicyVersion.objects.current()
    oversight = version.policy.rule("oversight", account.scope) if version else None
    unattended = oversight and (oversight.unattended or oversight.absence_routine)
    held = bool(managers.watchers(account))
    yield Verdict(
        text=(_("%(account)s har någon som håller uppsikt.") if held else _("Ingen kan hålla uppsikt över %(account)s"))
        % {"account": account},
        clause=unattended.clause if unattended else DEFAULT_CLAUSE,
        basis=unattended.basis if unattended else DEFAULT,
        strength=unattended.strength if unattended else "bör",
        breached_at=None if held else _unattended_since(account),
        who=[] if held else managers.nearest(account, version),
        url=account.get_absolute_url(),
    )


def _who(account: Account, round: Round, at: datetime) -> list[User]:
    """The watchers; once the manager has been told, or where there is no watcher, the manager too."""
    watchers, (_late_at, told_at) = managers.watchers(account), round.promise
    if watchers and told_at > at:
        return watchers
    return watchers + managers.nearest(account, round.policy_version)


def _unattended_since(account: Account) -> datetime | None:
    """The end of the day when the last duty to watch ended; the opening where no end is known."""
    ended = Duty.objects.filter(account=account, kind__in=WATCHING_DUTIES, valid_to__isnull=False)
    last = ended.order_by("-valid_to").values_list("valid_to", flat=True).first()
    return clock.at(last, time.max) if last else account.opened_at
