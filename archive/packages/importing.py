"""Reading an export of ours into an empty installation: the same records, by the same identifiers and hashes."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from accounts.models import Account, Platform
from archive import store
from archive.models import DisposedRecord, DocumentKind, Record, RecordFile
from archive.packages import reading
from archive.packages.exporting import ORGANISATION, RECORDS
from archive.packages.reading import NotABag
from archive.searching import indexing
from archive.shielding import marking
from governance import audit, clock
from governance.models import Authority, Unit, User

METADATA = "metadata.json"
NUMBERED = (Authority, Unit, Account, Record)


class NotEmpty(Exception):
    """The installation already holds something that the export would stand beside."""


def read_in(path: Path, *, by: User, tell: Callable[[str], None]) -> int:
    """Read the records of an export in; answer how many. `by` stands as the one who proposed the accounts.

    What was disposed of here is left out, and told. What was marked secret is marked here too, and lies apart.
    Raises `NotABag` where a byte is not what the manifest says, before anything is read in; `NotEmpty` where there are
    records already, or units and accounts of other names under the same numbers.
    """
    if Record.objects.exists():
        raise NotEmpty("there are records already")
    sums = reading.check(path)
    tell(f"{len(sums)} files are what the manifest says")
    gone = {str(each) for each in DisposedRecord.objects.order_by().values_list("identifier", flat=True)}
    stored, described, organisation, left_out = _store(path, gone)
    for identifier in sorted(left_out):
        tell(f"{identifier}: was disposed of here, and is left out")
    with transaction.atomic():
        _make_organisation(organisation, by)
        for folder, facts in described.items():
            _make_record(facts, stored[folder], by)
        _set_sequences()
    return len(described)


def _store(
    path: Path, gone: set[str]
) -> tuple[dict[str, dict[str, store.Stored]], dict[str, Any], dict[str, Any], set[str]]:
    """Store the files of each record but those that are `gone`; answer them, what is said of them, and those."""
    left_out: set[str] = set()
    stored: dict[str, dict[str, store.Stored]] = {}
    described: dict[str, Any] = {}
    organisation: dict[str, Any] = {}
    for name, content in reading.each(path):
        folder, _slash, own = name.removeprefix(f"{RECORDS}/").partition("/")
        if name == ORGANISATION:
            organisation = reading.json_of(content)
        elif name.startswith(f"{RECORDS}/") and folder in gone:
            left_out.add(folder)
        elif name.startswith(f"{RECORDS}/") and own == METADATA:
            described[folder] = reading.json_of(content)
        elif name.startswith(f"{RECORDS}/") and own != "metadata.xml":
            stored.setdefault(folder, {})[own] = _put(own, content)
    return stored, described, organisation, left_out


def _put(name: str, content: IO[bytes]) -> store.Stored:
    """Store one file through a file on disk, so that it may be of any size."""
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / "fil"
        with beside.open("wb") as target:
            while chunk := content.read(store.CHUNK):
                target.write(chunk)
        return store.put(store.Item(name, "", "", beside))


def _make_organisation(data: dict[str, Any], by: User) -> None:
    for each in data.get("authorities", []):
        _same_or_new(Authority, each["number"], each["name"], kind=each["kind"], valid_from=_day(each["valid_from"]))
    for each in data.get("units", []):
        facts = {"authority_id": each["authority"], "parent_id": each["parent"], "valid_from": _day(each["valid_from"])}
        _same_or_new(Unit, each["number"], each["name"], **facts)
    for each in data.get("accounts", []):
        platform = Platform.objects.filter(key=each["platform"]).first()
        platform = platform or Platform.objects.create(key=each["platform"], name=each["platform_name"])
        facts = {"unit_id": each["unit"], "platform": platform, "proposed_by": by, "proposed_at": clock.now()}
        _same_or_new(Account, each["number"], each["name"], **facts)


def _same_or_new(model: Any, number: int, name: str, **facts: Any) -> None:
    there = model.objects.filter(pk=number).first()
    if there is None:
        model.objects.create(pk=number, name=name, **facts)
    elif there.name != name:
        raise NotEmpty(f"{model._meta.model_name} {number} is not called {name} here; begin anew, and name it so")


def _make_record(facts: dict[str, Any], files: dict[str, store.Stored], by: User) -> None:
    account, kind = facts["account"], facts["document_kind"]
    record = Record(
        pk=facts["number"],
        identifier=facts["identifier"],
        kind=facts["kind"]["code"],
        title=facts["title"],
        account_id=account["number"] if account else None,
        unit_id=facts["unit"]["number"],
        authority_id=facts["authority"]["number"],
        origin=facts["origin"]["code"],
        made_at=_moment(facts["made_at"]),
        kept_at=_moment(facts["kept_at"]),
        period=facts["period"],
        source_type=facts["source"]["type"],
        source_id=facts["source"]["number"],
        facts=facts["facts"],
        manifest_sha256=facts["manifest_sha256"],
        completeness=facts["completeness"]["code"] if facts["completeness"] else "",
        authors=facts["authors"]["code"] if facts["authors"] else "",
        diary_number=facts["diary_number"],
        dispose_after=_day(facts["dispose_after"]) if facts["dispose_after"] else None,
        document_kind=_kind(kind) if kind else None,
    )
    record.save(force_insert=True)
    RecordFile.objects.bulk_create(
        RecordFile(
            record=record,
            order=order,
            **{key: file[key] for key in ("name", "media_type", "size", "sha256")},
            caption=file["caption"],
        )
        for order, file in enumerate(facts["files"], start=1)
    )
    if {file["name"]: file["sha256"] for file in facts["files"]} != {n: f.sha256 for n, f in files.items()}:
        raise NotABag(f"{facts['identifier']}: the files are not those of the metadata")
    store.named(files.values())
    indexing.add(record)
    for each in facts.get("secrecy", []):
        authority = Authority.objects.filter(name=each["authority"]).first() or record.authority
        made_at = _moment(each["made_at"])
        marking.mark(record, by=by, provision=each["provision"], authority=authority, made_at=made_at)
    record.refresh_from_db(fields=["secret"])
    said = {"files": len(files), "sha256": record.manifest_sha256}
    audit.record("record.read_in", by=by, obj=record, data=said)


def _kind(said: dict[str, str]) -> DocumentKind:
    return DocumentKind.objects.get_or_create(key=said["code"], defaults={"name": said["words"]})[0]


def _set_sequences() -> None:
    """Let the next number of each table follow the highest that was read in."""
    with connection.cursor() as cursor:
        for model in NUMBERED:
            table = model._meta.db_table
            cursor.execute(
                f"select setval(pg_get_serial_sequence(%s, 'id'), greatest(max(id), 1)) from {table}",  # noqa: S608
                [table],
            )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None:
        raise NotABag(f"{text}: no moment")
    return moment
