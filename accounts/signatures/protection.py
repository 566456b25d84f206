"""Somebody with a protected identity in a plan that was sealed before: shown by function only, whatever the seal says.

The seal itself is never changed: its SHA-256 still verifies, and who signed is known by number.
"""

import json

from accounts.models import Duty
from accounts.plans.content import Content
from governance.models import AuditEvent, User
from governance.protected import Mask


def masked(content: Content) -> Content:
    """Answer what is shown of a sealed or drafted content; as it is where nobody is protected."""
    hidden = {user.pk: user for user in User.objects.filter(protected_identity=True)}
    if not hidden:
        return content
    under_name = [_is_under_name(duty, hidden) for duty in content["duties"]]
    shown: Content = json.loads(Mask(hidden.values())(json.dumps(content, ensure_ascii=False, default=str)))
    for duty, named in zip(shown["duties"], under_name, strict=True):
        if named:
            duty["email"] = duty["phone"] = ""
    return shown


def hide_contacts(event: AuditEvent) -> None:
    """Let somebody who is protected from now on be reached through the unit: in the plans as they are shown."""
    duties = Duty.objects.filter(person=event.object_id or 0, person__protected_identity=True)
    for duty in duties.select_related("account__unit"):
        Duty.objects.filter(pk=duty.pk).update(email=duty.account.unit.email if duty.email else "", phone="")


def _is_under_name(duty: dict[str, object], hidden: dict[int, User]) -> bool:
    """Answer whether a duty was sealed with the name of somebody who is protected now, and how to reach him or her."""
    user = hidden.get(duty["person"])  # type: ignore[call-overload]
    return user is not None and duty["name"] == user.real_name
