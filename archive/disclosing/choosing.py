"""What a request is about: records added and removed, and which of their pages and files are reviewed."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive import secrecy
from archive.disclosing.requesting import HANDLES
from archive.models import Disclosure, DisclosurePage, DisclosureRecord, Record, RecordFile
from archive.models.record import MANIFEST, THUMBNAIL
from governance import access, audit, clock
from governance.models import User
from governance.workflow import Refused

MOST_RECORDS = 200
PHONE = "mobil-"  # the same page once more, as narrow as on a phone
# Made by us of the others: they are never handed out by themselves.
NEVER = (MANIFEST, THUMBNAIL)


def within_reach(user: User) -> QuerySet[Record]:
    """Answer the records that this person may hand out: both gates passed."""
    return access.visible(user, Record.objects.all(), HANDLES).filter(secrecy.open_to(user))


def open_requests(user: User) -> QuerySet[Disclosure]:
    """Answer the requests to which this person may add a record now, his or her own first."""
    handled = access.visible(user, Disclosure.objects.filter(status=Disclosure.Status.HANDLING), HANDLES)
    return handled.order_by("due_at", "pk")


@transaction.atomic
def add(request: Disclosure, record: Record, *, by: User) -> DisclosureRecord:
    """Choose a record, with the pictures that are seen first; doing so twice changes nothing.

    Raises `PermissionDenied` where the person may not hand it out, or may not see it.
    """
    locked = held(request, by)
    if not within_reach(by).filter(pk=record.pk).exists():
        raise access.PermissionDenied
    already = locked.chosen.filter(identifier=record.identifier).first()
    if already:
        return already
    if locked.chosen.count() >= MOST_RECORDS:
        raise Refused(_("Högst %(most)s handlingar i en begäran.") % {"most": MOST_RECORDS})
    chosen = DisclosureRecord.objects.create(
        disclosure=locked, record=record, identifier=record.identifier, added_by=by, added_at=clock.now()
    )
    _set(chosen, seen_first(record))
    audit.record("disclosure.add", by=by, obj=locked, data={"record": record.pk})
    return chosen


@transaction.atomic
def remove(chosen: DisclosureRecord, *, by: User) -> None:
    """Take a record out of a request, with what was reviewed of it."""
    locked = held(chosen.disclosure, by)
    number = chosen.record_id
    chosen.delete()
    audit.record("disclosure.remove", by=by, obj=locked, data={"record": number})


@transaction.atomic
def choose(chosen: DisclosureRecord, names: Collection[str], *, by: User) -> DisclosureRecord:
    """Let exactly these files of a record be reviewed; what was reviewed of those that stay, stands."""
    locked = held(chosen.disclosure, by)
    if chosen.record is None or not within_reach(by).filter(pk=chosen.record.pk).exists():
        raise access.PermissionDenied
    _set(chosen, [file for file in offered(chosen.record) if file.name in names])
    data = {"record": chosen.record_id, "count": chosen.pages.count()}
    audit.record("disclosure.choose", by=by, obj=locked, data=data)
    return chosen


def offered(record: Record) -> list[RecordFile]:
    """Answer the files that can be handed out, the pictures first."""
    files = [file for file in record.files.all() if file.name not in NEVER]
    return [file for file in files if file.is_picture] + [file for file in files if not file.is_picture]


def seen_first(record: Record) -> list[RecordFile]:
    """Answer what is chosen unless somebody chooses otherwise: the pictures, else the first document."""
    files = offered(record)
    pictures = [file for file in files if file.is_picture]
    wide = [file for file in pictures if not file.name.startswith(PHONE)]
    documents = [file for file in files if file.media_type == "application/pdf"]
    return wide or pictures or documents[:1] or files[:1]


def held(request: Disclosure, by: User) -> Disclosure:
    """Answer the request, held, while it is handled. Raises `Refused` where it is not any more."""
    if not access.can(by, HANDLES, request):
        raise access.PermissionDenied
    locked = Disclosure.objects.select_for_update(of=("self",)).select_related("unit").get(pk=request.pk)
    if not locked.is_handled:
        raise Refused(_("Det går inte nu: läget är ”%(status)s”.") % {"status": locked.get_status_display()})
    return locked


def _set(chosen: DisclosureRecord, files: list[RecordFile]) -> None:
    present = {page.name for page in chosen.pages.all()}
    wanted = {file.name: file for file in files}
    chosen.pages.exclude(name__in=wanted).delete()
    DisclosurePage.objects.bulk_create(
        DisclosurePage(chosen=chosen, name=name, order=file.order, is_picture=file.is_picture)
        for name, file in wanted.items()
        if name not in present
    )
