"""The one door to WeasyPrint: a template becomes a PDF/A, the same input the same bytes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.conf import settings
from django.template.loader import render_to_string

# The archive's choice: part 2 is accepted where part 3 is refused, level "a" brings the tags that are read aloud.
VARIANT = "pdf/a-2a"
# Only part 3 lets another file ride along.
WITH_ATTACHMENTS = "pdf/a-3a"
# Files that ride along say no time of their own: the same input must give the same bytes.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# A typeface that is cut down to the signs in use would carry the moment it was cut; so it says this one, always.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
# WeasyPrint would ask viewers to interpolate pictures, which PDF/A forbids.
PICTURES = "img{image-rendering:crisp-edges}"


class PdfUnavailable(Exception):
    """The system lacks what WeasyPrint draws with (pango); `script/setup` names the packages."""


@dataclass(frozen=True)
class Attached:
    """A file that rides along inside a PDF: what the PDF was made of."""

    name: str
    caption: str
    content: bytes


def render(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    folder: Path | None = None,
    attached: Sequence[Attached] = (),
) -> bytes:
    """Answer the template as a tagged PDF/A-2a with `title` in its metadata; as PDF/A-3a where something is attached.

    Pictures are named relative to `folder`; nothing outside it and the project's own static files is read, and nothing
    is fetched from a network. Raises `PdfUnavailable` where the system lacks pango.
    """
    try:
        import weasyprint  # noqa: PLC0415 - raises OSError where pango is missing: only who prints, fails
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415
    except OSError as error:
        raise PdfUnavailable(str(error)) from error
    base = (folder or settings.BASE_DIR / "static").resolve()

    class Inside(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, _inside(base, url))

    html = render_to_string(template, {"title": title, **context})
    document = weasyprint.HTML(string=html, base_url=f"{base.as_uri()}/", url_fetcher=Inside())
    riding = [_riding(weasyprint, each) for each in attached]
    variant = WITH_ATTACHMENTS if riding else VARIANT
    styles = [weasyprint.CSS(string=PICTURES)]
    return document.write_pdf(pdf_variant=variant, stylesheets=styles, attachments=riding or None)


def _riding(weasyprint: Any, file: Attached) -> Any:
    about = {"name": file.name, "description": file.caption, "relationship": "Source"}
    return weasyprint.Attachment(file_obj=BytesIO(file.content), created=LONG_AGO, modified=LONG_AGO, **about)


def _inside(base: Path, url: str) -> bytes:
    """Answer a file below `base` and nothing else: captured text must not reach other files, or a network."""
    parts = urlparse(url)
    path = Path(unquote(parts.path)).resolve()
    if parts.scheme != "file" or not path.is_relative_to(base):
        raise ValueError(f"not read: {parts.scheme}")
    return path.read_bytes()
