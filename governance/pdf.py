"""The one door to WeasyPrint: a template becomes a PDF/A, the same input the same bytes."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.conf import settings
from django.template.loader import render_to_string

# The archive's choice: part 2 is accepted where part 3 is refused, level "a" brings the tags that are read aloud.
VARIANT = "pdf/a-2a"
# WeasyPrint would ask viewers to interpolate pictures, which PDF/A forbids.
PICTURES = "img{image-rendering:crisp-edges}"


class PdfUnavailable(Exception):
    """The system lacks what WeasyPrint draws with (pango); `script/setup` names the packages."""


def render(template: str, context: dict[str, Any], *, title: str, folder: Path | None = None) -> bytes:
    """Answer the template as a tagged PDF/A-2a with `title` in its metadata.

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
    return document.write_pdf(pdf_variant=VARIANT, stylesheets=[weasyprint.CSS(string=PICTURES)])


def _inside(base: Path, url: str) -> bytes:
    """Answer a file below `base` and nothing else: captured text must not reach other files, or a network."""
    parts = urlparse(url)
    path = Path(unquote(parts.path)).resolve()
    if parts.scheme != "file" or not path.is_relative_to(base):
        raise ValueError(f"not read: {parts.scheme}")
    return path.read_bytes()
