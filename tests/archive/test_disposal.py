"""Disposal: two persons, a decision, nothing held, exactly once, everywhere, and what remains."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import PrintedPlan
from archive import plans, store
from archive.disposing import carrying_out, holding, proposing, protocol, remains
from archive.models import (
    Discard,
    Disposal,
    DisposalRow,
    DisposedRecord,
    Record,
    RecordFile,
    RecordText,
    SearchWord,
    Snapshot,
)
from governance import audit
from governance.followups import run_owed
from governance.models import AuditEvent, AuditPersonal
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.archive.disposals import approved, due_record, planned, proposed
from tests.archive.factories import FILES
from tests.factories import UnitFactory, person, root

pytestmark = pytest.mark.django_db
Outcome = DisposalRow.Outcome


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """The protocol's paper is drawn in one test of its own; elsewhere its bytes do not matter."""

    def draw(template, context, **kwargs) -> bytes:
        return f"{template} {getattr(context.get('plan'), 'pk', '')}".encode()

    monkeypatch.setattr(protocol.pdf, "render", draw)


def places(record: Record) -> list[str]:
    return [store.place(file.sha256, file.prefix) for file in record.files.all()]


def test_what_was_approved_goes_with_its_files_and_leaves_its_remains():
    record = due_record(text="Ordet xylofonspelaren finns bara här")
    lay = places(record)
    sizes = sorted(file.size for file in record.files.all())

    disposal = carrying_out.run(approved(record).pk)

    assert disposal.status == Disposal.Status.DONE
    assert not Record.objects.filter(pk=record.pk).exists()
    assert not any(store.storage().exists(place) for place in lay)
    left = DisposedRecord.objects.get(identifier=record.identifier)
    assert left.manifest_sha256 == record.manifest_sha256
    assert sorted(file["size"] for file in left.files) == sizes
    assert left.decision_label == "Kommunstyrelsen 2024-05-02 § 10 KS 2024/7"
    assert not RecordText.objects.filter(record_id=record.pk).exists()
    assert not SearchWord.objects.filter(word="xylofonspelaren").exists()


def test_nothing_of_what_stood_in_it_remains():
    record = due_record(facts={"title": "Anna Anka klagar", "reached": "http://torget.example/anna"})
    Snapshot.objects.filter(pk=record.source_id).update(facts={"title": "Anna Anka"}, address_reached="http://x/anna")

    carrying_out.run(approved(record).pk)

    snapshot = Snapshot.objects.get(pk=record.source_id)
    assert (snapshot.facts, snapshot.remarks, snapshot.address_reached) == ({}, [], "")
    left = DisposedRecord.objects.filter(identifier=record.identifier).values()[0]
    assert "anna" not in str(left).lower()


def test_the_protocol_is_a_record_with_hashes_counts_decision_and_persons():
    record = due_record()
    disposal = carrying_out.run(approved(record).pk)

    made = protocol.of(disposal)

    with store.read(made.files.get(name=protocol.JSON_NAME)) as content:
        said = json.load(content)
    assert made.kind == Record.Kind.PROTOCOL
    assert [row["identifier"] for row in said["records"]] == [str(record.identifier)]
    assert said["records"][0]["manifest_sha256"] == record.manifest_sha256
    assert {file["sha256"] for file in said["records"][0]["files"]} >= {record.manifest_sha256}
    assert said["files"] == {"gone": len(FILES) + 1, "shared": 0}
    assert said["decision"] == str(disposal.decision)
    assert said["proposed_by"] == disposal.proposed_by.name
    assert said["approved_by"] == disposal.approved_by.name
    assert said["proposed_by"] != said["approved_by"]


def test_the_paper_says_nothing_that_was_written_of_a_marked_record(monkeypatch):
    gone, marked, other = due_record(), due_record(), due_record()
    Record.objects.filter(pk=marked.pk).update(secret=True)
    disposal, seen = proposed(gone, marked, other), {}
    for record, reason in ((marked, "Barnets namn är Qvax"), (other, "Behövs i en tvist")):
        row = disposal.rows.filter(number=record.pk)
        proposing.exempt(disposal, row, by=disposal.proposed_by, reason=reason)
    monkeypatch.setattr(protocol.pdf, "render", lambda template, context, **kwargs: seen.update(context) or b"%PDF")

    carrying_out.run(perform(disposal, "approve", by=person("manager")).pk)

    assert {row.number: row.reason for row in seen["left"]} == {marked.pk: "", other.pk: "Behövs i en tvist"}
    assert not AuditPersonal.objects.filter(payload__icontains="Qvax").exists()


