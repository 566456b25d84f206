"""Rotating the installation's keys: every login's own key wrapped by the newest one, a batch at a time.

Each row says by which key it is wrapped, so a rotation that was killed goes on where it stopped, and one that is done
finds nothing to do.
"""

from dataclasses import dataclass

from django.db import transaction

from accounts.credentials import keys, vault
from accounts.models import Secret

BATCH = 50


@dataclass(frozen=True)
class Count:
    """How a batch or a rotation went: wrapped anew, and not opened."""

    done: int = 0
    failed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.done + other.done, self.failed + other.failed)


def waiting() -> int:
    """Answer how many logins are not yet wrapped by the newest key. Raises `keys.NoKey`."""
    return Secret.objects.exclude(key_id=keys.newest()[0]).count()


def batch(after: str | None = None, size: int = BATCH) -> tuple[Count, str | None]:
    """Wrap the next logins anew, in one transaction; answer how it went and from where to go on (None: no more).

    What another rotation has locked is left to it.
    """
    newest, _key = keys.newest()
    with transaction.atomic():
        rows = Secret.objects.exclude(key_id=newest).order_by("pk").select_related("credential")
        rows = rows.filter(pk__gt=after) if after else rows
        found = list(rows.select_for_update(of=("self",), skip_locked=True)[:size])
        count = sum((_rewrapped(secret) for secret in found), Count())
    return count, str(found[-1].pk) if found else None


def _rewrapped(secret: Secret) -> Count:
    try:
        vault.rewrap(secret)
    except (keys.NoKey, vault.NotOpened):
        # One row that cannot be opened must not keep all others from their new key.
        return Count(failed=1)
    secret.save(update_fields=["wrapped_key", "key_id"])
    return Count(done=1)
