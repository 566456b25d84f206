"""What must hold before a plan takes a step; each refusal says what is missing and where the policy says so."""

from django.utils.translation import gettext as _

from accounts.models import Account, ActivityPlan
from accounts.plans import amendment, completeness
from accounts.signatures import signing
from governance.models import User
from governance.workflow import Refused


def plan_is_complete(plan: ActivityPlan, by: User | None) -> None:
    """Refuse a plan that lacks a mandatory point or a duty (R-PLAN-1, R-PLAN-2), or that nobody could approve."""
    problems = completeness.blocking(plan)
    if problems:
        raise Refused(" ".join(str(gap) for gap in problems))
    if not signing.approvers(plan):
        raise Refused(_("Det finns ingen som kan godkänna planen: ingen chef utan eget ansvar på kontot."))


def is_approver(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone but the manager whose turn it is, never one with a duty in the plan (R-PLAN-12)."""
    if by is not None and plan.duties.filter(person=by).exists():
        raise Refused(_("Du har själv ett ansvar i planen och kan därför inte godkänna den."))
    if by not in signing.approvers(plan):
        raise Refused(_("Planen godkänns av närmaste chef utan eget ansvar på kontot."))


def may_approve(plan: ActivityPlan, by: User | None) -> None:
    """Refuse approval until everybody else has signed (R-PLAN-3)."""
    is_approver(plan, by)
    left = [place.user.name for place in signing.waiting(plan) if place.user]
    if left:
        raise Refused(_("Planen väntar på underskrift av %(names)s.") % {"names": ", ".join(dict.fromkeys(left))})


def account_is_not_open(plan: ActivityPlan, by: User | None) -> None:
    """Refuse to take a plan out of force while its account is run under it."""
    if plan.account.status != Account.Status.APPROVED:
        raise Refused(_("Kontot är öppnat under den här planen. Då kan den inte öppnas för ändring."))
    no_other_is_open(plan, by)


def no_other_is_open(plan: ActivityPlan, by: User | None) -> None:
    """Refuse a second version beside the one that is being written or signed."""
    if plan.account.plans.open().exclude(pk=plan.pk).exists():
        raise Refused(_("En annan version av planen är redan under arbete."))


def is_correction(plan: ActivityPlan, by: User | None) -> None:
    """Refuse to bring into force without signatures what is more than spelling and contact details (R-PLAN-11)."""
    found = amendment.changes(plan)
    if found is None or plan.amends is None or plan.amends.status != ActivityPlan.Status.APPROVED:
        raise Refused(_("Bara en plan som gäller kan rättas."))
    if found.nothing:
        raise Refused(_("Versionen säger samma sak som den som gäller. Det finns inget att rätta."))
    if not found.only_small or amendment.other_terms(plan):
        raise Refused(
            _("Det här är mer än stavning och kontaktuppgifter. Lämna versionen för underskrift eller godkännande.")
        )
    plan_is_complete(plan, by)


def is_named(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone who is not named in the plan."""
    if not plan.duties.filter(person=by).exists():
        raise Refused(_("Bara den som är utsedd i planen kan avböja uppdraget."))


def has_signed(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone who has not signed what lies before the signers now: only an own signature is withdrawn."""
    if plan.sealed is None or not plan.sealed.signatures.filter(user=by, paper_day=None).exists():
        raise Refused(_("Du har inte undertecknat planen, så det finns ingen underskrift att ta tillbaka."))
