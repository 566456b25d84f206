"""Looking at a record, having it checked, and its files in the browser and handed out."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive import store
from governance.models import AuditEvent
from tests.archive.factories import SnapshotFactory, kept, read
from tests.factories import person

pytestmark = pytest.mark.django_db


class TestRecord:
    """Looking at a record."""

    def test_it_says_what_it_is_with_every_file_and_its_hash(self, signed_in, record, unit):
        page = signed_in(person("registrar", unit)).get(record.get_absolute_url()).content.decode()

        for file in record.files.all():
            assert file.name in page
            assert file.sha256 in page
        assert "Hej på er" in page
        assert "http://torget.example/konto/" in page

    def test_captured_text_is_shown_as_text(self, signed_in, unit):
        snapshot = SnapshotFactory(done=True, account__unit=unit)
        record = kept(snapshot, {"text.txt": b"<script>alert(1)</script>"})

        page = signed_in(person("registrar", unit)).get(record.get_absolute_url()).content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_a_page_that_is_not_whole_says_so(self, signed_in, unit):
        snapshot = SnapshotFactory(done=True, account__unit=unit)
        record = kept(snapshot, facts={**kept().facts, "images_missing": 2, "ended_by": "height"})

        page = signed_in(person("registrar", unit)).get(record.get_absolute_url()).content.decode()

        assert "Sidan är inte helt bevarad" in page
        assert "Alla bilder på sidan kunde inte läsas in." in page
        assert "Sidan fortsätter nedanför det som är arkiverat." in page

    def test_what_somebody_accepted_says_who_and_why(self, signed_in, unit):
        accepted = {"by": "Rut Registrator", "at": "2026-10-02T08:00:00+00:00", "reason": "Mer går inte att se."}
        facts = {**kept().facts, "remarks": ["little_text"], "accepted": accepted}
        record = kept(SnapshotFactory(done=True, account__unit=unit), facts=facts, completeness="remarks")

        page = signed_in(person("registrar", unit)).get(record.get_absolute_url()).content.decode()

        assert "Sidan har så lite text" in page
        assert "Godtagen med anmärkning av Rut Registrator, 2 oktober 2026 kl. 10.00." in page
        assert "Mer går inte att se." in page

    def test_it_leads_to_its_pictures_and_with_a_question_to_the_hits_in_them(self, signed_in, record, unit):
        client = signed_in(person("manager", unit))
        pictures = reverse("archive:picture-list", args=[record.pk])

        assert f'href="{pictures}"' in client.get(record.get_absolute_url()).content.decode()
        asked = client.get(record.get_absolute_url(), {"q": "sagostund"}).content.decode()
        assert f'href="{pictures}?q=sagostund"' in asked

    def test_it_leads_to_the_snapshots_before_and_after_it_and_to_the_comparison(self, signed_in, unit):
        account = SnapshotFactory(done=True, account__unit=unit).account
        days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
        one, two, three = [kept(SnapshotFactory(done=True, account=account), made_at=day) for day in days]

        page = signed_in(person("registrar", unit)).get(two.get_absolute_url()).content.decode()

        compare = reverse("archive:record-compare")
        assert f"{compare}?fran={one.pk}&amp;till={two.pk}" in page
        assert f"{compare}?fran={two.pk}&amp;till={three.pk}" in page

    def test_without_the_right_to_download_no_link_leads_there(self, signed_in, record, unit):
        page = signed_in(person("manager", unit)).get(record.get_absolute_url()).content.decode()

        assert reverse("archive:record-download", args=[record.pk, "text.txt"]) not in page
        assert reverse("archive:record-export", args=[record.pk]) not in page

    def test_checking_says_that_it_is_unchanged(self, signed_in, record, unit):
        client = signed_in(person("auditor", unit))

        page = client.post(reverse("archive:record-verify", args=[record.pk]), follow=True)

        assert "Oförändrad: alla 5 filer" in page.content.decode()
        assert AuditEvent.objects.get(action="record.verify").data == {"result": "oförändrad"}

    def test_checking_names_what_was_changed(self, signed_in, record, unit):
        store.storage().delete(store.place(record.files.get(name="text.txt").sha256))
        client = signed_in(person("auditor", unit))

        page = client.post(reverse("archive:record-verify", args=[record.pk]), follow=True)

        assert "text.txt saknas i arkivet." in page.content.decode()
        assert AuditEvent.objects.get(action="record.verify").data == {"result": "text.txt saknas i arkivet"}

    def test_reading_a_page_does_not_check_or_change_anything(self, signed_in, record, unit):
        client = signed_in(person("auditor", unit))

        assert client.get(reverse("archive:record-verify", args=[record.pk])).status_code == 405


class TestFiles:
    """A record's files in the browser, and handed out."""

    def test_a_picture_is_shown_in_a_sandbox_as_nothing_but_a_picture(self, signed_in, record, unit):
        answer = signed_in(person("manager", unit)).get(reverse("archive:file-show", args=[record.pk, "bild-001.jpg"]))

        assert b"".join(answer.streaming_content) == b"picture"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "attachment" not in answer["Content-Disposition"]

    def test_only_pictures_and_documents_are_shown_in_the_browser(self, signed_in, record, unit):
        client = signed_in(person("registrar", unit))

        assert client.get(reverse("archive:file-show", args=[record.pk, "text.txt"])).status_code == 404
        assert client.get(reverse("archive:file-show", args=[record.pk, "manifest.json"])).status_code == 404
        assert client.get(reverse("archive:file-show", args=[record.pk, ".."])).status_code == 404

    def test_opening_the_document_is_noted(self, signed_in, record, unit):
        manager = person("manager", unit)

        read(signed_in(manager).get(reverse("archive:file-show", args=[record.pk, "ogonblicksbild.pdf"])))

        event = AuditEvent.objects.get(action="record.open")
        assert (event.actor_id, event.object_id, event.data) == (manager.pk, record.pk, {"file": "ogonblicksbild.pdf"})

    def test_a_download_is_the_file_itself_and_noted(self, signed_in, record, unit):
        registrar = person("registrar", unit)

        answer = signed_in(registrar).get(reverse("archive:record-download", args=[record.pk, "text.txt"]))

        content = b"".join(answer.streaming_content)
        assert content == "Hej på er".encode()
        assert answer["Content-Disposition"] == 'attachment; filename="text.txt"'
        assert answer["Cache-Control"] == "private, no-store"
        event = AuditEvent.objects.get(action="record.download")
        assert event.data == {"file": "text.txt", "sha256": hashlib.sha256(content).hexdigest()}

    def test_a_file_that_was_changed_is_not_handed_out(self, signed_in, record, unit):
        store.storage().delete(store.place(record.files.get(name="text.txt").sha256))
        client = signed_in(person("registrar", unit))

        one = client.get(reverse("archive:record-download", args=[record.pk, "text.txt"]), follow=True)
        every = client.get(reverse("archive:record-export", args=[record.pk]), follow=True)

        assert "Filen lämnas inte ut" in one.content.decode()
        assert "Filen lämnas inte ut" in every.content.decode()
        assert not AuditEvent.objects.filter(action__in=["record.download", "record.export"]).exists()

    def test_a_missing_picture_is_not_there(self, signed_in, record, unit):
        store.storage().delete(store.place(record.files.get(name="bild-001.jpg").sha256))

        answer = signed_in(person("manager", unit)).get(reverse("archive:file-show", args=[record.pk, "bild-001.jpg"]))

        assert answer.status_code == 404

    def test_all_files_come_in_a_zip_with_checksums_that_hold(self, signed_in, record, unit):
        answer = signed_in(person("registrar", unit)).get(reverse("archive:record-export", args=[record.pk]))

        pack = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        lines = pack.read("kontrollsummor.sha256").decode().splitlines()
        assert {line.split("  ")[1] for line in lines} == {file.name for file in record.files.all()}
        for line in lines:
            sha256, name = line.split("  ")
            assert hashlib.sha256(pack.read(name)).hexdigest() == sha256
        assert AuditEvent.objects.filter(action="record.export", object_id=record.pk).exists()
