"""What the platforms' pages show to one person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.life import opening
from accounts.life.opening import Found, NotTheirs
from accounts.models import Account, Platform
from accounts.models.account import RUNNING
from accounts.platforms import page_keeping, platform_facts
from governance import access, clock
from governance.listing import page_of
from governance.models import User
from governance.request import Request

LONGEST_TRIED = 600


@dataclass(frozen=True)
class Row:
    """One platform of the list: accounts that run there now, all that ever were, facts that somebody has tried."""

    platform: Platform
    retired: bool
    running: int
    total: int
    tried: int


def of_list(user: User) -> dict[str, Any]:
    """Answer the platforms in use and then those that are not, with the accounts that `user` sees on each."""
    today = clock.today()
    running, total = _counted(user, status__in=RUNNING), _counted(user)
    rows = [
        Row(each, each.is_retired(today), running.get(each.pk, 0), total.get(each.pk, 0), len(each.details.tried))
        for each in Platform.objects.whole()
    ]
    rows.sort(key=lambda row: row.retired)  # stable: within each the Swedish order stays
    return {"rows": rows, "facts": len(Platform.FACTS), "in_use": sum(not row.retired for row in rows)}


def of_one(platform: Platform, request: Request) -> dict[str, Any]:
    """Answer everything a platform's page needs; what was typed to be tried as an address is read, never kept."""
    seen = access.visible(request.user, Account.objects.filter(platform=platform), "see_account")
    typed = request.GET.get("adress", "").strip()[:LONGEST_TRIED]
    return {
        "platform": platform,
        "retired": platform.is_retired(clock.today()),
        "facts": platform_facts.of(platform),
        "parts": page_keeping.shown(platform),
        "trial": page_keeping.trial(platform),
        "page": page_of(request, seen.select_related("unit", "platform")),
        "may_manage": access.can(request.user, "manage_platforms", platform),
        "typed": typed,
        **(_tried(platform, typed) if typed else {}),
    }


def of_panel(platform: Platform) -> dict[str, Any]:
    """Answer what is shown of an account's platform beside the account."""
    facts, retired = platform_facts.of(platform), platform.is_retired(clock.today())
    return {"platform": platform, "facts": facts, "retired": retired, "columns": 2}


def _counted(user: User, **narrowed: Any) -> dict[int, int]:
    seen = access.visible(user, Account.objects.filter(**narrowed), "see_account")
    return dict(seen.order_by().values_list("platform").annotate(Count("pk")))


def _tried(platform: Platform, typed: str) -> dict[str, Found | str]:
    try:
        return {"found": opening.check(platform, typed)}
    except NotTheirs as refused:
        return {"refused": str(refused)}
