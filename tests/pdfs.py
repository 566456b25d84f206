"""What stands inside a PDF."""

import re
import zlib


def unpacked(document: bytes) -> bytes:
    """Answer the streams of a PDF, decompressed."""
    starts = [found.end() for found in re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n", document)]
    return b"".join(zlib.decompressobj().decompress(document[start:]) for start in starts)


def is_for_the_archive(document: bytes) -> bool:
    """Answer whether it says that it is PDF/A-2a, and has the tags and the language that level demands."""
    inside = unpacked(document)
    marks = (b'pdfaid:part="2" pdfaid:conformance="A"', b"/StructTreeRoot", b"/Lang")
    return document.startswith(b"%PDF-1.7") and all(mark in inside for mark in marks)
