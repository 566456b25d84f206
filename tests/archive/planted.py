"""A marked record to which everything has happened, whose every word is planted; and every address it is reached by."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import product

from django.urls import NoReverseMatch, URLPattern, reverse
from django.urls.converters import IntConverter

from archive.browsing.small import WIDTHS
from archive.diary import actions, sending
from archive.disclosing import choosing
from archive.disposing import holding, proposing
from archive.models import (
    ArchiveCheck,
    ArchiveExport,
    ArchiveProblem,
    DiaryDestination,
    DiaryHandover,
    DisclosurePage,
    DisclosureRecord,
    Disposal,
    DisposalDecision,
    DisposalHold,
    Record,
    RetentionPlan,
    RetentionRule,
)
from archive.packages import exporting, ordering
from archive.shielding import marking
from archive.urls import urlpatterns
from governance import audit, clock
from tests.archive.disclosures import asked, pages_of, review
from tests.archive.disposals import LONG_AGO, planned, proposed
from tests.archive.factories import FACTS, SnapshotFactory, kept
from tests.factories import person

TITLE, AUTHOR, TEXT, FILE, LINK, REASON = "Qvaxtitel", "Qvaxenberg", "qvaxord", "qvaxfil", "qvaxadress", "qvaxskäl"
DIARY, NOTE, PAGE = "QVAX-17", "qvaxanteckning", "Qvaxsida"
PLANTED = (TITLE, AUTHOR, TEXT, FILE, LINK, REASON, DIARY, NOTE, PAGE)
PICTURE, SMALL, ORIGINAL = b"qvaxbild", b"qvaxmini", b"qvaxoriginal"
BYTES = (PICTURE, SMALL, ORIGINAL)
NAMES = ("bild-001.jpg", "miniatyr.jpg", "text.txt", f"original-{FILE}.pdf", "ogonblicksbild.pdf", "manifest.json")
SIZES = tuple(WIDTHS)


def plant(unit) -> Record:
    """Answer a marked record whose every word is planted, with a history from before it was marked."""
    planned(unit.authority)
    snapshot = SnapshotFactory(
        done=True,
        account__unit=unit,
        address_asked=f"http://torget.example/{LINK}",
        address_reached=f"http://torget.example/{LINK}",
        facts={**FACTS, "asked": f"http://torget.example/{LINK}", "title": PAGE},
    )
    files = {
        "ogonblicksbild.pdf": b"%PDF qvaxord",
        "bild-001.jpg": PICTURE,
        "miniatyr.jpg": SMALL,
        "text.txt": f"{TEXT} skrev {AUTHOR}".encode(),
        f"original-{FILE}.pdf": ORIGINAL,
    }
    facts = {**FACTS, "asked": f"http://torget.example/{LINK}", "reached": f"/{LINK}", "title": PAGE}
    record = kept(
        snapshot, files, title=f"Bild av {TITLE}", text=f"{TEXT} skrev {AUTHOR}", facts=facts, made_at=LONG_AGO
    )
    registrar = person("registrar", unit)
    disposal = proposed(record)
    _used(record, registrar)
    audit.record("record.download", by=registrar, obj=record, data={"file": f"original-{FILE}.pdf", "sha256": "x"})
    audit.record("snapshot.waive", by=registrar, obj=snapshot, personal={"reason": REASON})
    marking.mark(record, by=registrar, provision="21 kap. 7 § OSL", authority=record.authority, note=NOTE)
    proposing.exempt(disposal, disposal.rows.all(), by=registrar, reason=REASON)
    return Record.objects.get(pk=record.pk)


def _used(record, registrar):
    """Let everything happen to a record that can: in the diary, asked for, exported, stopped."""
    DiaryDestination.objects.create(authority=record.authority, system="Platina", connector="folder", address="dit")
    said = {"dated": date(2026, 10, 1), "party": AUTHOR, "matter": f"Rör {TITLE}"}
    handover = actions.order(record, by=registrar, **said)
    sending.send_waiting()
    actions.register(DiaryHandover.objects.get(pk=handover.pk), by=registrar, diary_number=DIARY)
    request = asked(registrar, unit=record.unit)
    choosing.choose(choosing.add(request, record, by=registrar), NAMES, by=registrar)
    for page in pages_of(request):
        review(page, "hand_out")
    ordering.order(by=registrar, unit=record.unit)
    exporting.make_owed()
    check = ArchiveCheck.objects.create(scope="whole", started_at=clock.now())
    named = {"name": f"original-{FILE}.pdf", "identifier": record.identifier}
    ArchiveProblem.objects.create(check_made=check, code="file_changed", phase="records", found_at=clock.now(), **named)
    holding.stop(by=registrar, scope="record", reason=REASON, unit=record.unit, record=record)


def _asked_for(record):
    chosen = DisclosureRecord.objects.get(record=record)
    page = DisclosurePage.objects.filter(chosen=chosen).first()
    return {"pk": chosen.disclosure_id, "chosen": chosen.pk, "page": page.pk, "record": record.pk}


ABOUT = {
    "handover-": lambda record: {"pk": record.handovers.get().pk},
    "disclosure-": _asked_for,
    "disposal-": lambda record: {"pk": Disposal.objects.get().pk, "row": record.disposal_rows.get().pk},
    "hold-": lambda record: {"pk": DisposalHold.objects.get().pk},
    "retention-": lambda record: {"pk": RetentionPlan.objects.get().pk},
    "rule-": lambda record: {"pk": RetentionPlan.objects.get().pk, "rule": RetentionRule.objects.first().pk},
    "decision-": lambda record: {"pk": DisposalDecision.objects.get().pk},
    "document-kind-": lambda record: {"pk": record.document_kind_id},
    "check-": lambda record: {"pk": ArchiveCheck.objects.get().pk},
    "export-": lambda record: {"pk": ArchiveExport.objects.get().pk},
}


def addresses(record: Record) -> list[str]:
    """Answer every address of the archive, with every number that the record could be reached through."""
    return sorted({address for path in urlpatterns for address in _filled(path, record)})


def _filled(path: URLPattern, record: Record) -> Iterator[str]:
    keys = path.pattern.converters
    numbers = [dict.fromkeys(keys, number) for number in {record.pk, record.source_id, record.account_id}]
    numbers += [about(record) for prefix, about in ABOUT.items() if path.name.startswith(prefix)]
    texts = [key for key, converter in keys.items() if not isinstance(converter, IntConverter)]
    for number in numbers:
        for words in product(*(SIZES if key == "size" else NAMES for key in texts)):
            with suppress(NoReverseMatch):
                known = dict(zip(texts, words, strict=True))
                yield reverse(f"archive:{path.name}", kwargs={key: {**number, **known}[key] for key in keys})
