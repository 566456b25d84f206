"""What the archive itself holds about a record beside its own row, emptied in the act that disposes of it.

The record's text with its index, its markings, its handovers and the note that it is out of use go with the row.
Kept on purpose: that a snapshot was taken, of which account, when and by whom; that a record was handed out, by its
identifier alone. What was handed out is a record of its own, with a day of its own in the plan.
"""

from django.utils.translation import gettext_lazy as _

from archive import loose
from archive.disposing import remains
from archive.models import ArchiveProblem, OutOfUse, Record, RecordText, SecrecyMarking, Snapshot
from archive.models.handover import DiaryHandover
from archive.packages import exporting
from governance.disposing import Emptied, Gone, holder, labelled


def empty_snapshot(gone: Gone) -> Emptied:
    """Empty what a snapshot says of the page: facts, remarks, the address reached, and an item's own address."""
    if gone.source_type != Snapshot._meta.label_lower:
        return Emptied()
    snapshot = Snapshot.objects.select_related("account").filter(pk=gone.source_id).first()
    if snapshot is None:
        return Emptied()
    loose.let_go(snapshot)
    said = {"facts": {}, "remarks": [], "address_reached": "", "failure_detail": ""}
    if snapshot.subject == Snapshot.Subject.ITEM:
        said["address_asked"] = snapshot.account.address
    return Emptied(Snapshot.objects.filter(pk=snapshot.pk).update(**said))


def empty_text(gone: Gone) -> Emptied:
    """Take away the text by which the record is found; its words leave the vocabulary after the disposal."""
    return _deleted(RecordText, gone)


def empty_markings(gone: Gone) -> Emptied:
    """Take away the markings: what they say of the content must not outlive it."""
    return _deleted(SecrecyMarking, gone)


def empty_handovers(gone: Gone) -> Emptied:
    """Take away what the handover to the diary says of the matter and its parties; the diary has its own."""
    return _deleted(DiaryHandover, gone)


def empty_notes(gone: Gone) -> Emptied:
    """Take away the note that it is out of use, and the names of files in what a check of the archive found."""
    rows = OutOfUse.objects.filter(record=gone.number).delete()[0]
    return Emptied(rows + ArchiveProblem.objects.filter(identifier=gone.identifier).exclude(name="").update(name=""))


def empty_exports(gone: Gone) -> Emptied:
    """Take away the files of exports that hold it; what is handed out already lies elsewhere."""
    return Emptied(exporting.withdraw(Record.objects.get(pk=gone.number)))


def _deleted(model, gone: Gone) -> Emptied:
    return Emptied(model.objects.filter(record=gone.number).delete()[0])


holder("archive.snapshot", _("uppgifter om sidan i ögonblicksbilden"), empty_snapshot)
holder("archive.text", _("texten och sökregistret"), empty_text)
holder("archive.markings", _("sekretessmarkeringar"), empty_markings)
holder("archive.handovers", _("överlämning till diariet"), empty_handovers)
holder("archive.notes", _("anteckningar om handlingen"), empty_notes)
holder("archive.exports", _("exportfiler som väntar på att hämtas"), empty_exports)
labelled("archive.record", remains.labels)
