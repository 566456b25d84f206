"""An upload stands for a picture on equal terms: in its place, for an account, for one item."""

import json

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from archive import integrity, lines, loose, store, texts
from archive.models import LooseFile, Record, Snapshot
from archive.papers import paper
from archive.store import Item
from governance import access, clock
from governance.models import AuditEvent
from governance.pdf import PdfUnavailable
from governance.workflow import Refused
from tests.archive.factories import AccountFactory
from tests.archive.uploaded import (
    HTML,
    MHTML,
    kept_for,
    located,
    packed,
    pdf,
    picture,
    replaced,
    waiting,
)
from tests.factories import adopted, person
from tests.pdfs import is_for_the_archive

pytestmark = pytest.mark.django_db

REPLACEABLE = ["ordered", "failed", "cancelled", "attention", "not_needed"]


@pytest.fixture
def officer():
    adopted()
    return person("communications_officer")


@pytest.fixture
def account(officer):
    return AccountFactory(active=True)


@pytest.mark.parametrize("status", REPLACEABLE)
def test_an_upload_takes_the_place_of_whatever_was_not_taken(account, officer, status):
    snapshot = replaced(waiting(account, status), officer)

    snapshot.refresh_from_db()
    assert (snapshot.status, snapshot.origin, snapshot.progress) == ("done", "uploaded", 100)
    assert (snapshot.failure_code, snapshot.remarks) == ("", [])
    assert snapshot.finished_at
    record = Record.objects.get()
    assert (record.source_id, record.kind, record.account, record.unit) == (
        snapshot.pk,
        "snapshot",
        account,
        account.unit,
    )
    assert list(integrity.problems(record)) == []


@pytest.mark.parametrize("status", ["running", "done"])
def test_what_is_being_taken_or_is_done_is_not_replaced(account, officer, status):
    more = {"lease": "0" * 32, "lease_until": timezone.now()} if status == "running" else {}
    snapshot = waiting(account, status, **more)

    with pytest.raises(Refused):
        replaced(snapshot, officer)
    assert not Record.objects.exists()


def test_a_picture_that_somebody_else_saw_to_meanwhile_is_not_replaced_and_nothing_is_kept(account, officer):
    mine, theirs = waiting(account), Snapshot.objects.get()
    replaced(theirs, officer)

    with pytest.raises(Refused):
        replaced(mine, officer, picture("JPEG"))
    assert Record.objects.count() == 1


def test_what_the_engine_took_and_nobody_accepted_is_let_go(account, officer):
    snapshot = waiting(account, "attention", remarks=["login_wall"])
    store.put(Item("bild-001.jpg", "image/jpeg", "", b"inloggningssida"), snapshot=snapshot)
    replaced(snapshot, officer)

    assert not snapshot.loose_files.exists()
    loose.sweep()
    assert not any(file.sha256 for file in LooseFile.objects.all())
    assert not storages["archive"].exists(store.place(store.describe(Item("", "", "", b"inloggningssida")).sha256))


def test_a_replaced_picture_counts_in_its_campaign(campaign, officer):
    snapshot = Snapshot.objects.get()
    replaced(snapshot, officer)

    record = Record.objects.get()
    assert record.period == campaign.period == record.facts["campaign"]
    snapshot.refresh_from_db()
    assert (snapshot.campaign, snapshot.status) == (campaign, "done")


def test_every_kind_of_file_becomes_one_record_shaped_as_a_capture(account, officer):
    snapshot = kept_for(account, officer, pdf("Forsta"), picture("JPEG"), MHTML, HTML, packed({"a.html": b"<p>Packat"}))

    record = Record.objects.get()
    assert [file.name for file in record.files.all()] == [
        "ogonblicksbild.pdf",
        "sida-001.jpg",
        "bild-001.jpg",
        "text.txt",
        "textrader.json",
        "fakta.json",
        "miniatyr.jpg",
        "original-001.pdf",
        "original-002.jpg",
        "original-003.mhtml",
        "original-004.html",
        "original-005.zip",
        "manifest.json",
    ]
    text = "Forsta\n\nBåtar och bilar\n\nHej på er\nÖppet i dag\n\nPackat"
    assert record.text.text == text
    assert store.text(record.files.get(name="text.txt"), 1000) == text
    assert [(page.picture, page.text) for page in lines.load(record)] == [
        ("sida-001.jpg", "Forsta"),
        ("bild-001.jpg", ""),
    ]
    assert (record.completeness, record.origin, record.authors) == ("complete", "drawn_up", "")
    assert record.facts["pictures"]["bild-001.jpg"] == [300, 900]
    facts = json.loads(store.text(record.files.get(name="fakta.json"), 10**6))
    assert facts == record.facts
    assert [file["kind"] for file in facts["uploaded"]["files"]] == ["pdf", "jpeg", "mhtml", "html", "zip"]
    with store.read(record.files.get(name="ogonblicksbild.pdf")) as file:
        assert is_for_the_archive(file.read())
    assert snapshot.status == "done"


