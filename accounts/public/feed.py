"""What has changed among the official accounts, the latest first, as an Atom feed."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life.changes import labels
from accounts.models import Account
from accounts.public.entries import slug_of
from accounts.public.place import place
from governance.models import AuditEvent

LATEST = 100
# What the public is told of; who did it is not among it, nor why.
TOLD = {
    "account.open": gettext_lazy("%(name)s är ett nytt officiellt konto"),
    "account.inherit": gettext_lazy("%(name)s är ett officiellt konto"),
    "account.pause": gettext_lazy("%(name)s är pausat"),
    "account.rest": gettext_lazy("%(name)s är pausat för säsongen"),
    "account.resume": gettext_lazy("%(name)s är igång igen"),
    "account.wake": gettext_lazy("%(name)s är igång igen efter säsongen"),
    "account.begin_closing": gettext_lazy("%(name)s ska avslutas"),
    "account.keep": gettext_lazy("%(name)s blir kvar"),
    "account.close": gettext_lazy("%(name)s är avslutat"),
    "account.report_lost": gettext_lazy("Varning: %(name)s är kapat eller har gått förlorat"),
    "account.recover": gettext_lazy("%(name)s är kommunens igen"),
}
# An edit is told where it changed the name: `data.fields` says what was changed, in the product's own language.
EDITED, RENAMED = "account.edit", gettext_lazy("Ett konto heter nu %(name)s")


@dataclass(frozen=True)
class Change:
    """One change of one account: what happened, when, and the account's page."""

    number: int
    title: str
    at: datetime
    url: str
    action: str


def changes() -> list[Change]:
    """Answer the latest changes of accounts that are public now; two questions."""
    renamed = Q(action=EDITED, data__fields__icontains=labels(["name"]))
    told = AuditEvent.objects.filter(Q(action__in=TOLD) | renamed, object_type=Account._meta.label_lower)
    events = list(told.filter(object_id__in=Account.objects.public().order_by().values("pk"))[:LATEST])
    known = Account.objects.select_related("platform").in_bulk({event.object_id for event in events})
    return [_change(event, known[event.object_id or 0]) for event in events]


def _change(event: AuditEvent, account: Account) -> Change:
    """Tell a change under the name the account has now: an earlier one may not have been for the public."""
    path = reverse("accounts:public-show", kwargs={"pk": account.pk, "slug": slug_of(account.name)})
    title = str(TOLD.get(event.action, RENAMED)) % {"name": account}
    return Change(event.pk, title, event.at, settings.BASE_URL + path, event.action)


def as_atom() -> str:
    """Answer the feed."""
    whole = place()
    own = settings.BASE_URL + reverse("accounts:data-feed")
    found = changes()
    feed = Atom1Feed(
        title=_("%(place)s: ändringar bland officiella konton") % {"place": whole.name},
        link=settings.BASE_URL + reverse("accounts:public-list"),
        description="",
        language="sv",
        feed_url=own,
        feed_guid=own,
        author_name=whole.name,
    )
    for change in found:
        feed.add_item(
            title=change.title,
            link=change.url,
            description=change.title,
            unique_id=f"{own}#{change.number}",
            pubdate=change.at,
            updateddate=change.at,
            categories=[change.action.partition(".")[2]],
        )
    return feed.writeString("utf-8")
