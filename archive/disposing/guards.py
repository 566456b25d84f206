"""What must hold before a disposal takes a step, and what the step notes."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive import secrecy
from archive.disposing import holding
from archive.models import Disposal, DisposalRow, Record
from governance import clock
from governance.models import User
from governance.workflow import Refused


def may_be_approved(disposal: Disposal, by: User) -> None:
    """Refuse an empty list, an ended decision, what is held or no longer due, and what `by` may not look into."""
    waiting = disposal.rows.filter(outcome="")
    if not waiting.exists():
        raise Refused(_("Listan är tom: alla handlingar är undantagna. Avslå förslaget."))
    if disposal.decision is None or not disposal.decision.is_in_force(clock.today()):
        raise Refused(_("Gallringsbeslutet gäller inte längre."))
    records = Record.objects.filter(identifier__in=waiting.values("identifier"))
    if held := records.filter(holding.held()).count():
        text = ngettext(
            "%(n)s handling på listan får inte gallras nu. Undanta den först.",
            "%(n)s handlingar på listan får inte gallras nu. Undanta dem först.",
            held,
        )
        raise Refused(text % {"n": held})
    if not_due := records.exclude(as_listed(disposal)).count():
        text = ngettext(
            "%(n)s handling på listan ska inte gallras längre. Undanta den först.",
            "%(n)s handlingar på listan ska inte gallras längre. Undanta dem först.",
            not_due,
        )
        raise Refused(text % {"n": not_due})
    if records.exclude(secrecy.open_to(by)).exists():
        raise Refused(_("Listan har sekretessmarkerade handlingar som du inte får se. Någon som får det godkänner."))


def as_listed(disposal: Disposal) -> Q:
    """Say of a record that it still is what it was when it was listed: of that kind, and due."""
    if disposal.origin == Disposal.Origin.RESTORE:
        return Q()
    return Q(dispose_after__lt=clock.today(), document_kind=disposal.kind_id, authority=disposal.authority_id)


def note_approval(disposal: Disposal, by: User, reason: str) -> None:
    """Note who approved it and when."""
    disposal.approved_by, disposal.approved_at = by, clock.now()


def let_go(disposal: Disposal, by: User | None, reason: str) -> None:
    """Let what is left on the list go, so that it can be proposed again."""
    disposal.reason = reason
    disposal.rows.filter(outcome="").update(outcome=DisposalRow.Outcome.LET_GO, done_at=clock.now())


def begin(disposal: Disposal, by: User | None, reason: str) -> None:
    """Note when it began to be carried out."""
    disposal.started_at = clock.now()


def end(disposal: Disposal, by: User | None, reason: str) -> None:
    """Note when it was carried out. Refused while anything on the list waits, or a file has not gone."""
    left = disposal.rows.filter(Q(outcome="") | Q(outcome=DisposalRow.Outcome.DISPOSED, gone_at=None))
    if left.exists():
        raise Refused(_("Allt på listan är inte klart än."))
    disposal.finished_at = clock.now()


def to_look_at(disposal: Disposal) -> int:
    """Answer how many on the list must be exempted before it can be approved."""
    records = Record.objects.filter(identifier=OuterRef("identifier"))
    held = records.filter(holding.held())
    fits = records.filter(as_listed(disposal))
    return disposal.rows.filter(Q(Exists(held)) | ~Q(Exists(fits)), outcome="").count()