def test_a_file_that_a_remaining_record_has_as_well_stays():
    record, other = due_record(), due_record(made_at=timezone.now())
    shared = record.files.get(name="text.txt")

    disposal = carrying_out.run(approved(record).pk)

    assert store.storage().exists(store.place(shared.sha256))
    assert RecordFile.objects.get(record=other, name="text.txt").sha256 == shared.sha256
    assert protocol.summary(disposal)["files"]["shared"] == len(FILES)


def test_a_file_that_two_disposed_records_shared_goes_with_the_last():
    first, second = due_record(), due_record()
    lay = set(places(first)) | set(places(second))

    carrying_out.run(approved(first).pk)
    carrying_out.run(approved(second).pk)

    assert not any(store.storage().exists(place) for place in lay)


def test_a_second_run_changes_nothing():
    disposal = carrying_out.run(approved(due_record()).pk)
    before = (DisposedRecord.objects.count(), Record.objects.count(), Discard.objects.count())

    carrying_out.run(disposal.pk)
    carrying_out.run_waiting()

    assert (DisposedRecord.objects.count(), Record.objects.count(), Discard.objects.count()) == before


def test_killed_between_rows_and_files_it_goes_on_where_it_was(monkeypatch):
    record = due_record()
    lay = places(record)
    disposal = approved(record)
    with monkeypatch.context() as dead:
        dead.setattr(carrying_out, "_clear", lambda row: None)
        assert carrying_out.run(disposal.pk).status == Disposal.Status.RUNNING
    assert any(store.storage().exists(place) for place in lay)
    assert protocol.of(disposal) is None

    done = carrying_out.run(disposal.pk)

    assert done.status == Disposal.Status.DONE
    assert not any(store.storage().exists(place) for place in lay)
    assert DisposedRecord.objects.count() == 1


def test_a_record_that_something_else_needs_stays_and_the_rest_goes(monkeypatch):
    first, second = due_record(), due_record()
    disposal = approved(first, second)
    write = remains.write

    def refuse_first(disposal, record, files, at):
        write(disposal, record, files, at)
        if record.pk == first.pk:
            raise carrying_out.IntegrityError

    monkeypatch.setattr(remains, "write", refuse_first)
    carrying_out.run(disposal.pk)

    outcomes = dict(disposal.rows.values_list("number", "outcome"))
    assert outcomes == {first.pk: Outcome.HELD, second.pk: Outcome.DISPOSED}
    assert not DisposedRecord.objects.filter(number=first.pk).exists()


def test_nobody_approves_a_proposal_of_ones_own():
    registrar = person("registrar")
    disposal = proposed(due_record(), by=registrar)

    with pytest.raises(PermissionDenied):
        perform(disposal, "approve", by=registrar)


def test_nothing_is_proposed_without_a_decision_in_force():
    record = due_record()
    decision = proposing.decision_for(record.authority, record.document_kind)
    type(decision).objects.filter(pk=decision.pk).update(ended_on="2024-06-01")

    with pytest.raises(Refused, match="inget gallringsbeslut"):
        proposed(record)


def test_nothing_is_proposed_before_its_day():
    planned()
    record = due_record(made_at=timezone.now())

    with pytest.raises(Refused, match="får inte gallras än"):
        proposed(record)


def test_a_record_stands_on_one_open_list_only_and_may_be_proposed_again_when_let_go():
    record = due_record()
    first = proposed(record)
    with pytest.raises(Refused):
        proposed(record)

    perform(first, "withdraw", by=first.proposed_by)

    assert proposed(record).rows.count() == 1


@pytest.mark.parametrize("stage", ["before", "proposed", "approved", "running"])
@pytest.mark.parametrize("scope", ["record", "account", "unit", "kind", "everything"])
def test_a_stop_halts_it_at_every_stage(scope, stage):
    record = due_record(UnitFactory())
    target = {"record": {"record": record}, "account": {"account": record.account}}
    target |= {"kind": {"kind": record.document_kind}}
    unit = record.unit if scope == "unit" else root()

    def stop():
        holding.stop(by=person("registrar"), scope=scope, reason="Tvist", unit=unit, **target.get(scope, {}))

    if stage == "before":
        stop()
        with pytest.raises(Refused, match="gallringsstopp"):
            proposed(record)
    elif stage == "proposed":
        disposal = proposed(record)
        stop()
        with pytest.raises(Refused, match="får inte gallras nu"):
            perform(disposal, "approve", by=person("manager"))
    else:
        disposal = approved(record)
        if stage == "running":
            disposal = perform(disposal, "start", by=None)
        stop()
        carrying_out.run(disposal.pk)
        assert disposal.rows.get().outcome == Outcome.HELD
    assert Record.objects.filter(pk=record.pk).exists()
    assert holding.is_held(record)


