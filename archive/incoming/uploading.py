"""What people saved of a page themselves becomes a record on equal terms with what the engine takes."""

import errno
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account, Closing
from archive import keeping, store, texts
from archive.incoming import files as made
from archive.incoming.reading import Upload, workplace
from archive.models import Record, Snapshot
from archive.papers import paper
from archive.store import Item
from governance import access, audit, clock
from governance.models import PolicyVersion, User
from governance.pdf import PdfUnavailable
from governance.workflow import Refused, lifecycle_of, perform

DOCUMENT = "ogonblicksbild.pdf"
KINDS = {Snapshot.Subject.PAGE: Record.Kind.SNAPSHOT, Snapshot.Subject.ITEM: Record.Kind.ITEM}
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Within this time the same files for the same page are the same upload, sent twice.
SENT_TWICE = timedelta(minutes=30)


@dataclass(frozen=True)
class Said:
    """What the uploader says of the files: when the page looked so, how they were made, what is not with them.

    `authors` and `origin` say who wrote what is shown, and whether it came in or was drawn up (R-MOD-15).
    """

    taken_at: datetime
    how: str
    missing: str = ""
    authors: str = ""
    origin: str = Record.Origin.DRAWN_UP


def replace(
    snapshot: Snapshot, *, by: User, files: list[Upload], taken_at: datetime, how: str, **more: str
) -> Snapshot:
    """Keep uploaded files in the place of a picture that was not taken: it is done, and counts as any other.

    `more` is the rest of `Said`. Raises `Refused` where it is being taken, or done, or decided away meanwhile, and
    `PermissionDenied` where `by` may not order it.
    """
    check_replaceable(snapshot, by=by)
    said = _said(taken_at, how, more)
    with _prepared(snapshot, by, files, said) as (prepared, text), transaction.atomic():
        row = perform(snapshot, "replace", by=by, reason=said.how, data={"files": len(files)})
        _as_uploaded(row, prepared.record.facts, said)
        row.save()
        keeping.write(prepared, source=row, text=text, by=by)
    return row


def check_replaceable(snapshot: Snapshot, *, by: User) -> None:
    """Raise `Refused`, with what to do, unless files may be uploaded in its place now; `PermissionDenied` likewise."""
    if not access.can(by, "order_snapshot", snapshot):
        raise access.PermissionDenied
    if snapshot.status == Snapshot.Status.RUNNING:
        raise Refused(_("Bilden tas just nu. Vänta tills den är klar, eller avbryt den först."))
    if snapshot.status not in lifecycle_of(Snapshot).steps["replace"].source:
        raise Refused(_("Bilden är redan klar. Ladda upp på kontots sida om du vill bevara en till."))


def upload_for(
    account: Account,
    *,
    by: User,
    files: list[Upload],
    taken_at: datetime,
    how: str,
    occasion: str = Snapshot.Occasion.REQUEST,
    closing: Closing | None = None,
    link: str = "",
    check: Callable[[], None] | None = None,
    **more: str,
) -> Snapshot:
    """Keep uploaded files that nobody had asked for: of the account's page, or of one item where its `link` is given.

    `check` is asked in the transaction that writes, and may refuse. Raises `Refused` where the account was never open
    or the files were just sent, `PermissionDenied` where `by` may not order snapshots of it.
    """
    check_account(account, by=by)
    said = _said(taken_at, how, more)
    snapshot = _new(account, by, said, occasion=occasion, closing=closing, link=link)
    with _prepared(snapshot, by, files, said) as (prepared, text):
        _as_uploaded(snapshot, prepared.record.facts, said)
        with transaction.atomic():
            if check:
                check()
            _refuse_twice(snapshot)
            snapshot.save()
            about = {"how": said.how}
            audit.record("snapshot.upload", by=by, obj=snapshot, data={"files": len(files)}, personal=about)
            keeping.write(prepared, source=snapshot, text=text, by=by)
    return snapshot


def check_account(account: Account, *, by: User) -> None:
    """Raise `Refused` where an account was never open, `PermissionDenied` where `by` may not order snapshots of it."""
    if not access.can(by, "order_snapshot", account):
        raise access.PermissionDenied
    if account.opened_at is None:
        raise Refused(_("Kontot har aldrig varit öppnat, så det finns ingenting att bevara av det."))


@contextmanager
def _prepared(snapshot: Snapshot, by: User, files: list[Upload], said: Said) -> Iterator[tuple[keeping.Prepared, str]]:
    """Make, store and list everything of the record, and answer it with its text; only its rows are left to write."""
    with workplace() as folder:
        try:
            drawn = made.draw(files, folder)
            facts = _facts(snapshot, by, files, drawn, said)
            stored = store.put_all(_items(snapshot, files, drawn, facts))
            text = texts.storable(drawn.text)
            prepared = _listed(snapshot, stored, facts, said)
        except PdfUnavailable as error:
            raise Refused(texts.reason("no_pdf")) from error
        except OSError as error:
            raise Refused(texts.reason("disk_full" if error.errno in FULL else "internal")) from error
        yield prepared, text


