"""What `manage.py check` looks at in the register."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from accounts.credentials import keys


@register(Tags.security)
def credential_keys_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Tell which of CREDENTIAL_KEYS is no key, by its place."""
    try:
        keys.ring()
    except keys.BadKeys as error:
        return [Error(str(error), hint="Each is 32 random bytes in URL-safe base64.", id="uppsikt.E010")]
    return []


@register(Tags.security, deploy=True)
def there_is_a_vault(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Say that there is no vault, where nobody has given it a key."""
    if settings.CREDENTIAL_KEYS:
        return []
    hint = "A policy that keeps logins in the vault needs it; with others the setting may stay empty."
    return [Warning("CREDENTIAL_KEYS is not set: there is no vault for logins.", hint=hint, id="uppsikt.W010")]
