"""Saying what an account shows: one look at it, with all that was seen."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.information import checklist
from accounts.models import Account, InformationAnswer
from governance import audit, clock
from governance.models import PolicyVersion, User
from governance.workflow import Refused


class Said(NamedTuple):
    """What is said of one item."""

    answer: str
    reason: str = ""


@transaction.atomic
def check(account: Account, *, by: User, said: Mapping[str, Said]) -> list[InformationAnswer]:
    """Keep what somebody saw on the account, item by item; what was said before stays as history.

    `said` is by the items' keys; an item that nothing is said of keeps its latest answer.
    """
    version = PolicyVersion.objects.current()
    if version is None:
        raise Refused(_("Ingen policy är antagen än. Det finns ingen checklista att följa."))
    at = clock.now()
    items = {item.key: item for item in version.policy.rule("information", account.scope).all_items}
    answers = InformationAnswer.objects.bulk_create(
        InformationAnswer(
            account=account,
            unit=account.unit,
            policy_version=version,
            item=key,
            label=items[key].label[:300],
            answer=answer,
            reason=reason,
            checked_at=at,
            checked_by=by,
        )
        for key, (answer, reason) in said.items()
    )
    settled, total = checklist.progress(checklist.lines(account))
    audit.record("account.check_information", by=by, obj=account, data={"settled": settled, "total": total})
    return answers
