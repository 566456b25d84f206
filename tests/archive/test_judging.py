"""A page that somebody must look at: seen by who may decide, then accepted, tried again, replaced or waived."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from archive import integrity, loose, store
from archive.models import Discard, LooseFile, Record, Snapshot
from archive.snapshots import accepting, making, working
from governance import access, clock
from governance.models import AuditEvent
from governance.workflow import Refused, perform
from tests.archive.captures import engine
from tests.archive.factories import AccountFactory, SnapshotFactory, holder, read
from tests.factories import UnitFactory, adopted, person

pytestmark = pytest.mark.django_db
Status = Snapshot.Status
REASON = "Sidan visar det viktiga trots rutan."


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, settings, tmp_path):
    """A policy, a folder to work in, and a PDF that only says what it was given."""
    adopted("lekeberg")
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(making.paper, "render", _drawn)


def _drawn(snapshot, shot, files, *, accepted=None) -> bytes:
    return f"%PDF-1.7 {len(files)} {shot.verdict.level} {(accepted or {}).get('reason')}".encode()


@pytest.fixture
def questioned(monkeypatch, unit):
    """Answer a function that has a page captured about which the gate has found something."""

    def capture(*reasons: str, **fields) -> Snapshot:
        monkeypatch.setattr(working, "capture", engine(*reasons, authors="official"))
        snapshot = SnapshotFactory(account__unit=unit, **fields)
        working.run()
        snapshot.refresh_from_db()
        return snapshot

    return capture


def gone(files: list[store.Stored]) -> bool:
    """Answer whether the contents are out of the storage when the sweep has been."""
    loose.sweep()
    return not any(store.storage().exists(store.place(file.sha256)) for file in files)


def test_what_a_person_must_look_at_is_no_record_and_its_files_wait(questioned):
    snapshot = questioned("consent_wall", "images_missing")

    assert (snapshot.status, snapshot.remarks) == (Status.ATTENTION, ["consent_wall", "images_missing"])
    assert not Record.objects.exists()
    assert [file.name for file in loose.held(snapshot)] == ["bild-001.jpg", "text.txt", "fakta.json", "miniatyr.jpg"]
    assert "samtycke" in AuditEvent.objects.get(action="snapshot.question").data["why"]


@pytest.mark.parametrize(("reasons", "level"), [((), "complete"), (("images_missing", "dismissed"), "remarks")])
def test_what_is_whole_or_nearly_is_a_record_that_says_so(questioned, reasons, level):
    snapshot = questioned(*reasons)

    record = Record.objects.get()
    assert (snapshot.status, snapshot.remarks) == (Status.DONE, list(reasons))
    assert (record.kind, record.completeness, record.authors) == ("snapshot", level, "official")
    assert record.facts["remarks"] == list(reasons)


def test_a_picture_of_one_item_is_a_record_of_its_own_kind(questioned):
    snapshot = questioned(subject="item", address_asked="http://torget.example/konto/inlagg/7")

    record = Record.objects.get()
    assert (record.kind, record.title) == ("item", f"Inlägg hos {snapshot.account}")
    assert record.facts["asked"] == "http://torget.example/konto/inlagg/7"


class TestAccept:
    """Accepting with a remark makes the record."""

    def test_it_is_a_record_with_the_remarks_who_and_why(self, questioned):
        snapshot, officer = questioned("covered"), person("registrar", name="Rut Ek")

        record = accepting.accept(snapshot, by=officer, reason=REASON)

        snapshot.refresh_from_db()
        assert (snapshot.status, record.completeness) == (Status.DONE, "remarks")
        said = record.facts["accepted"]
        assert (said["by"], said["reason"], said["remarks"]) == ("Rut Ek", REASON, ["covered"])
        assert list(integrity.problems(record)) == []
        with store.read(record.files.get(name="ogonblicksbild.pdf")) as paper:
            assert REASON in paper.read().decode()
        assert record.text.text == "Hej på er"
        assert not LooseFile.objects.exists()

    def test_twice_is_once(self, questioned):
        snapshot, officer = questioned("covered"), person("registrar")
        stale = Snapshot.objects.get(pk=snapshot.pk)
        accepting.accept(snapshot, by=officer, reason=REASON)

        with pytest.raises(Refused, match="ingenting att godta"):
            accepting.accept(stale, by=officer, reason=REASON)

        assert Record.objects.count() == 1

    def test_what_was_taken_anew_meanwhile_is_not_accepted_unseen(self, questioned, monkeypatch):
        snapshot, officer = questioned("covered"), person("registrar")
        really = making.document

        def meanwhile(*args, **options):
            monkeypatch.setattr(making, "document", really)
            perform(Snapshot.objects.get(pk=snapshot.pk), "retry", by=officer)
            working.run()
            return really(*args, **options)

        monkeypatch.setattr(making, "document", meanwhile)
        with pytest.raises(Refused, match="tagits om"):
            accepting.accept(snapshot, by=officer, reason=REASON)

        snapshot.refresh_from_db()
        assert snapshot.status == Status.ATTENTION
        assert not Record.objects.exists()

    @pytest.mark.parametrize("role", ["manager", "auditor", "employee", "system_administrator"])
    def test_others_may_not(self, questioned, role, unit):
        with pytest.raises(access.PermissionDenied):
            accepting.accept(questioned("covered"), by=person(role, unit), reason=REASON)


@pytest.mark.parametrize("step", ["retry", "waive"])
def test_what_is_not_accepted_is_let_go_from_the_storage(questioned, step):
    snapshot = questioned("blank")
    files = loose.held(snapshot)

    perform(snapshot, step, by=person("registrar"), reason="Kontot är tomt.")

    assert not LooseFile.objects.exists()
    assert Discard.objects.filter(done_at=None).count() == len(files)
    assert gone(files)


def test_replacing_it_lets_it_go_too(questioned):
    snapshot = questioned("blank")
    files = loose.held(snapshot)

    perform(snapshot, "replace", by=person("registrar"))

    assert (snapshot.status, snapshot.remarks) == (Status.DONE, [])
    assert gone(files)


def test_a_content_that_a_record_has_too_stays(questioned, monkeypatch):
    kept, other = questioned(), questioned("blank")

    perform(other, "waive", by=person("registrar"), reason="Samma bild finns.")
    loose.sweep()

    assert kept.status == Status.DONE
    assert list(integrity.problems(Record.objects.get())) == []


class TestOnThePage:
    """What is seen and pressed."""

    def test_the_page_says_why_and_offers_each_thing_to_do(self, signed_in, questioned):
        snapshot = questioned("login_wall")

        page = signed_in(person("registrar")).get(snapshot.get_absolute_url()).content.decode()

        assert "Sidan visar en inloggning i stället för innehållet." in page
        for name in ("snapshot-accept", "snapshot-upload"):
            assert reverse(f"archive:{name}", args=[snapshot.pk]) in page
        for step in ("retry", "waive"):
            assert reverse("governance:step-perform", args=["archive.snapshot", snapshot.pk, step]) in page

    def test_a_failure_offers_the_same_but_to_accept(self, signed_in, unit):
        snapshot = SnapshotFactory(failed=True, account__unit=unit)

        page = signed_in(person("registrar")).get(snapshot.get_absolute_url()).content.decode()

        assert reverse("archive:snapshot-upload", args=[snapshot.pk]) in page
        assert reverse("governance:step-perform", args=["archive.snapshot", snapshot.pk, "waive"]) in page
        assert reverse("archive:snapshot-accept", args=[snapshot.pk]) not in page

    def test_the_reason_is_asked_for_and_kept(self, signed_in, questioned):
        snapshot, client = questioned("little_text"), signed_in(person("registrar"))
        address = reverse("archive:snapshot-accept", args=[snapshot.pk])

        empty = client.post(address, {"reason": "  "})
        done = client.post(address, {"reason": REASON}, follow=True)

        assert "Skriv varför bilden duger ändå." in empty.content.decode()
        assert "ligger i arkivet" in done.content.decode()
        assert Record.objects.get().facts["accepted"]["reason"] == REASON

    def test_what_is_over_is_said_in_the_form(self, signed_in, questioned):
        snapshot, officer = questioned("little_text"), person("registrar")
        accepting.accept(snapshot, by=officer, reason=REASON)

        page = signed_in(officer).post(reverse("archive:snapshot-accept", args=[snapshot.pk]), {"reason": REASON})

        assert "ingenting att godta" in page.content.decode()
        assert REASON in page.content.decode()

    @pytest.mark.parametrize(
        ("role", "sees", "accepts"),
        [
            ("registrar", 200, 200),
            ("communications_officer", 200, 200),
            ("manager", 200, 403),
            ("auditor", 403, 403),
            ("employee", 404, 404),
            ("system_administrator", 404, 404),
        ],
    )
    def test_only_those_who_may_decide_see_what_waits(self, signed_in, questioned, unit, role, sees, accepts):
        snapshot = questioned("covered")
        picture = snapshot.loose_files.get(name="bild-001.jpg")
        address = reverse("archive:snapshot-held", args=[snapshot.pk, picture.pk])
        client = signed_in(person(role, unit))

        answer = read(client.get(address))

        assert answer.status_code == sees
        if sees == 200:
            assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert address in client.get(snapshot.get_absolute_url()).content.decode()
        assert client.get(reverse("archive:snapshot-accept", args=[snapshot.pk])).status_code == accepts

    def test_the_page_owner_decides_and_an_editor_does_not(self, signed_in, questioned):
        snapshot = questioned("covered")
        address = reverse("archive:snapshot-accept", args=[snapshot.pk])

        assert signed_in(holder(snapshot, "page_owner")).get(address).status_code == 200
        assert signed_in(holder(snapshot, "editor")).get(address).status_code == 403

    def test_a_role_elsewhere_sees_nothing_of_it(self, signed_in, questioned):
        snapshot = questioned("covered")
        picture = snapshot.loose_files.get(name="bild-001.jpg")
        client = signed_in(person("registrar", UnitFactory()))

        assert client.get(reverse("archive:snapshot-held", args=[snapshot.pk, picture.pk])).status_code == 404
        assert client.get(reverse("archive:snapshot-accept", args=[snapshot.pk])).status_code == 404

    def test_no_other_file_and_no_other_snapshots_is_shown_through_it(self, signed_in, questioned):
        snapshot, other = questioned("covered"), questioned("blank")
        text, foreign = snapshot.loose_files.get(name="text.txt"), other.loose_files.get(name="bild-001.jpg")
        client = signed_in(person("registrar"))

        for file in (text, foreign):
            assert client.get(reverse("archive:snapshot-held", args=[snapshot.pk, file.pk])).status_code == 404

    def test_the_accounts_page_leads_to_it(self, signed_in, questioned):
        snapshot = questioned("covered")

        page = signed_in(person("registrar")).get(snapshot.account.get_absolute_url()).content.decode()

        assert "Den senaste bilden behöver ses över" in page
        assert snapshot.get_absolute_url() in page


def test_what_was_stored_for_nothing_is_swept_after_a_day():
    store.put(store.Item("bild-001.jpg", "image/jpeg", "Bild", b"left"))
    held = LooseFile.objects.create(
        snapshot=SnapshotFactory(account=AccountFactory(active=True)),
        sha256="0" * 64,
        name="bild.jpg",
        media_type="image/jpeg",
        size=1,
        made_at=clock.now(),
    )
    assert loose.sweep() == 0

    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        assert loose.sweep() == 1

    assert list(LooseFile.objects.all()) == [held]
