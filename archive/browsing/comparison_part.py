"""On a snapshot's page: the one before it and the one after it, and the comparison with each."""

from archive.browsing import years
from archive.models import Record
from archive.record_page import part
from governance.models import User
from governance.panels import Panel


@part(10, aside=True)
def beside(user: User, record: Record) -> Panel | None:
    """Lead to the account's snapshots before and after this one, as far as the reader may see them."""
    if record.account is None or record.kind != Record.Kind.SNAPSHOT:
        return None
    others = years.seen(user, record.account).exclude(pk=record.pk)
    before = others.filter(made_at__lte=record.made_at).order_by("-made_at", "-pk").first()
    after = others.filter(made_at__gt=record.made_at).order_by("made_at", "pk").first()
    if before is None and after is None:
        return None
    return Panel("archive/record/_beside.html", {"before": before, "after": after})
