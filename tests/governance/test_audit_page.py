"""The log's page: sentences, narrowing, paging, and the chain that anyone who may read it can check."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import audit, clock, people
from governance.models import AuditEvent, AuditPersonal
from tests.factories import UnitFactory, UserFactory, adopted, person

pytestmark = pytest.mark.django_db
LIST, VERIFY = "governance:audit-list", "governance:audit-verify"


@pytest.fixture
def auditor(client):
    user = person("auditor")
    client.force_login(user)
    return user


def sentences(client, **query):
    return [sentence for _event, sentence in client.get(reverse(LIST), query).context["events"]]


def test_what_happened_is_said_in_sentences_the_latest_first(client, auditor):
    version = adopted()

    said = sentences(client)

    assert said[0].endswith(f"antog policyn {version} (beslut: KS § 1).")
    assert "läste in policyn" in said[1]


@pytest.mark.parametrize("role", ["manager", "employee", "registrar", "security_coordinator", "system_administrator"])
def test_others_than_the_auditor_and_the_communications_officer_do_not_read_the_log(client, role):
    client.force_login(person(role))

    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(reverse(VERIFY)).status_code == 403


def test_the_log_is_narrowed_by_object_action_person_and_period(client, auditor):
    adopted("lekeberg")
    adopted("norsjo")
    sara = UserFactory(name="Sara Lindqvist")
    people.enter(email="ny@kommun.example", name="Ny Person", by=sara)
    tomorrow, yesterday = clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)

    assert {"Norsjö" in said for said in sentences(client, q="norsjö")} == {True}
    assert len(sentences(client, handelse="policyversion.adopt")) == 2
    assert sentences(client, vem="lindqvist") == ["Sara Lindqvist lade upp Ny Person."]
    assert sentences(client, fran=tomorrow.isoformat()) == []
    assert sentences(client, till=yesterday.isoformat()) == []
    assert len(sentences(client, fran=clock.today().isoformat(), till=clock.today().isoformat())) == 5


def test_a_day_begins_and_ends_with_the_swedish_clock(client, auditor, time_machine):
    time_machine.move_to("2026-07-01T22:30:00+00:00")  # half past midnight, 2 July, in Sweden
    people.enter(email="natt@kommun.example", name="Natt Arbetare")

    assert sentences(client, fran="2026-07-02", till="2026-07-02")
    assert not sentences(client, till="2026-07-01")


@pytest.mark.parametrize("period", [{"till": "9999-12-31"}, {"fran": "0001-01-01", "till": "9999-12-31"}])
def test_a_period_out_of_all_reason_shows_everything(client, auditor, period):
    adopted()

    assert len(sentences(client, **period)) == AuditEvent.objects.count()


def test_a_period_before_or_after_everything_shows_nothing(client, auditor):
    adopted()

    assert not sentences(client, till="0001-01-01")
    assert not sentences(client, fran="9999-12-31")


def test_a_reader_of_one_unit_reads_what_happened_there_only(client):
    adopted()
    unit = UnitFactory(name="Biblioteket")
    people.give_role(UserFactory(name="Eva Ny"), role="manager", unit=unit, by=None)
    client.force_login(person("auditor", unit))

    assert sentences(client) == ["Uppsikt gav Eva Ny rollen Chef, Biblioteket."]


def test_a_date_that_is_none_is_said_and_the_list_stands(client, auditor):
    adopted()

    response = client.get(reverse(LIST), {"fran": "i går"})

    assert response.status_code == 200
    assert response.context["filter"].form.errors


def test_every_action_is_offered_as_a_sentence(client, auditor):
    offered = dict(client.get(reverse(LIST)).context["filter"].form.fields["handelse"].choices)

    assert set(audit.sentences) <= set(offered)
    assert offered["policyversion.adopt"] == "Antog policyn … (beslut: …)"


def test_the_log_is_paged_by_fifty_and_asks_as_much_for_fifty_as_for_five(client, auditor):
    adopted()
    for number in range(3):
        people.enter(email=f"a{number}@kommun.example", name=f"Person {number}")
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(LIST))
    for number in range(60):
        people.enter(email=f"b{number}@kommun.example", name=f"Person {number}")

    with CaptureQueriesContext(connection) as many:
        response = client.get(reverse(LIST))

    assert len(response.context["events"]) == 50
    assert response.context["page"].paginator.num_pages == 2
    assert len(many) == len(few)


def test_the_page_says_how_far_the_log_is_sealed(client, auditor):
    adopted()
    audit.seal()
    people.enter(email="ny@kommun.example", name="Ny Person")

    context = client.get(reverse(LIST)).context

    assert context["seals"]["number"] == AuditEvent.objects.count() - 1
    assert context["waiting"] == 1


def test_an_intact_chain_is_said_to_hold(client, auditor):
    adopted()
    audit.seal()

    page = client.post(reverse(VERIFY), follow=True).content.decode()

    assert "Kedjan håller: 2 förseglingar är kontrollerade." in page


def test_a_log_without_seals_is_not_said_to_hold(client, auditor):
    adopted()

    page = client.post(reverse(VERIFY), follow=True).content.decode()

    assert "Ingen händelse är förseglad än." in page


def test_a_chain_that_was_tampered_with_is_said_to_be_broken(client, auditor):
    adopted()
    audit.seal()
    event = AuditEvent.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        AuditEvent.objects.filter(pk=event.pk).update(object_label="något annat")
        cursor.execute("set session_replication_role = origin")

    page = client.post(reverse(VERIFY), follow=True).content.decode()

    assert "Kedjan håller inte." in page
    assert f"Händelsen {event.pk} stämmer inte med sin försegling." in page


def test_shredded_personal_data_is_said_to_be_removed_and_the_chain_still_holds(client, auditor):
    people.enter(email="bort@kommun.example", name="Borttagen Person")
    audit.seal()
    AuditPersonal.objects.all().delete()

    assert "Borttagen Person" not in sentences(client)[0]
    assert audit.SHREDDED in sentences(client)[0]
    assert "Kedjan håller" in client.post(reverse(VERIFY), follow=True).content.decode()


def test_the_chain_is_checked_by_a_click_and_never_by_a_link(client, auditor):
    assert client.get(reverse(VERIFY)).status_code == 405
