"""The diary: what is handed over, once, and how its number comes back."""

import json
import smtplib
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive.diary import actions, connectors, diary_rules, package, sending
from archive.diary.connectors import NotDelivered
from archive.models import DiaryDestination, DiaryHandover, Record
from archive.packages import metadata
from archive.searching import asking, finding
from governance import clock, followups
from governance.workflow import Refused, perform
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import person
from tests.login import sign_in

pytestmark = pytest.mark.django_db
SAID = {"dated": date(2026, 10, 1), "party": "Stina Åberg", "matter": "Synpunkt på öppettider"}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DIARY_DIR = tmp_path / "diarium"
    return settings.DIARY_DIR


def destination(record, connector="folder", address="platina", automatic=False):
    return DiaryDestination.objects.create(
        authority=record.authority, system="Platina", connector=connector, address=address, automatic=automatic
    )


def ordered(record=None, connector="folder", address="platina", by=None):
    record = record or kept()
    destination(record, connector, address)
    return actions.order(record, by=by or person("registrar", record.unit), **SAID)


def package_of(handover, folders) -> Path:
    return folders / handover.address / str(handover.identifier)


def test_a_folder_gets_the_pdf_and_the_metadata_in_two_forms(folders):
    handover = ordered()

    assert sending.send_waiting() == 1

    names = sorted(path.name for path in package_of(handover, folders).iterdir())
    assert names == ["metadata.json", "metadata.xml", "ogonblicksbild.pdf"]
    said = json.loads((package_of(handover, folders) / "metadata.json").read_text())
    assert said["diary"]["matter"] == SAID["matter"] and said["diary"]["party"] == SAID["party"]
    assert said["identifier"] == str(handover.record.identifier)


def test_the_xml_says_what_the_json_says():
    record = metadata.whole(Record.objects.filter(pk=kept().pk)).get()
    record.facts = {"a b": "\x00ord", "tal": [1, {"x": True}]}

    root = ElementTree.fromstring(metadata.as_xml(metadata.describe(record)))

    space = {"u": metadata.NAMESPACE}
    assert root.findtext("u:identifier", namespaces=space) == str(record.identifier)
    assert [f.findtext("u:sha256", namespaces=space) for f in root.findall("u:files/u:item", space)] == [
        file.sha256 for file in record.files.all()
    ]
    assert root.find("u:facts/u:entry", space).attrib["name"] == "a b"


def test_the_number_in_the_receipt_comes_back_to_the_record(folders):
    handover = ordered()
    sending.send_waiting()
    (package_of(handover, folders) / "kvittens.json").write_text('{"diarienummer": "KS 2026/318-2"}')

    assert sending.receive_numbers() == 1

    handover.refresh_from_db()
    assert handover.status == "registered"
    assert Record.objects.get(pk=handover.record_id).diary_number == "KS 2026/318-2"
    assert sending.receive_numbers() == 0


@pytest.mark.parametrize("receipt", ["", "{", "[]", '{"diarienummer": 7}', '{"diarienummer": "  "}', "\x00"])
def test_a_receipt_without_a_number_changes_nothing(folders, receipt):
    handover = ordered()
    sending.send_waiting()
    (package_of(handover, folders) / "kvittens.json").write_text(receipt)

    assert sending.receive_numbers() == 0


def test_a_record_is_never_handed_over_twice(folders):
    handover = ordered()

    with pytest.raises(Refused):
        actions.order(handover.record, by=None, **SAID)
    copy = DiaryHandover(**{f.attname: getattr(handover, f.attname) for f in DiaryHandover._meta.fields[2:]})
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()

    assert sending.send_waiting() == 1 and sending.send_waiting() == 0


def test_what_was_called_off_may_be_ordered_again():
    handover = ordered()
    perform(handover, "cancel", by=handover.ordered_by)

    again = actions.order(handover.record, by=handover.ordered_by, **SAID)

    assert again.identifier != handover.identifier


def test_a_worker_that_died_leaves_a_folder_to_the_next_one_and_nothing_is_there_twice(folders):
    handover = ordered()
    sending._claim()
    connectors.Folder().deliver(package.of(handover))
    DiaryHandover.objects.update(lease_until=clock.now() - timedelta(seconds=1))

    sending.send_waiting()
    DiaryHandover.objects.update(next_try_at=clock.now())
    sending.send_waiting()

    handover.refresh_from_db()
    assert handover.status == "sent"
    assert len(list((folders / "platina").iterdir())) == 1


