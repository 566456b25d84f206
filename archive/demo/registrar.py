"""A registrar's desk: a plan in force, a diary that takes documents, a marking, a stop and a request under way."""

from datetime import date, timedelta

from accounts.models import Account
from archive.diary import actions as diary
from archive.disclosing import choosing, requesting
from archive.disposing import holding, planning
from archive.models import DiaryDestination, Disclosure, DocumentKind, Record, RetentionPlan, RetentionRule
from archive.shielding import marking
from governance import clock
from governance.models import Authority, User

BODY, PARAGRAPH, CASE = "Kommunstyrelsen", "§ 41", "KS 2025/112"
COVERS = "Ögonblicksbilder och bevarade inlägg som inte längre behövs får gallras efter den tid som planen anger."
PROVISION, CONCERNS = "26 kap. 1 § OSL", "Ett barns ansökan till socialtjänsten"
ASKED = "Alla inlägg om språkkaféer på bibliotekets konto, från i våras och fram till nu."
MONTHS = 24


def load(authority: Authority, account: Account, comment: Record | None, *, registrar: User) -> None:
    """Set the desk of an authority, whatever of it is missing."""
    if not RetentionPlan.objects.filter(authority=authority).exists():
        _plan(authority, registrar)
    if not DiaryDestination.objects.filter(authority=authority).exists():
        diary.settle(authority, by=registrar, system="Platina", connector="folder", address="platina", automatic=False)
    if comment is not None:
        marking.mark(comment, by=registrar, provision=PROVISION, authority=authority, note=CONCERNS)
        _hand_over_and_stop(authority, account, registrar)
        _request(authority, account, registrar)


def _plan(authority: Authority, by: User) -> None:
    decision = planning.decide(
        authority,
        by=by,
        body=BODY,
        decided_on=_day(400),
        paragraph=PARAGRAPH,
        case_number=CASE,
        covers=COVERS,
    )
    plan = planning.begin(authority, by=by)
    kind = DocumentKind.objects.get(key=Record.Kind.SNAPSHOT)
    planning.set_rule(
        plan,
        kind,
        by=by,
        fate=RetentionRule.Fate.DISPOSE,
        months=MONTHS,
        counted_from=RetentionRule.CountedFrom.MADE,
        decision=decision,
    )
    planning.adopt(
        plan,
        by=by,
        is_decision=False,
        body=BODY,
        decided_on=_day(390),
        paragraph=PARAGRAPH,
        case_number=CASE,
    )


def _hand_over_and_stop(authority: Authority, account: Account, by: User) -> None:
    latest = Record.objects.filter(account=account, kind=Record.Kind.SNAPSHOT).order_by("-made_at").first()
    if latest is not None:
        diary.order(latest, by=by, dated=clock.local(latest.made_at).date(), party="", matter=latest.title)
    holding.stop(
        by=by, scope="account", reason="Revisorerna granskar kontot under året.", unit=account.unit, account=account
    )


def _request(authority: Authority, account: Account, by: User) -> None:
    request = requesting.register(
        by=by,
        unit=account.unit,
        received_at=clock.now() - timedelta(hours=3),
        channel=Disclosure.Channel.MAIL,
        asked_for=ASKED,
        handler=by,
    )
    for record in Record.objects.filter(account=account, kind=Record.Kind.SNAPSHOT).order_by("-made_at")[:2]:
        choosing.add(request, record, by=by)


def _day(days: int) -> date:
    return clock.today() - timedelta(days=days)
