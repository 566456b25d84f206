"""`manage.py rotate_credential_keys`: wrap every login in the vault by the newest of CREDENTIAL_KEYS."""

from django.core.management.base import BaseCommand, CommandError

from accounts.credentials import keys, rotation
from accounts.credentials.rotation import Count


class Command(BaseCommand):
    """Nothing is decrypted but the keys of the logins; may be killed, repeated, and run twice at once."""

    help = "Wrap every login in the vault by the newest of CREDENTIAL_KEYS."

    def add_arguments(self, parser) -> None:
        """Take how many logins a transaction holds."""
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="logins per transaction")

    def handle(self, *args, batch: int, **options) -> None:
        """Go through what is left, a batch at a time, and tell how many."""
        try:
            waiting = rotation.waiting()
            self.stdout.write(f"{waiting} to wrap by the newest key")
            total, after = rotation.batch(size=batch)
            while after is not None:
                self.stdout.write(f"{total.done} done")
                more, after = rotation.batch(after, batch)
                total += more
        except (keys.NoKey, keys.BadKeys) as error:
            raise CommandError(str(error)) from None
        self._tell(total)

    def _tell(self, total: Count) -> None:
        if total.failed:
            raise CommandError(
                f"{total.done} wrapped by the newest key, {total.failed} not opened: keep the old key, "
                "and have these logins entered anew"
            )
        self.stdout.write(f"{total.done} wrapped by the newest key; the older keys may be removed")
