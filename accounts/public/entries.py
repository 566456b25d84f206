"""One account as the public sees it: everywhere the same facts, whether on a page, in a feed or as data."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import unquote

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.text import slugify
from django.utils.translation import get_language

from accounts.models import Account, ActivityPlan
from governance import clock
from governance.shared import ENGLISH, SWEDISH, local_reverse

Status = Account.Status
# Closed accounts stay so long in a list of their own; the check knows them for ever.
CLOSED_SHOWN = timedelta(days=365)
COLORS = {
    Status.ACTIVE: "success",
    Status.PAUSED: "info",
    Status.CLOSING: "warning",
    Status.CLOSED: "neutral",
    Status.LOST: "danger",
}


@dataclass(frozen=True)
class Entry:
    """An account: what it is called, where it is, whose it is, what it is for and how it stands. No person."""

    pk: int
    name: str
    platform_key: str
    platform: str
    handle: str
    address: str
    unit: str
    kind: str
    kind_name: str
    status: str
    status_name: str
    locked: bool
    audience: str
    purpose_sv: str
    purpose_en: str
    opened_on: date | None
    closed_on: date | None
    paused_until: date | None

    @property
    def color(self) -> str:
        """Answer the colour of the status."""
        return COLORS[Status(self.status)]

    @property
    def lost(self) -> bool:
        """Answer whether the account is in somebody else's hands."""
        return self.status == Status.LOST

    @property
    def running(self) -> bool:
        """Answer whether the account is the municipality's and open."""
        return self.status in (Status.ACTIVE, Status.PAUSED, Status.CLOSING)

    @property
    def purpose(self) -> str:
        """Answer what the account is for, in the language that is spoken where it has been written in it."""
        return self.purpose_en if self.purpose_language == ENGLISH else self.purpose_sv

    @property
    def purpose_language(self) -> str:
        """Answer the language of `purpose`."""
        return ENGLISH if get_language() == ENGLISH and self.purpose_en else SWEDISH

    @property
    def shown_address(self) -> str:
        """Answer the address as one says it, without its beginning and its encoding."""
        return unquote(self.address).partition("://")[2].removeprefix("www.")

    @property
    def url(self) -> str:
        """Answer the account's page in the language that is spoken."""
        return self.url_in(get_language())

    def url_in(self, language: str) -> str:
        """Answer the account's page in one language."""
        return local_reverse("accounts:public-show", language, pk=self.pk, slug=slug_of(self.name))


def slug_of(name: str) -> str:
    """Answer the name as it stands in an address; "konto" where nothing is left of it."""
    return slugify(name)[:60].strip("-") or "konto"


def public_accounts() -> QuerySet[Account]:
    """Answer the accounts that the public may know of, each with what its plan says it is for (`planned`)."""
    in_force = ActivityPlan.objects.filter(account=OuterRef("pk"), status=ActivityPlan.Status.APPROVED)
    purpose = Coalesce(NullIf("purpose", Value("", TextField())), "mission")
    return Account.objects.public().annotate(planned=Subquery(in_force.values(said=purpose)[:1]))


def listed(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Keep those on the list: open ones, and lost ones with their warning."""
    return accounts.exclude(status=Status.CLOSED)


def lately_closed(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Keep those that were closed within a year."""
    return accounts.filter(status=Status.CLOSED, closed_at__gte=clock.now() - CLOSED_SHOWN)


def told(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Keep what the list, or the list of closed ones, shows: what is told as open data."""
    late = Q(status=Status.CLOSED) & ~Q(closed_at__gte=clock.now() - CLOSED_SHOWN)
    return accounts.exclude(late)


def entry(account: Account) -> Entry:
    """Answer an account of `public_accounts` as the public sees it."""
    return Entry(
        pk=account.pk,
        name=account.name,
        platform_key=account.platform.key,
        platform=account.platform.name,
        handle=account.handle,
        address=account.address,
        unit=account.unit.name,
        kind=account.kind,
        kind_name=account.get_kind_display(),
        status=account.status,
        status_name=account.get_status_display(),
        locked=account.visibility == Account.Visibility.LOCKED,
        audience=account.audience,
        purpose_sv=account.public_about or getattr(account, "planned", None) or "",
        purpose_en=account.public_about_en,
        opened_on=clock.local(account.opened_at).date() if account.opened_at else None,
        closed_on=clock.local(account.closed_at).date() if account.closed_at else None,
        paused_until=account.paused_until,
    )
