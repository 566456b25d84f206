"""What is handed out: a PDF/A with a cover list, the same pages as files, and checksums; kept as a record as it is.

Only copies go in (`archive.disclosing.copies`): what is masked or withheld is in none of the files.
"""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from archive import keeping, store
from archive.disclosing import copies, letters, steps
from archive.disclosing.copies import Copy
from archive.lines import Page
from archive.models import Disclosure, DisclosureLetter, DisclosurePackage, Record
from archive.packages import metadata
from archive.papers import sheets
from archive.papers.sheets import Sheet
from archive.shielding import marking
from governance import clock, pdf
from governance.models import Municipality, User
from governance.workflow import Refused, perform

TEMPLATE = "archive/disclosure/pdf/package.html"
PDF_NAME, ZIP_NAME, LIST_NAME, TEXT_NAME = "utlamnande.pdf", "utlamnande.zip", "innehall.json", "text.txt"
CHECKSUMS, RECIPE_NAME = "kontrollsummor.sha256", "LAS-MIG.txt"
FORMAT = "uppsikt-disclosure-1"
LONGEST_PROVISION = 200
NO_PDF = gettext_lazy("PDF-filen kunde inte skapas på servern. Kontakta systemadministratören.")
RECIPE = gettext_lazy(
    "Det här är ett utlämnande av allmän handling, %(request)s, från %(authority)s.\n\n"
    "utlamnande.pdf innehåller alla sidor, med en förteckning först. Samma sidor ligger som filer i mapparna.\n"
    "innehall.json är förteckningen för den som vill läsa den med ett program.\n\n"
    "Så kontrollerar du att filerna är oförändrade: öppna en terminal i den här mappen och kör\n\n"
    "    sha256sum -c kontrollsummor.sha256\n\n"
    "På macOS: shasum -a 256 -c kontrollsummor.sha256\n"
    "På Windows (PowerShell): Get-FileHash FIL -Algorithm SHA256, och jämför med raden i filen.\n"
)


@dataclass
class Part:
    """One reviewed page in the package: what the cover list says of it, and what stands on paper."""

    copy: Copy
    entry: dict[str, Any]
    sheets: list[Sheet] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """A package that is made and not yet kept."""

    items: list[store.Item]
    parts: list[Part]
    sheets: int
    text: str


def make(request: Disclosure, by: User) -> DisclosurePackage | None:
    """Make a package of a request that waits for it, and keep it; None where it does not wait any more.

    Never called inside a transaction. What cannot be made goes back to the handler, with the reason.
    """
    if request.status != Disclosure.Status.PACKING:
        return None
    try:
        steps.all_still_open(request, by)
        with override("sv"), tempfile.TemporaryDirectory() as name:
            made = build(request, by, Path(name))
            return _keep(request, by, made)
    except (copies.Damaged, Refused) as reason:
        _fail(request, str(reason))
    except pdf.PdfUnavailable:
        _fail(request, str(NO_PDF))
    return None


def build(request: Disclosure, by: User, folder: Path) -> Made:
    """Answer the files of a package; draws in `folder`."""
    parts = [_part(number, copy, folder) for number, copy in enumerate(copies.of(request), start=1)]
    held = letters.held_back(request)
    content = pdf.render(TEMPLATE, _context(request, by, parts), title=_title(request), folder=folder)
    document = store.Item(PDF_NAME, "application/pdf", _("Det som lämnas ut, med förteckning"), content)
    listed = _listed(request, parts)
    items = [document, store.Item(LIST_NAME, "application/json", _("Förteckning över innehållet"), listed)]
    if held:
        answer = letters.render_answer(request, reasons=request.answer_reasons, by=by, part=True)
        items.append(store.Item(letters.ANSWER_NAME, "application/pdf", _("Besked om det som inte lämnas ut"), answer))
    whole = store.Item(ZIP_NAME, "application/zip", _("Allt som lämnas ut, i en fil"), _zip(request, items, parts))
    text = "\n\n".join("\n".join(part.copy.text) for part in parts if part.copy.text)
    told = store.Item(TEXT_NAME, "text/plain", _("Texten på det som lämnas ut"), text.encode())
    return Made([*items, whole, told], parts, sum(max(len(part.sheets), 1) for part in parts), text)


def _part(number: int, copy: Copy, folder: Path) -> Part:
    page, record = copy.page, copy.record
    about = f"{page.name.rpartition('.')[0]}-maskad.jpg" if copy.is_masked else page.name
    entry = {
        "number": number,
        "record": str(record.identifier),
        "record_number": record.pk,
        "record_kind": str(record.get_kind_display()),
        # A title may name whom a mask hides.
        "record_title": "" if record.secret or copy.holds_back else record.title,
        "record_made_at": record.made_at,
        "original": _name(number, copy),
        "review": str(page.get_verdict_display()),
        "provision": page.provision,
        "masks": len(page.rectangles),
    }
    if copy.is_withheld:
        return Part(copy, entry)
    described = store.describe(store.Item(about, copy.file.media_type, "", copy.content))
    entry |= {"file": f"handling-{record.pk}/{about}", "size": described.size, "sha256": described.sha256}
    return Part(copy, entry, _sheets(number, copy, folder) if page.is_picture else [])


