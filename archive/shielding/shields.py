"""What is hidden in the log for whoever may not see a marked record: the record's own lines and its source's."""

from django.db.models import Model, QuerySet

from archive import secrecy
from archive.models import DiaryHandover, DisposalHold, Record, Snapshot
from governance.models import User
from governance.shielded import shield


def closed_records(reader: User | None) -> QuerySet[Record]:
    """Answer the records that are closed to a reader; to nobody in particular every marked one is."""
    marked = Record.objects.order_by().filter(secret=True)
    return marked.exclude(secrecy.open_to(reader)) if reader is not None else marked


def about_closed(reader: User | None, model: type[Model]) -> QuerySet:
    """Answer the rows of a model that are about a record that is closed to a reader."""
    return model._default_manager.filter(record__in=closed_records(reader).values("pk"))


def closed_sources(reader: User | None, model: type[Model]) -> QuerySet:
    """Answer the rows of a model of which a record was made that is closed to a reader."""
    made = closed_records(reader).filter(source_type=model._meta.label_lower)
    return model._default_manager.filter(pk__in=made.values("source_id"))


shield("archive.record", closed_records)
shield("archive.snapshot", lambda reader: closed_sources(reader, Snapshot))
shield("archive.diaryhandover", lambda reader: about_closed(reader, DiaryHandover))
shield("archive.disposalhold", lambda reader: about_closed(reader, DisposalHold))
