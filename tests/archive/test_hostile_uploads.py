"""Files made to harm: they cost a process of their own, are never unpacked, and are shown only as drawn anew."""

import io
import json
import time
import zlib

import pypdfium2
import pytest

from archive.incoming import bounded, files, limits, reading
from tests.archive.uploaded import HTML, packed, pdf, picture, read


def drawn(folder, *contents: bytes) -> files.Drawn:
    return files.draw([read(content) for content in contents], folder)


def test_a_polyglot_is_what_it_begins_as_and_what_is_shown_of_it_is_drawn_anew():
    content = picture("JPEG") + packed({"ond.html": HTML}) + HTML + b"\xff\xd9"
    upload = read(content)

    assert upload.kind == "jpeg"
    assert upload.content() == content
    assert b"alert" not in upload.picture.jpeg
    assert b"PK\x03\x04" not in upload.picture.jpeg


def test_a_pdf_that_holds_programs_and_files_is_drawn_and_the_record_says_so(tmp_path):
    program = "/JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>"
    names = f"/Names<<{program}/EmbeddedFiles<</Names[(b.exe)<</Type/Filespec/F(b.exe)>>]>>>>"
    upload = read(pdf("Hej", root=names))

    assert upload.facts == {"pages": 1, "scripts": 1, "attachments": 1}
    assert files.draw([upload], tmp_path).text == "Hej"


def test_of_a_pdf_with_very_many_pages_the_first_are_shown_and_the_rest_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(files.limits, "MOST_PAGES", 150)
    document = pypdfium2.PdfDocument.new()
    for _number in range(3_000):
        document.new_page(10, 10)
    out = io.BytesIO()
    document.save(out)
    upload = read(out.getvalue())
    made = files.draw([upload], tmp_path)

    assert upload.facts["pages"] == 3_000
    assert len(made.pictures) == 150
    assert "2850 till finns bara i originalet" in made.remarks[0]


@pytest.mark.parametrize("box", ["0 0 14400 14400", "0 0 1 14400", "0 0 14400 1", "0 0 1e30 1e30", "0 0 0 0"])
def test_a_page_of_any_size_is_drawn_within_bounds_or_told_as_missing(tmp_path, box):
    made = drawn(tmp_path, pdf("Hej").replace(b"0 0 595 842", box.encode()))

    assert len(made.pictures) + len(made.remarks) == 1
    for width, height in made.sizes.values():
        assert width * height <= limits.PAGE_PIXELS * 1.01


def test_a_stream_that_grows_without_end_costs_its_own_process_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 3)
    bomb = zlib.compress(b"0 0 m 595 842 l S\n" * 3_000_000, 9)
    head = pdf("Hej").replace(b"%%EOF\n", b"")
    bombed = (
        head
        + f"4 0 obj<</Filter/FlateDecode/Length {len(bomb)}>>stream\n".encode()
        + bomb
        + b"\nendstream endobj\n%%EOF\n"
    )
    began = time.monotonic()
    made = drawn(tmp_path, bombed)

    assert len(made.pictures) + len(made.remarks) == 1
    assert time.monotonic() - began < limits.SECONDS * 2 + 15


def test_whoever_reads_too_long_is_ended_and_what_was_drawn_before_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded.subprocess, "run", ended_after_one_page)
    upload = reading.Upload("a", "pdf", 1, "0", b"%PDF-", facts={"pages": 3})
    made = files.draw([upload], tmp_path)

    assert list(made.sizes) == ["sida-001.jpg"]
    assert "2 till finns bara i originalet" in made.remarks[0]


def ended_after_one_page(command, cwd, timeout, **options):
    (cwd / "sida-001.jpg").write_bytes(picture("JPEG", (10, 10)))
    line = {"picture": "sida-001.jpg", "width": 10, "height": 10, "lines": []}
    (cwd / "sidor.jsonl").write_text(json.dumps(line) + '\n{"picture": "sida-0', encoding="utf-8")
    raise bounded.subprocess.TimeoutExpired(command, timeout)


def test_a_zip_bomb_is_listed_and_never_unpacked(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arbete"
    upload = read(packed({f"{n}.html": b"0" * 20_000_000 for n in range(12)}))

    assert upload.facts["unpacked"] == 240_000_000
    assert len(upload.text) <= limits.MOST_LETTERS
    assert list((tmp_path / "arbete").iterdir()) == []


def test_of_very_many_files_within_the_first_are_listed_and_all_are_counted():
    upload = read(packed({f"{n}.bin": b"" for n in range(2000)}))

    assert upload.facts["count"] == 2000
    assert len(upload.facts["listed"]) == limits.MOST_LISTED


def test_names_within_that_lead_astray_are_counted_and_shown_harmless():
    upload = read(
        packed({"../../etc/cron.d/x": b"", "/etc/passwd": b"", "C:\\x": b"", "a\u202eb": b"", "ok/a.txt": b""})
    )

    assert upload.facts["strange"] == 4
    assert "\u202e" not in json.dumps(upload.facts["listed"], ensure_ascii=False)


def test_the_process_that_reads_knows_no_secrets(tmp_path, monkeypatch):
    seen = {}
    monkeypatch.setattr(bounded.subprocess, "run", lambda command, env, **options: seen.update(env))
    bounded.have("html", tmp_path / "x", tmp_path)

    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & set(seen)
