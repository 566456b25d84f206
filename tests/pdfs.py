"""What stands inside a PDF."""

import io
import re
import zlib

import pypdfium2


def unpacked(document: bytes) -> bytes:
    """Answer the streams of a PDF, decompressed."""
    starts = [found.end() for found in re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n", document)]
    return b"".join(zlib.decompressobj().decompress(document[start:]) for start in starts)


def is_for_the_archive(document: bytes) -> bool:
    """Answer whether it says that it is PDF/A-2a, and has the tags and the language that level demands."""
    inside = unpacked(document)
    marks = (b'pdfaid:part="2" pdfaid:conformance="A"', b"/StructTreeRoot", b"/Lang")
    return document.startswith(b"%PDF-1.7") and all(mark in inside for mark in marks)


def text_of(document: bytes) -> str:
    """Answer every word that can be taken out of a PDF, seen or not, with single spaces."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    finally:
        pdf.close()


def pictures_of(document: bytes) -> list[bytes]:
    """Answer every picture that can be taken out of a PDF, as it lies there."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        return [_taken(each) for page in pdf for each in page.get_objects() if isinstance(each, pypdfium2.PdfImage)]
    finally:
        pdf.close()


def _taken(image: pypdfium2.PdfImage) -> bytes:
    out = io.BytesIO()
    image.extract(out)
    return out.getvalue()
