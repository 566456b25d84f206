"""What `manage.py check --deploy` looks at, beyond Django's own."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from governance.demo.people import DOMAIN
from governance.models import User


@register(Tags.security, deploy=True)
def no_demo_people(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name the demo's people in an installation that is no demo: their password is public."""
    if settings.DEMO:
        return []
    people = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).order_by("email")
    try:
        found = ", ".join(people.values_list("email", flat=True))
    except DatabaseError:
        return [Warning("The database does not answer, so demo logins were not looked for.", id="uppsikt.W003")]
    hint = "They cannot sign in. Deactivate them: manage.py deactivate_person EMAIL, or begin with an empty database."
    return [Error(f"People of the demo are left: {found}", hint=hint, id="uppsikt.E003")] if found else []
