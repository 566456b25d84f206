"""The document management plan: begun as a draft, written line by line, adopted by a decision, then replaced."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from archive.disposing import kinds
from archive.models import DisposalDecision, DocumentKind, RetentionPlan, RetentionRule
from governance import audit, clock
from governance.models import Authority, Unit, User
from governance.workflow import Refused, perform

COPIED = ("kind", "fate", "months", "counted_from", "decision", "form", "place", "secrecy", "note")
DECIDED = ("body", "decided_on", "paragraph", "case_number")


def in_force(authority: Authority) -> RetentionPlan | None:
    """Answer the version that holds for an authority now."""
    return RetentionPlan.objects.filter(authority=authority, status=RetentionPlan.Status.ADOPTED).first()


def snapshot_interval(authority: Authority) -> int | None:
    """Answer the months between snapshots that the authority's plan states; None where it leaves them to the policy."""
    plan = in_force(authority)
    return plan.snapshot_months if plan else None


def seat(authority: Authority) -> Unit:
    """Answer the topmost unit of an authority: whoever acts for all of it holds a role there."""
    own = Unit.objects.filter(authority=authority).order_by("depth", "pk").first()
    return own or Unit.objects.root()


@transaction.atomic
def begin(authority: Authority, *, by: User | None) -> RetentionPlan:
    """Answer the authority's draft: the one there is, else a new one that begins with what holds now.

    Where no plan holds, it begins with the product's kinds, all kept for ever.
    """
    Authority.objects.select_for_update().get(pk=authority.pk)
    found = RetentionPlan.objects.filter(authority=authority, status=RetentionPlan.Status.DRAFT).first()
    if found is not None:
        return found
    before = in_force(authority)
    last = RetentionPlan.objects.filter(authority=authority).aggregate(last=Max("number"))["last"] or 0
    plan = RetentionPlan.objects.create(
        authority=authority,
        unit=seat(authority),
        number=last + 1,
        snapshot_months=before.snapshot_months if before else None,
        note=before.note if before else "",
        begun_at=clock.now(),
        begun_by=by,
    )
    RetentionRule.objects.bulk_create(_copied(plan, before) if before else _first(plan))
    audit.record("retentionplan.begin", by=by, obj=plan)
    return plan


@transaction.atomic
def describe(plan: RetentionPlan, *, by: User, note: str, snapshot_months: int | None) -> RetentionPlan:
    """Write a draft's introduction and its months between snapshots."""
    _draft(plan)
    plan.note, plan.snapshot_months = note, snapshot_months
    plan.save()
    audit.record("retentionplan.describe", by=by, obj=plan)
    return plan


@transaction.atomic
def set_rule(plan: RetentionPlan, kind: DocumentKind, *, by: User, **said: Any) -> RetentionRule:
    """Write a line of a draft, new or changed; what is kept for ever has neither time nor decision."""
    _draft(plan)
    if said["fate"] == RetentionRule.Fate.KEEP:
        said = {**said, "months": None, "counted_from": "", "decision": None}
    rule, _new = RetentionRule.objects.update_or_create(plan=plan, kind=kind, defaults=said)
    audit.record("retentionplan.set_rule", by=by, obj=plan, data={"kind": str(kind), "fate": rule.get_fate_display()})
    return rule


@transaction.atomic
def drop_rule(rule: RetentionRule, *, by: User) -> None:
    """Take a line out of a draft."""
    _draft(rule.plan)
    audit.record("retentionplan.drop_rule", by=by, obj=rule.plan, data={"kind": str(rule.kind)})
    rule.delete()


@transaction.atomic
def discard(plan: RetentionPlan, *, by: User) -> None:
    """Throw a draft away."""
    _draft(plan)
    audit.record("retentionplan.discard", by=by, obj=plan)
    plan.delete()


@transaction.atomic
def adopt(plan: RetentionPlan, *, by: User, is_decision: bool, **decided: Any) -> RetentionPlan:
    """Put a draft in force by the decision it was adopted by; `is_decision`: that decision is one on disposal too.

    Raises `Refused` where a line that disposes rests on no decision.
    """
    locked = RetentionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    _draft(locked)
    for name in DECIDED:
        setattr(locked, name, decided[name])
    locked.adopted_at = clock.now()
    locked.save()
    if is_decision:
        _rest_on_plan(locked, by=by)
    return perform(locked, "adopt", by=by, data={"decision": locked.decision})