def _listed(snapshot: Snapshot, stored: list[store.Stored], facts: dict[str, Any], said: Said) -> keeping.Prepared:
    whole = not remarks(facts["uploaded"])
    return keeping.prepare(
        kind=KINDS[Snapshot.Subject(snapshot.subject)],
        title=texts.storable(str(snapshot)),
        account=snapshot.account,
        unit=snapshot.unit,
        authority=snapshot.authority,
        origin=said.origin,
        made_at=said.taken_at,
        period=snapshot.campaign.period if snapshot.campaign else "",
        facts=facts,
        completeness=Record.Completeness.COMPLETE if whole else Record.Completeness.REMARKS,
        authors=said.authors,
        files=stored,
    )


def _items(snapshot: Snapshot, files: list[Upload], drawn: made.Drawn, facts: dict[str, Any]) -> list[Item]:
    """Answer all files of the record but its manifest: our paper, what is shown, the facts, and what came."""
    known = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder).encode()
    shown = [*made.items(drawn), Item("fakta.json", "application/json", _("Uppgifter om uppladdningen"), known)]
    came = made.originals(files)
    said = facts["uploaded"]
    printed = paper.render_upload(
        snapshot,
        [*shown, *came],
        by=said["by"],
        taken_at=datetime.fromisoformat(said["taken_at"]),
        how="\n".join([said["how"], *remarks(said)]),
        folder=drawn.folder,
    )
    document = Item(DOCUMENT, "application/pdf", _("Det som laddades upp, som PDF/A"), printed)
    return [document, *shown, *made.thumbnail(drawn, printed), *came]


def remarks(uploaded: dict[str, Any]) -> list[str]:
    """Answer what is not whole about an upload, in words, from the facts of it."""
    missing = uploaded.get("missing")
    return [
        *([_("Det här är inte med: %(what)s") % {"what": missing}] if missing else []),
        *uploaded.get("remarks", []),
    ]


def _facts(snapshot: Snapshot, by: User, files: list[Upload], drawn: made.Drawn, said: Said) -> dict[str, Any]:
    asked_by = snapshot.requested_by
    uploaded = {
        "by": by.name,
        "at": clock.now().isoformat(),
        "taken_at": said.taken_at.isoformat(),
        "how": said.how,
        "missing": said.missing,
        "remarks": drawn.remarks,
        "files": made.facts(files),
        "same": _same(snapshot, files),
    }
    return texts.storable(
        {
            "uploaded": uploaded,
            "asked": snapshot.address_asked,
            "pictures": drawn.sizes,
            "occasion": str(snapshot.occasion),
            "requested_by": asked_by.name if asked_by else "",
            "campaign": snapshot.campaign.period if snapshot.campaign else "",
            "policy": _policy(snapshot),
            "account": {"name": snapshot.account.name, "platform": snapshot.account.platform.name},
        }
    )


def _policy(snapshot: Snapshot) -> dict[str, Any]:
    version = snapshot.campaign.policy_version if snapshot.campaign else PolicyVersion.objects.current()
    origin = paper.origin(snapshot, version)
    return {"title": version.title, "number": version.number, "clause": origin.clause} if version and origin else {}


def _as_uploaded(snapshot: Snapshot, facts: dict[str, Any], said: Said) -> None:
    """Write on the row what came of it."""
    snapshot.origin = Snapshot.Origin.UPLOADED
    snapshot.facts = {"uploaded": facts["uploaded"]}
    snapshot.remarks, snapshot.address_reached = [], ""
    snapshot.failure_code = snapshot.failure_detail = snapshot.phase = ""
    snapshot.started_at, snapshot.finished_at, snapshot.progress = said.taken_at, clock.now(), 100


def _new(account: Account, by: User, said: Said, *, occasion: str, closing: Closing | None, link: str) -> Snapshot:
    now = clock.now()
    return Snapshot(
        account=account,
        unit=account.unit,
        authority=account.unit.authority,
        occasion=occasion,
        closing=closing,
        subject=Snapshot.Subject.ITEM if link else Snapshot.Subject.PAGE,
        requested_by=by,
        ordered_at=now,
        next_try_at=now,
        status=Snapshot.Status.DONE,
        address_asked=link or account.address,
    )


def _refuse_twice(snapshot: Snapshot) -> None:
    """Refuse what was sent a moment ago already: a button that was pressed twice. The account is held."""
    Account.objects.select_for_update(of=("self",)).get(pk=snapshot.account_id)
    just_now = snapshot.account.snapshots.filter(finished_at__gt=clock.now() - SENT_TWICE)
    if just_now.filter(facts__uploaded__same=snapshot.facts["uploaded"]["same"]).exists():
        raise Refused(_("Samma filer är redan arkiverade för en stund sedan. De behöver inte laddas upp igen."))


def _same(snapshot: Snapshot, files: list[Upload]) -> str:
    parts = [snapshot.address_asked, *sorted(file.sha256 for file in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _said(taken_at: datetime, how: str, more: dict[str, str]) -> Said:
    """Answer what was said, as the manifest and the rows both hold it."""
    return Said(
        taken_at.astimezone(UTC), texts.storable(how), **{key: texts.storable(value) for key, value in more.items()}
    )
