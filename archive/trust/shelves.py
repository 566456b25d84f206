"""The other way round: every file that lies in the storage must be named by something."""

import re
from collections.abc import Iterable, Iterator

from archive import store
from archive.models import Discard, LooseFile, RecordFile
from archive.storage import INCOMING, Keeping

BATCH = 500
NAME = re.compile(
    r"(?P<prefix>.*?)(?P<first>[0-9a-f]{2})/(?P<second>[0-9a-f]{2})/(?P<sum>(?P=first)(?P=second)[0-9a-f]{60})"
)
# What is being written now; what was left half written is forgotten after a day (`store.forget_incoming`).
COMING = re.compile(rf"{INCOMING}/[^/]+\.part")


def names(after: str = "") -> Iterator[str]:
    """Answer the names of all files in the storage, in order, from behind `after`."""
    kept = store.storage()
    if not isinstance(kept, Keeping):
        raise TypeError("the archive's storage cannot be walked through")
    return kept.walk(after)


def unknown(found: Iterable[str]) -> list[str]:
    """Answer those of these names that nothing names. What seems unknown is asked again: it may just be on its way."""
    suspected = [name for name in found if not COMING.fullmatch(name)]
    for _time in range(2):
        counted = _counted(suspected)
        suspected = [name for name in suspected if name not in counted]
    return [name for name in suspected if store.storage().exists(name)]


def readable(name: str) -> str:
    """Answer a name that a database can keep, whatever bytes it is made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "�")


def _counted(suspected: Iterable[str]) -> set[str]:
    parts = {name: (match["sum"], match["prefix"]) for name in suspected if (match := NAME.fullmatch(name))}
    sums = {sha256 for sha256, _prefix in parts.values()}
    if not sums:
        return set()
    # Notes before rows: a note becomes a row, and never the other way.
    counted = set(LooseFile.objects.filter(sha256__in=sums).values_list("sha256", "prefix"))
    counted |= set(RecordFile.objects.filter(sha256__in=sums).values_list("sha256", "prefix"))
    counted |= set(Discard.objects.filter(sha256__in=sums, done_at=None).values_list("sha256", "prefix"))
    return {name for name, part in parts.items() if part in counted}