def test_a_worker_that_died_while_it_mailed_leaves_the_question_to_a_person():
    handover = ordered(connector="mail", address="registrator@kommun.example")
    sending._claim()
    DiaryHandover.objects.update(lease_until=clock.now() - timedelta(seconds=1))

    assert sending.send_waiting() == 0

    handover.refresh_from_db()
    assert handover.status == "uncertain" and mail.outbox == []
    perform(handover, "confirm", by=handover.ordered_by)
    assert handover.status == "sent"


def test_a_mail_carries_the_package_and_the_same_identity_at_every_attempt():
    handover = ordered(connector="mail", address="registrator@kommun.example")

    sending.send_waiting()

    (sent,) = mail.outbox
    assert sent.to == ["registrator@kommun.example"]
    assert sent.extra_headers["Message-ID"] == f"<{handover.identifier}@uppsikt>"
    assert [name for name, _content, _type in sent.attachments] == [
        "ogonblicksbild.pdf",
        "metadata.json",
        "metadata.xml",
    ]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (smtplib.SMTPRecipientsRefused({}), "failed"),
        (smtplib.SMTPDataError(451, b"later"), "waiting"),
        (smtplib.SMTPServerDisconnected(), "uncertain"),
        (TimeoutError(), "uncertain"),
    ],
)
def test_what_the_mail_server_answers_decides_whether_it_is_tried_again(monkeypatch, error, status):
    handover = ordered(connector="mail", address="registrator@kommun.example")

    class Server:
        open = close = lambda self: None

        def send_messages(self, messages):
            raise error

    monkeypatch.setattr(connectors, "get_connection", Server)
    sending.send_waiting()

    handover.refresh_from_db()
    assert handover.status == status and handover.failure


def test_a_mail_server_that_is_down_is_tried_again_and_given_up_on_in_the_end(monkeypatch):
    handover = ordered(connector="mail", address="registrator@kommun.example")

    class Server:
        def open(self):
            raise ConnectionRefusedError

    monkeypatch.setattr(connectors, "get_connection", Server)
    for _attempt in range(sending.MAX_ATTEMPTS):
        DiaryHandover.objects.update(next_try_at=clock.now())
        sending.send_waiting()

    handover.refresh_from_db()
    assert (handover.status, handover.failure) == ("failed", "mail_server")


def test_what_is_marked_secret_never_goes_by_mail():
    record = kept()
    handover = ordered(record, connector="mail", address="registrator@kommun.example")
    Record.objects.filter(pk=record.pk).update(secret=True)

    sending.send_waiting()

    handover.refresh_from_db()
    assert handover.status == "failed" and mail.outbox == []
    perform(handover, "cancel", by=handover.ordered_by)
    with pytest.raises(Refused):
        actions.order(Record.objects.get(pk=record.pk), by=None, **SAID)


def test_a_package_too_large_for_mail_says_so(settings):
    settings.DIARY_MAIL_MAX_BYTES = 10
    handover = ordered(connector="mail", address="registrator@kommun.example")

    sending.send_waiting()

    handover.refresh_from_db()
    assert (handover.status, handover.failure) == ("failed", "too_large")


def test_a_file_that_the_archive_has_lost_stops_the_handover(settings, monkeypatch):
    handover = ordered()

    def lost(part):
        raise FileNotFoundError

    monkeypatch.setattr(package.Part, "chunks", lost)
    with pytest.raises(NotDelivered):
        connectors.Folder().deliver(package.of(handover))

    assert not list((settings.DIARY_DIR / "platina").iterdir())


def test_a_picture_goes_by_itself_where_the_diary_wants_that(unit):
    first = kept(SnapshotFactory(done=True, account__unit=unit))
    followups.run_owed()
    destination(first, automatic=True)
    later = kept(SnapshotFactory(done=True, account__unit=unit))

    followups.run_owed()

    assert (first.handovers.count(), later.handovers.count()) == (0, 1)
    assert later.handovers.get().ordered_by is None


def test_the_form_saves_every_field(signed_in):
    record = kept()
    destination(record)
    client = signed_in(person("registrar", record.unit))
    address = reverse("archive:handover-order", args=[record.pk])

    answer = client.post(
        address, {"dated": "2026-10-01", "party": "Stina", "matter": "Öppettider", "kept_out": "on"}, follow=True
    )

    handover = record.handovers.get()
    assert (handover.party, handover.matter, handover.kept_out) == ("Stina", "Öppettider", True)
    assert handover.dated == date(2026, 10, 1)
    assert "Öppettider" in answer.content.decode()


