"""The page where an account is closed: its steps in order, who has done what, and words to copy."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.actors import people_for
from accounts.life import closing as closing_verbs
from accounts.life import closing_panels, life_page
from accounts.life.closing import ANNOUNCE, CONTACT, THANK
from accounts.models import Account, Closing, ClosingTick
from governance import access
from governance.models import User
from governance.policy.keeping import ClosingStep
from governance.workflow import available


@dataclass(frozen=True)
class StepRow:
    """One step as the page shows it; `words` is a text to copy, `told` are those who get a notice."""

    step: ClosingStep
    number: int
    tick: ClosingTick | None
    who: list[str]
    words: str = ""
    told: list[User] = field(default_factory=list)

    @property
    def is_ticked_here(self) -> bool:
        """Answer whether somebody ticks it; the snapshot and the end itself are no ticks."""
        return self.step.key not in closing_verbs.NOT_TICKED


def context(account: Account, closing: Closing, user: User, request: HttpRequest) -> dict[str, Any]:
    """Answer everything the page needs while a closing goes on."""
    may_close = access.can(user, "close_account", account)
    return {
        "account": account,
        "closing": closing,
        "rows": _rows(account, closing),
        "panels": _panels(closing, user, request),
        "left": closing_verbs.missing(closing),
        "may_close": may_close,
        "steps": [life_page.button(account, step) for step in available(account, user) if step.name == "keep"],
    }


def announcement(account: Account, closing: Closing) -> str:
    """Answer a text that says on the account itself that it ends, and where to turn."""
    day = date_format(closing.closes_on, "j F Y")
    sentences = [_("Vi avslutar det här kontot den %(day)s.") % {"day": day}]
    if account.successor is not None and account.successor.address:
        where = {"platform": account.successor.platform, "address": account.successor.address}
        sentences.append(_("Följ oss i stället på %(platform)s: %(address)s") % where)
    website = closing.policy_version.policy.municipality.website
    sentences.append(_("Du hittar oss alltid på %(website)s.") % {"website": website})
    return "\n".join(sentences)


def thanks(account: Account) -> str:
    """Answer a text that thanks those who wrote."""
    return _("Tack för alla frågor, tips och kommentarer under åren. Hälsningar %(unit)s") % {"unit": account.unit}


def _rows(account: Account, closing: Closing) -> list[StepRow]:
    ticks = {tick.key: tick for tick in closing.ticks.select_related("by")}
    word = closing.policy_version.policy.word
    texts = {ANNOUNCE: announcement(account, closing), THANK: thanks(account)}
    return [
        StepRow(
            step,
            number,
            ticks.get(step.key),
            [capfirst(word(who)) for who in step.who],
            texts.get(step.key, ""),
            _told(step, account),
        )
        for number, step in enumerate(closing_verbs.steps(closing), 1)
    ]


def _told(step: ClosingStep, account: Account) -> list[User]:
    if step.key != CONTACT:
        return []
    return list(dict.fromkeys(person for who in step.who for person in people_for(who, account)))


def _panels(closing: Closing, user: User, request: HttpRequest) -> list[SafeString]:
    found = closing_panels.panels_for(user, closing)
    return [render_to_string(panel.template, panel.context, request) for panel in found]
