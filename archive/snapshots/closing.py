"""The snapshot of an account's closing: taken by the engine, uploaded by people, or an earlier one by decision."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Account, Closing
from archive.incoming import uploading
from archive.incoming.reading import Upload
from archive.models import ClosingDecision, Snapshot
from archive.snapshots import actions
from governance import access, audit, clock
from governance.models import User
from governance.workflow import Refused


@dataclass(frozen=True)
class Preserved:
    """How far the closing's snapshot has come: the latest order, what was taken, or what was decided instead."""

    latest: Snapshot | None
    taken: Snapshot | None
    decision: ClosingDecision | None
    earlier: Snapshot | None

    @property
    def is_done(self) -> bool:
        """Answer whether the account may be closed as far as the archive is concerned."""
        return self.taken is not None or self.decision is not None


def of(closing: Closing) -> Preserved:
    """Answer how a closing stands."""
    mine = Snapshot.objects.filter(closing=closing).select_related("requested_by", "account__platform")
    decided = ClosingDecision.objects.filter(closing=closing).select_related("by", "snapshot")
    return Preserved(mine.first(), mine.filter(status=Snapshot.Status.DONE).first(), decided.first(), earlier(closing))


def earlier(closing: Closing) -> Snapshot | None:
    """Answer the last snapshot that was taken before the closing began."""
    done = Snapshot.objects.filter(account=closing.account_id, status=Snapshot.Status.DONE)
    return done.exclude(closing=closing).order_by("-finished_at", "-pk").first()


@transaction.atomic
def order(closing: Closing, *, by: User) -> Snapshot:
    """Order the closing's snapshot; one that is under way already becomes it. Raises `Refused` where it is over."""
    _going_on(closing)
    snapshot, _new = actions.order_snapshot(closing.account, by=by, occasion=Snapshot.Occasion.CLOSING)
    Snapshot.objects.filter(pk=snapshot.pk, closing=None).update(closing=closing)
    snapshot.refresh_from_db()
    return snapshot


def upload(closing: Closing, *, by: User, files: list[Upload], taken_at: datetime, how: str, **more: str) -> Snapshot:
    """Keep files that somebody saved of the page as the closing's snapshot, with its record.

    Raises `Refused` where the closing is over. The rest is as `archive.incoming.uploading.upload_for` says.
    """
    return uploading.upload_for(
        closing.account,
        by=by,
        files=files,
        taken_at=taken_at,
        how=how,
        occasion=Snapshot.Occasion.CLOSING,
        closing=closing,
        check=lambda: _going_on(closing),
        **more,
    )


@transaction.atomic
def decide(closing: Closing, *, by: User, reason: str) -> ClosingDecision:
    """Decide that the last earlier snapshot stands, because the account can no longer be seen.

    Raises `Refused` where there is none or the decision is made, `PermissionDenied` where `by` may not.
    """
    if not access.can(by, "decide_closing_snapshot", closing):
        raise access.PermissionDenied
    _going_on(closing)
    last = earlier(closing)
    if last is None:
        raise Refused(_("Det finns ingen tidigare ögonblicksbild. Ladda upp det ni har kvar av kontot i stället."))
    try:
        with transaction.atomic():
            decision = ClosingDecision.objects.create(
                closing=closing,
                account=closing.account,
                unit=closing.unit,
                snapshot=last,
                reason=reason,
                by=by,
                at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(_("Det är redan beslutat att en tidigare ögonblicksbild räcker.")) from error
    audit.record("closingdecision.make", by=by, obj=decision, personal={"reason": reason})
    return decision


def _going_on(closing: Closing) -> None:
    """Refuse what comes too late; the account is held, so that it is not closed meanwhile."""
    Account.objects.select_for_update(of=("self",)).get(pk=closing.account_id)
    if not Closing.objects.filter(pk=closing.pk, ended_at=None).exists():
        raise Refused(_("Avslutet är redan slut."))
