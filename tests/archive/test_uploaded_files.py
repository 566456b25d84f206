"""What a file that somebody sends is told to be, what is drawn and read of it, and what is refused in words."""

import io
import json
import zipfile

import pillow_heif
import pytest
from PIL import Image, ImageFile

from archive.incoming import files, limits, reading
from archive.incoming.refusals import UploadRefused
from tests.archive.uploaded import GPS, HTML, MHTML, located, packed, pdf, picture, read


def drawn(folder, *contents: bytes) -> files.Drawn:
    return files.draw([read(content) for content in contents], folder)


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (picture("PNG"), "png", "image/png"),
        (picture("JPEG"), "jpeg", "image/jpeg"),
        (picture("WEBP"), "webp", "image/webp"),
        (pdf("Hej"), "pdf", "application/pdf"),
        (MHTML, "mhtml", "multipart/related"),
        (HTML, "html", "text/html"),
        (b"\xef\xbb\xbf \n<!-- sparad --><html><body>Hej</body></html>", "html", "text/html"),
        (b'{"inlagg": ["Hej"]}', "json", "application/json"),
        (packed({"a.html": b"<p>Hej"}), "zip", "application/zip"),
    ],
)
@pytest.mark.parametrize("name", ["x.exe", "bild.png", ""])
def test_what_a_file_is_is_told_by_its_content_whatever_it_is_called(content, kind, media_type, name):
    upload = read(content, name)

    assert (upload.kind, upload.media_type, upload.size) == (kind, media_type, len(content))


def test_a_telephones_heic_is_drawn_the_right_way_up_and_forgets_where_it_was_taken():
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (59.0, 11.0, 0.0)}
    upload = read(picture("HEIF", (128, 64), exif=exif.tobytes()), "IMG_1.HEIC")

    assert (upload.kind, upload.picture.width, upload.picture.height) == ("heic", 128, 64)
    assert upload.facts == {"location": True}
    with Image.open(io.BytesIO(upload.picture.jpeg)) as ours:
        assert not ours.getexif()


@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 200)), (3, (400, 200)), (6, (200, 400)), (8, (200, 400))])
def test_a_photo_in_any_orientation_is_turned_and_our_copy_says_nothing_of_where(orientation, size):
    content = located(orientation)
    upload = read(content)

    assert (upload.picture.width, upload.picture.height) == size
    assert upload.facts == {"location": True}
    assert upload.content() == content
    with Image.open(io.BytesIO(upload.picture.jpeg)) as ours:
        assert not ours.getexif()
    assert b"Exif" not in upload.picture.jpeg


def test_a_telephones_picture_with_a_second_one_behind_it_is_a_jpeg():
    out, second = io.BytesIO(), Image.new("RGB", (300, 200), "blue")
    Image.new("RGB", (300, 200), "red").save(out, "MPO", save_all=True, append_images=[second])

    upload = read(out.getvalue())

    assert (upload.media_type, upload.suffix, upload.content()) == ("image/jpeg", "jpg", out.getvalue())
    assert upload.picture.width == 300


def test_a_pdfs_pages_become_pictures_and_its_text_has_its_places(tmp_path):
    made = drawn(tmp_path, pdf("Forsta raden", "Andra sidan"), picture("JPEG"))

    assert list(made.sizes) == ["sida-001.jpg", "sida-002.jpg", "bild-001.jpg"]
    assert made.sizes["sida-001.jpg"] == [1280, 1812]
    assert made.text == "Forsta raden\nAndra sidan"
    (x, y, w, h, text) = made.pages[0]["lines"][0]
    assert text == "Forsta raden"
    assert 140 < x < 170
    assert 250 < y < y + h < 320
    assert 200 < w < 400
    assert made.pages[2]["lines"] == []


