"""A PDF that somebody sent: counted, drawn as pictures, and its text with where it stands. Run in the child alone."""

import ctypes
import json
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from archive.incoming import limits
from archive.incoming.webtext import clean

POINTS_PER_INCH = 72
LINE_ENDS = frozenset({0, 10, 13})
PASSWORD = raw.FPDF_ERR_PASSWORD


class Locked(ValueError):
    """A PDF that opens only with a password."""


def check(path: Path) -> dict[str, Any]:
    """Answer how many pages it has and what it hides. Raises `Locked`, or ValueError where it cannot be read."""
    document = _opened(path)
    scripts = raw.FPDFDoc_GetJavaScriptActionCount(document)
    return {"pages": len(document), "scripts": max(0, scripts), "attachments": document.count_attachments()}


def draw(path: Path, folder: Path, most: int = limits.MOST_PAGES) -> None:
    """Write page by page a picture (`sida-001.jpg`), and a line of what stands where to `sidor.jsonl`."""
    document = _opened(path)
    with (folder / "sidor.jsonl").open("w", encoding="utf-8") as told:
        for number in range(min(len(document), most)):
            page = _page(document, number, folder / f"sida-{number + 1:03}.jpg")
            if page is not None:
                told.write(json.dumps(page) + "\n")
                told.flush()


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
        if not len(document):
            raise ValueError("no pages")
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD or "password" in str(error).lower():
            raise Locked from error
        raise ValueError("no PDF") from error
    return document


def _page(document: pypdfium2.PdfDocument, number: int, target: Path) -> dict[str, Any] | None:
    """Draw one page; None for one that cannot be drawn, as the others may be whole."""
    try:
        page = document[number]
        scale = _scale(*page.get_size())
        image = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True).to_pil().convert("RGB")
        image.save(target, "JPEG", quality=limits.QUALITY)
        lines = _lines(page, scale)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return None
    return {"picture": target.name, "width": image.width, "height": image.height, "lines": lines}


def _scale(width: float, height: float) -> float:
    """Answer how much the page grows to be as wide as a page on the screen, and no larger than memory bears."""
    if not (width > 0 and height > 0):
        raise ValueError("a page without a size")
    wide = limits.PAGE_WIDTH / width
    return min(wide, limits.PAGE_LONGEST / max(width, height), (limits.PAGE_PIXELS / (width * height)) ** 0.5)


def _lines(page: pypdfium2.PdfPage, scale: float) -> list[list[Any]]:
    """Answer the page's lines as [x, y, width, height, text], in points of the picture."""
    text = page.get_textpage()
    found: list[list[Any]] = []
    letters: list[str] = []
    box: list[float] = []
    for index in range(min(text.count_chars(), limits.PAGE_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in LINE_ENDS:
            _end_line(found, letters, box)
            letters, box = [], []
            continue
        letters.append(chr(code) if code < 0x110000 else " ")
        box = _around(box, _on_picture(page, _box(text, index), scale))
    _end_line(found, letters, box)
    return found


def _end_line(found: list[list[Any]], letters: list[str], box: list[float]) -> None:
    words = clean("".join(letters), limits.PAGE_LETTERS)
    if words and box:
        left, top, right, bottom = map(round, box)
        found.append([left, top, max(1, right - left), max(1, bottom - top), words])


def _box(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    return text.get_charbox(index, loose=True)


def _on_picture(page: pypdfium2.PdfPage, box: tuple[float, ...], scale: float) -> tuple[float, float, float, float]:
    """Answer where a box of the page (left, bottom, right, top) lies on its picture, however it is turned."""
    width, height = (round(side * scale) for side in page.get_size())
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        corners.append((max(0, min(width, across.value)), max(0, min(height, down.value))))
    (one, two), (three, four) = corners
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _around(box: list[float], more: tuple[float, float, float, float]) -> list[float]:
    if not box:
        return list(more)
    return [min(box[0], more[0]), min(box[1], more[1]), max(box[2], more[2]), max(box[3], more[3])]
