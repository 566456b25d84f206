"""The chain of seals, walked from its beginning: each link, and the record that each stands for."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from archive.integrity import Problem
from archive.models import ArchiveCheck, DisposedRecord, Record, RecordSeal
from archive.trust import seals

Found = list[tuple[UUID | None, Problem]]


def walk(after: int) -> Iterator[tuple[list[RecordSeal], Found]]:
    """Answer the links from behind a number, a batch at a time, with what does not hold of each batch."""
    before = RecordSeal.objects.filter(number=after).first()
    number, previous = (after, before.hash) if before else (0, seals.FIRST)
    for batch in seals.batches(after):
        found: Found = []
        for made in batch:
            if made.number != number + 1 or made.previous != previous:
                found.append((made.identifier, Problem("seal_order", str(made.number))))
            if made.hash != seals.link(made):
                found.append((made.identifier, Problem("seal_changed", str(made.number))))
            number, previous = made.number, made.hash
        yield batch, found + _against_records(batch)


def lost_head(check: ArchiveCheck) -> Found:
    """Name the chain's end of an earlier check where it is no part of the chain any more."""
    earlier = ArchiveCheck.objects.filter(head_number__gt=0).exclude(pk=check.pk).order_by("-head_number").first()
    if earlier is None:
        return []
    there = RecordSeal.objects.filter(number=earlier.head_number, hash=earlier.head_hash).exists()
    return [] if there else [(None, Problem("seal_head", str(earlier.head_number)))]


def _against_records(batch: list[RecordSeal]) -> Found:
    """Compare links with their records; what seems wrong is asked again: it may be in the middle of its disposal."""
    suspected = {made.identifier for made, _problem in _compared(batch)}
    again = [made for made in batch if made.identifier in suspected]
    return [(made.identifier, problem) for made, problem in _compared(again)]


def _compared(batch: Iterable[RecordSeal]) -> Iterator[tuple[RecordSeal, Problem]]:
    wanted = [made.identifier for made in batch]
    if not wanted:
        return
    kept = dict(Record.objects.filter(identifier__in=wanted).values_list("identifier", "manifest_sha256"))
    gone = dict(DisposedRecord.objects.filter(identifier__in=wanted).values_list("identifier", "manifest_sha256"))
    for made in batch:
        here, there = kept.get(made.identifier), gone.get(made.identifier)
        if here and there:
            yield made, Problem("came_back")
        elif not (here or there):
            yield made, Problem("record_missing")
        elif (here or there) != made.manifest_sha256:
            yield made, Problem("record_other")
