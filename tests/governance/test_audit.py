"""The audit log: append-only, said in Swedish, sealed in a chain that outlives its personal data."""

import threading

import pytest
from django.db import InternalError, connection, transaction
from django.utils.translation import override

from governance import audit
from governance.models import AuditEvent, AuditPersonal, AuditSeal
from tests.factories import RoleFactory, person, root

pytestmark = pytest.mark.django_db


def event(**personal) -> AuditEvent:
    return audit.record("user.enter", by=person("manager", name="Åsa Öberg"), obj=root(), personal=personal)


def sentence(of: AuditEvent) -> str:
    return audit.with_sentences([of])[0][1]


def test_an_event_is_said_as_a_swedish_sentence():
    assert sentence(event(person="Per Ek")) == "Åsa Öberg lade upp Per Ek."


def test_what_the_application_does_by_itself_is_said_to_be_done_by_it():
    found = audit.record("unit.found", by=None, obj=root())

    assert sentence(found) == "Uppsikt lade upp organisationen Kommunen."


def test_an_action_without_a_sentence_raises_and_writes_nothing():
    with pytest.raises(KeyError):
        audit.record("unit.dance", by=None, obj=root())
    assert not AuditEvent.objects.filter(action="unit.dance").exists()


@pytest.mark.parametrize("statement", ["update {} set id = id", "delete from {}", "truncate {}"])
@pytest.mark.parametrize("table", ["governance_auditevent", "governance_auditseal"])
def test_the_database_refuses_to_change_delete_or_truncate_the_log(table, statement):
    event()
    audit.seal()

    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_names_and_reasons_lie_beside_the_event_and_never_in_it():
    found = event(person="Per Ek")

    kept = str([getattr(found, field.attname) for field in AuditEvent._meta.fields])

    assert "Öberg" not in kept
    assert "Per Ek" not in kept


def test_the_chain_verifies_when_nothing_was_touched():
    for _ in range(3):
        event()
    assert audit.seal() > 0

    assert list(audit.verify()) == []
    assert audit.seal() == 0


def test_the_chain_still_verifies_after_personal_data_was_shredded():
    found = event(person="Per Ek")
    audit.seal()

    AuditPersonal.objects.filter(event_id=found.pk).delete()

    assert list(audit.verify()) == []
    assert sentence(found) == f"{audit.SHREDDED} lade upp {audit.SHREDDED}."


def unguarded(statement: str, *values) -> None:
    """Change rows as somebody with the database's own password could."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("set session_replication_role = origin")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update governance_auditevent set action = 'unit.found' where id = %s", "stämmer inte med sin försegling"),
        ("delete from governance_auditevent where id = %s", "saknas"),
        ("delete from governance_auditseal where event_id = %s", "följer inte på den före"),
        ("update governance_auditpersonal set payload = '{}' where event_id = %s", "är ändrade"),
    ],
)
def test_whatever_is_tampered_with_is_named(statement, said):
    first, second = event(), event()
    audit.seal()

    unguarded(statement, first.pk)

    problems = list(audit.verify())
    assert any(said in problem for problem in problems), (problems, second)


@pytest.mark.django_db(transaction=True)
def test_two_workers_sealing_at_once_seal_each_event_once():
    for _ in range(5):
        event()
    done: list[int] = []

    def work() -> None:
        done.append(audit.seal())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)

    assert sum(done) == AuditSeal.objects.count() == AuditEvent.objects.count()
    assert list(audit.verify()) == []


def test_the_products_name_is_the_same_in_every_language():
    found = audit.record("unit.found", by=None, obj=root())

    with override("en"):
        assert sentence(found).startswith("Uppsikt ")


def test_what_is_kept_for_ever_is_kept_in_swedish_whoever_reads_the_page_in_english():
    given = RoleFactory(role="manager")

    with override("en"):
        kept = audit.record("roleassignment.give", by=None, obj=given, personal={"person": "Per Ek"})

    assert kept.object_label == "Chef, Kommunen"
