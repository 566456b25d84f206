"""What requests show on pages that are not their own: the navigation, and a record's page."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from archive.disclosing import choosing
from archive.disclosing.requesting import HANDLES
from archive.models import Disclosure, Record
from archive.record_page import part
from governance import access, holdings
from governance.holdings import Holding
from governance.models import User
from governance.panels import Panel, navigation

SHOWN = 50
MEND = _("Byt handläggare på begärans sida.")

navigation(_("Utlämnanden"), "archive:disclosure-list", "see_disclosure", 64, under="archive:record-list")


def held_requests(user: User) -> Iterator[Holding]:
    """Answer the requests that a person handles, for whoever takes over."""
    for request in Disclosure.objects.open().filter(handler=user).order_by("due_at", "pk"):
        yield Holding(_("Handlägger: %(request)s") % {"request": request}, request.get_absolute_url(), MEND)


holdings.register("archive.disclosures", 60, held_requests)


@part(40, aside=True)
def add_to_request(user: User, record: Record) -> Panel | None:
    """Let whoever hands out add the record to a request that is handled now."""
    if not access.can(user, HANDLES, record):
        return None
    has_it = Disclosure.objects.filter(chosen__record=record)
    context = {
        "requests": list(choosing.open_requests(user).exclude(pk__in=has_it.values("pk"))[:SHOWN]),
        "in_requests": list(access.visible(user, has_it, "see_disclosure").order_by("-pk")[:SHOWN]),
    }
    return Panel("archive/record/_disclose.html", context)
