"""A lost account is not taken back before every way into it has been gone through and its login changed."""

from django.utils.translation import gettext as _

from accounts.credentials import keeping, ways
from accounts.models import Account, Credential, Duty, PlatformAccess
from governance import workflow
from governance.models import User
from governance.workflow import Refused


def unchecked(account: Account) -> list[User]:
    """Answer the people whose way in nobody has looked at since the account was reported lost."""
    since = keeping.lost_since(account)
    if since is None:
        return []
    standing = list(PlatformAccess.objects.standing().filter(account=account).select_related("person"))
    # To be ended is not yet ended: that is seen to first, however lately somebody looked.
    left = [row.person for row in standing if row.is_to_be_ended or row.checked_at is None or row.checked_at < since]
    entered = PlatformAccess.objects.filter(account=account).values("person")
    duties = Duty.objects.in_force().of_plan().filter(account=account).exclude(person__in=entered)
    return list(dict.fromkeys([*left, *(duty.person for duty in duties.select_related("person"))]))


def login_is_unchanged(account: Account) -> bool:
    """Answer whether the login is still what it was when the account was lost; people with roles need share none."""
    since = keeping.lost_since(account)
    if since is None:
        return False
    credential = Credential.objects.filter(account=account).first()
    if credential is None:
        return _shares(account)
    return credential.changed_at is None or credential.changed_at < since


def all_is_gone_through(account: Account, by: User | None) -> None:
    """Guard of recover: refuse until every person is checked off and the login changed, saying who and what is left."""
    people = unchecked(account)
    if people:
        names = ", ".join(person.name for person in people)
        raise Refused(_("Gå först igenom vad dessa når på plattformen: %(names)s.") % {"names": names})
    if login_is_unchanged(account):
        raise Refused(_("Byt först inloggningen till kontot, och ange det på sidan Inloggning."))


def _shares(account: Account) -> bool:
    rows = PlatformAccess.objects.standing().filter(account=account)
    shared = rows.filter(way=PlatformAccess.Way.SHARED).exists()
    return shared or ways.way_in(account) == PlatformAccess.Way.SHARED


workflow.add_guard("accounts.Account", "recover", "accounts.access", all_is_gone_through)