@pytest.mark.parametrize("content", [HTML, MHTML, packed({"a.bin": b"x"}), b'{"a": "b"}'])
def test_what_has_no_picture_has_a_paper_and_a_thumbnail_all_the_same(account, officer, content):
    kept_for(account, officer, content)

    names = set(Record.objects.get().files.values_list("name", flat=True))
    assert {"ogonblicksbild.pdf", "miniatyr.jpg", "manifest.json"} <= names


def test_what_is_missing_is_a_remark_on_the_record_and_stands_on_its_page(account, officer, signed_in):
    kept_for(account, officer, missing="kommentarerna", authors="official")

    record = Record.objects.get()
    assert (record.completeness, record.authors) == ("remarks", "official")
    page = signed_in(person("registrar")).get(record.get_absolute_url()).content.decode()
    assert "Det här är inte med: kommentarerna" in page
    assert "Tjänsteman" in page


def test_where_a_photo_was_taken_is_said_to_be_in_the_original_alone(account, officer, signed_in):
    kept_for(account, officer, located())

    page = signed_in(person("registrar")).get(Record.objects.get().get_absolute_url()).content.decode()
    assert "Originalet innehåller uppgift om var bilden togs" in page


def test_an_item_has_its_link_and_says_who_wrote_it_and_whether_it_came_in(account, officer):
    snapshot = kept_for(account, officer, link="https://torget.example/inlagg/7", authors="citizen", origin="received")

    record = Record.objects.get()
    assert (snapshot.subject, snapshot.address_asked) == ("item", "https://torget.example/inlagg/7")
    assert (record.kind, record.authors, record.origin) == ("item", "citizen", "received")
    assert record.facts["asked"] == "https://torget.example/inlagg/7"


def test_an_ordered_item_is_replaced_as_an_item(account, officer):
    replaced(waiting(account, subject="item", address_asked="https://torget.example/7"), officer, authors="citizen")

    assert Record.objects.get().kind == "item"


def test_the_same_files_sent_twice_are_kept_once(account, officer):
    kept_for(account, officer)

    with pytest.raises(Refused, match="redan arkiverade"):
        kept_for(account, officer)
    kept_for(account, officer, link="https://torget.example/inlagg/7", authors="citizen", origin="received")
    assert Record.objects.count() == 2


def test_an_account_that_was_never_open_has_nothing_to_keep(officer):
    with pytest.raises(Refused, match="aldrig varit öppnat"):
        kept_for(AccountFactory(), officer)


@pytest.mark.parametrize("status", ["closed", "lost", "paused"])
def test_an_account_that_was_open_once_can_still_be_preserved(officer, status):
    account = AccountFactory(active=True, status=status, closed_at=clock.now())

    assert kept_for(account, officer).status == "done"


def test_who_may_not_order_a_picture_may_not_upload_one(account):
    auditor = person("auditor")

    with pytest.raises(access.PermissionDenied):
        kept_for(account, auditor)
    with pytest.raises(access.PermissionDenied):
        replaced(waiting(account), auditor)


@pytest.mark.parametrize(
    ("error", "code"),
    [(PdfUnavailable("pango"), "no_pdf"), (OSError(28, "full"), "disk_full"), (OSError(5, "x"), "internal")],
)
def test_a_server_that_cannot_is_told_in_words_and_nothing_is_written(account, officer, monkeypatch, error, code):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(paper, "render_upload", fail)
    with pytest.raises(Refused) as refused:
        kept_for(account, officer)
    assert str(refused.value) == texts.reason(code)
    assert not Snapshot.objects.exists()


def test_each_upload_is_in_the_log_and_how_it_was_taken_can_be_shredded(account, officer):
    kept_for(account, officer)
    replaced(waiting(account), officer, picture("JPEG"))

    for action in ("snapshot.upload", "snapshot.replace"):
        event = AuditEvent.objects.get(action=action)
        assert event.data["files"] == 1
        assert "Skärmdump" not in json.dumps(event.data, ensure_ascii=False)