def test_a_stop_waits_for_what_is_going_just_now_and_nothing_goes_beside_it():
    record, other = due_record(), connection.copy()
    by = person("registrar")
    try:
        with other.cursor() as cursor:
            other.set_autocommit(False)
            cursor.execute("select pg_advisory_xact_lock_shared(%s)", [holding.STOP_LOCK])
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '50ms'")
        with pytest.raises(DatabaseError, match="lock timeout"), transaction.atomic():
            holding.stop(by=by, scope="record", reason="Tvist", unit=record.unit, record=record)
        other.rollback()
        holding.stop(by=by, scope="record", reason="Tvist", unit=record.unit, record=record)
        with other.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock_shared(%s)", [holding.STOP_LOCK])
            assert cursor.fetchone() == (False,)
    finally:
        other.close()


def test_a_stop_on_what_has_gone_meanwhile_is_refused():
    record, by = due_record(), person("registrar")
    carrying_out.run(approved(record).pk)

    with pytest.raises(Refused, match="redan gallrad"):
        holding.stop(by=by, scope="record", reason="Tvist", unit=record.unit, record=record)


def test_a_stop_that_was_ended_holds_nothing():
    record = due_record()
    hold = holding.stop(by=person("registrar"), scope="record", reason="Tvist", unit=root(), record=record)
    holding.end(hold, by=person("registrar"), reason="Avgjord")

    carrying_out.run(approved(record).pk)

    hold.refresh_from_db()
    assert not Record.objects.filter(pk=record.pk).exists()
    assert (hold.record, hold.reason) == (None, "Tvist")


def test_what_was_filed_otherwise_after_the_approval_stays():
    record = due_record()
    disposal = approved(record)
    Record.objects.filter(pk=record.pk).update(dispose_after=None)

    carrying_out.run(disposal.pk)

    assert disposal.rows.get().outcome == Outcome.CHANGED
    assert Record.objects.filter(pk=record.pk).exists()


def test_a_plan_in_force_is_never_disposed_of_and_an_earlier_one_goes_with_the_copies_of_its_paper():
    town = factories.town()
    planned(town.library.authority, kind="plan", months=0)
    earlier = factories.superseded(town)
    run_owed()
    latest = earlier.account.plans.get(version=2)
    records = {record.source_id: record for record in Record.objects.filter(kind="plan")}
    Record.objects.filter(kind="plan").update(dispose_after="2024-01-01")
    copy = PrintedPlan.objects.get(sealed__plan=earlier)
    with pytest.raises(Refused):
        proposed(records[latest.pk])

    carrying_out.run(approved(records[earlier.pk]).pk)

    assert not default_storage.exists(copy.file)
    assert default_storage.exists(PrintedPlan.objects.get(sealed__plan=latest).file)
    assert plans.keep(earlier) is None
    assert PrintedPlan.objects.filter(pk=copy.pk).exists()


# --- The one door ----------------------------------------------------------------------------------------


def refused_by_database(action):
    with pytest.raises(DatabaseError, match=r"uppsikt|pgtrigger"), transaction.atomic():
        action()


@pytest.mark.parametrize("stage", ["kept", "proposed", "approved"])
def test_the_database_lets_nothing_out_but_what_is_being_carried_out(stage):
    record = due_record()
    {"kept": lambda r: None, "proposed": proposed, "approved": approved}[stage](record)

    refused_by_database(lambda: RecordFile.objects.filter(record=record).delete())
    refused_by_database(lambda: Record.objects.filter(pk=record.pk)._raw_delete("default"))


def test_the_database_lets_nothing_out_that_a_stop_covers():
    record = due_record()
    disposal = perform(approved(record), "start", by=None)
    remains.write(disposal, record, [], timezone.now())
    holding.stop(by=person("registrar"), scope="account", reason="Tvist", unit=root(), account=record.account)

    refused_by_database(lambda: RecordFile.objects.filter(record=record).delete())


