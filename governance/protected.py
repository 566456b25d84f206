"""Protected identity (skyddade personuppgifter): such a person is shown by function only, everywhere.

`User.name` and `str(user)` answer the function by themselves, so that no page has to remember to ask. What is here is
for what needs a function of its own (a duty's title), and for texts that were written before somebody was protected.
"""

from collections.abc import Iterable

from django.db.models import Q, Value
from django.db.models.functions import Replace

from governance.models.log import AuditEvent
from governance.models.people import User
from governance.models.work import Notice


def shown_name(user: User, function: str) -> str:
    """Answer what a person is called on a page: the name, or only the function where the identity is protected."""
    return function if user.protected_identity else user.name


def hide_in_notices(event: AuditEvent) -> None:
    """Take the name and address out of what others were told before: somebody is protected from now on."""
    user = User.objects.filter(pk=event.object_id or 0, protected_identity=True).first()
    for word in filter(None, (user.real_name, user.email) if user else ()):
        told = Notice.objects.filter(Q(subject__contains=word) | Q(body__contains=word))
        instead = Value(user.name if user else "")
        told.update(subject=Replace("subject", Value(word), instead), body=Replace("body", Value(word), instead))


class Mask:
    """Hides the names and addresses of everybody who is protected now, in texts that were written earlier."""

    def __init__(self, users: Iterable[User] | None = None) -> None:
        """Read who is protected: one query, for as many texts as there are."""
        found = User.objects.filter(protected_identity=True) if users is None else users
        self._hidden = [(word, user.name) for user in found for word in (user.email, user.real_name) if word]

    def __call__(self, text: str) -> str:
        """Answer the text with each such name or address replaced by the function."""
        for word, instead in self._hidden:
            text = text.replace(word, instead)
        return text
