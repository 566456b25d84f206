"""Reading the mail that the demo sent, for the mailbox page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy as email_policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from django.conf import settings

# The newest ones: a demo that runs for weeks must not read thousands of files for each page.
LISTED = 200
LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class Mail:
    """One mail as its receiver gets it."""

    key: str
    subject: str
    sender: str
    recipients: tuple[str, ...]
    at: datetime | None
    text: str


@dataclass(frozen=True)
class Part:
    """A piece of a mail's text; one with a `url` leads into this installation."""

    text: str
    url: str = ""


def newest(recipient: str = "") -> list[Mail]:
    """Answer the newest mails, those to one receiver only where one is named."""
    files = sorted(_files().values(), key=lambda file: file.stat().st_mtime_ns, reverse=True)[:LISTED]
    mails = [_read(file) for file in files]
    return [mail for mail in mails if not recipient or recipient in mail.recipients]


def find(key: str) -> Mail | None:
    """Answer one mail by its key, or None."""
    file = _files().get(key)
    return _read(file) if file else None


def parts(text: str) -> Iterator[Part]:
    """Answer a text in pieces, the addresses of this installation as links and nothing else."""
    ours = re.compile(rf"({re.escape(settings.BASE_URL)}(?:/[^\s<>\"']*)?)(?=[\s<>\"']|$)")
    for piece in ours.split(text):
        if piece:
            yield Part(piece, piece if ours.fullmatch(piece) else "")


def _files() -> dict[str, Path]:
    """Answer the mails' files by name; the folder is there once the first mail has come."""
    folder = Path(settings.DEMO_MAIL_DIR) / "new"
    return {file.name: file for file in folder.iterdir()} if folder.is_dir() else {}


def _read(file: Path) -> Mail:
    message = BytesParser(policy=email_policy.default).parsebytes(file.read_bytes())
    return Mail(
        key=file.name,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        recipients=tuple(address for _name, address in getaddresses(message.get_all("To", []))),
        at=_moment(message),
        text=_text(message)[:LONGEST_TEXT],
    )


def _moment(message: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None
    # A zone of -0000 (Django's own) says UTC without saying where, and is answered without a zone.
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
