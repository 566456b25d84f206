"""What is masked or withheld is in nothing that leaves the house: not in a picture, a text, a file or a list."""

import hashlib
import io
import json
import subprocess
import zipfile

import pytest
from PIL import Image, ImageChops

from archive import store
from archive.disclosing import choosing, copies, handing, letters, masking, reviewing
from archive.lines import Line, Page
from archive.models import Disclosure, DisclosureLetter, DisclosurePage, LooseFile, Record
from archive.shielding import marking
from governance import followups
from governance.models import AuditEvent
from governance.workflow import Refused, perform
from tests import pdfs
from tests.archive.disclosures import (
    LINES,
    MASK,
    PROVISION,
    SECRET,
    SIZE,
    asked,
    packed,
    page_record,
    pages_of,
    picture,
    review,
    with_pages,
)
from tests.factories import person

READ = Page("bild-001.jpg", *SIZE, tuple(Line(*line) for line in LINES))


def content(record: Record, name: str) -> bytes:
    with store.read(record.files.get(name=name)) as file:
        return file.read()


def masked_and_packed(pictures: int = 1, **fields):
    request = with_pages(pictures, **fields)
    for page in pages_of(request):
        review(page, "mask")
    handing.order_package(request, by=request.handler, reasons="Uppgiften rör någons hälsa.")
    return packed(request)


def reddest(jpeg: bytes) -> int:
    """Answer how much redder than anything else the reddest point is."""
    with Image.open(io.BytesIO(jpeg)) as image:
        red, green, blue = image.convert("RGB").split()
        return int(ImageChops.subtract(red, ImageChops.lighter(green, blue)).getextrema()[1])


class TestMasks:
    def test_the_points_under_a_mask_are_gone_and_so_is_what_the_file_told_of_itself(self):
        burned = masking.burn(picture(), [MASK])

        assert reddest(picture()) > 200
        assert reddest(burned) < 20
        with Image.open(io.BytesIO(burned)) as image:
            assert image.size == SIZE
            assert not image.getexif()
            assert image.getpixel((100, 130)) == (0, 0, 0)
        assert b"where it was taken" not in burned

    def test_a_line_is_gone_when_a_mask_touches_any_of_it(self):
        left = masking.lines_left(READ, [(430, 140, 20, 20)])

        assert [line.text for line in left] == ["Biblioteket har öppet", "Välkommen in"]

    @pytest.mark.parametrize("words", ["anna andersson", "CANCER", "  Anna   Andersson "])
    def test_words_find_their_line_whatever_their_case(self, words):
        assert masking.around(READ, words) == [(36, 116, 408, 32)]

    @pytest.mark.parametrize("words", ["Bertil", "", "   "])
    def test_words_that_are_not_there_mask_nothing(self, words):
        assert masking.around(READ, words) == []

    def test_a_mask_is_kept_within_the_picture(self):
        assert masking.read("-10, -10, 50, 50\n600 400 100 200", SIZE) == [(0, 0, 40, 40), (600, 400, 40, 80)]

    @pytest.mark.parametrize(
        "text", ["1 2 3", "a b c d", "0 0 0 10", "0 0 10 -5", "900 10 50 50", "1 2 3 1e999", "nan 0 9 9"]
    )
    def test_what_is_no_mask_on_the_picture_is_refused(self, text):
        with pytest.raises(masking.NotRectangles):
            masking.read(text, SIZE)


