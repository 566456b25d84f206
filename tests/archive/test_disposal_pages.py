"""The pages of retention and disposal: who reaches them, what is kept of what was typed, wrong turns, bounded lists."""

import pytest
from django.urls import reverse

from archive.disposing import carrying_out, holding, kinds, planning, protocol
from archive.models import (
    Disposal,
    DisposalDecision,
    DisposalHold,
    DocumentKind,
    Record,
    RetentionPlan,
    RetentionRule,
    SecrecyMarking,
)
from governance import clock
from governance.models import RoleAssignment
from tests.archive.disposals import approved, due_record, planned, proposed
from tests.archive.factories import kept
from tests.factories import UnitFactory, adopted, person, root

pytestmark = pytest.mark.django_db
SEE, MOVED, DENIED, NO_SUCH = 200, 302, 403, 404
ROLES = ("registrar", "communications_officer", "manager", "auditor", "employee", "system_administrator")


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """The protocol's paper is not what is tested here."""
    monkeypatch.setattr(protocol.pdf, "render", lambda *args, **kwargs: b"%PDF of a protocol")


@pytest.fixture
def fresh(monkeypatch):
    """Everybody has just signed in."""
    monkeypatch.setattr("governance.fresh.is_fresh", lambda request: True)


def marked(record: Record) -> Record:
    """Answer the record, marked as secret."""
    SecrecyMarking.objects.create(
        record=record,
        provision="OSL 26:1",
        authority=record.authority,
        made_at=clock.now(),
        made_by=person("registrar"),
    )
    Record.objects.filter(pk=record.pk).update(secret=True)
    record.refresh_from_db()
    return record


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("retention-list", ROLES),
        ("document-kind-list", ROLES[:4]),
        ("decision-list", ROLES[:4]),
        ("disposal-list", ROLES[:4]),
        ("disposed-list", ROLES[:4]),
        ("hold-list", ROLES[:4]),
        ("disposal-due", ROLES[:1]),
        ("record-order", ROLES[:1]),
        ("document-kind-new", ROLES[:1]),
        ("decision-new", ROLES[:1]),
        ("hold-new", ROLES[:2]),
    ],
)
def test_who_reaches_which_page(signed_in, name, allowed):
    due_record()

    answers = {role: signed_in(person(role)).get(reverse(f"archive:{name}")).status_code for role in ROLES}

    assert answers == {role: SEE if role in allowed else DENIED for role in ROLES}


def test_an_adopted_plan_is_read_by_everybody_and_a_draft_by_whoever_keeps_it(signed_in):
    plan = planned()
    draft = planning.begin(root().authority, by=person("registrar"))

    for role in ("employee", "auditor", "manager"):
        client = signed_in(person(role))
        assert client.get(plan.get_absolute_url()).status_code == SEE
        assert client.get(draft.get_absolute_url()).status_code == NO_SUCH
        assert client.post(reverse("archive:retention-begin", args=[root().authority.pk])).status_code == DENIED
    assert signed_in(person("registrar")).get(draft.get_absolute_url()).status_code == SEE
    assert client.get(reverse("archive:retention-print", args=[plan.pk])).content.startswith(b"%PDF")


def test_the_public_reads_the_kinds_without_a_login(client):
    assert client.get(reverse("archive:document-kinds-public")).status_code == SEE
    kinds.load()
    planned()

    page = client.get(reverse("archive:document-kinds-public")).content.decode()

    assert "Gallras 1 år efter det att handlingen gjordes" in page
    assert "Aktivitetsplaner för konton" in page


