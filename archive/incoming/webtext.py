"""The text of a saved page (HTML, MHTML) or of data (JSON): read, never run, and never more than is asked for.

Nothing here raises for what a file holds: what cannot be read is left out.
"""

import json
import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser

from archive.incoming.limits import MOST_LETTERS, MOST_PARTS, READ_OF_PAGE

UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "object", "iframe", "head"})
WORDS = "a abbr b bdi bdo cite code data del dfn em font i img ins kbd label mark q s samp small span strong sub sup"
IN_LINE = frozenset([*WORDS.split(), "time", "u", "var", "wbr"])
SPACES, LINES = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
HEAD = 2048
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class _Enough(Exception):
    """More text than is kept."""


class _Reader(HTMLParser):
    """Gathers what a reader would see of a page, line by line."""

    def __init__(self, most: int) -> None:
        super().__init__(convert_charrefs=True)
        self.most, self.length, self.unseen = most, 0, 0
        self.words: list[str] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if tag == "body":
            self.unseen = 0  # a head that nobody closed
        elif tag in UNSEEN:
            self.unseen += 1
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title and not self.title:
            self.title = SPACES.sub(" ", data.replace("\n", " ")).strip()[:300]
        elif not self.unseen:
            self._say(data.replace("\n", " "))

    def _part(self, tag: str) -> None:
        if tag not in IN_LINE and not self.unseen:
            self._say("\n")

    def _say(self, text: str) -> None:
        self.length += len(text)
        self.words.append(text[: self.most])
        if self.length > self.most:
            raise _Enough


def of_html(content: bytes, charset: str = "", most: int = MOST_LETTERS) -> tuple[str, str]:
    """Answer the title and the visible text of a page, at most so many characters of it."""
    reader = _Reader(most)
    try:
        reader.feed(_decoded(content[:READ_OF_PAGE], charset))
        reader.close()
    except (_Enough, AssertionError, ValueError, RecursionError):
        pass  # what was read so far is what there is
    return clean(reader.title), tidy("".join(reader.words))[:most]


def of_mhtml(content: bytes, most: int = MOST_LETTERS) -> tuple[dict[str, str], str]:
    """Answer what a saved page says of itself (title, address, when it was saved) and its visible text."""
    try:
        message = message_from_bytes(content[:READ_OF_PAGE])
        parts = _parts(message)
    except (RecursionError, MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError):
        return {}, ""
    said = {
        "title": _header(message, "Subject"),
        "address": _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location"),
        "saved": _header(message, "Date"),
    }
    texts: list[str] = []
    for body, charset in parts:
        left = most - sum(map(len, texts)) - len(texts)
        if left <= 0:
            break
        title, text = of_html(body, charset, left)
        said["title"] = said["title"] or title
        texts.append(text)
    return {key: value for key, value in said.items() if value}, "\n".join(filter(None, texts))[:most]


def of_json(content: bytes, most: int = MOST_LETTERS) -> str | None:
    """Answer the texts in data, one to a line; None where it is no JSON."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    found, length, left = [], 0, [data]
    while left and length <= most:
        value = left.pop()
        if isinstance(value, dict):
            left.extend(reversed(value.values()))
        elif isinstance(value, list):
            left.extend(reversed(value))
        elif isinstance(value, str) and value.strip():
            found.append(_mended(value[:most]))
            length += len(value) + 1
    return tidy("\n".join(found))[:most]


def tidy(text: str) -> str:
    """Answer a text without empty lines, doubled spaces, and signs that cannot be kept."""
    return LINES.sub("\n", SPACES.sub(" ", UNSAFE.sub("", text))).strip()


def clean(name: str, most: int = 300) -> str:
    """Answer a name on one line, without the signs that make it read as another."""
    return SPACES.sub(" ", UNSAFE.sub("", name.replace("\n", " ").replace("\t", " "))).strip()[:most]


def _parts(message: Message) -> list[tuple[bytes, str]]:
    """Answer the pages within, the outermost first; pictures and the like are left alone."""
    found: list[tuple[bytes, str]] = []
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and len(found) < MOST_PARTS:
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                found.append((body, str(part.get_content_charset() or "")))
    return found


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:HEAD]
    try:
        return clean(str(make_header(decode_header(raw))), HEAD)
    except (MessageError, ValueError, LookupError):
        return clean(raw, HEAD)


def _decoded(content: bytes, charset: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    elif not charset and (told := CHARSET.search(content[:HEAD])):
        charset = told[1].decode("ascii", errors="ignore")
    try:
        return content.decode(charset or "utf-8", errors="replace")
    except (LookupError, ValueError, TypeError):
        return content.decode("utf-8", errors="replace")


def _mended(text: str) -> str:
    """Answer a text whose letters a platform wrote byte by byte ("Ã¥" for "å") as it was meant."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
