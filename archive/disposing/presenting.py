"""What the pages of retention and disposal show, made ready."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from archive import secrecy
from archive.disposing import dating, holding, planning
from archive.models import Disposal, DisposalRow, Record, RetentionPlan, RetentionRule
from governance import access
from governance.models import Authority, PolicyVersion, Unit, User
from governance.policy.base import Origin

COLORS = {
    Disposal.Status.PROPOSED: "warning",
    Disposal.Status.APPROVED: "info",
    Disposal.Status.RUNNING: "info",
    Disposal.Status.DONE: "success",
    Disposal.Status.REJECTED: "danger",
    Disposal.Status.WITHDRAWN: "neutral",
}


@dataclass(frozen=True)
class Shelf:
    """An authority, its plan in force and its draft, and whether the reader may write."""

    authority: Authority
    plan: RetentionPlan | None
    draft: RetentionPlan | None
    may_manage: bool


@dataclass(frozen=True)
class Line:
    """One line of a plan: the rule, and what it decides in words."""

    rule: RetentionRule
    term: str


@dataclass(frozen=True)
class Word:
    """One sentence of the policy about disposal, with where it stands."""

    text: str
    origin: Origin


@dataclass(frozen=True)
class ListedRecord:
    """One row of a disposal's list, or of what is due: the record as this reader may see it."""

    record: Record | None
    number: int
    open: bool
    held: bool
    row: DisposalRow | None = None

    @property
    def tells(self) -> bool:
        """Answer whether the reader may read why it stayed: what a person wrote of a closed record is closed too."""
        return self.open or self.row is None or self.row.outcome != DisposalRow.Outcome.EXEMPTED


def shelves(user: User) -> list[Shelf]:
    """Answer every authority that has units, with its plan and draft."""
    authorities = Authority.objects.filter(Exists(Unit.objects.filter(authority=OuterRef("pk"))))
    plans = RetentionPlan.objects.exclude(status=RetentionPlan.Status.SUPERSEDED)
    of = {(plan.authority_id, plan.status): plan for plan in plans.select_related("authority")}
    seats = _seats()
    may = set(
        access.visible(user, Unit.objects.filter(pk__in=seats.values()), "manage_retention").values_list(
            "pk", flat=True
        )
    )
    return [
        Shelf(
            each,
            of.get((each.pk, RetentionPlan.Status.ADOPTED)),
            of.get((each.pk, RetentionPlan.Status.DRAFT)) if seats.get(each.pk) in may else None,
            seats.get(each.pk) in may,
        )
        for each in authorities
    ]


def managed(user: User) -> QuerySet[Authority]:
    """Answer the authorities whose plans the person keeps."""
    seats = _seats()
    units = access.visible(user, Unit.objects.filter(pk__in=seats.values()), "manage_retention")
    own = set(units.values_list("pk", flat=True))
    return Authority.objects.filter(pk__in=[pk for pk, unit in seats.items() if unit in own])


def lines(plan: RetentionPlan) -> list[Line]:
    """Answer the lines of a plan in Swedish order."""
    return worded(plan.rules.select_related("kind", "decision").order_by("kind__sort_key", "pk"))


def worded(rules: Iterable[RetentionRule]) -> list[Line]:
    """Answer lines with what they decide in words."""
    return [Line(rule, dating.term(rule)) for rule in rules]


def policy_words() -> list[Word]:
    """Answer what the policy itself says of disposal, each sentence with its clause; empty where it is silent."""
    version = PolicyVersion.objects.current()
    if version is None:
        return []
    said = version.policy.disposal
    demands = [demand for demand in (said.decision, said.document_plan, said.answers) if demand]
    rules = [Word(f"{rule.what}: {rule.when}", rule.origin) for rule in said.rules]
    return [*(Word(demand.text, demand.origin) for demand in demands), *rules]


def plan_may_differ() -> Word | None:
    """Answer what the policy says of an interval of the plan's own between snapshots."""
    version = PolicyVersion.objects.current()
    demand = version.policy.snapshot.document_plan_may_differ if version else None
    return Word(demand.text, demand.origin) if demand else None


def records(found: Iterable[Record], user: User) -> list[ListedRecord]:
    """Answer a page of records for this reader, in two queries for all: which are closed, and which are held."""
    page = list(found)
    rows = Record.objects.filter(pk__in=[record.pk for record in page])
    closed = secrecy.withheld(user, rows)
    held = set(rows.filter(holding.held()).order_by().values_list("pk", flat=True))
    return [ListedRecord(record, record.pk, record.pk not in closed, record.pk in held) for record in page]


def rows(found: Iterable[DisposalRow], user: User) -> list[ListedRecord]:
    """Answer a page of a disposal's list for this reader; what the reader may not see is a number."""
    page = list(found)
    listed = Record.objects.filter(pk__in=[row.record_id for row in page if row.record_id])
    seen = {
        record.pk: record for record in access.visible(user, listed, "see_record").select_related("account", "unit")
    }
    closed = secrecy.withheld(user, listed)
    held = set(listed.filter(holding.held()).order_by().values_list("pk", flat=True))
    return [
        ListedRecord(
            seen.get(row.record_id or 0),
            row.number,
            row.record_id in seen and row.record_id not in closed,
            row.record_id in held,
            row,
        )
        for row in page
    ]


def _seats() -> dict[int, int]:
    """Answer the topmost unit of each authority, by its number; one query."""
    units = Unit.objects.order_by("authority_id", "depth", "pk").distinct("authority_id")
    return dict(units.values_list("authority_id", "pk"))


def may_manage(user: User, authority: Authority) -> bool:
    """Answer whether the person keeps the plan of an authority."""
    return access.can(user, "manage_retention", planning.seat(authority))