@pytest.mark.django_db
class TestPackage:
    def test_the_secret_is_in_none_of_its_files(self):
        package = masked_and_packed()

        for file in package.record.files.all():
            assert SECRET.encode() not in content(package.record, file.name), file.name
        pack = zipfile.ZipFile(io.BytesIO(content(package.record, "utlamnande.zip")))
        for name in pack.namelist():
            assert SECRET.encode() not in pack.read(name), name
            if name.endswith(".jpg"):
                assert reddest(pack.read(name)) < 20
        assert SECRET not in package.record.text.text
        assert "Välkommen in" in package.record.text.text

    def test_nothing_can_be_taken_out_of_the_pdf_from_under_a_mask(self):
        package = masked_and_packed()

        paper = content(package.record, "utlamnande.pdf")
        told, drawn = pdfs.text_of(paper), pdfs.pictures_of(paper)

        assert "Andersson" not in told
        assert "Välkommen in" in told
        assert PROVISION in told
        assert drawn
        assert all(reddest(each) < 20 for each in drawn)

    def test_the_original_is_untouched(self):
        request = with_pages()
        record = request.chosen.get().record
        before = {file.name: content(record, file.name) for file in record.files.all()}

        review(pages_of(request)[0], "mask")
        handing.order_package(request, by=request.handler, reasons="Skäl")
        packed(request)

        assert {file.name: content(record, file.name) for file in record.files.all()} == before

    def test_its_checksums_hold(self, tmp_path):
        package = masked_and_packed()
        pack = zipfile.ZipFile(io.BytesIO(content(package.record, "utlamnande.zip")))
        pack.extractall(tmp_path)

        checked = subprocess.run(
            ["sha256sum", "-c", "kontrollsummor.sha256"], cwd=tmp_path, capture_output=True, text=True, check=False
        )

        assert checked.returncode == 0, checked.stderr
        assert len(checked.stdout.splitlines()) == len(pack.namelist()) - 1
        assert "sha256sum -c" in pack.read("LAS-MIG.txt").decode()

    def test_the_list_says_what_and_why_and_names_no_title_that_could_tell(self):
        package = masked_and_packed()

        entry = json.loads(content(package.record, "innehall.json"))["pages"][0]

        assert (entry["review"], entry["provision"], entry["masks"]) == ("Lämnas ut med maskning", PROVISION, 1)
        assert entry["record_title"] == ""
        pack = zipfile.ZipFile(io.BytesIO(content(package.record, "utlamnande.zip")))
        assert entry["sha256"] == hashlib.sha256(pack.read(entry["file"])).hexdigest()

    def test_what_is_handed_out_whole_is_the_original_byte_for_byte(self):
        request = with_pages()
        original = request.chosen.get().record.files.get(name="bild-001.jpg")
        review(pages_of(request)[0], "hand_out")
        handing.order_package(request, by=request.handler)

        package = packed(request)

        assert json.loads(content(package.record, "innehall.json"))["pages"][0]["sha256"] == original.sha256
        assert not package.record.files.filter(name="besked.pdf").exists()
        assert not DisclosureLetter.objects.exists()

    def test_a_withheld_page_is_replaced_by_one_that_says_so(self):
        request = with_pages(2)
        first, second = pages_of(request)
        review(first, "hand_out")
        review(second, "withhold")
        handing.order_package(request, by=request.handler, reasons="Skäl")

        package = packed(request)

        told = pdfs.text_of(content(package.record, "utlamnande.pdf"))
        assert "Sida 2 lämnas inte ut" in told
        assert (package.masked, package.withheld) == (0, 1)
        pack = zipfile.ZipFile(io.BytesIO(content(package.record, "utlamnande.zip")))
        assert not [name for name in pack.namelist() if "bild-002" in name]

    def test_the_answer_about_the_rest_goes_along_and_tells_of_the_right_to_a_decision(self):
        package = masked_and_packed()

        told = pdfs.text_of(content(package.record, "besked.pdf"))

        assert "Uppgiften rör någons hälsa." in told
        assert "6 kap. 3 § offentlighets- och sekretesslagen" in told
        assert "skriftligt beslut" in told
        assert DisclosureLetter.objects.get().record == package.record

    def test_what_was_made_of_a_marked_record_is_marked(self):
        trusted = person("registrar")
        trusted.roles.update(secrecy=True)
        record = page_record()
        marking.mark(record, by=trusted, provision=PROVISION, authority=record.authority)
        record.refresh_from_db()
        request = asked(trusted)
        choosing.add(request, record, by=trusted)
        review(pages_of(request)[0], "mask")
        handing.order_package(request, by=trusted, reasons="Skäl")

        package = packed(request)

        assert Record.objects.get(pk=package.record.pk).secret
        assert package.record.markings.get().provision == PROVISION

    def test_what_was_marked_after_it_was_ordered_goes_back_to_somebody_who_may_see_it(self):
        request = with_pages()
        review(pages_of(request)[0], "mask")
        handing.order_package(request, by=request.handler, reasons="Skäl")
        record = Record.objects.get(disclosures__disclosure=request)
        marking.mark(record, by=person("registrar"), provision=PROVISION, authority=record.authority)

        assert packed(request) is None

        request.refresh_from_db()
        assert (request.status, "sekretessmarkerad" in request.problem) == ("handling", True)
        assert not Record.objects.filter(kind="disclosure").exists()

    def test_what_was_marked_when_it_was_ready_is_not_handed_out_by_whoever_may_not_see_it(self):
        request = with_pages()
        review(pages_of(request)[0], "mask")
        handing.order_package(request, by=request.handler, reasons="Skäl")
        package = packed(request)
        record = Record.objects.get(disclosures__disclosure=request)

        marking.mark(record, by=person("registrar"), provision=PROVISION, authority=record.authority)

        request.refresh_from_db()
        with pytest.raises(Refused, match="sekretessmarkerad"):
            handing.hand_out(request, by=request.handler, how="mail")
        made = Record.objects.get(pk=package.record.pk)
        assert made.secret and made.markings.get().provision == PROVISION

    def test_the_worker_makes_it_once(self):
        request = with_pages()
        review(pages_of(request)[0], "mask")
        handing.order_package(request, by=request.handler, reasons="Skäl")

        followups.run_owed()
        followups.run_owed()
        packed(request)

        request.refresh_from_db()
        assert request.status == "ready"
        assert request.packages.count() == 1
        assert not LooseFile.objects.exists()

    def test_what_is_damaged_is_never_handed_out_and_the_handler_is_told(self):
        request = with_pages()
        review(pages_of(request)[0], "mask")
        handing.order_package(request, by=request.handler, reasons="Skäl")
        file = request.chosen.get().record.files.get(name="bild-001.jpg")
        store.storage().delete(store.place(file.sha256))

        assert packed(request) is None

        request.refresh_from_db()
        assert request.status == "handling"
        assert "bild-001.jpg" in request.problem

    def test_made_anew_it_is_a_second_one_and_the_first_was_not_handed_out(self):
        first = masked_and_packed()
        request = Disclosure.objects.get()
        perform(request, "review_again", by=request.handler, reason="En mask saknades")
        handing.order_package(request, by=request.handler, reasons="Skäl")
        second = packed(request)

        handing.hand_out(request, by=request.handler, how="paper")

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.number, first.handed_at) == (1, None)
        assert (second.number, second.how, second.handed_by) == (2, "paper", request.handler)
        assert Disclosure.objects.get().answered_at is not None


