"""Scanned papers, sound and broken, as they are sent in."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import ActivityPlan, PaperScan
from accounts.signatures import paper_signing
from accounts.signatures.paper_signing import Entry
from accounts.signatures.signing import Place
from tests.accounts.factories import Town

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
DAY = date(2013, 4, 2)


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    """A picture of this kind."""
    sink = BytesIO()
    Image.new("RGB", size, "white").save(sink, kind)
    return sink.getvalue()


def upload(content: bytes = PDF, name: str = "plan.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def scanned(plan: ActivityPlan, town: Town, content: bytes = PDF) -> PaperScan:
    """A scan that communications has laid in."""
    return paper_signing.add_scan(plan, by=town.officer, name="plan.pdf", media_type="application/pdf", content=content)


def entry(place: Place, name: str = "") -> Entry:
    """A signature as it stands on the paper, on a day in 2013."""
    return Entry(place, name or str(place.user), DAY)
