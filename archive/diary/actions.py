"""Ordering a handover, writing in its number, and saying where the diary takes its documents."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from archive.diary import connectors, sending
from archive.models import DiaryDestination, DiaryHandover, Record
from governance import access, audit, clock
from governance.models import Authority, Unit, User
from governance.workflow import Refused


def order(
    record: Record, *, by: User | None, dated: date, party: str, matter: str, kept_out: bool = False
) -> DiaryHandover:
    """Order that a record is handed over to its authority's diary.

    Raises `Refused` where the authority has no diary here, the way there is not for this record, or it is on its way.
    """
    destination = DiaryDestination.objects.filter(authority=record.authority_id).first()
    if destination is None:
        raise Refused(_("Det är inte bestämt vart myndighetens handlingar lämnas. Ange diariet först."))
    now = clock.now()
    handover = DiaryHandover(
        record=record,
        account=record.account,
        unit=record.unit,
        authority=record.authority,
        dated=dated,
        party=party,
        matter=matter,
        kept_out=kept_out,
        connector=destination.connector,
        address=destination.address,
        ordered_by=by,
        ordered_at=now,
        next_try_at=now,
    )
    if refusal := connectors.of(handover).refusal(handover):
        raise Refused(refusal)
    try:
        with transaction.atomic():
            handover.save()
            audit.record("diaryhandover.order", by=by, obj=handover, data={"record": record.pk})
            sending.ring_on_commit()
    except IntegrityError as error:
        raise Refused(_("Handlingen är redan överlämnad, eller på väg.")) from error
    return handover


def register(handover: DiaryHandover, *, by: User, diary_number: str) -> DiaryHandover:
    """Write in the number that the diary gave. Raises `Refused` where it is not handed over, or has its number."""
    return sending.number(handover, diary_number, "register", by)


@transaction.atomic
def settle(authority: Authority, *, by: User, system: str, connector: str, address: str, automatic: bool) -> None:
    """Say where an authority's diary takes its documents; what is under way goes where it was going."""
    facts = {"system": system, "connector": connector, "address": address, "automatic": automatic}
    destination, _new = DiaryDestination.objects.update_or_create(authority=authority, defaults=facts)
    said = {"authority": authority.name, "system": system, "connector": destination.get_connector_display()}
    audit.record("diarydestination.settle", by=by, obj=destination, data=said, personal={"address": address})


def may_settle(user: User, authority: Authority) -> bool:
    """Answer whether this person keeps the authority's diary: holds the permission on each of its topmost units."""
    return authority in settled_by(user)


def settled_by(user: User) -> list[Authority]:
    """Answer the authorities whose diary this person keeps, with three queries for all."""
    topmost = Unit.objects.exclude(parent__authority=F("authority"))
    reached = set(access.visible(user, topmost, "hand_over").values_list("pk", flat=True))
    beyond = {unit.authority_id for unit in topmost if unit.pk not in reached}
    held = Authority.objects.filter(units__in=reached).exclude(pk__in=beyond)
    return list(held.select_related("diary").distinct())