@pytest.mark.django_db
class TestReview:
    def test_other_files_are_withheld_when_something_is_masked(self):
        request = with_pages()
        choosing.choose(request.chosen.get(), ["bild-001.jpg", "text.txt", "sida.mhtml"], by=request.handler)
        picture_page, *files = pages_of(request)
        for file in files:
            review(file, "hand_out")

        review(picture_page, "mask")

        assert {page.verdict for page in pages_of(request) if not page.is_picture} == {"withhold"}

    def test_such_a_file_is_handed_out_only_when_somebody_says_so_of_it_alone(self):
        request = with_pages()
        choosing.choose(request.chosen.get(), ["bild-001.jpg", "text.txt"], by=request.handler)
        picture_page, file = pages_of(request)
        review(picture_page, "withhold")
        file.refresh_from_db()

        with pytest.raises(Refused, match="Bekräfta"):
            review(file, "hand_out")
        assert review(file, "hand_out", whole=True).whole

    def test_words_are_masked_on_every_chosen_picture_and_each_is_looked_at_anew(self):
        request = with_pages(3)
        first, second, third = pages_of(request)
        review(first, "hand_out")
        review(third, "withhold")

        count = reviewing.mask_words(second, by=request.handler, words="cancer", provision=PROVISION, everywhere=True)

        first, second, third = pages_of(request)
        assert count == 2
        assert (first.verdict, first.rectangles) == ("", [list(MASK)])
        assert (second.verdict, second.provision) == ("", PROVISION)
        assert third.verdict == "withhold"
        assert reviewing.mask_words(second, by=request.handler, words="cancer", provision=PROVISION) == 0

    def test_a_copy_of_a_page_that_is_not_reviewed_yet_has_its_masks_all_the_same(self):
        request = with_pages()
        page = pages_of(request)[0]
        reviewing.mask_words(page, by=request.handler, words="cancer", provision=PROVISION)
        page.refresh_from_db()
        record = request.chosen.get().record

        made = copies.copy(page, record, record.files.get(name=page.name), READ)

        assert reddest(made.content) < 20
        assert SECRET not in made.text

    def test_the_next_page_is_the_one_after_and_then_from_the_beginning(self):
        request = with_pages(3)
        first, second, third = pages_of(request)
        review(second, "hand_out")

        assert reviewing.next_of(request, first) == third
        assert reviewing.next_of(request, third) == first
        assert reviewing.next_of(request) == first


