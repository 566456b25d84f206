"""Guidelines read: a person's word for it, for the policy in force and every other version that says the same."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance import audit, clock
from governance.models import Acknowledgement, PolicyVersion, User
from governance.workflow import Refused


@transaction.atomic
def acknowledge(version: PolicyVersion, *, by: User) -> Acknowledgement:
    """Note that the person has read the policy in force; once. Raises `Refused` for one that does not hold."""
    if version != PolicyVersion.objects.current():
        raise Refused(_("Bara den policy som gäller kan bekräftas som läst."))
    read, created = Acknowledgement.objects.get_or_create(user=by, policy_version=version, defaults={"at": clock.now()})
    if created:
        audit.record("policyversion.acknowledge", by=by, obj=version)
    return read


def read_at(version: PolicyVersion, user: User) -> datetime | None:
    """Answer when the person read what this version says; None where it is not read."""
    return readers(version, [user.pk]).get(user.pk)


def readers(version: PolicyVersion, users: list[int]) -> dict[int, datetime]:
    """Answer who of these people have read what this version says, and when. The same text adopted anew is the same."""
    rows = Acknowledgement.objects.filter(policy_version__sha256=version.sha256, user__in=users).order_by("-at")
    return {row.user_id: row.at for row in rows}
