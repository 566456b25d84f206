"""What follows by itself: a package is made by the worker, and who asked is forgotten when that wears out.

To draw the pictures and print takes longer than anybody waits for a page.
"""

from django.utils.translation import gettext_lazy as _

from archive.disclosing import packing, requesting
from archive.models import Disclosure
from archive.models.disclosure import REQUESTER_KEPT
from governance.disposing import worn
from governance.followups import subscribe
from governance.models import AuditEvent, User


def make_package(event: AuditEvent) -> None:
    """Make the package of a request that waits for it; once."""
    request = Disclosure.objects.select_related("unit", "authority").get(pk=event.object_id or 0)
    packing.make(request, User.objects.get(pk=event.actor_id or 0))


subscribe("archive.disclosure_package", {"disclosure.package"}, make_package, stores_files=True)
worn(
    "archive.disclosure",
    _("vem som begärt allmänna handlingar, och med vilka ord"),
    days=REQUESTER_KEPT.days,
    why=_("Ett beslut kan överklagas och prövas på nytt. Därefter behövs inte uppgifterna."),
    forget=requesting.forget_before,
)
