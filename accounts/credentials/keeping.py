"""Seeing to it that the list of who gets in says what duties, roles and departures make of it (R-REG-9, R-CRED-3).

Who gets a duty is expected to get in; who loses it, or leaves, is to be put out; and a password that such a person
knows is to be changed. Safe to repeat: it makes the rows say what holds now.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts import people
from accounts.credentials import ways
from accounts.models import Account, Credential, Duty, Loss, PlatformAccess, Reveal
from governance import access, audit, clock
from governance.models import User
from governance.permissions import REGISTRAR

Ground, Reason = PlatformAccess.Ground, Credential.Reason


@transaction.atomic
def refresh(account: Account) -> None:
    """Make the rows of an account say who should get in, and whether its login must be changed."""
    locked = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit").get(pk=account.pk)
    if not ways.is_open(locked):
        return
    expected = _expected(locked)
    standing = list(locked.platform_access.standing().select_related("person"))
    _expect(locked, expected, {row.person_id for row in standing})
    for row in standing:
        _keep(row, row.ground == Ground.OTHER or row.person in expected)
    _keep_login(locked)


def refresh_all() -> int:
    """Do so for every account that is open, a few at a time; answer how many. The nightly safety net."""
    accounts = Account.objects.filter(status__in=ways.OPEN_STATUSES).order_by("pk")
    count = 0
    for account in accounts.iterator(chunk_size=200):
        refresh(account)
        count += 1
    return count


def held_by(user: User) -> list[Account]:
    """Answer the accounts that this person gets into, or whose login this person knows."""
    gets_in = PlatformAccess.objects.standing().filter(person=user).values("account")
    seen = Reveal.objects.filter(person=user).values("account")
    typed = Credential.objects.filter(Q(changed_by=user) | Q(put_there_by=user)).values("account")
    duties = Duty.objects.filter(person=user).values("account")
    any_of = Q(pk__in=gets_in) | Q(pk__in=seen) | Q(pk__in=typed) | Q(pk__in=duties)
    return list(Account.objects.filter(any_of, status__in=ways.OPEN_STATUSES))


def knowers(credential: Credential) -> list[User]:
    """Answer who knows the login as it is now: who shares it, who put it there, and whoever was shown it since."""
    shared = PlatformAccess.objects.standing().filter(account=credential.account, way=PlatformAccess.Way.SHARED)
    # A change shuts out whoever was to be put out before it: `logins.changed` ends those rows.
    shown = Reveal.objects.filter(credential=credential)
    if credential.changed_at is not None:
        shown = shown.filter(at__gte=credential.changed_at)
    ids = {*shared.values_list("person", flat=True), *shown.values_list("person", flat=True)}
    ids |= {pk for pk in (credential.put_there_by_id, credential.changed_by_id) if pk}
    return list(User.objects.filter(pk__in=ids))


def lost_since(account: Account) -> datetime | None:
    """Answer when the account was reported lost; None where it is not lost."""
    if account.status != Account.Status.LOST:
        return None
    loss = Loss.objects.going_on().filter(account=account).first()
    return loss.reported_at if loss else None


def _expected(account: Account) -> dict[User, PlatformAccess.Ground]:
    """Answer who should get in, and why: a duty, or the registrar's work where the policy says so."""
    duties = Duty.objects.in_force().of_plan().filter(account=account).select_related("person")
    registrars = people.holding(REGISTRAR, account.unit) if ways.wants_registrar(account) else []
    return {**dict.fromkeys(registrars, Ground.REGISTRAR), **{duty.person: Ground.DUTY for duty in duties}}


def _expect(account: Account, expected: dict[User, PlatformAccess.Ground], known: set[int]) -> None:
    way = ways.way_in(account)
    for person, ground in expected.items():
        if person.pk in known:
            continue
        row = PlatformAccess.objects.create(
            account=account, unit=account.unit, person=person, ground=ground, way=way, expected_at=clock.now()
        )
        audit.record("platformaccess.expect", by=None, obj=row, personal={"person": person.name})


def _keep(row: PlatformAccess, expected: bool) -> None:
    """Mark the row of a person who should get in no more, or take the mark away from one who should again."""
    stays = expected and row.person.is_active
    if stays == (row.end_due_since is None):
        return
    row.end_due_since = None if stays else clock.now()
    row.save(update_fields=["end_due_since"])
    action = "platformaccess.stay" if stays else "platformaccess.end_due"
    audit.record(action, by=None, obj=row, personal={"person": row.person.name})


def _keep_login(account: Account) -> None:
    """Say that the login must be changed, once, and why: until somebody has changed it, it stays so."""
    credential = Credential.objects.select_for_update(of=("self",)).filter(account=account).first()
    if credential is None or credential.change_due_since is not None:
        return
    reason = _reason_to_change(account, credential)
    if reason is not None:
        credential.change_due_since, credential.change_due_reason = clock.now(), reason
        credential.save(update_fields=["change_due_since", "change_due_reason"])
        audit.record("credential.change_due", by=None, obj=credential, data={"why": str(reason.label).lower()})


def _reason_to_change(account: Account, credential: Credential) -> Credential.Reason | None:
    lost = lost_since(account)
    if lost and (credential.changed_at is None or credential.changed_at < lost):
        return Reason.LOST
    stays = PlatformAccess.objects.standing().filter(account=account, end_due_since=None).values("person")
    staying = set(User.objects.filter(pk__in=stays, is_active=True).values_list("pk", flat=True))
    gone = [user for user in knowers(credential) if user.pk not in staying and not _may_see(user, account)]
    if not gone:
        return None
    return Reason.LEFT if any(not user.is_active for user in gone) else Reason.ENDED


def _may_see(user: User, account: Account) -> bool:
    return user.is_active and access.can(user, "see_credentials", account)
