"""What people do with the login of an account: say where it lies, put it in the vault, change it, look at it.

A secret passes through here to the vault and is never kept, logged or told anywhere else.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.credentials import keys, vault
from accounts.credentials.vault import Login
from accounts.models import Account, Credential, PlatformAccess, Reveal, Secret
from governance import audit, clock
from governance.models import User
from governance.workflow import Refused

Way = Credential.Way


@transaction.atomic
def refer(account: Account, *, by: User, kept_in: str, entry: str, put_there_by: User, changed: bool) -> Credential:
    """Say where the login lies; nothing of the login itself. What the vault held of it is thrown away."""
    credential = _of(account, by)
    if credential.pk is not None:
        Secret.objects.filter(credential=credential).delete()
    credential.way, credential.kept_in, credential.entry = Way.REFERENCE, kept_in, entry
    credential.put_there_by = put_there_by
    credential.checked_at, credential.checked_by = clock.now(), by
    credential.save()
    audit.record("credential.refer", by=by, obj=credential)
    if changed:
        _note_change(credential, by)
    return credential


@transaction.atomic
@sensitive_variables("login")
def deposit(account: Account, *, by: User, login: Login) -> Credential:
    """Put the login in the vault, encrypted. Another password than before counts as a change of it.

    Raises `Refused` where the vault has no key.
    """
    credential = _of(account, by)
    before = _password_in(credential)
    credential.way, credential.kept_in, credential.entry = Way.VAULT, "", ""
    credential.put_there_by = by
    credential.checked_at, credential.checked_by = clock.now(), by
    credential.save()
    try:
        vault.put(credential, login)
    except keys.NoKey:
        raise Refused(_("Valvet har ingen nyckel. Be den som driver Uppsikt att ange CREDENTIAL_KEYS.")) from None
    audit.record("credential.deposit", by=by, obj=credential)
    if before != login.password:
        _note_change(credential, by)
    return credential


@transaction.atomic
def check(credential: Credential, *, by: User) -> Credential:
    """Say that the login lies where it should and works."""
    locked = _locked(credential)
    locked.checked_at, locked.checked_by = clock.now(), by
    locked.save(update_fields=["checked_at", "checked_by"])
    audit.record("credential.check", by=by, obj=locked)
    return locked


@transaction.atomic
def change(credential: Credential, *, by: User) -> Credential:
    """Say that the password has been changed, on the platform and where the login lies."""
    locked = _locked(credential)
    if locked.way != Way.REFERENCE:
        raise Refused(_("Skriv in det nya lösenordet i valvet. Då räknas det som bytt."))
    locked.checked_at, locked.checked_by, locked.put_there_by = clock.now(), by, by
    locked.save(update_fields=["checked_at", "checked_by", "put_there_by"])
    _note_change(locked, by)
    return locked


@sensitive_variables("login")
def reveal(credential: Credential, *, by: User, reason: str) -> Login:
    """Answer the login to somebody who may see it; that somebody asked, and why, is kept before it is opened.

    Raises `Refused` where there is nothing to open, or it does not open.
    """
    secret = Secret.objects.select_related("credential").filter(credential=credential).first()
    if secret is None:
        raise Refused(_("Valvet håller ingen inloggning till kontot."))
    _note_reveal(credential, by, reason)
    try:
        return vault.take(secret)
    except (vault.NotOpened, keys.NoKey):
        raise Refused(
            _(
                "Inloggningen kan inte öppnas: den är ändrad utanför Uppsikt, eller så saknas nyckeln. "
                "Lämna den på nytt."
            )
        ) from None


@transaction.atomic
def _note_reveal(credential: Credential, by: User, reason: str) -> None:
    account = credential.account
    Reveal.objects.create(account=account, unit=account.unit, credential=credential, person=by, at=clock.now())
    audit.record("credential.reveal", by=by, obj=credential, personal={"reason": reason})


def _of(account: Account, by: User) -> Credential:
    """Answer the account's login, locked; a new one, not yet saved, where it has none. One at a time per account."""
    locked = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit").get(pk=account.pk)
    credential = Credential.objects.select_for_update(of=("self",)).filter(account=locked).first()
    return credential or Credential(account=locked, unit=locked.unit)


def _locked(credential: Credential) -> Credential:
    return Credential.objects.select_for_update(of=("self",)).select_related("account__unit").get(pk=credential.pk)


@sensitive_variables("login")
def _password_in(credential: Credential) -> str | None:
    """Answer the password the vault holds; None where it holds none, or one that no longer opens."""
    secret = (
        Secret.objects.select_related("credential").filter(credential=credential).first() if credential.pk else None
    )
    if secret is None:
        return None
    try:
        return vault.take(secret).password
    except (vault.NotOpened, keys.NoKey):
        return None


def _note_change(credential: Credential, by: User) -> None:
    """Keep that the password is another from now on: whoever was to be put out of it is out."""
    at = clock.now()
    credential.changed_at, credential.changed_by = at, by
    credential.change_due_since, credential.change_due_reason = None, ""
    credential.save(update_fields=["changed_at", "changed_by", "change_due_since", "change_due_reason"])
    audit.record("credential.change", by=by, obj=credential)
    shared = PlatformAccess.objects.to_be_ended().filter(account=credential.account, way=PlatformAccess.Way.SHARED)
    for row in shared.select_related("person", "account__platform", "account__unit"):
        row.ended_at, row.ended_by = at, by
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record("platformaccess.end", by=by, obj=row, personal={"person": row.person.name})
