"""The demo's people as the login page and the terminal show them; nobody where this is no demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from governance.demo.people import PASSWORD, PEOPLE, WHAT
from governance.models import PolicyVersion, User
from governance.permissions import ROLE_LABELS

LOGIN_PAGE, CONFIRM_PAGE = "account_login", "account_reauthenticate"


def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """Context processor: on the demo's login page whom one may sign in as, and where it is asked for the password."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    if settings.DEMO and page == CONFIRM_PAGE:
        return {"demo_password": PASSWORD}
    return {"demo_logins": logins()} if settings.DEMO and page == LOGIN_PAGE else {}


def logins() -> list[dict[str, str]]:
    """Answer name, e-mail, role, what the policy calls the role, and what it is for; by role."""
    people = User.objects.filter(email__in=[person.email for person in PEOPLE], is_active=True)
    entered = set(people.values_list("email", flat=True))
    current = PolicyVersion.objects.current()
    return [
        {
            "name": person.name,
            "email": person.email,
            "role": person.role,
            "title": _called(person.role, current),
            "what": str(WHAT[person.role]),
            "work": person.title,
        }
        for person in PEOPLE
        if person.email in entered
    ]


def _called(role: str, current: PolicyVersion | None) -> str:
    word = current.policy.words.get(role) if current else None
    return word[:1].upper() + word[1:] if word else str(ROLE_LABELS[role])
