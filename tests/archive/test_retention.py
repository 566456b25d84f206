"""The document management plan: kinds, versions, lines, decisions, and the day that follows for each record."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, transaction

from archive import disposing
from archive.disposing import classifying, dating, findings, kinds, planning
from archive.models import DisposalHold, DocumentKind, Record, RetentionPlan, RetentionRule
from governance import clock
from governance.followups import run_owed
from governance.models import Finding
from governance.rules import evaluate
from governance.workflow import Refused
from tests.archive.disposals import DECISION, due_record, planned, proposed
from tests.archive.factories import AccountFactory, SnapshotFactory, kept
from tests.factories import UnitFactory, adopted, person, root

pytestmark = pytest.mark.django_db
MADE = datetime(2024, 1, 31, 22, 30, tzinfo=UTC)  # 23.30 in Sweden


def test_the_products_kinds_cover_every_kind_of_record_and_load_twice_alike():
    call_command("load_document_kinds", verbosity=0)
    DocumentKind.objects.filter(key="item").update(name="Kommentarer")

    call_command("load_document_kinds", verbosity=0)

    assert set(DocumentKind.objects.values_list("key", flat=True)) == set(Record.Kind.values)
    assert DocumentKind.objects.get(key="item").name == "Kommentarer"


def test_what_was_kept_before_there_were_kinds_is_filed_when_they_are_loaded():
    record = kept()
    assert record.document_kind is None

    kinds.load()

    record.refresh_from_db()
    assert record.document_kind.key == "snapshot"


def test_a_first_draft_keeps_everything_for_ever():
    plan = planning.begin(root().authority, by=person("registrar"))

    assert set(plan.rules.values_list("fate", flat=True)) == {"keep"}
    assert plan.rules.count() == len(Record.Kind.values)
    assert planning.begin(root().authority, by=None) == plan


def test_a_new_version_begins_with_what_holds_and_replaces_it_when_adopted():
    first = planned()
    registrar = person("registrar")
    second = planning.begin(root().authority, by=registrar)
    assert second.rules.get(kind__key="snapshot").months == 12

    planning.adopt(second, by=registrar, is_decision=False, **DECISION)

    first.refresh_from_db()
    assert (first.status, planning.in_force(root().authority)) == ("superseded", second)


def test_no_plan_is_adopted_that_disposes_without_a_decision():
    registrar = person("registrar")
    kinds.load()
    plan = planning.begin(root().authority, by=registrar)
    kind = DocumentKind.objects.get(key="snapshot")
    planning.set_rule(plan, kind, by=registrar, fate="dispose", months=0, counted_from="made", decision=None)

    with pytest.raises(Refused, match="Gallringsbeslut saknas"):
        planning.adopt(plan, by=registrar, is_decision=False, **DECISION)

    plan.refresh_from_db()
    assert (plan.status, plan.body) == ("draft", "")


def test_a_plan_that_was_adopted_is_never_changed():
    plan = planned()

    with pytest.raises(Refused):
        planning.describe(plan, by=person("registrar"), note="Annat", snapshot_months=None)
    for change in (
        lambda: RetentionRule.objects.filter(plan=plan).update(months=1),
        lambda: RetentionRule.objects.filter(plan=plan).delete(),
        lambda: RetentionPlan.objects.filter(pk=plan.pk).update(note="Annat"),
        lambda: RetentionPlan.objects.filter(pk=plan.pk).update(status="draft"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_plan_may_state_another_interval_between_snapshots():
    assert disposing.snapshot_interval(root().authority) is None
    registrar = person("registrar")
    plan = planning.begin(root().authority, by=registrar)
    planning.describe(plan, by=registrar, note="", snapshot_months=3)
    assert disposing.snapshot_interval(root().authority) is None

    planning.adopt(plan, by=registrar, is_decision=False, **DECISION)

    assert disposing.snapshot_interval(root().authority) == 3


@pytest.mark.parametrize(
    ("months", "counted_from", "day"),
    [
        (0, "made", date(2024, 1, 31)),
        (1, "made", date(2024, 2, 29)),
        (60, "made", date(2029, 1, 31)),
        (12, "closed", date(2026, 3, 1)),
        (6, "not_current", date(2025, 11, 30)),
    ],
)
def test_the_day_is_counted_as_the_plan_says(months, counted_from, day):
    planned(months=months, counted_from=counted_from)
    account = AccountFactory(active=True, unit=root())
    record = kept(SnapshotFactory(done=True, account=account), made_at=MADE)
    type(account).objects.filter(pk=account.pk).update(closed_at=datetime(2025, 2, 28, 23, 30, tzinfo=UTC))
    classifying.set_out_of_use(Record.objects.filter(pk=record.pk), by=person("registrar"), day=date(2025, 5, 30))

    dating.refresh(record.authority)

    record.refresh_from_db()
    assert record.dispose_after == day
    if counted_from == "made":
        assert dating.explain(record).text.startswith("Får gallras efter")


def test_nothing_is_counted_before_the_account_is_closed_or_the_record_out_of_use():
    for counted_from in ("closed", "not_current"):
        planned(counted_from=counted_from)
        record = kept(SnapshotFactory(done=True, account__unit=root()), made_at=MADE)
        assert record.dispose_after is None
        assert "Tiden räknas från" in dating.explain(record).text


def test_an_adopted_plan_sets_every_day_anew_and_a_kept_kind_has_none():
    record = due_record()
    assert record.dispose_after is not None
    registrar = person("registrar")
    plan = planning.begin(root().authority, by=registrar)
    planning.set_rule(plan, record.document_kind, by=registrar, fate="keep")
    planning.adopt(plan, by=registrar, is_decision=False, **DECISION)

    run_owed()

    record.refresh_from_db()
    assert record.dispose_after is None
    assert dating.explain(record).text == "Bevaras."


def test_the_days_of_many_take_as_many_queries_as_of_few(django_assert_num_queries):
    planned()
    counts = []
    for _more in range(2):
        for _n in range(2):
            kept(SnapshotFactory(done=True, account__unit=root()), made_at=MADE)
        Record.objects.update(dispose_after=None)
        with django_assert_num_queries(8) as asked:
            dating.refresh(root().authority)
        counts.append(len(asked))
    assert Record.objects.filter(dispose_after=None).count() == 0
    assert counts[0] == counts[1]


def test_a_day_that_is_right_already_is_not_written():
    due_record()

    assert dating.refresh(root().authority) == 0


def test_filing_otherwise_sets_the_day_and_leaves_a_line_in_the_log():
    record = due_record()
    item = DocumentKind.objects.get(key="item")

    changed = classifying.file_as(Record.objects.filter(pk=record.pk), item, by=person("registrar"))

    record.refresh_from_db()
    assert (changed, record.document_kind, record.dispose_after) == (1, item, None)


def test_what_stands_on_an_open_list_keeps_its_kind():
    record = due_record()
    proposed(record)

    assert classifying.file_as(Record.objects.all(), DocumentKind.objects.get(key="item"), by=person("registrar")) == 0


# --- Findings --------------------------------------------------------------------------------------------


def found(key: str) -> Finding | None:
    evaluate(root())
    return Finding.objects.filter(rule="ARCH-5", key=key).first()


def test_an_authority_with_records_and_no_plan_is_a_finding_with_the_policys_clause():
    adopted("lekeberg")
    assert found("plan") is None
    kept(SnapshotFactory(done=True, account__unit=root()))

    assert found("plan").clause == "Lekeberg 7"
    planned()
    assert found("plan") is None


def test_where_the_policy_is_silent_the_finding_says_that_it_is_the_products():
    adopted("gullspang")
    kept(SnapshotFactory(done=True, account__unit=root()))

    assert (found("plan").basis, found("plan").strength) == ("default", "bör")


def test_what_is_due_and_waits_is_a_finding_and_late_after_ninety_days():
    record = due_record(made_at=clock.now() - timedelta(days=400))

    finding = found("due")

    begins = record.dispose_after + timedelta(days=1)
    assert clock.local(finding.due_at).date() == begins
    assert clock.local(finding.breached_at).date() == begins + timedelta(days=90)
    proposed(record)
    assert found("due") is None


def test_a_kind_without_a_line_and_a_decision_that_ended_are_findings():
    record = due_record()
    Record.objects.filter(pk=record.pk).update(document_kind=DocumentKind.objects.create(key="x", name="X"))
    assert found("kinds") is not None
    assert found("decision") is None

    planning.end(planning.DisposalDecision.objects.get(), by=person("registrar"), day=date(2024, 6, 1))

    assert found("decision") is not None


def test_a_stop_that_has_lasted_a_year_is_looked_at():
    with time_machine.travel("2025-01-10 12:00", tick=False):
        hold = DisposalHold.objects.create(
            scope="everything", unit=root(), reason="Tvist", made_by=person("registrar"), made_at=clock.now()
        )
    evaluate(hold)

    finding = Finding.objects.get(rule="ARCH-5", key="age")
    assert finding.due_at == hold.made_at + findings.LONGEST_HOLD


def test_an_authority_answers_for_its_own_plan():
    company = UnitFactory(name="Bolaget")
    planned()

    assert planning.in_force(company.authority) is None
    assert planning.seat(company.authority) == company
