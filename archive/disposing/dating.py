"""When a record may be disposed of: one rule for one and for all, set again whenever something it rests on changes."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import DateField, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import Account
from archive.disposing import planning
from archive.models import OutOfUse, Record, RetentionPlan, RetentionRule
from governance import clock
from governance.models import Authority

MONTHS_IN_YEAR = 12


class MonthsAfter(Func):
    """A day, so many months later, as the database counts them: the last day of a shorter month."""

    template = "(%(expressions)s + make_interval(months => %(months)s))::date"
    output_field = DateField()


@dataclass(frozen=True)
class Explanation:
    """What becomes of a record and why, in words; `rule` is None where the plan says nothing of it."""

    text: str
    rule: RetentionRule | None
    plan: RetentionPlan | None


@transaction.atomic
def refresh(authority: Authority) -> int:
    """Set the day for every record of an authority, as its plan says now; answer how many days changed."""
    return refresh_records(Record.objects.filter(authority=authority), planning.in_force(authority))


@transaction.atomic
def refresh_account(account: Account) -> int:
    """Set the day for every record of an account anew; it was closed, or is open again."""
    authorities = Authority.objects.filter(pk__in=Record.objects.filter(account=account).values("authority"))
    return sum(
        refresh_records(Record.objects.filter(account=account, authority=each), planning.in_force(each))
        for each in authorities
    )


def refresh_all() -> int:
    """Set every day anew: the nightly safety net."""
    return sum(refresh(authority) for authority in Authority.objects.order_by("pk"))


def refresh_records(records: QuerySet[Record], plan: RetentionPlan | None) -> int:
    """Set the day for some records of one authority by its plan; one statement for each line that disposes."""
    rules = list(plan.rules.filter(fate=RetentionRule.Fate.DISPOSE)) if plan else []
    changed = sum(_set(records.filter(document_kind=rule.kind_id), rule) for rule in rules)
    kept = records.exclude(document_kind__in=[rule.kind_id for rule in rules])
    return changed + kept.filter(dispose_after__isnull=False).order_by().update(dispose_after=None)


def refresh_one(record: Record) -> None:
    """Set the day for one record that was just made or changed, and read it into the object."""
    plan = planning.in_force(record.authority) if record.document_kind_id else None
    disposes = RetentionRule.Fate.DISPOSE
    rule = plan.rules.filter(kind=record.document_kind_id, fate=disposes).first() if plan else None
    if rule is not None and _set(Record.objects.filter(pk=record.pk), rule):
        record.refresh_from_db(fields=["dispose_after"])


def explain(record: Record) -> Explanation:
    """Say what becomes of a record: kept for ever, disposed of after a day, or what is lacking to know it."""
    plan = planning.in_force(record.authority)
    if plan is None:
        return Explanation(_("Myndigheten har ingen antagen dokumenthanteringsplan. Handlingen bevaras."), None, None)
    if record.document_kind_id is None:
        return Explanation(_("Handlingen har ingen handlingstyp. Den bevaras tills den har fått en."), None, plan)
    rule = plan.rules.filter(kind=record.document_kind_id).select_related("decision", "kind").first()
    if rule is None:
        text = _("Planen säger inget om handlingstypen. Handlingen bevaras tills vidare.")
        return Explanation(text, None, plan)
    return Explanation(_said(record, rule), rule, plan)


def term(rule: RetentionRule) -> str:
    """Say what a line of the plan decides, as in "Gallras 5 år efter det att kontot avslutades"."""
    if rule.fate == RetentionRule.Fate.KEEP:
        return _("Bevaras")
    counted = {
        RetentionRule.CountedFrom.MADE: _("det att handlingen gjordes"),
        RetentionRule.CountedFrom.CLOSED: _("det att kontot avslutades"),
        RetentionRule.CountedFrom.NOT_CURRENT: _("det att handlingen inte längre är aktuell"),
    }[RetentionRule.CountedFrom(rule.counted_from)]
    if not rule.months:
        return {
            RetentionRule.CountedFrom.MADE: _("Gallras fortlöpande"),
            RetentionRule.CountedFrom.CLOSED: _("Gallras när kontot är avslutat"),
            RetentionRule.CountedFrom.NOT_CURRENT: _("Gallras vid inaktualitet"),
        }[RetentionRule.CountedFrom(rule.counted_from)]
    return _("Gallras %(time)s efter %(counted)s") % {"time": length(rule.months), "counted": counted}


def length(months: int) -> str:
    """Say a number of months in whole years where it is such."""
    if months % MONTHS_IN_YEAR:
        return ngettext("%(n)s månad", "%(n)s månader", months) % {"n": months}
    return _("%(n)s år") % {"n": months // MONTHS_IN_YEAR}


def term_on_paper(rule: RetentionRule) -> str:
    """Say the same in the product's own language, for what is kept."""
    with override(settings.LANGUAGE_CODE):
        return term(rule)


def _said(record: Record, rule: RetentionRule) -> str:
    if rule.fate == RetentionRule.Fate.KEEP:
        return _("Bevaras.")
    if record.dispose_after is None:
        waits = {
            RetentionRule.CountedFrom.CLOSED: _("Tiden räknas från att kontot avslutas, och det är inte avslutat."),
            RetentionRule.CountedFrom.NOT_CURRENT: _("Tiden räknas från att handlingen bedöms vara inaktuell."),
        }
        return f"{term(rule)}. {waits.get(RetentionRule.CountedFrom(rule.counted_from), '')}".strip()
    words = {"day": date_format(record.dispose_after, "j F Y"), "decision": rule.decision or _("beslut saknas")}
    return _("Får gallras efter %(day)s enligt %(decision)s.") % words


def _set(rows: QuerySet[Record], rule: RetentionRule) -> int:
    day = MonthsAfter(_counted(rule), months=int(rule.months or 0))
    other = Q(day__isnull=False) & ~Q(dispose_after=F("day")) | Q(day__isnull=True, dispose_after__isnull=False)
    changed = rows.order_by().annotate(day=day).filter(other)
    return Record.objects.filter(pk__in=changed.values("pk")).order_by().update(dispose_after=day)


def _counted(rule: RetentionRule):
    if rule.counted_from == RetentionRule.CountedFrom.MADE:
        return TruncDate("made_at", tzinfo=clock.local(clock.now()).tzinfo)
    if rule.counted_from == RetentionRule.CountedFrom.CLOSED:
        closed = Account.objects.filter(pk=OuterRef("account_id"), closed_at__isnull=False)
        return Subquery(closed.values(day=TruncDate("closed_at", tzinfo=clock.local(clock.now()).tzinfo)))
    return Subquery(OutOfUse.objects.filter(record_id=OuterRef("pk")).values("day"))
