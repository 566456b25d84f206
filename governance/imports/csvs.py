"""Text files with separated values, as Swedish spreadsheets write them; the same file is always read the same way."""

import csv
import io
from collections import Counter

from django.utils.translation import gettext as _

from governance.imports.sheets import Sheet, Unreadable, collect

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = ";\t,"  # in this order where two fit as well
LINES_TRIED = 30
NAMED_DELIMITER = "sep="  # Excel's own first line


def read(content: bytes, name: str) -> list[Sheet]:
    """Answer the file as one sheet. Raises `Unreadable`."""
    text = decoded(content)
    if text.lower().startswith(NAMED_DELIMITER):
        first, _end, rest = text.partition("\n")
        delimiter, text, before = first[len(NAMED_DELIMITER) :].strip("\r")[:1] or ";", rest, 1
    else:
        delimiter, before = delimiter_of(text), 0
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        # Lines are counted as rows: a spreadsheet shows a cell with line breaks as one row.
        for number, cells in enumerate(reader, start=1 + before):
            collect(name, rows, cells, number)
    except (csv.Error, TypeError, ValueError) as error:
        words = _("Filen kan inte delas i kolumner efter rad %(row)d. Se över citattecknen där.")
        raise Unreadable(words % {"row": reader.line_num + before}) from error
    return [Sheet(name, rows)]


def decoded(content: bytes) -> str:
    """Answer the text, in the encoding that its first bytes name, else UTF-8, else Windows-1252."""
    encoding = next((name for mark, name in BOMS if content.startswith(mark)), None) or _unmarked_utf16(content)
    for tried in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(tried)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    words = _("Filen är varken ett kalkylblad (.xlsx) eller text (.csv) som kan läsas. Spara den på nytt som .xlsx.")
    raise Unreadable(words)


def delimiter_of(text: str) -> str:
    """Answer the delimiter that divides the first lines into the most columns, alike on as many lines as possible."""
    lines = [line for line in text.splitlines()[:LINES_TRIED] if line.strip()]
    return max(DELIMITERS, key=lambda each: (_evenness(lines, each), -DELIMITERS.index(each)))


def _evenness(lines: list[str], delimiter: str) -> int:
    widths = Counter(_width(line, delimiter) for line in lines)
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 1


def _unmarked_utf16(content: bytes) -> str | None:
    """Text of ours has a zero in every other byte in UTF-16; which one tells the order of the bytes."""
    head = content[:200]
    if len(head) < 4 or len(content) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and not odd else None
