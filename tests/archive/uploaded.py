"""Files as people send them, and as nobody should."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from archive.incoming import reading, uploading
from archive.incoming.reading import Upload
from archive.models import Snapshot
from governance import clock
from tests.archive.factories import SnapshotFactory

GPS, ORIENTATION = 0x8825, 0x0112
HOW = "Skärmdump, inloggad"

HTML = (
    "<!doctype html><html><head><title>Sidan</title><script>alert('ond kod')</script></head>"
    "<body><h1>Hej på er</h1><p>Öppet <b>i dag</b></p></body></html>"
).encode()
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://torget.example/konto\r\n"
    b"Subject: =?utf-8?Q?Torget_p=C3=A5_n=C3=A4tet?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="GRANS"\r\n\r\n--GRANS\r\n'
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>B=C3=A5tar och bilar</p><script>ondkod()</script>\r\n--GRANS--\r\n"
)


def picture(form: str = "PNG", size: tuple[int, int] = (300, 900), mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 1).save(out, form, **options)
    return out.getvalue()


def located(orientation: int = 1) -> bytes:
    """Answer a telephone's picture, lying on its side, that says where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (59.0, 11.0, 0.0)}
    return picture("JPEG", (400, 200), exif=exif)


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return out.getvalue()


def pdf(*pages: str, root: str = "", trailer: str = "") -> bytes:
    """Answer a plain PDF with one line of text on each page."""
    bodies, kids = [], []
    for number, text in enumerate(pages):
        content, page = 4 + 2 * number, 5 + 2 * number
        stream = f"BT /F 24 Tf 72 700 Td ({text}) Tj ET"
        bodies.append((content, f"<</Length {len(stream)}>>stream\n{stream}\nendstream\n"))
        about = f"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R"
        bodies.append((page, f"<<{about}/Resources<</Font<</F 3 0 R>>>>>>"))
        kids.append(f"{page} 0 R")
    heads = [
        (1, f"<</Type/Catalog/Pages 2 0 R{root}>>"),
        (2, f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"),
        (3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    ]
    objects = "".join(f"{number} 0 obj{body}endobj\n" for number, body in [*heads, *bodies])
    return f"%PDF-1.7\n{objects}trailer<</Root 1 0 R{trailer}>>\n%%EOF\n".encode()


def read(content: bytes, name: str = "fil") -> Upload:
    return reading.read(name, len(content), io.BytesIO(content))


def sent(*files: tuple[str, bytes], **changed) -> dict:
    """Answer what a browser posts."""
    said = {"taken_at": "2026-01-02T10:30", "how": HOW, "missing": "", "authors": ""}
    return {**said, "files": [SimpleUploadedFile(name, content) for name, content in files], **changed}


def waiting(account, status: str = "failed", **fields) -> Snapshot:
    """Answer a picture that was asked for and not taken."""
    more = {"failure_code": "login_wall"} if status == "failed" else {}
    return SnapshotFactory(account=account, status=status, **{**more, **fields})


def kept_for(account, by, *contents: bytes, **more) -> Snapshot:
    """Answer what became of files that somebody uploaded for an account."""
    files = [read(content) for content in contents or [picture()]]
    return uploading.upload_for(account, by=by, files=files, taken_at=clock.now(), **{"how": HOW, **more})


def replaced(snapshot, by, *contents: bytes, **more) -> Snapshot:
    """Answer a picture in whose place somebody uploaded files."""
    files = [read(content) for content in contents or [picture()]]
    return uploading.replace(snapshot, by=by, files=files, taken_at=clock.now(), **{"how": HOW, **more})


def page_of(name: str, of) -> str:
    """Answer the address of a page about something."""
    return reverse(f"archive:{name}", args=[of.pk])