def _name(number: int, copy: Copy) -> str:
    """Answer what a page is called in the list; a file of which its record holds something back only by its number."""
    tells = not copy.page.is_picture and (copy.record.secret or copy.holds_back)
    return _("fil nr %(number)s") % {"number": number} if tells and copy.is_withheld else copy.page.name


def _sheets(number: int, copy: Copy, folder: Path) -> list[Sheet]:
    path = folder / f"sida-{number:04}.jpg"
    path.write_bytes(copy.content)
    left = [Page(path.name, copy.read.width, copy.read.height, tuple(copy.left))] if copy.read else []
    return sheets.of_page([path], left)


def _context(request: Disclosure, by: User, parts: list[Part]) -> dict[str, Any]:
    return {
        "request": request,
        "official": by,
        "parts": parts,
        "held": letters.held_back(request),
        "municipality": Municipality.objects.current(),
        "now": clock.now(),
    }


def _listed(request: Disclosure, parts: Iterable[Part]) -> bytes:
    return metadata.as_json(
        {
            "format": FORMAT,
            "request": request.pk,
            "authority": str(request.authority),
            "unit": str(request.unit),
            "received_at": request.received_at,
            "made_at": clock.now(),
            "pages": [part.entry for part in parts],
        }
    )


def _zip(request: Disclosure, items: list[store.Item], parts: Iterable[Part]) -> bytes:
    """Answer everything in one file, with checksums that `sha256sum -c` reads, and how to."""
    contents = {item.name: bytes(item.source) for item in items if isinstance(item.source, bytes)}
    contents |= {part.entry["file"]: part.copy.content for part in parts if "file" in part.entry}
    contents |= _texts(parts)
    contents[RECIPE_NAME] = (str(RECIPE) % {"request": request, "authority": request.authority}).encode()
    described = {name: store.describe(store.Item(name, "", "", content)) for name, content in contents.items()}
    contents[CHECKSUMS] = "".join(f"{each.sha256}  {name}\n" for name, each in described.items()).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in contents.items():
            pack.writestr(zipfile.ZipInfo(name, clock.local(clock.now()).timetuple()[:6]), content)
    return out.getvalue()


def _texts(parts: Iterable[Part]) -> dict[str, bytes]:
    found = ((part.entry, part.copy.text) for part in parts)
    return {f"{entry['file']}.txt": "\n".join(text).encode() for entry, text in found if text}


def _keep(request: Disclosure, by: User, made: Made) -> DisclosurePackage | None:
    records = {part.copy.record.pk: part.copy.record for part in made.parts}
    accounts = {record.account_id: record.account for record in records.values()}
    prepared = keeping.prepare(
        kind=Record.Kind.DISCLOSURE,
        title=_title(request),
        unit=request.unit,
        authority=request.authority,
        origin=Record.Origin.DRAWN_UP,
        made_at=clock.now(),
        files=store.put_all(made.items),
        account=next(iter(accounts.values())) if len(accounts) == 1 else None,
        facts={"request": request.pk, "pages": json.loads(_listed(request, made.parts))["pages"]},
    )
    with transaction.atomic():
        locked = Disclosure.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if locked.status != Disclosure.Status.PACKING:
            return None
        # Nobody marks any of them between this look and the end.
        list(Record.objects.select_for_update(of=("self",)).filter(disclosures__disclosure=locked).order_by("pk"))
        steps.all_still_open(locked, by)
        package = DisclosurePackage.objects.create(**_counted(locked, made), made_at=clock.now(), made_by=by)
        package.record = keeping.write(prepared, source=package, text=made.text, by=by)
        package.save()
        _mark(package.record, locked, by)
        if any(part.copy.page.provision for part in made.parts):
            DisclosureLetter.objects.create(
                disclosure=locked, kind=letters.Kind.ANSWER, made_by=by, made_at=clock.now(), record=package.record
            )
        perform(locked, "finish", by=None)
    return package


def _mark(record: Record, request: Disclosure, by: User) -> None:
    """Mark what was made of a marked record as well: that one person got it does not open it to everybody."""
    marked = Record.objects.filter(disclosures__disclosure=request, secret=True)
    sources = [marking.current(each) for each in marked.order_by("pk")]
    provisions = dict.fromkeys(source.provision for source in sources if source)
    if provisions:
        provision = "; ".join(provisions)[:LONGEST_PROVISION]
        marking.mark(record, by=by, provision=provision, authority=request.authority)


def _counted(request: Disclosure, made: Made) -> dict[str, Any]:
    return {
        "disclosure": request,
        "number": request.packages.count() + 1,
        "sheets": made.sheets,
        "masked": sum(part.copy.is_masked for part in made.parts),
        "withheld": sum(part.copy.is_withheld for part in made.parts),
    }


def _fail(request: Disclosure, why: str) -> None:
    if Disclosure.objects.filter(pk=request.pk, status=Disclosure.Status.PACKING).exists():
        perform(request, "fail", by=None, reason=why)


def _title(request: Disclosure) -> str:
    return _("Utlämnande efter begäran nr %(number)s") % {"number": request.pk}