@pytest.mark.django_db
class TestLetters:
    def test_a_refusal_is_two_letters_and_both_are_records(self):
        request = with_pages(name="Kalle Kula")
        review(pages_of(request)[0], "withhold")

        answer = letters.refuse(request, by=request.handler, reasons="Uppgiften rör någons hälsa.")
        perform(request, "ask_decision", by=request.handler)
        decision = letters.decide(
            request,
            by=person("manager"),
            reasons="Det står inte klart att uppgiften kan röjas utan men.",
            reference="KS 2026/12",
            delegation="Delegationsordningen 4.2",
            court="Kammarrätten i Göteborg",
            appeal="",
        )

        request.refresh_from_db()
        assert (request.status, answer.record.kind, decision.record.kind) == ("decided", "disclosure", "decision")
        told = {}
        for letter, name in ((answer, "besked.pdf"), (decision, "beslut.pdf")):
            told[name] = pdfs.text_of(content(letter.record, name))
            assert "Kalle Kula" not in told[name]
        assert "Du har rätt att få frågan prövad av myndigheten" in told["besked.pdf"]
        assert "Kammarrätten i Göteborg" in told["beslut.pdf"]
        assert "inom tre veckor från den dag då du fick del av beslutet" in told["beslut.pdf"]
        assert "KS 2026/12" in told["beslut.pdf"]
        assert letters.last_court(request) == "Kammarrätten i Göteborg"

    def test_the_name_stands_in_a_letter_only_when_somebody_wants_it_there(self):
        request = with_pages(name="Kalle Kula")
        review(pages_of(request)[0], "withhold")

        answer = letters.refuse(request, by=request.handler, reasons="Skäl", named=True)

        assert "Kalle Kula" in pdfs.text_of(content(answer.record, "besked.pdf"))

    def test_a_refusal_that_is_refused_leaves_no_record(self):
        request = with_pages()

        with pytest.raises(Refused):
            letters.refuse(request, by=request.handler, reasons="Skäl")

        assert not Record.objects.filter(kind="disclosure").exists()

    def test_a_letter_is_never_changed(self):
        request = with_pages()
        review(pages_of(request)[0], "withhold")
        letter = letters.refuse(request, by=request.handler, reasons="Skäl")

        with pytest.raises(Exception, match="pgtrigger"):
            DisclosureLetter.objects.filter(pk=letter.pk).update(court="x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"verdict": "mask"}, {"verdict": "withhold"}, {"verdict": "hand_out", "rectangles": [[1, 1, 9, 9]]}]
)
def test_the_database_refuses_a_review_that_contradicts_itself(change):
    request = with_pages()

    with pytest.raises(Exception, match="disclosure_page"):
        DisclosurePage.objects.filter(pk=pages_of(request)[0].pk).update(reviewed_at="2026-05-01T10:00Z", **change)


@pytest.mark.django_db
def test_neither_the_log_nor_the_list_names_a_file_that_is_withheld():
    request = with_pages()
    choosing.choose(request.chosen.get(), ["bild-001.jpg", "sida.mhtml"], by=request.handler)
    review(pages_of(request)[0], "mask")
    handing.order_package(request, by=request.handler, reasons="Skäl")

    package = packed(request)

    assert "sida.mhtml" not in content(package.record, "innehall.json").decode()
    assert not [event for event in AuditEvent.objects.filter(object_id=request.pk) if "mhtml" in str(event.data)]


@pytest.mark.django_db
def test_a_record_that_is_disposed_of_leaves_its_identifier_and_nothing_to_hand_out(client):
    request = with_pages()
    review(pages_of(request)[0], "hand_out")
    request.chosen.update(record=None)

    client.force_login(request.handler)
    shown = client.get(request.get_absolute_url()).content.decode()

    assert "Gallrad handling" in shown
    with pytest.raises(Refused, match="gallrad"):
        handing.order_package(request, by=request.handler)
