"""What may not be disposed of now: a stop that is in force, and what somebody is just about to hand out or use."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ActivityPlan, PrintedPlan
from archive.models import DisposalHold, Record
from archive.models.disclosed import DisclosureRecord
from archive.models.disclosure import OPEN
from archive.models.handover import DiaryHandover, HandoverStatus
from governance import access, audit, clock
from governance.models import Unit, User
from governance.workflow import Refused

STOP_LOCK = 0x73746F70  # disposals share it, batch by batch; whoever sets a stop has it alone
# What else holds a record: words for it, and a function that says it of rows of Record.
Also = Callable[[], Q]
_also: dict[str, tuple[Any, Also]] = {}


def also(name: str, label: Any, rows: Also) -> None:
    """Register a further reason to leave a record alone while something goes on with it."""
    _also[name] = (label, rows)


def stopped() -> Q:
    """Say of a record that a stop in force covers it."""
    holds = DisposalHold.objects.filter(ended_at=None)
    reached = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    of_units = holds.filter(scope=DisposalHold.Scope.UNIT).annotate(reached=reached)
    return (
        Q(Exists(holds.filter(scope=DisposalHold.Scope.EVERYTHING)))
        | Q(Exists(holds.filter(scope=DisposalHold.Scope.KIND, kind=OuterRef("document_kind"))))
        | Q(Exists(holds.filter(scope=DisposalHold.Scope.ACCOUNT, account=OuterRef("account"))))
        | Q(Exists(holds.filter(scope=DisposalHold.Scope.RECORD, record=OuterRef("pk"))))
        | Q(Exists(of_units.filter(reached__startswith=F("unit__path"))))
    )


def held() -> Q:
    """Say of a record that it may not be disposed of now, whatever its day."""
    every = stopped()
    for _label, rows in _also.values():
        every |= rows()
    return every


def is_held(record: Record) -> bool:
    """Answer whether the record may not be disposed of now."""
    return Record.objects.filter(held(), pk=record.pk).exists()


def reasons(record: Record) -> list[str]:
    """Answer why a record may not be disposed of now, in words; empty where nothing holds it."""
    one = Record.objects.filter(pk=record.pk)
    found = [str(label) for label, rows in _also.values() if one.filter(rows()).exists()]
    return [_("gallringsstopp"), *found] if one.filter(stopped()).exists() else found


def holds_over(record: Record) -> QuerySet[DisposalHold]:
    """Answer the stops in force that cover a record."""
    above = Unit.objects.above(record.unit).values("pk")
    covered = (
        Q(scope=DisposalHold.Scope.EVERYTHING)
        | Q(scope=DisposalHold.Scope.RECORD, record=record)
        | Q(scope=DisposalHold.Scope.UNIT, unit__in=above)
        | Q(scope=DisposalHold.Scope.KIND, kind__isnull=False, kind=record.document_kind_id)
        | Q(scope=DisposalHold.Scope.ACCOUNT, account__isnull=False, account=record.account_id)
    )
    return DisposalHold.objects.filter(covered, ended_at=None).select_related("made_by", "account", "unit", "kind")


@transaction.atomic
def stop(*, by: User, scope: str, reason: str, unit: Unit, **target: Any) -> DisposalHold:
    """Stop all disposal of what it covers, at once.

    What is going just now has gone when this answers, and nothing goes after it. Raises `PermissionDenied` where `by`
    may not decide that for all of it: a kind and everything take the municipality; `Refused` where the record is gone.
    """
    hold = DisposalHold(
        scope=scope, unit=unit, reason=reason, made_by=by, made_at=clock.now(), **_target(scope, target)
    )
    if not access.visible(by, Unit.objects.filter(pk=unit.pk), "hold_disposal").exists():
        raise access.PermissionDenied
    wait_for_disposals()
    if hold.record_id and not Record.objects.filter(pk=hold.record_id).exists():
        raise Refused(_("Handlingen är redan gallrad."))
    hold.save()
    audit.record("disposalhold.stop", by=by, obj=hold, personal={"reason": reason})
    return hold


@transaction.atomic
def end(hold: DisposalHold, *, by: User, reason: str) -> DisposalHold:
    """End a stop, with the reason. Raises `Refused` where it has ended."""
    locked = DisposalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.ended_at is not None:
        raise Refused(_("Gallringsstoppet är redan hävt."))
    locked.ended_at, locked.ended_by, locked.end_reason = clock.now(), by, reason
    locked.save()
    audit.record("disposalhold.end", by=by, obj=locked, personal={"reason": reason})
    return locked


def wait_for_disposals(how: str = "") -> None:
    """Let no stop be set beside a batch that has looked for stops (`_shared`), and no batch go on beside a stop."""
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock{how}(%s)", [STOP_LOCK])


def end_restored(record: Record) -> None:
    """End the stops on a record that came back with a restore: they had ended before it was disposed of."""
    said = {"ended_at": clock.now(), "end_reason": "Handlingen var gallrad före återställningen."}
    DisposalHold.objects.filter(record=record, ended_at=None).update(**said)


def unit_for(scope: str, *, unit: Unit | None = None, **target: Any) -> Unit:
    """Answer the unit on which one must be allowed to stop disposal of this."""
    if scope == DisposalHold.Scope.UNIT and unit is not None:
        return unit
    if scope == DisposalHold.Scope.ACCOUNT:
        return target["account"].unit
    if scope == DisposalHold.Scope.RECORD:
        return target["record"].unit
    return Unit.objects.root()


def _target(scope: str, target: dict[str, Any]) -> dict[str, Any]:
    named = {
        DisposalHold.Scope.RECORD: "record",
        DisposalHold.Scope.ACCOUNT: "account",
        DisposalHold.Scope.KIND: "kind",
    }.get(DisposalHold.Scope(scope))
    return {named: target[named]} if named else {}


def _plans_in_force() -> Q:
    plans = ActivityPlan.objects.filter(pk=OuterRef("source_id"), status=ActivityPlan.Status.APPROVED)
    prints = PrintedPlan.objects.filter(pk=OuterRef("source_id"), sealed__plan__status=ActivityPlan.Status.APPROVED)
    return Q(Exists(plans), source_type=ActivityPlan._meta.label_lower) | Q(
        Exists(prints), source_type=PrintedPlan._meta.label_lower
    )


def _handovers() -> Q:
    over = [HandoverStatus.REGISTERED, HandoverStatus.CANCELLED]
    return Q(Exists(DiaryHandover.objects.filter(record=OuterRef("pk")).exclude(status__in=over)))


def _disclosures() -> Q:
    return Q(Exists(DisclosureRecord.objects.filter(record=OuterRef("pk"), disclosure__status__in=OPEN)))


also("archive.plan", gettext_lazy("planen gäller"), _plans_in_force)
also("archive.handover", gettext_lazy("handlingen överlämnas till diariet"), _handovers)
also("archive.disclosure", gettext_lazy("handlingen ingår i en begäran om utlämnande"), _disclosures)