def test_a_line_of_the_plan_makes_a_round_trip(signed_in):
    kinds.load()
    client = signed_in(person("registrar"))
    client.post(reverse("archive:retention-begin", args=[root().authority.pk]))
    plan = RetentionPlan.objects.get()
    rule = plan.rules.get(kind__key="snapshot")
    typed = {
        "kind": rule.kind_id,
        "fate": "dispose",
        "time": "5",
        "unit": "years",
        "counted_from": "closed",
        "form": "Papper",
        "place": "Arkivrum 2",
        "secrecy": "OSL 21:1",
        "note": "Ses över",
    }

    client.post(reverse("archive:rule-edit", args=[plan.pk, rule.pk]), typed)

    rule.refresh_from_db()
    said = (rule.fate, rule.months, rule.counted_from, rule.form, rule.place, rule.secrecy, rule.note)
    assert said == ("dispose", 60, "closed", "Papper", "Arkivrum 2", "OSL 21:1", "Ses över")
    form = client.get(reverse("archive:rule-edit", args=[plan.pk, rule.pk])).context["form"]
    assert (form.initial["time"], form.initial["unit"]) == (5, "years")


def test_a_line_that_says_too_little_is_asked_for_the_rest_and_kept(signed_in):
    kinds.load()
    client = signed_in(person("registrar"))
    plan = planning.begin(root().authority, by=person("registrar"))
    rule = plan.rules.first()

    page = client.post(
        reverse("archive:rule-edit", args=[plan.pk, rule.pk]),
        {"kind": rule.kind_id, "fate": "dispose", "note": "Skrivet"},
    )

    assert {"time", "counted_from"} == set(page.context["form"].errors)
    assert "Skrivet" in page.content.decode()
    assert RetentionRule.objects.get(pk=rule.pk).fate == "keep"


def test_a_plan_is_adopted_in_the_browser_by_its_decision(signed_in):
    adopted("lekeberg")
    client = signed_in(person("registrar"))
    plan = planning.begin(root().authority, by=person("registrar"))
    client.post(reverse("archive:retention-describe", args=[plan.pk]), {"note": "Inledning", "snapshot_months": "6"})
    address = reverse("archive:retention-adopt", args=[plan.pk])
    typed = {"body": "Kommunstyrelsen", "decided_on": "2999-01-01", "paragraph": "§ 1", "case_number": "KS 1"}
    assert "decided_on" in client.post(address, typed).context["form"].errors

    client.post(address, {**typed, "decided_on": "2026-02-03"})

    plan.refresh_from_db()
    assert (plan.status, plan.decision) == ("adopted", "Kommunstyrelsen 2026-02-03 § 1 KS 1")
    assert (plan.note, plan.snapshot_months) == ("Inledning", 6)
    assert client.get(address).status_code == DENIED
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Gallring kräver gallringsbeslut" in page
    assert "Lekeberg 7" in page


def test_a_decision_makes_a_round_trip_and_is_not_corrected_once_used(signed_in):
    client = signed_in(person("registrar"))
    typed = {
        "authority": root().authority.pk,
        "body": "Kommunstyrelsen",
        "decided_on": "2024-05-02",
        "paragraph": "§ 10",
        "case_number": "KS 2024/7",
        "covers": "Kommentarer",
    }
    client.post(reverse("archive:decision-new"), typed)
    decision = DisposalDecision.objects.get()
    assert (str(decision), decision.covers) == ("Kommunstyrelsen 2024-05-02 § 10 KS 2024/7", "Kommentarer")
    client.post(reverse("archive:decision-edit", args=[decision.pk]), {**typed, "covers": "Kommentarer och svar"})
    decision.refresh_from_db()
    assert decision.covers == "Kommentarer och svar"
    planned(decision=decision)

    page = client.post(reverse("archive:decision-edit", args=[decision.pk]), {**typed, "covers": "Allt"})

    assert "Lägg in ett nytt beslut" in page.content.decode()
    client.post(reverse("archive:decision-end", args=[decision.pk]), {"day": "2026-12-31"})
    decision.refresh_from_db()
    assert (decision.covers, str(decision.ended_on)) == ("Kommentarer och svar", "2026-12-31")


