"""The index: one row per record, written in the record's own transaction, and the vocabulary of them all."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from archive import lines, store
from archive.models import Record, RecordText, SearchWord
from archive.searching import words

TEXT, CONTENT = "text.txt", "innehall.json"
LONGEST_TEXT = 4_000_000
# What PostgreSQL bears of one row's index: bytes in all (it takes 1 MiB), times of one word, and numbered places.
# After the last place it is counted from the first again: a phrase far down is found too, and hardly ever a false one.
MOST_BYTES, MOST_TIMES, LAST_PLACE = 1_000_000, 255, 16_380
GAP = 10  # between what stands beside one another without being one sentence: no phrase spans it
VOCABULARY_LOCK = 0x6F726473  # writers share it; whoever prunes has it alone


@transaction.atomic
def add(record: Record, text: str = "") -> None:
    """Make a record searchable, or anew; without `text`, by what its own files say."""
    body = words.clean(text)[:LONGEST_TEXT] or source_text(record)
    vector, used = _vector(_head(record), body)
    _hold_vocabulary("_shared")
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, key=words.key(word)) for word in words.vocabulary(used)), ignore_conflicts=True
    )
    RecordText.objects.update_or_create(record=record, defaults={"text": body, "vector": vector})


def refresh(record: Record) -> None:
    """Index a record anew, where what stands beside its text has changed (its diary number)."""
    kept = RecordText.objects.filter(record=record).values_list("text", flat=True).first()
    add(record, kept or "")


@transaction.atomic
def prune() -> int:
    """Forget every word that no record holds any more, after a disposal; answer how many."""
    _hold_vocabulary()
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from archive_searchword as known where not exists (select 1 from"
            " ts_stat('select vector from archive_recordtext where vector is not null') as used"
            " where used.word = known.word)"
        )
        return cursor.rowcount


def source_text(record: Record) -> str:
    """Answer the text of a record by its files: the page's text, else the lines on its pictures, else its content."""
    files = {file.name: file for file in record.files.all()}
    if TEXT in files:
        return words.clean(store.text(files[TEXT], LONGEST_TEXT))
    if lines.NAME in files:
        return words.clean("\n".join(page.text for page in lines.load(record)))[:LONGEST_TEXT]
    return words.clean(_said(store.text(files[CONTENT], LONGEST_TEXT))) if CONTENT in files else ""


def _head(record: Record) -> list[str]:
    """Answer what a record is known by beside its text, each by itself."""
    facts = record.facts
    account = record.account.name if record.account else ""
    addresses = [str(facts.get(name) or "") for name in ("asked", "reached", "title")]
    originals = [file.name for file in record.files.all() if file.is_foreign]
    known = [record.title, account, record.diary_number, str(record.identifier), *addresses, *originals]
    return [words.clean(text) for text in known if text]


def _vector(head: list[str], body: str) -> tuple[str, list[str]]:
    """Answer the row's index as PostgreSQL writes one, and the words in it; a head weighs more than a body."""
    places: dict[str, list[str]] = {}
    size, place = 0, 0
    for number, text in enumerate([*head, body]):
        weight = "A" if number < len(head) else ""
        for place, word in enumerate(words.split(text), start=place + GAP):  # noqa: B020 - counted on from the last
            size += 2 if word in places else len(word.encode()) + 8
            if size > MOST_BYTES:
                break
            found = places.setdefault(word, [])
            if len(found) < MOST_TIMES:
                found.append(f"{1 + place % LAST_PLACE}{weight}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items()), list(places)


def _said(content: str) -> str:
    try:
        return "\n".join(_strings(json.loads(content)))
    except ValueError:
        return ""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _hold_vocabulary(how: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock{how}(%s)", [VOCABULARY_LOCK])
