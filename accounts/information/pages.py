"""What the pages about an account's information show."""

from typing import Any

from django.conf import settings

from accounts.information import checklist
from accounts.information.facts import LANGUAGES, SWEDISH, Subject
from accounts.information.text import ReadyText
from accounts.models import Account, ActivityPlan, InformationAnswer
from accounts.public.entries import slug_of
from governance import access
from governance.models import PolicyVersion, User
from governance.shared import local_reverse

HISTORY_SHOWN = 40
SHORT_SLUG = "k"


def context(account: Account, user: User) -> dict[str, Any]:
    """Answer what the checklist's page shows beside its form."""
    lines = checklist.lines(account)
    settled, total = checklist.progress(lines)
    history = InformationAnswer.objects.filter(account=account).select_related("checked_by")
    return {
        "account": account,
        "lines": lines,
        "settled": settled,
        "total": total,
        "percent": 100 * settled // total if total else 0,
        "exemptions": list(dict.fromkeys(each for line in lines for each in line.exemptions)),
        "history": history[:HISTORY_SHOWN],
        "applies": checklist.applies_to(account),
        "may_check": access.can(user, "check_information", account),
    }


def ready_text(account: Account, language: str) -> ReadyText | None:
    """Answer the account's ready text; None while no policy is adopted. An unknown language is read as Swedish."""
    version = PolicyVersion.objects.current()
    if version is None:
        return None
    plan = account.plans.filter(status=ActivityPlan.Status.APPROVED).first()
    subject = Subject(account, plan, version.policy, version.policy.rule("information", account.scope))
    known = language if language in LANGUAGES else SWEDISH
    return ReadyText(subject, known, account.platform.description_limit, house_rules(account, known))


def house_rules(account: Account, language: str) -> str:
    """Answer the public page where the rest of the rules stands; nothing for accounts that the public is not shown.

    Where the platform has little room the address is a short one, which leads on to the page's own.
    """
    if not Account.objects.public().filter(pk=account.pk).exists():
        return ""
    slug = SHORT_SLUG if account.platform.description_limit else slug_of(account.name)
    return settings.BASE_URL + local_reverse("accounts:public-show", language, pk=account.pk, slug=slug)
