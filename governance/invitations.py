"""Inviting people: one mail each when an officer presses the button, with a link that is made as the mail leaves.

What a person is to do is said by title only; accounts are told of from above (`tell_of`).
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance import audit, bell, clock, outbox, password_reset
from governance.models.invitation import Invitation
from governance.models.municipality import Municipality
from governance.models.people import RoleAssignment, User
from governance.models.work import Outgoing
from governance.role_words import role_words

TASK = "governance.tasks.deliver_invitations"
WAITING = (Outgoing.State.WAITING, Outgoing.State.SENDING)
# What apps above know of what people are to do: ids -> titles by id.
Titles = Callable[[list[int]], dict[int, list[str]]]
_tellers: dict[str, Titles] = {}


def tell_of(name: str, titles: Titles) -> None:
    """Register what an app knows of people's tasks, once, from its `panels.py`."""
    if name in _tellers:
        raise ValueError(f"two tellers named {name}")
    _tellers[name] = titles


def waiting() -> QuerySet[User]:
    """Answer the people who have never signed in, with when they were invited last and how that mail fared."""
    last = Invitation.objects.filter(user=OuterRef("pk")).order_by("-pk")
    never = User.objects.filter(is_active=True, last_login=None)
    return never.annotate(
        invited_at=Subquery(last.values("created_at")[:1]), invitation=Subquery(last.values("state")[:1])
    ).order_by("sort_key", "pk")


def uninvited() -> QuerySet[User]:
    """Answer those of them who have not been invited either."""
    return waiting().filter(~Exists(Invitation.objects.filter(user=OuterRef("pk"))))


@transaction.atomic
def invite(users: Iterable[User], *, by: User) -> int:
    """Order one mail to each who has never signed in and has none on its way; answer how many."""
    asked = User.objects.select_for_update().filter(pk__in=[user.pk for user in users], is_active=True, last_login=None)
    on_its_way = Invitation.objects.filter(state__in=WAITING).values("user")
    invited = [_order(user, by) for user in asked.exclude(pk__in=on_its_way).order_by("pk")]
    transaction.on_commit(lambda: bell.ring(TASK))
    return len(invited)


def deliver(limit: int = 200) -> int:
    """Send what waits; answer how many were sent. Two runs at once share the work and send nothing twice.

    Nobody who has signed in meanwhile, or has left, is led to choose a password.
    """
    owed = Invitation.objects.filter(state__in=WAITING)
    owed.exclude(user__is_active=True, user__last_login=None).update(state=Outgoing.State.FAILED)
    return outbox.deliver(Invitation, _mail, limit)


def titles(users: Iterable[User]) -> dict[int, list[str]]:
    """Answer what each person is to do, by title: roles first, then duties; in as many queries for one as for all."""
    ids = [user.pk for user in users]
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    words = role_words()
    held = RoleAssignment.objects.in_force(clock.today()).filter(user__in=ids).order_by("pk")
    for pk, role in held.values_list("user", "role"):
        found[pk].append(words[role])
    for teller in _tellers.values():
        for pk, more in teller(ids).items():
            found[pk] += more
    return {pk: list(dict.fromkeys(each)) for pk, each in found.items()}


def _order(user: User, by: User) -> Invitation:
    number = Invitation.objects.filter(user=user).count() + 1
    audit.record("user.invite", by=by, obj=user, personal={"person": user.name})
    return Invitation.objects.create(
        key=f"invitation:{user.pk}:{number}",
        user=user,
        sent_by=by,
        subject=_("Inbjudan till Uppsikt"),
        created_at=clock.now(),
        next_try_at=clock.now(),
    )


def _mail(invitation: Invitation) -> EmailMessage:
    user = User.objects.get(pk=invitation.user_id)
    with translation.override(settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=invitation.subject,
            body=_welcome(user),
            to=[user.email],
            headers={"Message-ID": f"<{invitation.message_id}@uppsikt>", "Auto-Submitted": "auto-generated"},
        )


def _welcome(user: User) -> str:
    place = Municipality.objects.current().name or _("Kommunen")
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    lasting = ngettext("Länken gäller i %(days)d dygn.", "Länken gäller i %(days)d dygn.", days) % {"days": days}
    about = _(
        "%(municipality)s använder Uppsikt för att hålla ordning på sina konton i sociala medier: vilka de är, vem som "
        "ansvarar för dem och vad som bevaras. Du är inbjuden eftersom du har en uppgift där."
    )
    tasks = titles([user])[user.pk]
    listed = [_("Din uppgift:"), *(f"- {title}" for title in tasks)] if tasks else []
    lines = [
        about % {"municipality": place},
        "\n".join(listed),
        _("Välj ett lösenord här: %(link)s") % {"link": password_reset.link(user)},
        lasting + " " + _("Har den gått ut väljer du ”Glömt lösenordet?” på inloggningssidan."),
        _("Väntar du dig ingen inbjudan? Fråga kommunens kommunikatör innan du gör något."),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"