@pytest.mark.parametrize("change", [{"matter": ""}, {"dated": "2099-01-01"}, {"party": "a\nb"}])
def test_a_form_that_is_wrong_keeps_what_was_written(signed_in, change):
    record = kept()
    destination(record)
    client = signed_in(person("registrar", record.unit))
    sent = {"dated": "2026-10-01", "party": "Stina", "matter": "Öppettider", **change}

    answer = client.post(reverse("archive:handover-order", args=[record.pk]), sent)

    assert answer.status_code == 200 and not record.handovers.exists()


def test_the_number_is_written_in_by_hand(signed_in):
    handover = ordered()
    sending.send_waiting()
    client = signed_in(person("registrar", handover.unit))

    client.post(handover.get_absolute_url(), {"diary_number": "KS 2026/5"})

    assert Record.objects.get(pk=handover.record_id).diary_number == "KS 2026/5"


@pytest.mark.parametrize(
    ("role", "sees", "orders"),
    [
        ("registrar", 200, 200),
        ("communications_officer", 200, 200),
        ("manager", 200, 403),
        ("auditor", 200, 403),
        ("employee", 404, 404),
        ("system_administrator", 404, 404),
    ],
)
def test_who_sees_and_who_hands_over(signed_in, role, sees, orders):
    handover = ordered()
    client = signed_in(person(role, handover.unit))

    assert client.get(handover.get_absolute_url()).status_code == sees
    assert client.get(reverse("archive:handover-order", args=[handover.record_id])).status_code == orders


def test_where_the_diary_lies_is_settled_by_whoever_keeps_it_after_a_fresh_login(client):
    record = kept()
    address = reverse("archive:handover-settle", args=[record.authority_id])
    sent = {"system": "Platina", "connector": "folder", "address": "platina", "automatic": "on"}
    registrar = person("registrar", record.unit)

    assert sign_in(client, registrar, fresh=False).post(address, sent).status_code == 302
    assert not DiaryDestination.objects.exists()
    sign_in(client, registrar).post(address, sent)

    found = DiaryDestination.objects.get()
    assert (found.system, found.connector, found.address, found.automatic) == ("Platina", "folder", "platina", True)


@pytest.mark.parametrize(
    ("connector", "address"), [("folder", "../ut"), ("folder", "a/b"), ("folder", "Å"), ("mail", "registrator")]
)
def test_an_address_that_is_none_is_refused(client, connector, address):
    record = kept()

    answer = sign_in(client, person("registrar", record.unit)).post(
        reverse("archive:handover-settle", args=[record.authority_id]),
        {"system": "P", "connector": connector, "address": address},
    )

    assert answer.status_code == 200 and not DiaryDestination.objects.exists()


def test_what_has_its_number_is_found_by_it(folders):
    handover = ordered()
    sending.send_waiting()
    handover.refresh_from_db()
    asked = finding.wanted(asking.parse('"KS 2026/318-2"'))
    assert not finding.hits(Record.objects.all(), asked).exists()

    actions.register(handover, by=handover.ordered_by, diary_number="KS 2026/318-2")

    assert finding.hits(Record.objects.all(), asked).get().pk == handover.record_id


def test_the_list_asks_as_often_for_many_as_for_few(signed_in, django_assert_max_num_queries):
    handover = ordered()
    client = signed_in(person("registrar", handover.unit))
    client.get(reverse("archive:handover-list"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("archive:handover-list"))
    for _number in range(5):
        snapshot = SnapshotFactory(done=True, account__unit=handover.unit)
        actions.order(kept(snapshot), by=handover.ordered_by, **SAID)

    with django_assert_max_num_queries(len(few)):
        answer = client.get(reverse("archive:handover-list"))
    assert "6 överlämningar" in answer.content.decode()


def test_a_number_that_does_not_come_is_a_finding():
    handover = ordered()
    sending.send_waiting()
    handover.refresh_from_db()

    (found,) = diary_rules.comes_into_the_diary(handover, clock.now())

    assert found.due_at > handover.sent_at and found.who == [handover.ordered_by]


@pytest.mark.parametrize(("key", "found"), [("lekeberg", True), ("lidingo", False)])
def test_a_picture_that_is_not_saved_where_the_policy_wants_it_is_a_finding(municipality, key, found):
    account = municipality(key)[0]
    record = kept(SnapshotFactory(done=True, account=account))
    destination(record)

    told = list(diary_rules.picture_comes_into_the_diary(account, clock.now()))

    assert [verdict.clause for verdict in told] == (["Lekeberg 7"] if found else [])
    assert all("Platina" in verdict.text and verdict.url == record.get_absolute_url() for verdict in told)
    actions.order(record, by=person("registrar"), **SAID)
    assert not list(diary_rules.picture_comes_into_the_diary(account, clock.now()))