def test_a_kind_of_ones_own_is_added_described_and_retired(signed_in):
    client = signed_in(person("registrar"))
    client.post(reverse("archive:document-kind-new"), {"name": "Direktmeddelanden", "about": "Frågor"})
    kind = DocumentKind.objects.get(name="Direktmeddelanden")
    client.post(reverse("archive:document-kind-edit", args=[kind.pk]), {"name": "Meddelanden", "about": "Svar"})

    client.post(reverse("archive:document-kind-retire", args=[kind.pk]))

    kind.refresh_from_db()
    assert (kind.name, kind.about, kind.retired_at is None) == ("Meddelanden", "Svar", False)
    assert client.get(reverse("archive:document-kind-list")).status_code == SEE


def test_some_are_proposed_and_then_all_the_rest(signed_in):
    first, second, third = due_record(), due_record(), due_record()
    client = signed_in(person("registrar"))
    address = reverse("archive:disposal-due")
    nothing = client.post(address, {"omfattning": "valda", "note": "Skrivet"})
    assert "Kryssa för minst en handling." in nothing.content.decode()
    assert "Skrivet" in nothing.content.decode()

    made = client.post(address, {"record": [first.pk], "omfattning": "valda", "note": "Gamla"})

    disposal = Disposal.objects.get()
    assert (made.status_code, disposal.note) == (MOVED, "Gamla")
    assert list(disposal.rows.values_list("number", flat=True)) == [first.pk]
    client.post(address, {"omfattning": "alla"})
    latest = Disposal.objects.first()
    assert set(latest.rows.values_list("number", flat=True)) == {second.pk, third.pk}
    assert "Ingenting får gallras nu" in client.get(address).content.decode()


def test_nobody_proposes_what_lies_elsewhere(signed_in):
    record = due_record()
    client = signed_in(person("registrar", UnitFactory()))

    client.post(reverse("archive:disposal-due"), {"record": [record.pk], "omfattning": "valda"})

    assert not Disposal.objects.exists()


def test_the_whole_way_by_two_persons(signed_in, fresh):
    record = due_record()
    registrar = person("registrar")
    disposal = proposed(record, by=registrar)
    address = reverse("archive:disposal-approve", args=[disposal.pk])
    own = signed_in(registrar)
    own.post(address)
    disposal.refresh_from_db()
    assert disposal.status == Disposal.Status.PROPOSED
    manager = signed_in(person("manager"))
    assert manager.get(address).status_code == SEE

    manager.post(address)

    disposal.refresh_from_db()
    assert disposal.status == Disposal.Status.APPROVED
    carrying_out.run_waiting()
    page = manager.get(disposal.get_absolute_url()).content.decode()
    assert "Gallrad, filerna är borta" in page
    assert record.title not in page
    assert f"Handling {record.pk}" in page
    assert "Gallringsprotokollet" in page
    assert manager.get(record.get_absolute_url()).status_code == NO_SUCH
    assert str(record.pk) in manager.get(reverse("archive:disposed-list")).content.decode()
    assert manager.get(reverse("archive:snapshot-show", args=[record.source_id])).status_code == SEE
    assert manager.get(record.account.get_absolute_url()).status_code == SEE


def test_without_a_fresh_login_nothing_is_approved(signed_in):
    disposal = proposed(due_record())

    answer = signed_in(person("manager")).post(reverse("archive:disposal-approve", args=[disposal.pk]))

    disposal.refresh_from_db()
    assert (answer.status_code, disposal.status) == (MOVED, Disposal.Status.PROPOSED)


@pytest.mark.parametrize(
    ("role", "answer"),
    [
        ("registrar", MOVED),
        ("communications_officer", MOVED),
        ("manager", MOVED),
        ("auditor", DENIED),
        ("employee", NO_SUCH),
    ],
)
def test_who_may_approve(signed_in, fresh, role, answer):
    disposal = proposed(due_record())

    assert signed_in(person(role)).post(reverse("archive:disposal-approve", args=[disposal.pk])).status_code == answer


