"""What a question is held against: platforms and accounts, kept by each process until one of their rows changes.

Everybody may ask, and a swindler's link resembles none of ours: it must be compared with every name. So the names are
folded once and not once for each question, and one small query (`governance.stamps`) tells whether they still stand.
"""

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from accounts.models import Account, Platform
from accounts.models.platform import PlatformDetails
from accounts.platforms import question
from accounts.platforms.likeness import Names
from accounts.platforms.question import ADDRESS, Question, tail
from governance.models import Unit
from governance.sorting import swedish_key
from governance.stamps import rows_stamp

MOST_SIMILAR = 5
ROWS = tuple((model._meta.db_table, "true") for model in (Account, Platform, PlatformDetails, Unit))
# What an answer tells of an account; the rest of its row is not kept.
TOLD = (
    *("name", "handle", "address", "address_released_at", "status", "kind", "visibility", "audience", "sort_key"),
    *("public_about", "public_about_en", "opened_at", "closed_at", "paused_until", "platform", "unit"),
)
# What stands before the name itself in some platforms' handles.
FORMS = ("{}", "@{}", "company/{}", "school/{}", "showcase/{}", "groups/{}", "in/{}", "c/{}", "user/{}", "photos/{}")
_kept: dict[str, Any] = {}


class Places:
    """Where accounts are and what they are called, each under its one lower-case form."""

    def __init__(self, found: Iterable[tuple[int, str, str, str]]) -> None:
        self._by_address: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        for pk, address, handle, name in found:
            self._by_address.setdefault(address.lower(), []).append(pk)
            for key in (_as_handle(handle), _as_name(name)):
                self._by_name.setdefault(key, []).append(pk)

    def at(self, asked: Question) -> set[int]:
        """Answer the accounts at the very places, or, where no address was given, of the very name or handle."""
        found = {pk for place in asked.places for pk in self._by_address.get(place.found.address.lower(), ())}
        if asked.asked == ADDRESS or not asked.words:
            return found
        words = asked.words.lower()
        keys = [*(_as_handle(form.format(words)) for form in FORMS), _as_name(swedish_key(words))]
        return found.union(*(self._by_name.get(key, ()) for key in keys))


class Known:
    """The accounts that the public may know of, ready to be asked for; nothing in it changes."""

    def __init__(self, accounts: list[Account]) -> None:
        self._accounts = {account.pk: account for account in accounts}
        self._places = Places((each.pk, each.address, each.handle, each.sort_key) for each in accounts)
        self._handles = Names({each.pk: tail(each.handle) for each in accounts if not each.platform.anywhere})
        self._names = Names({each.pk: each.name for each in accounts})
        self._sites = [(each.pk, each.handle.partition("/")[0]) for each in accounts if each.platform.anywhere]
        self._latest = max((each.opened_at for each in accounts if each.opened_at), default=None)

    def at(self, moment: datetime) -> "Known":
        """Answer those that were opened by then: all of them, unless the past is asked about."""
        if self._latest is None or self._latest <= moment:
            return self
        return Known([each for each in self._accounts.values() if each.opened_at and each.opened_at <= moment])

    def exactly(self, asked: Question, most: int) -> list[Account]:
        """Answer what is asked for by its very place or name; what has its address still comes first."""
        found = sorted((self._accounts[pk] for pk in self._places.at(asked)), key=_standing)
        return [copy.copy(account) for account in found[:most]]

    def similar(self, asked: Question) -> list[Account]:
        """Answer the accounts whose handle, name or site may be taken for what was asked, the most alike first."""
        keys: list[int] = []
        if asked.words:
            keys += self._handles.nearest(asked.words, MOST_SIMILAR)
            keys += self._names.nearest(asked.words, MOST_SIMILAR)
        if asked.host:
            keys += [pk for pk, site in self._sites if question.is_drawn_like(asked.host, site)]
        return [copy.copy(self._accounts[pk]) for pk in list(dict.fromkeys(keys))[:MOST_SIMILAR]]


class Register:
    """All of it at one moment: the platforms, what the public may know of, and the places of all accounts there are."""

    def __init__(self, platforms: list[Platform], known: Known, taken: Places) -> None:
        self.platforms, self.known, self.taken = platforms, known, taken

    @classmethod
    def read(cls) -> Self:
        """Read it anew; four queries, however many accounts there are."""
        platforms = {platform.pk: platform for platform in Platform.objects.whole()}
        units = Unit.objects.only("name").in_bulk()
        public = list(Account.objects.public().select_related(None).only(*TOLD).order_by("pk"))
        for account in public:
            account.platform, account.unit = platforms[account.platform_id], units[account.unit_id]
        every = Account.objects.exclude(address="").order_by().values_list("pk", "address", "handle", "sort_key")
        return cls(list(platforms.values()), Known(public), Places(every.iterator()))


def register() -> Register:
    """Answer the register as it is now: one query where nothing in it has changed since this process last read it."""
    stamp = rows_stamp(ROWS)
    kept = _kept.get("register")
    if kept is None or kept[0] != stamp:
        kept = _kept["register"] = (stamp, Register.read())
    found: Register = kept[1]
    return found


def _standing(account: Account) -> tuple:
    released = account.address_released_at
    return (released is not None, released.timestamp() if released else 0, account.sort_key, account.pk)


def _as_handle(text: str) -> str:
    return f"@ {text.lower()}"


def _as_name(key: str) -> str:
    return f"= {key}"
