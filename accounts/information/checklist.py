"""The checklist of one account: what its policy and the law want it to show, and how each thing stands (R-INFO-1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account, InformationAnswer
from governance.models import PolicyVersion
from governance.policy.presence import Information, InformationExemption, InformationItem

Answer = InformationAnswer.Answer
SETTLED = frozenset({Answer.OK, Answer.NOT_POSSIBLE, Answer.EXEMPT})
# What only reads what others write has no page of its own to show anything on.
SHOWS_NOTHING = frozenset({Account.Kind.MONITORING})
RUNNING = (Account.Status.ACTIVE, Account.Status.PAUSED, Account.Status.CLOSING)


@dataclass(frozen=True)
class Line:
    """One item of the checklist, its latest answer, and for whom it may be left out."""

    item: InformationItem
    answer: InformationAnswer | None
    exemptions: tuple[InformationExemption, ...]

    @property
    def key(self) -> str:
        """Answer the item's key, which its fields are named by."""
        return self.item.key

    @property
    def is_settled(self) -> bool:
        """Answer whether nothing is left to do: it is there, cannot be there, or need not be."""
        return self.answer is not None and self.answer.answer in SETTLED

    @property
    def is_missing(self) -> bool:
        """Answer whether somebody has looked, and it is not there."""
        return self.answer is not None and self.answer.answer == Answer.MISSING

    @property
    def answers(self) -> list[str]:
        """Answer what may be said of it: not possible only where the policy sees that, exempt only for somebody."""
        further = [Answer.NOT_POSSIBLE] if self.item.where_possible else []
        return [Answer.OK, Answer.MISSING, *further, *([Answer.EXEMPT] if self.exemptions else [])]


def applies_to(account: Account) -> bool:
    """Answer whether the account shows anything at all, and others can see it."""
    return account.status in RUNNING and account.kind not in SHOWS_NOTHING


def chapter(account: Account) -> Information | None:
    """Answer what the policy that holds now wants this account to show; None while no policy is adopted."""
    version = PolicyVersion.objects.current()
    return version.policy.rule("information", account.scope) if version else None


def lines(account: Account) -> list[Line]:
    """Answer the whole checklist, the policy's own items first, each with the answer that counts."""
    wanted = chapter(account)
    if wanted is None:
        return []
    found = InformationAnswer.objects.filter(account=account).counting().select_related("checked_by")
    latest = {answer.item: answer for answer in found}
    return [Line(item, latest.get(item.key), _exemptions(wanted, item)) for item in wanted.all_items]


def progress(found: Sequence[Line]) -> tuple[int, int]:
    """Answer how many items are settled, of how many."""
    return sum(line.is_settled for line in found), len(found)


def missing_since(account: Account, keys: Collection[str]) -> datetime | None:
    """Answer since when the first of these items has been seen to be missing, and never there in between."""
    first: dict[str, datetime] = {}
    rows = InformationAnswer.objects.filter(account=account, item__in=keys).order_by("checked_at", "pk")
    for item, answer, at in rows.values_list("item", "answer", "checked_at"):
        if answer == Answer.MISSING:
            first.setdefault(item, at)
        else:
            first.pop(item, None)
    return min(first.values(), default=None)


def _exemptions(wanted: Information, item: InformationItem) -> tuple[InformationExemption, ...]:
    return tuple(each for each in wanted.exemptions if item.key in each.items)