# status x step: the only way a disposal goes; the rest is refused.
@pytest.mark.parametrize("step", ["approve", "reject", "withdraw", "start", "finish"])
@pytest.mark.parametrize("status", list(Disposal.Status.values))
def test_the_lifecycle_is_this_table_and_nothing_else(status, step):
    allowed = {
        "proposed": {"approve", "reject", "withdraw"},
        "approved": {"withdraw", "start"},
        "running": {"finish"},
    }

    assert (status in Disposal.lifecycle.steps[step].source) == (step in allowed.get(status, set()))


def test_an_approver_rejects_with_a_reason_and_the_list_is_let_go(signed_in):
    record = due_record()
    disposal = proposed(record)
    client = signed_in(person("manager"))
    address = reverse("governance:step-perform", args=["archive.disposal", disposal.pk, "reject"])
    client.post(address, {"reason": ""})
    disposal.refresh_from_db()
    assert disposal.status == Disposal.Status.PROPOSED

    client.post(address, {"reason": "Ska bevaras"})

    disposal.refresh_from_db()
    assert (disposal.status, disposal.reason) == (Disposal.Status.REJECTED, "Ska bevaras")
    assert proposed(record).rows.count() == 1


def test_what_is_held_is_exempted_and_then_the_rest_can_be_approved(signed_in, fresh):
    held, free = due_record(), due_record()
    disposal = proposed(held, free)
    client = signed_in(person("manager"))
    holding.stop(by=person("registrar"), scope="record", reason="Tvist", unit=root(), record=held)
    assert "Listan kan inte godkännas än" in client.get(disposal.get_absolute_url()).content.decode()
    client.post(reverse("archive:disposal-approve", args=[disposal.pk]))
    disposal.refresh_from_db()
    assert disposal.status == Disposal.Status.PROPOSED
    address = reverse("archive:disposal-exempt-held", args=[disposal.pk])
    assert "reason" in client.post(address, {"reason": ""}).context["form"].errors

    client.post(address, {"reason": "Tvist"})
    client.post(reverse("archive:disposal-approve", args=[disposal.pk]))

    disposal.refresh_from_db()
    outcomes = dict(disposal.rows.values_list("number", "outcome"))
    assert (disposal.status, outcomes) == (Disposal.Status.APPROVED, {held.pk: "exempted", free.pk: ""})


def test_a_marked_record_is_a_number_on_the_list_and_approved_only_by_who_may_see_it(signed_in, fresh):
    record = marked(due_record(title="Hemlig titel"))
    registrar = person("registrar")
    RoleAssignment.objects.filter(user=registrar).update(secrecy=True)
    disposal = proposed(record, by=registrar)
    manager = person("manager")
    client = signed_in(manager)
    page = client.get(disposal.get_absolute_url()).content.decode()
    assert "Hemlig titel" not in page
    assert "Sekretessmarkerad uppgift" in page
    client.post(reverse("archive:disposal-approve", args=[disposal.pk]))
    disposal.refresh_from_db()
    assert disposal.status == Disposal.Status.PROPOSED

    RoleAssignment.objects.filter(user=manager).update(secrecy=True)
    client.post(reverse("archive:disposal-approve", args=[disposal.pk]))

    disposal.refresh_from_db()
    assert disposal.status == Disposal.Status.APPROVED


@pytest.mark.parametrize("scope", ["record", "account", "unit", "kind", "everything"])
def test_a_stop_makes_a_round_trip(signed_in, scope):
    record = due_record()
    target = {
        "record": record.pk,
        "account": record.account_id,
        "unit": record.unit_id,
        "kind": record.document_kind_id,
    }
    client = signed_in(person("registrar"))
    typed = {"scope": scope, "reason": "Tvist", **({scope: target[scope]} if scope in target else {})}

    answer = client.post(reverse("archive:hold-new"), typed)

    hold = DisposalHold.objects.get()
    assert (answer.status_code, hold.scope, hold.reason) == (MOVED, scope, "Tvist")
    assert holding.is_held(record)
    assert "Får inte gallras nu" in client.get(record.get_absolute_url()).content.decode()
    client.post(reverse("archive:hold-end", args=[hold.pk]), {"reason": "Avgjord"})
    hold.refresh_from_db()
    assert (hold.end_reason, holding.is_held(record)) == ("Avgjord", False)


