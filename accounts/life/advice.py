"""What a policy says of an account's name and of who can see it (R-REG-6): it warns, and never blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.models.account import HIDDEN_KINDS
from governance.models import PolicyVersion
from governance.policy.presence import NamePattern, VisibilityRule
from governance.policy.schema import Origin, Policy

PATTERN, LIKE_UNIT, VISIBILITY, WITHOUT_LOGIN = "pattern", "like_unit", "visibility", "without_login"
WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5  # "biblioteket" and "bibliotek" are alike


@dataclass(frozen=True)
class Advice:
    """One thing that is not as the policy wants it, in words, and where the policy says so."""

    key: str
    text: str
    origin: Origin

    @property
    def may_be_waived(self) -> bool:
        """Answer whether somebody may decide on a deviation: not from what the policy demands."""
        return self.origin.strength != "ska"


def of(account: Account) -> list[Advice]:
    """Answer what the policy in force would rather see; the account need not be saved."""
    version = PolicyVersion.objects.current()
    if version is None or account.kind in HIDDEN_KINDS:
        return []
    return [*_of_name(account, version.policy), *_of_visibility(account, version.policy)]


def _of_name(account: Account, policy: Policy) -> Iterator[Advice]:
    naming = policy.rule("naming", account.scope)
    if naming.pattern:
        if not _fits(naming.pattern, account):
            text = _("Namnet följer inte policyns mönster %(form)s, till exempel %(examples)s.")
            words = {"form": naming.pattern.form, "examples": ", ".join(naming.pattern.examples)}
            yield Advice(PATTERN, text % words, naming.pattern.origin)
    elif naming.like_unit and account.kind == Account.Kind.UNIT and not _alike(account.name, account.unit.name):
        text = _("Namnet liknar inte verksamhetens namn, %(unit)s.") % {"unit": account.unit}
        yield Advice(LIKE_UNIT, text, naming.like_unit.origin)


def _of_visibility(account: Account, policy: Policy) -> Iterator[Advice]:
    rules = policy.rule("visibility", account.scope)
    expected = rules.expected
    if expected and expected.value != account.visibility:
        yield Advice(VISIBILITY, _expected_in_words(expected), expected.origin)
    if rules.without_login and account.visibility != Account.Visibility.OPEN:
        text = _("Policyn vill att kontot kan läsas av alla, också utan inloggning.")
        yield Advice(WITHOUT_LOGIN, text, rules.without_login.origin)


def _expected_in_words(expected: VisibilityRule) -> str:
    label = str(Account.Visibility(expected.value).label).lower()
    if expected.reason:
        text = _("Policyn vill att kontot är: %(visibility)s. Skälet är att %(reason)s.")
        return text % {"visibility": label, "reason": expected.reason}
    return _("Policyn vill att kontot är: %(visibility)s.") % {"visibility": label}


def _fits(pattern: NamePattern, account: Account) -> bool:
    return any(pattern.fits(name) for name in (account.name, account.handle.lstrip("@")) if name)


def _alike(name: str, unit: str) -> bool:
    """Answer whether the name has the beginning of a word in common with the unit's; short words say nothing."""
    stems = {word[:STEM] for word in WORD.findall(unit.casefold())}
    said = name.casefold()
    return not stems or any(stem in said for stem in stems)