def is_complete(plan: RetentionPlan, by: User | None) -> None:
    """Refuse a plan without lines, and one that disposes of something without a decision in force."""
    if not plan.rules.exists():
        raise Refused(_("Planen har inga rader. Lägg till minst en handlingstyp."))
    lacking = _without_decision(plan, clock.today())
    if lacking.exists():
        named = ", ".join(str(rule.kind) for rule in lacking[:5])
        raise Refused(_("Gallringsbeslut saknas för: %(kinds)s. Ange beslutet på raden.") % {"kinds": named})


def take_over(plan: RetentionPlan, by: User | None, reason: str) -> None:
    """Let the version that held until now be replaced by this one."""
    before = in_force(plan.authority)
    if before is not None:
        perform(before, "supersede", by=None)


def without_rule(plan: RetentionPlan) -> QuerySet[DocumentKind]:
    """Answer the kinds in use that the plan says nothing of."""
    return DocumentKind.objects.filter(retired_at=None).exclude(rules__plan=plan)


@transaction.atomic
def decide(authority: Authority, *, by: User, **said: Any) -> DisposalDecision:
    """Enter a decision on disposal."""
    decision = DisposalDecision.objects.create(
        authority=authority, unit=seat(authority), made_at=clock.now(), made_by=by, **said
    )
    audit.record("disposaldecision.make", by=by, obj=decision)
    return decision


@transaction.atomic
def correct(decision: DisposalDecision, *, by: User, **said: Any) -> DisposalDecision:
    """Correct a decision that nothing rests on yet. Raises `Refused` where something does."""
    if is_used(decision):
        raise Refused(_("En plan som har antagits bygger på beslutet. Lägg in ett nytt beslut i stället."))
    for name, value in said.items():
        setattr(decision, name, value)
    decision.save()
    audit.record("disposaldecision.correct", by=by, obj=decision)
    return decision


@transaction.atomic
def end(decision: DisposalDecision, *, by: User, day: date) -> DisposalDecision:
    """Say until when a decision holds; nothing is disposed of under it after that day."""
    decision.ended_on = day
    decision.save()
    audit.record("disposaldecision.end", by=by, obj=decision, data={"day": day.isoformat()})
    return decision


def is_used(decision: DisposalDecision) -> bool:
    """Answer whether a plan that was adopted, or a disposal, rests on the decision."""
    adopted = decision.rules.exclude(plan__status=RetentionPlan.Status.DRAFT)
    return adopted.exists() or decision.disposals.exists()


def _draft(plan: RetentionPlan) -> None:
    if not plan.is_draft:
        raise Refused(_("Planen är antagen och ändras inte. Börja en ny version i stället."))


def _without_decision(plan: RetentionPlan, day: date) -> QuerySet[RetentionRule]:
    ended = Q(decision=None) | Q(decision__ended_on__lt=day)
    return plan.rules.filter(ended, fate=RetentionRule.Fate.DISPOSE).select_related("kind")


def _rest_on_plan(plan: RetentionPlan, *, by: User) -> None:
    lacking = plan.rules.filter(fate=RetentionRule.Fate.DISPOSE, decision=None)
    if lacking.exists():
        covers = _("Det som gallras enligt dokumenthanteringsplanen, version %(number)s.") % {"number": plan.number}
        said = {name: getattr(plan, name) for name in DECIDED}
        lacking.update(decision=decide(plan.authority, by=by, covers=covers, **said))


def _copied(plan: RetentionPlan, before: RetentionPlan) -> list[RetentionRule]:
    return [
        RetentionRule(plan=plan, **{name: getattr(rule, name) for name in COPIED})
        for rule in before.rules.select_related("kind", "decision")
    ]


def _first(plan: RetentionPlan) -> list[RetentionRule]:
    said = kinds.entries()
    return [
        RetentionRule(plan=plan, kind=kind, **{name: said[kind.key][name] for name in ("form", "place", "secrecy")})
        for kind in kinds.load()
        if kind.retired_at is None
    ]