def test_a_stop_without_its_target_is_asked_for_it(signed_in):
    client = signed_in(person("registrar"))

    page = client.post(reverse("archive:hold-new"), {"scope": "record", "reason": "Tvist", "record": "999999"})

    assert "record" in page.context["form"].errors
    assert "Tvist" in page.content.decode()


def test_a_department_stops_only_its_own(signed_in):
    record, unit = due_record(), UnitFactory()
    client = signed_in(person("registrar", unit))

    for typed in (
        {"scope": "everything"},
        {"scope": "record", "record": record.pk},
        {"scope": "unit", "unit": root().pk},
    ):
        client.post(reverse("archive:hold-new"), {**typed, "reason": "Tvist"})
    assert not DisposalHold.objects.exists()
    client.post(reverse("archive:hold-new"), {"scope": "unit", "unit": unit.pk, "reason": "Tvist"})

    assert DisposalHold.objects.get().unit == unit


def test_a_record_is_put_in_order_on_its_page(signed_in):
    planned(counted_from="not_current", months=0)
    record = kept()
    kind = DocumentKind.objects.get(key="item")
    client = signed_in(person("registrar"))
    client.post(reverse("archive:record-out-of-use", args=[record.pk]), {"day": "2026-01-02"})
    record.refresh_from_db()
    assert str(record.out_of_use.day) == "2026-01-02"
    client.post(reverse("archive:record-out-of-use", args=[record.pk]), {"aktuell": "1"})

    client.post(reverse("archive:record-file-as", args=[record.pk]), {"kind": kind.pk})

    record = Record.objects.get(pk=record.pk)
    assert (record.document_kind, hasattr(record, "out_of_use")) == (kind, False)
    denied = signed_in(person("auditor")).post(reverse("archive:record-file-as", args=[record.pk]), {"kind": kind.pk})
    assert denied.status_code == DENIED


def test_many_are_put_in_order_from_the_list(signed_in):
    kinds.load()
    records = [kept() for _n in range(3)]
    kind = DocumentKind.objects.get(key="item")
    client = signed_in(person("registrar"))
    address = reverse("archive:record-order")
    wrong = client.post(address, {"act": "handlingstyp", "omfattning": "alla"})
    assert "kind" in wrong.context["form"].errors
    client.post(address, {"act": "handlingstyp", "record": [records[0].pk], "kind": kind.pk, "omfattning": "valda"})
    assert Record.objects.filter(document_kind=kind).count() == 1

    client.post(f"{address}?slag=snapshot", {"act": "inaktuell", "omfattning": "alla", "day": "2026-02-01"})

    assert Record.objects.filter(out_of_use__day="2026-02-01").count() == 3


@pytest.mark.parametrize("name", ["disposal-due", "record-order", "disposal-list", "hold-list", "disposed-list"])
def test_a_list_of_many_takes_as_many_queries_as_of_few(signed_in, django_assert_max_num_queries, name):
    client = signed_in(person("registrar"))

    def fill():
        for _n in range(2):
            due_record()
            disposal = approved(due_record())
            holding.stop(by=person("registrar"), scope="account", reason="X", unit=root(), account=kept().account)
            carrying_out.run(disposal.pk)

    fill()
    address = reverse(f"archive:{name}")
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    fill()
    with django_assert_max_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize("name", ["disposal-due", "disposed-list"])
def test_a_list_is_fetched_as_a_file(signed_in, name):
    record = due_record()
    carrying_out.run(approved(due_record()).pk)

    answer = signed_in(person("registrar")).get(reverse(f"archive:{name}"), {"format": "csv"})

    text = b"".join(answer.streaming_content).decode()
    assert "Kommunstyrelsen 2024-05-02" in text
    assert (record.title in text) == (name == "disposal-due")