def test_two_pdfs_do_not_mix_their_pages(tmp_path):
    made = drawn(tmp_path, pdf("Ett"), pdf("Annat"))

    assert [page["lines"][0][4] for page in made.pages] == ["Ett", "Annat"]
    assert list(made.sizes) == ["sida-001.jpg", "sida-002.jpg"]


def test_the_text_of_saved_pages_is_read_and_their_programs_are_not(tmp_path):
    page, saved = read(HTML), read(MHTML)

    assert (page.text, page.facts) == ("Hej på er\nÖppet i dag", {"title": "Sidan"})
    assert saved.text == "Båtar och bilar"
    assert saved.facts == {"title": "Torget på nätet", "address": "https://torget.example/konto"}
    made = drawn(tmp_path, HTML, MHTML)
    assert made.text == "Hej på er\nÖppet i dag\n\nBåtar och bilar"
    assert made.pictures == []


def test_a_platforms_export_is_listed_and_its_pages_and_data_are_read():
    data = json.dumps({"posts": [{"text": "Ã\xa5ngbÃ\xa5t"}, {"text": "Hej"}]}).encode()
    upload = read(packed({"index.html": HTML, "posts/1.json": data, "bild.jpg": picture("JPEG"), "tom/": b""}))

    assert upload.text == "Hej på er\nÖppet i dag\nångbåt\nHej"
    assert upload.facts["count"] == 3
    assert [name for name, _size in upload.facts["listed"]] == ["index.html", "posts/1.json", "bild.jpg"]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_refused_whatever_another_library_has_told_pillow(monkeypatch, form):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = picture(form)

    with pytest.raises(UploadRefused, match="går inte att läsa"):
        read(content[: len(content) - 20])
    assert read(content).picture


def stopped(trailer: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("a.txt", "hej")
    content = bytearray(out.getvalue())
    content[6] |= 1  # says that it is encrypted
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


LOCKED_PDF = pdf(
    "Hemligt",
    trailer="/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "11" * 32 + ">>>",
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "är tom"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", "ritad bild"),
        (b"<?xml version='1.0'?><svg><title>x</title></svg>", "ritad bild"),
        (picture("GIF"), "GIF-bild"),
        (picture("TIFF"), "går inte att läsa"),
        (b"\0\0\0\x18ftypmp42" + bytes(100), "är en film"),
        (b"MZ" + bytes(200), "går inte att läsa"),
        (b"Hej, bara text", "går inte att läsa"),
        (b"%PDF-1.7 half", "skadad PDF"),
        (b"%PDF-1.7\n%%EOF\n", "skadad PDF"),
        (LOCKED_PDF, "lösenord"),
        (packed({}), "tom eller skadad ZIP"),
        (packed({"a.html": HTML})[:40], "tom eller skadad ZIP"),
        (stopped(), "lösenord"),
        (packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "kontorsdokument"),
        (b'{"halv": ', "går inte att läsa"),
        (picture(size=(20_000, 20_000), mode="1"), "för stor bild"),
        (picture(size=(1, 65_001)), "för stor bild"),
    ],
)
def test_what_is_not_kept_is_named_with_the_reason(content, words):
    with pytest.raises(UploadRefused, match=words) as refused:
        read(content, "min fil.png")
    assert str(refused.value).startswith("min fil.png")


def test_too_large_a_file_of_its_kind_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = 10

    with pytest.raises(UploadRefused, match="för stor"):
        reading.read("export.zip", 11, io.BytesIO(b"PK\x03\x04"))
    with pytest.raises(UploadRefused, match="för stor"):
        reading.read("stor.png", limits.LARGEST_PICTURE + 1, io.BytesIO(picture()))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\bilder\\semester.jpg", "semester.jpg"),
        ("bild\u202egpj.exe", "bildgpj.exe"),
        ("bi\0ld\n.png", "bild .png"),
        ("\u202e", "fil"),
        ("a" * 900, "a" * 200),
    ],
)
def test_a_name_leads_nowhere_and_reads_as_it_is_written(name, shown):
    assert read(picture(), name).name == shown
