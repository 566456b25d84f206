"""What somebody outside wrote in: received, taken on, answered or ended, and in time emptied of personal data."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Account, PublicReport
from accounts.public.place import place
from governance import audit, clock, letters
from governance.models import Unit, User
from governance.workflow import Refused, perform

logger = logging.getLogger(__name__)

# No policy and no statute says how long: the product's own answer, told where one writes.
MONTHS_KEPT = 12
KEPT = timedelta(days=365)
WAITING_DAYS = 5  # working days until a report that nobody has ended is late
CLEANED = ("about", "text", "email", "answer")


def receive(
    *, kind: str, about: str = "", text: str, email: str = "", language: str, account: Account | None = None
) -> PublicReport:
    """Keep what was written, with a number that only the writer is told; it lands with communications."""
    with transaction.atomic():
        report = PublicReport.objects.create(
            kind=kind,
            about=about,
            text=text,
            email=email,
            language=language,
            account=account,
            unit=Unit.objects.root(),
            received_at=clock.now(),
        )
        audit.record("publicreport.receive", by=None, obj=report)
    return report


@transaction.atomic
def answer(report: PublicReport, *, by: User, text: str) -> PublicReport:
    """Answer and end the matter; by mail where an address was left, and always to whoever holds the number.

    Raises `Refused` where it has already ended, and `PermissionDenied`.
    """
    report = perform(report, "answer", by=by)
    report.answer = text
    report.save(update_fields=["answer"])
    if report.email:
        with translation.override(report.language):
            letters.send(to=report.email, key=_key(report), subject=_subject(report), body=_body(report))
    return report


def clean(at: datetime) -> int:
    """Empty the matters that ended long ago of personal data; answer how many. Safe to run twice at once."""
    old = PublicReport.objects.filter(ended_at__lte=at - KEPT, cleaned_at=None)
    count = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            report = old.select_for_update(skip_locked=True).filter(pk=pk).first()
            if report is not None:
                _empty(report, at)
                count += 1
    return count


def take_on(report: PublicReport, by: User | None, reason: str) -> None:
    """Note who handles it; a matter that is taken up again has not ended."""
    report.handler, report.ended_at = by, None


def end(report: PublicReport, by: User | None, reason: str) -> None:
    """Note when it ended, and who saw to it."""
    report.handler, report.ended_at = by, clock.now()


def still_readable(report: PublicReport, by: User | None) -> None:
    """Refuse to take up what has been emptied: nobody knows any more what it said."""
    if report.cleaned_at:
        raise Refused(_("Personuppgifterna är borttagna. Be den som anmälde att skriva på nytt."))


def cleaned_from(report: PublicReport) -> datetime | None:
    """Answer when the personal data will be gone; None while the matter is open."""
    return report.ended_at + KEPT if report.ended_at else None


def found(number: str) -> PublicReport | None:
    """Answer the report with this receipt number, typed in any case and with or without its dashes."""
    letters_only = "".join(letter for letter in number.upper() if letter.isalnum())[:16]
    dashed = "-".join(letters_only[start : start + 4] for start in range(0, len(letters_only), 4))
    return PublicReport.objects.filter(Q(number=dashed)).first()


def _empty(report: PublicReport, at: datetime) -> None:
    for name in CLEANED:
        setattr(report, name, "")
    report.cleaned_at = at
    report.save(update_fields=[*CLEANED, "cleaned_at"])
    letters.forget(_prefix(report))
    audit.record("publicreport.clean", by=None, obj=report)


def _prefix(report: PublicReport) -> str:
    return f"publicreport:{report.pk}:"


def _key(report: PublicReport) -> str:
    return f"{_prefix(report)}{report.ended_at:%Y%m%d%H%M%S%f}"


def _subject(report: PublicReport) -> str:
    return _("Svar från %(place)s på din anmälan %(number)s") % {"place": place().name, "number": report.number}


def _body(report: PublicReport) -> str:
    foot = _("Det här är svar på anmälan %(number)s som du lämnade %(day)s.") % {
        "number": report.number,
        "day": clock.local(report.received_at).date().isoformat(),
    }
    return f"{report.answer}\n\n-- \n{foot}\n{place().name}\n"
