"""The ways to a diary, behind one protocol: a further one (a system of its own) is one more class in CONNECTORS."""

import json
import shutil
import smtplib
from pathlib import Path
from typing import ClassVar, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from archive.diary.package import Package
from archive.models import DiaryHandover
from governance.policy.characters import on_one_line

# What the receiving system leaves in the folder when it has registered the document.
RECEIPT = "kvittens.json"
RECEIPT_LIMIT = 10_000
NUMBER, LONGEST_NUMBER = "diarienummer", 60


class NotDelivered(Exception):
    """The package did not get there. `certain`: nothing can have arrived, so that trying again makes no second copy."""

    def __init__(self, code: str, *, certain: bool) -> None:
        super().__init__(code)
        self.code = code
        self.certain = certain


class Connector(Protocol):
    """One way to a diary.

    `repeats_safely`: the other side tells by the handover's identifier that it has the package already.
    """

    repeats_safely: ClassVar[bool]

    def refusal(self, handover: DiaryHandover) -> str:
        """Answer why this handover cannot go this way, in words; empty where it can."""

    def deliver(self, package: Package) -> None:
        """Hand over; raises `NotDelivered`."""

    def number(self, handover: DiaryHandover) -> str:
        """Answer the diary number that has come back; empty where none has."""


class Mail:
    """A mail to the registrar, with the package attached."""

    repeats_safely: ClassVar[bool] = False

    def refusal(self, handover: DiaryHandover) -> str:
        """Refuse what is marked secret: a mail can be read on its way."""
        if handover.record.secret:
            return _("En sekretessmarkerad handling lämnas inte med e-post. Hämta den här och registrera den för hand.")
        return ""

    def deliver(self, package: Package) -> None:
        """Send the mail, always by the same Message-ID."""
        if package.size > settings.DIARY_MAIL_MAX_BYTES:
            raise NotDelivered("too_large", certain=True)
        try:
            message = _message(package)
        except FileNotFoundError as error:
            raise NotDelivered("archive_file", certain=True) from error
        try:
            connection = get_connection()
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered("mail_server", certain=True) from error
        try:
            connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            raise NotDelivered("address_refused", certain=True) from error
        except smtplib.SMTPResponseException as error:
            raise NotDelivered("mail_refused", certain=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered("mail_broken_off", certain=False) from error
        finally:
            connection.close()

    def number(self, handover: DiaryHandover) -> str:
        """Answer nothing: a number that comes by mail is written in by a person."""
        return ""


class Folder:
    """A folder that the diary's system reads: a folder per handover, which has its name only when it is whole."""

    repeats_safely: ClassVar[bool] = True

    def refusal(self, handover: DiaryHandover) -> str:
        """Refuse nothing: the folder lies inside."""
        return ""

    def deliver(self, package: Package) -> None:
        """Write the package beside, then give the folder its name; one that is there already is not written again."""
        target = _folder(package.handover)
        if target.exists():
            return
        part = target.with_name(f".{target.name}.part")
        try:
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            for each in package.parts:
                with (part / each.name).open("wb") as file:
                    file.writelines(each.chunks())
            part.rename(target)
        except FileNotFoundError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise NotDelivered("archive_file", certain=True) from error
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise NotDelivered("folder", certain=True) from error

    def number(self, handover: DiaryHandover) -> str:
        """Answer what the receipt in the folder says, as far as it can be a number."""
        try:
            with (_folder(handover) / RECEIPT).open("rb") as file:
                said = json.loads(file.read(RECEIPT_LIMIT))
        except (OSError, ValueError):
            return ""
        number = said.get(NUMBER) if isinstance(said, dict) else None
        return on_one_line(number).strip()[:LONGEST_NUMBER] if isinstance(number, str) else ""


CONNECTORS: dict[str, Connector] = {
    DiaryHandover.Connector.MAIL: Mail(),
    DiaryHandover.Connector.FOLDER: Folder(),
}


def of(handover: DiaryHandover) -> Connector:
    """Answer the way that this handover goes."""
    return CONNECTORS[handover.connector]


def _folder(handover: DiaryHandover) -> Path:
    return Path(settings.DIARY_DIR) / handover.address / str(handover.identifier)


def _message(package: Package) -> EmailMessage:
    handover = package.handover
    lines = [
        _("Uppsikt lämnar över en handling att diarieföra."),
        "",
        _("Myndighet: %(authority)s") % {"authority": handover.authority},
        _("Datum: %(day)s") % {"day": handover.dated.isoformat()},
        _("Avsändare eller mottagare: %(party)s") % {"party": handover.party or "-"},
        _("Rör: %(matter)s") % {"matter": handover.matter},
        "",
        _("Skriv in diarienumret här: %(link)s") % {"link": settings.BASE_URL + handover.get_absolute_url()},
    ]
    message = EmailMessage(
        subject=_("Att diarieföra: handling %(number)s") % {"number": handover.record_id},
        body="\n".join(lines),
        to=[handover.address],
        headers={"Message-ID": f"<{handover.identifier}@uppsikt>", "Auto-Submitted": "auto-generated"},
    )
    for part in package.parts:
        message.attach(part.name, b"".join(part.chunks()), part.media_type)
    return message
