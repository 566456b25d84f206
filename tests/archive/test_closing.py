"""The snapshot of a closing: ordered, uploaded, or an earlier one by decision; and what an upload may be."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import load_handler
from django.db import InternalError, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.life.closing import begin
from accounts.models import Closing
from archive import integrity
from archive.models import ClosingDecision, Record, Snapshot
from archive.snapshots import campaigns, closing
from archive.views import uploads as upload_views
from governance import clock
from governance.models import AuditEvent
from governance.workflow import Refused, perform
from tests.archive import uploaded
from tests.archive.factories import AccountFactory, SnapshotFactory, kept, read
from tests.archive.uploaded import pdf, picture, sent
from tests.factories import adopted, person

pytestmark = pytest.mark.django_db


PDF = pdf("Sista ordet")


@pytest.fixture
def officer():
    adopted()
    return person("communications_officer")


@pytest.fixture
def going_on(officer) -> Closing:
    """A closing that has begun."""
    account = AccountFactory(active=True)
    return begin(account, by=officer, reason="Läggs ner", closes_on=clock.today(), successor=None)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, going_on: Closing) -> str:
    return reverse(f"archive:{name}", args=[going_on.account_id])


def test_the_button_orders_the_closings_snapshot(going_on, officer):
    as_user(officer).post(url("closing-order", going_on))

    snapshot = Snapshot.objects.get()
    assert (snapshot.closing, snapshot.occasion, snapshot.status) == (going_on, "closing", "ordered")
    assert not closing.of(going_on).is_done


def test_a_snapshot_that_is_under_way_becomes_the_closings(going_on, officer):
    under_way = SnapshotFactory(account=going_on.account)

    assert closing.order(going_on, by=officer) == under_way
    under_way.refresh_from_db()
    assert under_way.closing == going_on


def test_a_failed_snapshot_is_told_and_another_way_is_offered(going_on, officer):
    SnapshotFactory(failed=True, account=going_on.account, closing=going_on, occasion="closing")

    page = as_user(officer).get(reverse("accounts:closing-show", args=[going_on.account_id])).content.decode()

    assert "Den senaste bilden misslyckades" in page
    assert "Ladda upp egna bilder eller filer" in page


def test_uploaded_pictures_and_a_pdf_become_the_closings_record_unchanged_and_our_own_pictures_are_shown(
    going_on, officer
):
    png, jpeg = picture(mode="RGBA"), picture("JPEG")

    response = as_user(officer).post(url("closing-upload", going_on), sent(("a.exe", png), ("b", jpeg), ("c.txt", PDF)))

    assert response.status_code == 302
    snapshot, record = Snapshot.objects.get(), Record.objects.get()
    assert (snapshot.origin, snapshot.status, snapshot.closing) == ("uploaded", "done", going_on)
    assert snapshot.facts["uploaded"]["how"] == "Skärmdump, inloggad"
    files = {file.name: file for file in record.files.all()}
    assert list(files) == [
        "ogonblicksbild.pdf",
        "bild-001.jpg",
        "bild-002.jpg",
        "sida-001.jpg",
        "text.txt",
        "textrader.json",
        "fakta.json",
        "miniatyr.jpg",
        "original-001.png",
        "original-002.jpg",
        "original-003.pdf",
        "manifest.json",
    ]
    assert files["original-001.png"].media_type == "image/png"
    assert files["original-003.pdf"].media_type == "application/pdf"
    assert files["original-003.pdf"].size == len(PDF)
    assert list(integrity.problems(record)) == []
    assert closing.of(going_on).is_done
    page = as_user(officer).get(record.get_absolute_url()).content.decode()
    assert "Uppladdad, inte tagen av Uppsikt" in page
    assert "Skärmdump, inloggad" in page
    assert "Öppna PDF" in page
    assert "inte helt bevarad" not in page
    assert "laddade upp 3 filer" in as_user(officer).get(snapshot.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["original-001.jpg", "original-002.pdf"])
def test_what_came_from_outside_is_handed_out_but_never_opened_in_the_browser(going_on, officer, name):
    as_user(officer).post(url("closing-upload", going_on), sent(("a", picture("JPEG")), ("b", PDF)))
    record, registrar = Record.objects.get(), as_user(person("registrar"))

    assert registrar.get(reverse("archive:file-show", args=[record.pk, name])).status_code == 404
    handed = read(registrar.get(reverse("archive:record-download", args=[record.pk, name])))
    assert handed["Content-Disposition"].startswith("attachment")
    assert handed["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        (sent(), "Välj minst en fil."),
        (sent(("skript.js", b"alert(1)")), "skript.js går inte att läsa"),
        (sent(("bild.png", picture()[:60])), "bild.png går inte att läsa"),
        (sent(("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")), "bild.svg är en ritad bild"),
        (sent(("gif.png", picture("GIF"))), "gif.png är en GIF-bild"),
        (sent(("halv.pdf", b"%PDF-1.7 half")), "halv.pdf är en skadad PDF."),
        (sent(("tom.png", b"")), "tom.png är tom."),
        (sent(("a.png", picture()), how=""), "Skriv hur bilderna togs."),
        (sent(("a.png", picture()), taken_at=""), "Ange när bilden togs."),
        (sent(("a.png", picture()), taken_at="2999-01-01T10:00"), "Tidpunkten har inte varit än."),
        (sent(*[(f"{n}.png", picture(size=(2, 2))) for n in range(31)]), "Högst 30 filer"),
    ],
)
def test_an_upload_that_is_not_in_order_says_why_and_nothing_is_kept(going_on, officer, changed, text):
    for file in changed["files"]:
        file.seek(0)

    page = as_user(officer).post(url("closing-upload", going_on), changed).content.decode()

    assert text in page
    assert not Snapshot.objects.exists()
    assert not Record.objects.exists()


def test_a_file_that_is_too_large_is_thrown_away_as_it_comes_and_nothing_else_is_kept(going_on, officer, monkeypatch):
    monkeypatch.setattr(upload_views.for_closing, "max_upload", 1000)
    large = PDF[:9] + b"x" * 2000 + PDF[-6:]

    response = as_user(officer).post(url("closing-upload", going_on), sent(("liten.pdf", PDF), ("stor.pdf", large)))

    assert "Filen är för stor" in response.content.decode()
    assert not Record.objects.exists()


def test_a_page_that_asks_for_no_file_is_sent_none():
    page = reverse("accounts:report-new")
    request = RequestFactory().post(page, {"text": "x", "file": SimpleUploadedFile("a.bin", b"x" * 5000)})
    request.upload_handlers = [load_handler(name, request) for name in settings.FILE_UPLOAD_HANDLERS]

    assert (dict(request.FILES), request.POST["text"]) == ({}, "x")


def test_several_wrong_files_are_all_named(going_on, officer):
    page = as_user(officer).post(url("closing-upload", going_on), sent(("ett", b"x"), ("två", b"y"))).content.decode()

    assert "ett går inte att läsa" in page
    assert "två går inte att läsa" in page


def test_the_registrar_decides_with_a_reason_that_the_last_earlier_snapshot_stands(going_on):
    registrar = person("registrar")
    record = kept(SnapshotFactory(done=True, account=going_on.account, finished_at=clock.now() - timedelta(days=9)))
    client = as_user(registrar)
    assert "Skriv skälet" in client.post(url("closing-decide", going_on), {"reason": ""}).content.decode()

    client.post(url("closing-decide", going_on), {"reason": "Plattformen har tagit bort kontot"})

    decision = ClosingDecision.objects.get()
    assert (decision.snapshot_id, decision.by, decision.reason) == (
        record.source_id,
        registrar,
        "Plattformen har tagit bort kontot",
    )
    assert closing.of(going_on).is_done
    assert AuditEvent.objects.filter(action="closingdecision.make", account_id=going_on.account_id).exists()
    with pytest.raises(Refused, match="redan"):
        closing.decide(going_on, by=registrar, reason="Igen")
    with pytest.raises(InternalError), transaction.atomic():
        ClosingDecision.objects.all().delete()


def test_without_an_earlier_snapshot_there_is_nothing_to_decide(going_on):
    registrar = person("registrar")

    with pytest.raises(Refused, match="ingen tidigare"):
        closing.decide(going_on, by=registrar, reason="Borta")
    assert "Ladda upp det ni har kvar" in as_user(registrar).get(url("closing-decide", going_on)).content.decode()


@pytest.mark.parametrize(
    ("role", "order", "upload", "decide"),
    [
        ("communications_officer", 302, 200, 403),
        ("manager", 302, 200, 403),
        ("registrar", 302, 200, 200),
        ("auditor", 403, 403, 403),
        ("employee", 404, 404, 404),
    ],
)
def test_who_orders_uploads_and_decides(going_on, role, order, upload, decide):
    client = as_user(person(role))

    assert client.post(url("closing-order", going_on)).status_code == order
    assert client.get(url("closing-upload", going_on)).status_code == upload
    assert client.get(url("closing-decide", going_on)).status_code == decide


def test_nothing_is_added_to_a_closing_that_is_over(going_on, officer):
    perform(going_on.account, "keep", by=officer, reason="Kvar")

    assert as_user(officer).get(url("closing-upload", going_on)).status_code == 302
    with pytest.raises(Refused):
        closing.order(going_on, by=officer)
    with pytest.raises(Refused):
        closing.upload(going_on, by=officer, files=[uploaded.read(picture())], taken_at=clock.now(), how="x")
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize(
    ("status", "taken"), [("active", True), ("paused", True), ("closing", True), ("lost", False), ("closed", False)]
)
def test_a_campaign_leaves_out_what_is_closed_or_lost(status, taken):
    facts = {"address": "http://torget.example/x", "opened_at": clock.now(), "closed_at": clock.now()}
    account = AccountFactory(status=status, **facts)

    assert (account in campaigns.candidates()) is taken
