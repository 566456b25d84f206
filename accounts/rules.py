"""What the policy's rules say of plans and accounts: ok, to be done, or late; each with its clause and who must act."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import people
from accounts.models import Account, ActivityPlan
from accounts.plans import came_back, completeness
from accounts.plans.completeness import Gap
from accounts.signatures import signing
from governance import access, workingdays
from governance.models import PolicyVersion, User
from governance.policy.schema import DEFAULT_CLAUSE, Origin
from governance.rules import Verdict, rule

# No policy says how long a signature may wait; the finding says whose number it is.
DAYS_TO_SIGN = 5
LONGEST_CLAUSE = 200

Draft, Signing = ActivityPlan.Status.DRAFT, ActivityPlan.Status.SIGNING


@rule("PLAN-1", ActivityPlan)
def draft_is_written(plan: ActivityPlan, at: datetime) -> Iterator[Verdict]:
    """A draft waits for its author: to be filled in, then to be submitted; so does a rejected one (R-PLAN-1)."""
    yield from _rejected(plan)
    if plan.status != Draft:
        return
    gaps = completeness.blocking(plan)
    missing = [gap for gap in gaps if not gap.of_duty]
    if missing:
        text = ngettext(
            "Skriv klart planen för %(account)s: %(count)d punkt som policyn kräver är inte ifylld.",
            "Skriv klart planen för %(account)s: %(count)d punkter som policyn kräver är inte ifyllda.",
            len(missing),
        )
        facts = {"account": plan.account, "count": len(missing)}
        yield _of_draft(plan, text % facts, _joined(missing), "accounts:plan-edit")
    elif not gaps:
        signed, decided = (
            _("Lämna planen för %(account)s för underskrift."),
            _("Lämna planen för %(account)s för godkännande."),
        )
        text = (signed if plan.signed_by_named else decided) % {"account": plan.account}
        yield _of_draft(plan, text, plan.rules.origin("clause"), "accounts:plan-show")


@rule("PLAN-2", ActivityPlan)
def draft_names_enough(plan: ActivityPlan, at: datetime) -> Iterator[Verdict]:
    """A draft names as many people for each duty as the policy demands (R-PLAN-2)."""
    if plan.status != Draft:
        return
    short = [gap for gap in completeness.blocking(plan) if gap.of_duty]
    if short:
        text = f"{plan.account}: {' '.join(gap.text for gap in short)}"
        yield _of_draft(plan, text, _joined(short), "accounts:plan-edit")


@rule("PLAN-3", ActivityPlan)
def everyone_signs(plan: ActivityPlan, at: datetime) -> Iterator[Verdict]:
    """Each signer signs, then the manager approves; late when it has waited for some working days (R-PLAN-3)."""
    if plan.status != Signing or plan.submitted_at is None:
        return
    rules = plan.rules
    waiting = [place.user for place in signing.waiting(plan) if place.user]
    clauses = "; ".join(dict.fromkeys(signer.clause for signer in rules.signers))
    for user in dict.fromkeys(waiting):
        text, who, page = _turn(plan, user)
        url = reverse(page, args=[plan.pk])
        yield _signing(key=f"sign-{user.pk}", text=text, clause=clauses, since=plan.submitted_at, who=who, url=url)
    if not waiting:
        text = _("Godkänn planen för %(account)s.") % {"account": plan.account}
        since = plan.sealed.signatures.aggregate(last=Max("signed_at"))["last"] if plan.sealed else None
        yield _signing(
            key="approve",
            text=text,
            clause=rules.approval.clause,
            since=since or plan.submitted_at,
            who=signing.approvers(plan),
            url=reverse("accounts:plan-approve", args=[plan.pk]),
        )


@rule("PLAN-4", Account)
def approved_is_opened(account: Account, at: datetime) -> Iterator[Verdict]:
    """An approved account waits for the communications officer, through whom every start goes (R-PLAN-4)."""
    plan = _in_force(account)
    if account.status != Account.Status.APPROVED or plan is None:
        return
    said = plan.rules.anchored_with or plan.rules.told or plan.rules.created_by
    origin = Origin(said.clause, said.strength, said.basis) if said else Origin(DEFAULT_CLAUSE, "ska", "default")
    yield Verdict(
        _("Öppna kontot %(account)s: planen är godkänd.") % {"account": account},
        origin.clause,
        reverse("accounts:account-open", args=[account.pk]),
        basis=origin.basis,
        strength=origin.strength,
        due_at=plan.approved_at,
        who=people.officers(account.unit),
    )


@rule("REG-2", Account)
def official_is_public(account: Account, at: datetime) -> Iterator[Verdict]:
    """An open account stands on the public list; it does so by itself, and here is the proof (R-REG-2)."""
    version = PolicyVersion.objects.current()
    if version is None or not Account.objects.official().filter(pk=account.pk).exists():
        return
    said = version.policy.registry.public_list or version.policy.registry.reachable_from_website
    origin = Origin(said.clause, said.strength, said.basis) if said else Origin(DEFAULT_CLAUSE, "bör", "default")
    yield Verdict(
        _("%(account)s står på den offentliga listan.") % {"account": account},
        origin.clause,
        reverse("accounts:public-list"),
        basis=origin.basis,
        strength=origin.strength,
    )


def _rejected(plan: ActivityPlan) -> Iterator[Verdict]:
    """Yield that a rejected plan waits for its author: to be taken up again, or withdrawn."""
    back = came_back.of(plan) if plan.status == ActivityPlan.Status.REJECTED else None
    if back is None:
        return
    origin = plan.rules.origin("clause")
    yield Verdict(
        _("Planen för %(account)s är avslagen. Ta upp förslaget igen, eller återta det.") % {"account": plan.account},
        origin.clause,
        plan.get_absolute_url(),
        key="rejected",
        basis=origin.basis,
        strength=origin.strength,
        due_at=back.at,
        who=_authors(plan),
    )


def _turn(plan: ActivityPlan, signer: User) -> tuple[str, list[User], str]:
    """Answer what is to be done, by whom and where; for a signer who has left, the plan must be written anew."""
    if signer.is_active:
        return _("Underteckna planen för %(account)s.") % {"account": plan.account}, [signer], "accounts:plan-sign"
    text = _("Ta tillbaka planen för %(account)s: någon som ska underteckna har slutat.") % {"account": plan.account}
    return text, _authors(plan), "accounts:plan-show"


def _authors(plan: ActivityPlan) -> list[User]:
    """Answer who is to write; the plan of an account that was there before is its own people's, not the importer's."""
    if plan.account.plan_due_on is not None:
        return access.holders("edit_plan", plan.account) or people.managers(plan.unit)
    return [plan.drafted_by] if plan.drafted_by.is_active else people.managers(plan.unit)


def _of_draft(plan: ActivityPlan, text: str, origin: Origin, url_name: str) -> Verdict:
    url = reverse(url_name, args=[plan.pk])
    return Verdict(
        text,
        origin.clause,
        url,
        basis=origin.basis,
        strength=origin.strength,
        due_at=plan.created_at,
        who=_authors(plan),
    )


def _signing(*, key: str, text: str, clause: str, since: datetime, who: list[User], url: str) -> Verdict:
    whose = _("tidsgränsen: %(default)s") % {"default": DEFAULT_CLAUSE}
    said = Truncator(clause).chars(LONGEST_CLAUSE - len(whose) - 2)
    return Verdict(
        text,
        f"{said}; {whose}",
        url,
        key=key,
        due_at=since,
        breached_at=workingdays.deadline(since, DAYS_TO_SIGN),
        who=who,
    )


def _joined(gaps: list[Gap]) -> Origin:
    """Answer where several gaps come from, as many of the clauses as there is room for."""
    clauses = Truncator("; ".join(dict.fromkeys(gap.origin.clause for gap in gaps))).chars(LONGEST_CLAUSE)
    return Origin(clauses, gaps[0].origin.strength, gaps[0].origin.basis)


def _in_force(account: Account) -> ActivityPlan | None:
    return account.plans.filter(status=ActivityPlan.Status.APPROVED).select_related("policy_version").first()
