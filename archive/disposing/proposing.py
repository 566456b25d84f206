"""What may be disposed of, and proposing it: a list of records of one kind and authority under one decision, frozen."""

import posixpath
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from archive import secrecy
from archive.disposing import holding, planning
from archive.models import Disposal, DisposalDecision, DisposalRow, DocumentKind, Record
from governance import access, audit, clock
from governance.models import Authority, Unit, User
from governance.workflow import Refused

# A list of more is proposed in several: a second person must be able to look through it.
MOST = 2000


@dataclass(frozen=True)
class Proposed:
    """What came of proposing: the disposals, how many records they hold, and how many were left out and why."""

    disposals: list[Disposal]
    records: int
    held: int
    without_decision: int


def due(day: date | None = None) -> QuerySet[Record]:
    """Answer the records whose day has passed and that stand on no open list."""
    listed = DisposalRow.objects.filter(identifier=OuterRef("identifier"), outcome="")
    return Record.objects.filter(~Exists(listed), dispose_after__lt=day or clock.today())


def due_for(user: User) -> QuerySet[Record]:
    """Answer what this person may propose."""
    return access.visible(user, due(), "propose_disposal")


@transaction.atomic
def propose(records: QuerySet[Record], *, by: User, note: str = "") -> Proposed:
    """Propose what of these records is due, one disposal for each authority and kind; the lists are frozen.

    What a stop or an ongoing matter holds is left out and counted, and so is what rests on no decision in force.
    Raises `Refused` where nothing is left.
    """
    wanted = due_for(by).filter(pk__in=records.order_by().values("pk"))
    held = wanted.filter(holding.held()).count()
    free = wanted.exclude(holding.held())
    made: list[Disposal] = []
    count = lacking = 0
    groups = free.order_by("authority", "document_kind").values_list("authority", "document_kind").distinct()
    for authority_id, kind_id in list(groups):
        group = free.filter(authority=authority_id, document_kind=kind_id)
        decision = decision_for(authority_id, kind_id)
        if decision is None:
            lacking += group.count()
            continue
        made.append(_disposal(group, decision, by=by, note=note))
        count += made[-1].rows.count()
    if not made:
        raise Refused(_nothing(held, lacking))
    return Proposed(made, count, held, lacking)


def decision_for(authority: int | Authority, kind: int | DocumentKind | None) -> DisposalDecision | None:
    """Answer the decision in force that a kind of an authority is disposed of under, as its plan says now."""
    plan = planning.in_force(authority)  # type: ignore[arg-type]
    rule = plan.rules.filter(kind=kind, fate="dispose").select_related("decision").first() if plan else None
    decision = rule.decision if rule else None
    return decision if decision and decision.is_in_force(clock.today()) else None


@transaction.atomic
def exempt(disposal: Disposal, rows: QuerySet[DisposalRow], *, by: User, reason: str) -> int:
    """Take records off the list while it lies before the second person; answer how many."""
    locked = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
    if locked.status != Disposal.Status.PROPOSED:
        raise Refused(_("Listan är låst: gallringen är redan beslutad."))
    taken = rows.filter(disposal=locked, outcome=DisposalRow.Outcome.WAITING)
    numbers = list(taken.values_list("number", flat=True))
    count = DisposalRow.objects.filter(pk__in=taken.values("pk")).update(
        outcome=DisposalRow.Outcome.EXEMPTED, reason=reason[:300], done_at=clock.now()
    )
    if count:
        data = {"count": count, "numbers": numbers[:50]}
        # The log's readers are others than the list's: of a marked record, the reason stands on the list alone.
        marked = Record.objects.filter(pk__in=numbers, secret=True).exists()
        said = str(secrecy.WITHHELD) if marked else reason
        audit.record("disposal.exempt", by=by, obj=locked, data=data, personal={"reason": said})
    return count


def _disposal(group: QuerySet[Record], decision: DisposalDecision, *, by: User, note: str) -> Disposal:
    found = list(group.order_by("pk").select_related("authority", "document_kind")[:MOST])
    units = Unit.objects.filter(pk__in={record.unit_id for record in found})
    disposal = Disposal.objects.create(
        unit=_above_all(list(units)),
        authority=found[0].authority,
        kind=found[0].document_kind,
        decision=decision,
        note=note,
        proposed_at=clock.now(),
        proposed_by=by,
    )
    try:
        with transaction.atomic():
            DisposalRow.objects.bulk_create(
                DisposalRow(disposal=disposal, record=record, identifier=record.identifier, number=record.pk)
                for record in found
            )
    except IntegrityError as error:
        raise Refused(_("Någon annan har just föreslagit en av handlingarna. Ladda om listan.")) from error
    data = {"count": len(found), "decision": str(decision)}
    audit.record("disposal.propose", by=by, obj=disposal, data=data)
    return disposal


def _above_all(units: list[Unit]) -> Unit:
    """Answer the nearest unit that all of these are, or lie under."""
    number = posixpath.commonpath([unit.path for unit in units]).split("/")[-1]
    return Unit.objects.get(pk=int(number))


def _nothing(held: int, lacking: int) -> str:
    if held:
        return _("Ingenting kan föreslås: gallringsstopp eller ett pågående ärende gäller för det du valde.")
    if lacking:
        return _("Ingenting kan föreslås: det finns inget gallringsbeslut som gäller för det du valde.")
    return _("Ingenting kan föreslås: det du valde får inte gallras än, eller är redan föreslaget.")
