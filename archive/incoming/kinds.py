"""What a file is, by how it begins; its name says nothing."""

import re

PNG, JPEG, WEBP, HEIC = "png", "jpeg", "webp", "heic"
PDF, MHTML, HTML, JSON, ZIP = "pdf", "mhtml", "html", "json", "zip"
SVG, FILM, GIF, UNKNOWN = "svg", "film", "gif", "unknown"

PICTURES = frozenset({PNG, JPEG, WEBP, HEIC})
# The media type a kept file is handed out as, and the ending of its name.
MEDIA = {
    PNG: ("image/png", "png"),
    JPEG: ("image/jpeg", "jpg"),
    WEBP: ("image/webp", "webp"),
    HEIC: ("image/heic", "heic"),
    PDF: ("application/pdf", "pdf"),
    MHTML: ("multipart/related", "mhtml"),
    HTML: ("text/html", "html"),
    JSON: ("application/json", "json"),
    ZIP: ("application/zip", "zip"),
}
LOOKED_AT = 16 * 1024
BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
)
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
MIME_HEAD = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
HTML_HEAD = re.compile(r"<(!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
SVG_HEAD = re.compile(r"<svg\b", re.IGNORECASE)
COMMENTS = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


def of(head: bytes) -> str:
    """Answer the kind of a file that begins like this; UNKNOWN for whatever is not told here."""
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in HEIF_BRANDS else FILM
    return _of_text(head[:LOOKED_AT])


def _of_text(head: bytes) -> str:
    """Answer the kind of what may be text: a saved page in its two shapes, or data."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
    elif b"\0" in head:
        return UNKNOWN
    else:
        text = head.decode("utf-8", errors="replace")
    text = COMMENTS.sub("", text.lstrip("\ufeff")).lstrip()
    if MIME_HEAD.search(head.split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]):
        return MHTML
    if text.startswith("<"):
        return _of_markup(text)
    return JSON if text.startswith(("{", "[")) else UNKNOWN


def _of_markup(text: str) -> str:
    page, drawing = HTML_HEAD.search(text), SVG_HEAD.search(text)
    if page and not (drawing and drawing.start() < page.start()):
        return HTML
    return SVG if drawing else UNKNOWN