def test_the_database_lets_nothing_out_without_its_remains():
    record = due_record()
    perform(approved(record), "start", by=None)

    refused_by_database(lambda: RecordFile.objects.filter(record=record).delete())


@pytest.mark.parametrize("table", ["archive_record", "archive_recordfile", "archive_disposedrecord"])
def test_the_tables_are_not_truncated(table):
    with connection.cursor() as cursor:
        refused_by_database(lambda: cursor.execute(f"truncate {table} cascade"))


def test_what_remains_is_never_changed_or_deleted():
    carrying_out.run(approved(due_record()).pk)
    left = DisposedRecord.objects.all()

    refused_by_database(lambda: left.update(number=1))
    refused_by_database(left.delete)


def test_a_disposal_begins_as_a_proposal_and_its_list_is_frozen():
    record, other = due_record(), due_record()
    disposal = approved(record)

    refused_by_database(
        lambda: DisposalRow.objects.create(
            disposal=disposal, record=other, identifier=other.identifier, number=other.pk
        )
    )
    copy = Disposal.objects.get(pk=disposal.pk)
    copy.pk = None
    refused_by_database(copy.save)


def test_what_was_disposed_of_does_not_come_back():
    record = due_record()
    carrying_out.run(approved(record).pk)
    record.pk = None

    refused_by_database(record.save)


# --- The log and the restore -----------------------------------------------------------------------------


def test_the_log_names_it_by_number_and_the_chain_still_verifies():
    record = due_record(title="Ögonblicksbild av Annas konto")
    audit.record("record.open", by=person("registrar"), obj=record, data={"file": "original-anna.png"})
    audit.seal()

    carrying_out.run(approved(record).pk)
    audit.seal()

    events = list(AuditEvent.objects.filter(object_type="archive.record", object_id=record.pk))
    said = " ".join(sentence + event.object_label for event, sentence in audit.with_sentences(events))
    assert "Anna" not in said
    assert "anna" not in said
    assert f"Handling {record.pk}, gallrad" in said
    assert list(audit.verify()) == []


def test_after_a_restore_the_same_is_disposed_of_again(tmp_path):
    record, other = due_record(), due_record(made_at=timezone.now())
    disposal = proposed(record)
    gone = DisposedRecord(disposal=disposal, identifier=record.identifier, number=record.pk, kind=record.kind)
    gone.unit, gone.made_at, gone.kept_at = record.unit, record.made_at, record.kept_at
    gone.disposed_at, gone.manifest_sha256 = timezone.now(), record.manifest_sha256
    gone.source_type, gone.source_id, gone.decision_label = record.source_type, record.source_id, "KS 2024 § 1"
    with transaction.atomic():
        point = transaction.savepoint()
        gone.save()
        told = list(remains.lines())
        transaction.savepoint_rollback(point)
    (tmp_path / "told.jsonl").write_text("\n".join(told), "utf-8")
    holding.stop(by=person("registrar"), scope="everything", reason="Tvist", unit=root())

    for _run in range(2):
        call_command("apply_disposed", str(tmp_path / "told.jsonl"), verbosity=0)

    assert not Record.objects.filter(pk=record.pk).exists()
    assert Record.objects.filter(pk=other.pk).exists()
    left = DisposedRecord.objects.get(identifier=record.identifier)
    assert (left.decision_label, left.disposed_at) == ("KS 2024 § 1", gone.disposed_at)
    assert Disposal.objects.get(origin="restore").status == Disposal.Status.DONE
    disposal.refresh_from_db()
    assert disposal.rows.get().outcome == Outcome.LET_GO


def test_a_line_that_is_not_one_is_refused(tmp_path):
    (tmp_path / "x").write_text('{"format": "something"}\n')

    with pytest.raises(Exception, match="not a line"):
        call_command("apply_disposed", str(tmp_path / "x"))


def test_what_was_disposed_of_is_listed_since_a_moment(capsys):
    carrying_out.run(approved(due_record()).pk)

    call_command("list_disposed", "--since", "2026-01-01")
    some = capsys.readouterr().out.splitlines()
    call_command("list_disposed", "--since", "2999-01-01")

    assert [json.loads(line)["format"] for line in some] == ["uppsikt-disposed-1"]
    assert capsys.readouterr().out == ""
