"""A packed file (a platform's export, a saved page with its folder): listed, its pages read in passing, never unpacked.

What a packed file says of itself is not believed: of each file within no more is read than the limits allow.
"""

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from archive.incoming import limits, webtext

OFFICE = "[Content_Types].xml"
READ = frozenset({".html", ".htm", ".xhtml", ".txt", ".json", ".mhtml", ".mht"})
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, IndexError)


class Locked(ValueError):
    """A packed file that opens only with a password."""


class Office(ValueError):
    """A document of an office program, which is packed as well."""


def look(path: Path) -> tuple[dict[str, Any], str]:
    """Answer what is within (how many, how large, the first names) and its text.

    Raises `Locked`, `Office`, or ValueError where it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            files = [each for each in pack.infolist() if not each.is_dir()]
            _check(files)
            return _listed(files), _text(pack, files)
    except (Locked, Office):
        raise
    except BROKEN as error:
        raise ValueError("no ZIP") from error


def _check(files: list[zipfile.ZipInfo]) -> None:
    if not files:
        raise ValueError("empty")
    if any(each.flag_bits & 1 for each in files):
        raise Locked
    if any(each.filename == OFFICE for each in files):
        raise Office


def _listed(files: list[zipfile.ZipInfo]) -> dict[str, Any]:
    first = files[: limits.MOST_LISTED]
    return {
        "count": len(files),
        "unpacked": sum(each.file_size for each in files),
        "strange": sum(_is_strange(each.filename) for each in files),
        "listed": [[webtext.clean(each.filename, limits.NAME_LETTERS), each.file_size] for each in first],
    }


def _is_strange(name: str) -> bool:
    """Answer whether a name would lead out of the folder it is unpacked in, or reads as another."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:3] or webtext.clean(name, len(name)) != name


def _text(pack: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> str:
    read, letters, texts = 0, 0, []
    pages = [each for each in files if PurePosixPath(each.filename).suffix.lower() in READ]
    for page in pages[: limits.MOST_MEMBERS_READ]:
        content = _member(pack, page)
        text = _words(page.filename.lower(), content, limits.MOST_LETTERS - letters)
        read, letters = read + len(content), letters + len(text) + 1
        if text:
            texts.append(text)
        if read > limits.READ_OF_PACK or letters >= limits.MOST_LETTERS:
            break
    return "\n".join(texts)[: limits.MOST_LETTERS]


def _member(pack: zipfile.ZipFile, page: zipfile.ZipInfo) -> bytes:
    try:
        with pack.open(page) as file:
            return file.read(limits.READ_OF_MEMBER)
    except BROKEN:
        return b""


def _words(name: str, content: bytes, most: int) -> str:
    if name.endswith(".json"):
        return webtext.of_json(content, most) or ""
    if name.endswith(".txt"):
        return webtext.tidy(content.decode("utf-8", errors="replace"))[:most]
    if name.endswith((".mhtml", ".mht")):
        return webtext.of_mhtml(content, most)[1]
    return webtext.of_html(content, most=most)[1]
