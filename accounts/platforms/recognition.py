"""Whether an account that somebody saw is the municipality's own: official, closed, lost, not known, or only alike.

What it is held against is kept in the process (`accounts.platforms.known`): an answer takes one query.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from accounts.models import Account, Platform
from accounts.platforms import known, question
from accounts.platforms.known import MOST_SIMILAR
from accounts.platforms.question import ADDRESS, HANDLE, NAME, NOTHING, Place, Question

__all__ = [
    "ADDRESS",
    "CLOSED",
    "HANDLE",
    "LOOKS_LIKE",
    "LOST",
    "NAME",
    "NOTHING",
    "OFFICIAL",
    "UNKNOWN",
    "Answer",
    "check",
]

OFFICIAL, CLOSED, LOST, UNKNOWN, LOOKS_LIKE = "official", "closed", "lost", "unknown", "looks_like"
KINDS = {Account.Status.CLOSED: CLOSED, Account.Status.LOST: LOST}
WARNED_FIRST = (LOST, OFFICIAL, CLOSED)


@dataclass(frozen=True)
class Answer:
    """What the register says of what was asked.

    `kind` is OFFICIAL, CLOSED, LOST (`account` is the one), LOOKS_LIKE (`similar` are ours that it resembles) or
    UNKNOWN. `asked` says what was read: an ADDRESS proves something; a HANDLE or a NAME only leads to our accounts of
    that name (`account`, and further ones in `similar`), which others elsewhere may imitate. `part_of` is true where
    the link led to one post and its account was asked for; `imitated` is the platform whose address was counterfeited;
    `refused` is the kind of a link that names no account (a key of `opening.NOT_ACCOUNTS`).
    """

    kind: str
    asked: str = ADDRESS
    account: Account | None = None
    similar: list[Account] = field(default_factory=list)
    platform: Platform | None = None
    handle: str = ""
    canonical: str = ""
    part_of: bool = False
    imitated: Platform | None = None
    refused: str = ""


def check(text: str, at: datetime) -> Answer:
    """Answer what the register at `at` says of a link, a handle or a name; one query, unless the register has changed.

    Never raises, whatever is asked. Internal, monitoring, proposed and rejected accounts are never told of.
    """
    register = known.register()
    asked = question.read(text, register.platforms)
    if asked.asked == NOTHING:
        return Answer(UNKNOWN, NOTHING)
    public = register.known.at(at)
    if ours := public.exactly(asked, MOST_SIMILAR + 1):
        return _pretending(asked, ours) if asked.imitated else _ours(asked, ours)
    # One that nobody may know of is not said to be somebody else's either.
    if register.taken.at(asked):
        return _answer(asked, UNKNOWN)
    similar = public.similar(asked)
    return _answer(asked, LOOKS_LIKE if similar else UNKNOWN, similar=similar)


def _ours(asked: Question, ours: list[Account]) -> Answer:
    """Answer the account that must be warned of first; one whose address has passed on only where nobody has it."""
    if asked.asked == ADDRESS:
        ours = [account for account in ours if account.address_released_at is None] or ours[-1:]
    first = min(ours, key=lambda account: WARNED_FIRST.index(_kind(account)))
    place = next((each for each in asked.places if _is_at(each, first)), None)
    others = [account for account in ours if account != first]
    if place and place.platform.anywhere and asked.host:
        asked = replace(asked, asked=ADDRESS)  # a word that could be a handle, and was a site
    return _answer(asked, _kind(first), place=place, account=first, similar=others)


def _pretending(asked: Question, ours: list[Account]) -> Answer:
    return _answer(asked, LOOKS_LIKE, similar=ours)


def _answer(
    asked: Question,
    kind: str,
    *,
    place: Place | None = None,
    account: Account | None = None,
    similar: Iterable[Account] = (),
) -> Answer:
    """Answer with what was read; a handle that could be anywhere is on no platform until it is found."""
    if place is None and asked.asked == ADDRESS and asked.imitated is None:
        place = next(iter(asked.places), None)
    return Answer(
        kind,
        asked.asked,
        account,
        list(similar),
        account.platform if account else place.platform if place else None,
        account.handle if account else place.found.handle if place else asked.words,
        account.address if account else place.found.address if place else "",
        asked.part_of,
        asked.imitated,
        asked.refused,
    )


def _kind(account: Account) -> str:
    return KINDS.get(Account.Status(account.status), OFFICIAL)


def _is_at(place: Place, account: Account) -> bool:
    return place.found.address.lower() == account.address.lower()
